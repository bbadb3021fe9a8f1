"""How a typed text is cut into sentences and clauses."""

import re

from knowledge.typed_answers.word_parser import fold

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE_END = re.compile(r"[,;]\s+|\s+(?=(?:and|but|also|plus)\s)|\s+[-–—]\s+|\.{2,}\s*|…\s*")


def sentences(text: str) -> tuple[str, ...]:
    return _split(_SENTENCE_END, text)


def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a sentence, cut at commas and before "and" and "but"."""
    return _split(_CLAUSE_END, text)


def _split(end: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in end.split(text) if part and fold(part))
