"""Cells that a spreadsheet shows as text instead of running them as formulas."""

import re

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*%?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escape_formula(cell: str) -> str:
    """The cell, with an apostrophe in front if a spreadsheet would run it as a formula; plain numbers stay."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
