"""Cells that a spreadsheet shows as text instead of running them as formulas."""

import re
from unicodedata import category, normalize

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*%?")
_SIGNS = frozenset("=+-@")
_BLANKS = ("\t", "\r", "\n")
_UNSEEN = frozenset("ZCM")
"""Classes of characters that may be dropped before a cell is read: spaces, controls and format characters, marks."""


def escape_formula(cell: str, delimiter: str = ",") -> str:
    """The cell, with an apostrophe wherever a spreadsheet would begin to read a formula; plain numbers stay.

    That is at its beginning, and where a program splits that takes another character for the `delimiter` of the file:
    to that one the quotes around the cell mean nothing, and so its lines end rows.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    splits = "".join(mark for mark in ";,|\t" if mark != delimiter)
    found = "".join(map(_escaped, re.split(rf"([{splits}\r\n])", cell)))
    return f"'{found}" if found.startswith(_BLANKS) else found


def _escaped(part: str) -> str:
    shown = next((char for char in part if char != '"' and category(char)[0] not in _UNSEEN), "")
    begins = normalize("NFKC", shown)[:1] in _SIGNS and not _NUMBER.fullmatch(part.strip())
    return f"'{part}" if begins else part
