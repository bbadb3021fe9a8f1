"""Cuts a line where a new wish may begin: at sentences, and inside them at commas and joining words."""

import re
from itertools import pairwise

_ENDS = re.compile(r"(?<=[.!?…])[)\"'”]*\s+(?=\S)|\n+|;\s+|\s+[–—-]\s+")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|approx|ca|nr|no|vs|etc|max|min|incl)\.|\b\d+\.)$", re.IGNORECASE)
_JOINTS = re.compile(r",(?!\d)\s*|\s+(?=(?:and|but|then|also|so|plus|or)\b)", re.IGNORECASE)
_WORD = re.compile(r"\w")


def segments(text: str) -> tuple[str, ...]:
    """The sentences of a line."""
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
    cuts = [0, *(joint.start() for joint in _JOINTS.finditer(segment)), len(segment)]
    parts = (segment[begin:end].strip(" ,") for begin, end in pairwise(cuts))
    return tuple(part for part in parts if _WORD.search(part))
