"""Cuts a line where a new wish may begin: at sentences, and inside them at commas and joining words."""

import re
from itertools import pairwise

_ENDS = re.compile(r"(?<=[.!?…])[)\"'”]*\s+(?=\S)|\n+|;\s+|\s+[–—-]\s+")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|approx|ca|nr|no|vs|etc|max|min|incl)\.|\b\d+\.)$", re.IGNORECASE)
_JOINTS = re.compile(r",(?!\d)\s*|\s+(?=(?:and|but|then|also|so|plus|or)\b)", re.IGNORECASE)
_NUMBERS = re.compile(r"#?\d+(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?=#?\d)", re.IGNORECASE)
"""Numbers that a comma or a word joins are one phrase."""
_WORD = re.compile(r"\w")


def segments(text: str) -> tuple[str, ...]:
    parts, at = [], 0
    for end in _ENDS.finditer(text):
        part = text[at : end.start()].strip()
        if part and not _ABBREVIATED.search(part):
            parts.append(part)
            at = end.end()
    parts.append(text[at:].strip())
    return tuple(part for part in parts if _WORD.search(part))


def clauses(segment: str) -> tuple[str, ...]:
    """The parts of a sentence that commas and joining words divide."""
    joined = [span for found in _NUMBERS.finditer(segment) for span in range(*found.span())]
    cuts = [0, *(joint.start() for joint in _JOINTS.finditer(segment) if joint.start() not in joined), len(segment)]
    parts = (segment[begin:end].strip(" ,") for begin, end in pairwise(cuts))
    return tuple(part for part in parts if _WORD.search(part))
