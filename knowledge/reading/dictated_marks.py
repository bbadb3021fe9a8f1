"""Dictated marks: "we have none full stop" ends a sentence."""

import re
from collections.abc import Mapping
from functools import cache

from knowledge.reading.word_lists import Words, english


def punctuated(text: str) -> str:
    """The text with dictated marks as marks; each character keeps its place."""
    marks = english().dictated_marks
    folded = text.lower()
    if not any(mark in folded for mark in marks):
        return text
    return _pattern().sub(lambda found: marks[found[0].lower()].ljust(len(found[0])), text)


@cache
def _pattern() -> re.Pattern[str]:
    """A mark's name, unless it is spoken of: "not one comma may differ", "comma-separated"."""
    lists = english()
    return re.compile(
        "".join(rf"(?<!\b{word} )" for word in lists.mark_determiners)
        + rf"\b(?:{_any(lists.dictated_marks)})(?![- ](?:{_any(lists.mark_compounds)})\b)\b",
        re.IGNORECASE,
    )


def _any(words: Words | Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in words)
