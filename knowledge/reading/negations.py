"""Negation: which words of a text are negated, and typos in negations."""

import re

from knowledge.reading.word_lists import english

_REACH = 4
"""Words after a negation that are negated, up to a conjunction. They get features of their own, since an encoder of
this size hardly tells "strict" from "not strict"."""

_NEIGHBOUR = re.compile(r"(?<=n);(?=t\b)", re.IGNORECASE)
"""The key beside the apostrophe: "didn;t"."""


def with_apostrophes(text: str) -> str:
    """The text with `;` for an apostrophe corrected in negations; each character keeps its place."""
    return _NEIGHBOUR.sub("'", text) if ";" in text else text


def without_slip(word: str) -> str:
    """The negation that a lower-case word is with a typo ("dosnt"); any other word unchanged."""
    slips = english().negation_slips
    return slips.get(word) or slips.get(word.replace("'", ""), word)


def with_negations(normalised: str) -> str:
    """The text with negated words in capitals, which gives them features of their own."""
    lists = english()
    words = normalised.split()
    marked: list[str] = []
    left = 0
    for at, word in enumerate(words):
        pair = f"{words[at - 1]} {word}" if at else ""
        if word in lists.negators or pair in lists.negators:
            marked.append(word)
            left = _REACH
            continue
        if word in lists.conjunctions:
            left = 0
        marked.append(word.upper() if left else word)
        left = max(left - 1, 0)
    return " ".join(marked)
