"""Headings of notes in which ideas stand: "Ideas:", "Minutes of the circle, 14 Nov", "Present: …"."""

import re
from itertools import pairwise

from dialogs.advisor import Advisor
from dialogs.understanding.phrases import Words, contains, starts
from knowledge.typed_answers.word_parser import fold

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}\.?(?:[./]?\d{2,4})?(?=\s|$)")

_LABEL_WORDS = 3
"""Most words of a label before a colon, and of a line that only announces ideas."""


def is_heading(advisor: Advisor, text: str) -> bool:
    """Whether a line without a mark is a heading, also where it stands alone."""
    label, colon, behind = text.strip().partition(":")
    words, said, pasted = fold(text), fold(label), advisor.catalogue.pasted
    if colon and not fold(behind):
        return len(said) <= _LABEL_WORDS and contains(said, pasted.announcements)
    if colon and len(said) <= _LABEL_WORDS and starts(said, pasted.headings):
        return True
    return starts(words, pasted.headings) and _has_date(advisor, text, words)


def _has_date(advisor: Advisor, text: str, words: Words) -> bool:
    months = advisor.catalogue.pasted.months
    named = any((a in months and b.isdecimal()) or (b in months and a[:1].isdecimal()) for a, b in pairwise(words))
    return named or _DATE.search(text) is not None
