"""Cells of a spreadsheet that are never run as formulas."""

import pytest

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
    ],
)
def test_a_cell_is_never_a_formula(cell: str, escaped: str) -> None:
    assert escape_formula(cell) == escaped
