"""CSV as people have it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.batch.csv_reader import CsvFormat, Row, detect_format, open_text, read_rows


def read(content: bytes) -> tuple[CsvFormat, list[Row]]:
    source = io.BytesIO(content)
    found = detect_format(source)
    return found, list(read_rows(open_text(source, found), found.delimiter))


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(content)[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert cells("text,owner\nbücher – für alle,Zoë\n".encode(encoding)) == [
        ("text", "owner"),
        ("bücher – für alle", "Zoë"),
    ]


def test_windows_1252_shows_late_in_a_large_file() -> None:
    content = b"text\n" + b"plain words\n" * 20_000 + "naïve\n".encode("cp1252")
    assert cells(content)[-1] == ("naïve",)


def test_windows_1252_shows_at_the_very_end() -> None:
    assert cells("text\ncafé".encode("cp1252")) == [("text",), ("café",)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    found, table = read(f"text{delimiter}owner\na{delimiter}b\n".encode())
    assert found.delimiter == delimiter
    assert table[1].cells == ("a", "b")


def test_a_quoted_header_does_not_mislead() -> None:
    assert read(b'"text, as typed, by them";owner\na;b\n')[0].delimiter == ";"


@pytest.mark.parametrize(("line_end", "found"), [("\n", "\n"), ("\r\n", "\r\n"), ("\r", "\n")])
def test_line_ends(line_end: str, found: str) -> None:
    content = line_end.join(["text,n", "a,1", "b,2", ""]).encode()
    assert read(content)[0].line_end == found
    assert cells(content) == [("text", "n"), ("a", "1"), ("b", "2")]


def test_empty_lines_are_no_rows_but_count_as_lines() -> None:
    found = read(b'\n\r\ntext,n\n\n\na,1\n"b\n\nc",2\n\n" \n\n\nd,3\n\n')[1]
    assert [row.line for row in found] == [3, 6, 7, 11, 14]
    assert [row.cells[0] for row in found if row.problem is None] == ["text", "a", "b\n\nc", "d"]


def test_quotes_commas_and_line_breaks_inside_a_cell() -> None:
    assert cells(b'text,n\n"say ""hi"", then\r\nleave",1\nb,2\n')[1:] == [('say "hi", then\r\nleave', "1"), ("b", "2")]


def test_rows_know_the_line_they_begin_at() -> None:
    _, table = read(b'text\n"a\nb"\n\nc\n')
    assert [(row.line, row.cells) for row in table] == [(1, ("text",)), (2, ("a\nb",)), (5, ("c",))]


def test_an_empty_line_is_no_row_but_an_empty_cell_is() -> None:
    assert cells(b'text\n\n""\n') == [("text",), ("",)]


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    _, table = read(b'text,n\n"open,1\ngood,2\n"also good",3\n')
    assert [row.cells for row in table[2:]] == [("good", "2"), ("also good", "3")]
    assert table[1].line == 2
    assert "never closed" in (table[1].problem or "")


def test_a_quote_that_is_open_until_the_next_line_costs_its_own_row_only() -> None:
    _, table = read(b'text,n\n"open,1\n"good",2\n')
    assert "never closed" in (table[1].problem or "")
    assert (table[2].cells, table[2].problem) == (("good", "2"), None)


def test_an_open_quote_on_the_last_line() -> None:
    _, table = read(b'text,n\na,1\n"open,2')
    assert table[-1].problem is not None
    assert table[-1].cells == ("open,2",)


def test_a_quote_in_the_middle_of_a_cell_is_a_character() -> None:
    _, table = read(b'text,n\n5" pipes,1\n"a"b,2\n')
    assert [(row.cells, row.problem) for row in table[1:]] == [(('5" pipes', "1"), None), (("ab", "2"), None)]


def test_a_cell_without_end_is_bad_and_the_rest_goes_on() -> None:
    _, table = read(b"text\n" + b"x" * (csv.field_size_limit() + 1) + b"\ny\n")
    assert "more than" in (table[1].problem or "")
    assert table[2].cells == ("y",)


@pytest.mark.parametrize(("lines", "length"), [(900, 2000), (2000, 2)])
def test_a_row_may_not_swallow_a_whole_file(lines: int, length: int) -> None:
    _, table = read(b'text\n"open\n' + (b"x" * length + b"\n") * lines + b'close"\n')
    assert table[1].problem is not None
    assert len(table) > lines


@pytest.mark.parametrize(("lines", "whole"), [(1000, True), (1001, False)])
def test_a_row_has_a_thousand_lines_at_most(lines: int, whole: bool) -> None:
    _, table = read(b'text\n"' + b"x\n" * (lines - 1) + b'end"\n')
    assert (table[1].problem is None) == whole
    assert (len(table) == 2) == whole


def test_a_long_row_of_many_cells_is_read_whole() -> None:
    cell = '"' + "x" * 120_000 + '\n"'
    _, table = read(f"text\n{','.join([cell] * 10)}\ny\n".encode())
    assert table[1].problem is None
    assert table[2].cells == ("y",)


def test_an_empty_file_has_no_rows() -> None:
    assert read(b"") == (CsvFormat("utf-8", ",", "\n"), [])


_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_is_written_properly_is_read_as_it_was(table: list[list[str]]) -> None:
    sink = io.StringIO(newline="")
    csv.writer(sink, quoting=csv.QUOTE_ALL).writerows(table)
    content = sink.getvalue().encode()
    assert [
        list(row.cells) for row in read_rows(open_text(io.BytesIO(content), CsvFormat("utf-8", ",", "\n")), ",")
    ] == table


@given(st.text(st.sampled_from('ab",\n'), max_size=40))
def test_every_line_is_in_some_row(text: str) -> None:
    found = list(read_rows(io.StringIO(text, newline=""), ","))
    assert "".join(c for row in found for cell in row.cells for c in cell if c in "ab") == "".join(
        c for c in text if c in "ab"
    )
    assert [row.line for row in found] == sorted({row.line for row in found})
