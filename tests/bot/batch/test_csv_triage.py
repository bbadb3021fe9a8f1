"""A backlog as CSV: every row in, one row out."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.batch.csv_columns import ADDED, BadFile, Columns
from bot.batch.csv_reader import detect_format, open_text, read_rows
from bot.batch.csv_triage import triage_rows, write
from dialogs.spreadsheet import escape_formula
from tests.shipped import shipped


def triaged(text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The output by column; what stands outside all columns is under None."""
    return list(csv.DictReader(io.StringIO(output(text, encoding), newline="")))


def output(text: str, encoding: str = "utf-8", *, evidence: bool = False) -> str:
    knowledge = shipped().knowledge
    source = io.BytesIO(text.encode(encoding))
    found = detect_format(source)
    table = read_rows(open_text(source, found), found.delimiter)
    columns = Columns.of(next(table).cells, knowledge.pack.questions, evidence=evidence)
    sink = io.StringIO(newline="")
    for _ in write(columns, triage_rows(knowledge, columns, table), found, sink):
        pass
    return sink.getvalue()


def test_a_row_gets_a_verdict_and_keeps_its_other_columns() -> None:
    (row,) = triaged(
        "id,text,data,volume,domain,budget,consistency\n7,a bot,no,high,specialised,flexible,predictable\n"
    )
    assert row["id"] == "7"
    assert row["verdict"] == "prompt_engineering"
    assert 0 < float(row["strength"]) <= 1
    assert row["passage"].startswith("faq-")
    assert row["missing"] == row["error"] == ""


def test_what_is_missing_is_named() -> None:
    (row,) = triaged("text,data\na bot for our shop,yes\n")
    assert row["missing"] == "volume, domain, budget, consistency"
    assert (row["verdict"], row["strength"], row["error"]) == ("", "", "")
    assert row["ask"] in row["missing"]


def test_the_words_of_each_reading_are_added_where_they_are_asked_for() -> None:
    text = "text,data\nwe have a tight budget and 3000 labelled tickets,no\n"
    assert "read" not in output(text).partition("\n")[0]
    (row,) = csv.DictReader(io.StringIO(output(text, evidence=True)))
    assert row["read"] == "budget: limited (“a tight budget”)"


@pytest.mark.parametrize("cell", ["no", "NO", " no ", "No, or only a handful", "none"])
def test_answers_may_be_written_as_people_say_them(cell: str) -> None:
    (row,) = triaged(f'text,data\na bot,"{cell}"\n')
    assert row["verdict"] == "prompt_engineering"
    assert "data" not in row["missing"]


@pytest.mark.parametrize("cell", ["purple", "1", "yes and no"])
def test_a_bad_row_keeps_its_cells_and_says_why(cell: str) -> None:
    good, bad = triaged(f"owner,text,data\nana,a bot,yes\nben,another,{cell}\n")
    assert good["error"] == ""
    assert (bad["owner"], bad["text"], bad["data"]) == ("ben", "another", cell)
    assert bad["error"].startswith("line 3: ")
    assert "yes, no, unsure" in bad["error"]
    assert bad["verdict"] == ""


def test_cells_outside_all_columns_are_kept_after_them() -> None:
    (row,) = triaged("text,owner\na bot, cheap,ana\n")
    assert row["text"] == "a bot"
    assert row[None] == ["ana"]
    assert "3 cells under 2 columns" in row["error"]


def test_a_short_row_is_good() -> None:
    (row,) = triaged("text,data,owner\na bot\n")
    assert row["ask"] == "data"
    assert row["owner"] == ""


@pytest.mark.parametrize("text", ['""', '"   "'])
def test_no_text_no_verdict(text: str) -> None:
    (row,) = triaged(f"text\n{text}\n")
    assert [row[name] for name in ADDED] == [""] * len(ADDED)


def test_an_open_quote_is_a_bad_row() -> None:
    bad, good = triaged('text,owner\n"a bot,ana\nanother,ben\n')
    assert bad["error"].startswith("line 2: ")
    assert good["ask"]


def test_the_same_file_twice_gives_the_same_output() -> None:
    table = "text,data\na bot with many chats,yes\n=evil(),no\n"
    assert output(table) == output(table)


def test_its_own_output_can_be_triaged_again() -> None:
    once = output("text,data\na bot,yes\n+bad,purple\n")
    assert output(once) == once


def test_columns_are_known_whatever_their_capitals() -> None:
    (row,) = triaged("Text,DATA\na bot,no\n")
    assert row["verdict"] == "prompt_engineering"


def test_semicolons_stay_semicolons() -> None:
    assert output("text;data\r\na bot;no\r\n").startswith(
        "text;data;verdict;strength;scenario;passage;missing;ask;error\r\n"
    )


@pytest.mark.parametrize(
    ("header", "says"), [("idea,owner", "`text`"), ("text,text", "two columns"), ("text,data,Data", "two columns")]
)
def test_a_table_that_cannot_be_triaged(header: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        output(f"{header}\nx,y\n")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1+1", "@sum(1)", "\tx", "\rx", "=", "+", "-", "-x", "+49 30 1", " =1"]
)
def test_formulas_are_shown_not_run(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+3", "-1.5", "+1,000.00", "-12%", "42", "a=b", "", "'=1"])
def test_plain_numbers_and_text_stay(cell: str) -> None:
    assert escape_formula(cell) == cell


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    safe = escape_formula(cell)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or any(c.isdigit() for c in safe)


def test_formulas_in_headers_in_errors_and_behind_another_delimiter_are_shown_too() -> None:
    (row,) = triaged("text,=cmd(),data,note\na bot,=1,@purple,hello;=1+1\n")
    assert row["'=cmd()"] == "'=1"
    assert (row["data"], row["note"]) == ("'@purple", "hello;'=1+1")
    assert "hello,'=1+1" in output("text;note\na bot;hello,=1+1\n")


def test_rows_are_written_one_by_one() -> None:
    knowledge = shipped().knowledge
    columns = Columns.of(("text",), knowledge.pack.questions)
    taken: list[str] = []

    def source() -> Iterator[str]:
        for line in ("a bot\n", "b bot\n"):
            taken.append(line)
            yield line

    pipe = io.BytesIO()
    sink = io.TextIOWrapper(pipe, newline="")
    written = write(
        columns, triage_rows(knowledge, columns, read_rows(source(), ",")), detect_format(io.BytesIO(b"text\n")), sink
    )
    next(written)
    assert taken == ["a bot\n"]
    assert pipe.getvalue().count(b"\n") == 2
