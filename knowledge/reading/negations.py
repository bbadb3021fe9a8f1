"""Negation: which words of a text are denied."""

from knowledge.reading.language import english

_REACH = 4
"""Words after a negation that it denies, up to a conjunction: their features stand apart from those of the same words
without it, since an encoder of this size hardly tells "strict" from "not strict"."""


def with_negations(normalised: str) -> str:
    """The text with the words that a negation denies in capitals, which gives them features of their own."""
    language = english()
    words = normalised.split()
    marked: list[str] = []
    left = 0
    for at, word in enumerate(words):
        pair = f"{words[at - 1]} {word}" if at else ""
        if word in language.negators or pair in language.negators:
            marked.append(word)
            left = _REACH
            continue
        if word in language.conjunctions:
            left = 0
        marked.append(word.upper() if left else word)
        left = max(left - 1, 0)
    return " ".join(marked)
