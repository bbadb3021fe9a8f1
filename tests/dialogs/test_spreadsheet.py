"""Cells of a spreadsheet that are never run as formulas."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.spreadsheet import escape_formula


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [
        ("=1+1", "'=1+1"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("-1", "-1"),
        ("+1,5%", "+1,5%"),
        ("a=1", "a=1"),
        ("-1-1", "'-1-1"),
        (" =1+1", "' =1+1"),
        ("\u200b\ufeff\u00ad=1", "'\u200b\ufeff\u00ad=1"),
        ("＝1+1", "'＝1+1"),
        ("﹢cmd", "'﹢cmd"),
        ("hello;=1+1", "hello;'=1+1"),
        ("hello; ＠sum(1);x", "hello;' ＠sum(1);x"),
        ("a|=1\t@b", "a|'=1\t'@b"),
        ('a;"=1+1;', "a;'\"=1+1;"),
        ("a\n=1+1\nb", "a\n'=1+1\nb"),
        ("a; -5; +3%", "a; -5; +3%"),
        ("+1,000.00", "+1,000.00"),
        ("yes, =1 is one", "yes, =1 is one"),
        ("we save a lot; don't we = you and I", "we save a lot; don't we = you and I"),
        ("\nx", "'\nx"),
    ],
)
def test_a_cell_is_never_a_formula(cell: str, escaped: str) -> None:
    assert escape_formula(cell) == escaped


def test_in_a_file_with_another_delimiter_a_comma_may_begin_a_cell() -> None:
    assert escape_formula("hello,=1+1", ";") == "hello,'=1+1"
    assert escape_formula("hello;=1+1", ";") == "hello;=1+1"


def begins_as_formula(cell: str) -> bool:
    """Whether a spreadsheet may run it: after what it does not show it begins with a sign, and is no number."""
    shown = unicodedata.normalize("NFKC", cell)
    while shown and unicodedata.category(shown[0])[0] in "ZC":
        shown = shown[1:]
    return shown.startswith(tuple("=+-@")) and not any(c.isdigit() for c in shown)


PIECES = st.text(st.sampled_from("=+-@＝＋;,|\t\n\r\"' \u200bab"), max_size=12)


@given(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from(",;\t"), st.sampled_from(",;\t|"))
def test_whatever_program_splits_the_file_no_cell_is_a_formula(cells: list[str], ours: str, theirs: str) -> None:
    sink = io.StringIO(newline="")
    csv.writer(sink, delimiter=ours).writerow([escape_formula(cell, ours) for cell in cells])
    for row in csv.reader(io.StringIO(sink.getvalue(), newline=""), delimiter=theirs):
        assert not any(map(begins_as_formula, row))


@given(PIECES, st.sampled_from(",;\t"))
def test_what_is_escaped_stays_as_it_is(cell: str, delimiter: str) -> None:
    once = escape_formula(cell, delimiter)
    assert escape_formula(once, delimiter) == once
