"""Brings typed text to one form: characters, case, the domain's abbreviations, one slip of the keyboard.

The abbreviations and the words that slips are repaired towards come from the pack.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.phrase_table import PhraseTable
from knowledge.phrasings import Spelling
from knowledge.reading.dictated_marks import punctuated
from knowledge.reading.negations import with_apostrophes, without_slip

LONGEST = 4000
"""Characters of a text that matching looks at; what a message is about shows long before."""

_TOKEN = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*|[^\W_]+|[?=]", re.UNICODE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": " - ", "—": " - "})
_SHORTEST_REPAIRED = 5
_CACHED_WORDS = 4096


def plain(text: str) -> str:
    """The text with one kind of each character: no control or invisible characters, straight quotes, single spaces.

    Case stays. Total: any text gives a result.
    """
    composed = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    visible = composed
    if not composed.isprintable():  # as nearly every text is
        visible = "".join(character if _visible(character) else " " for character in composed)
    return " ".join(visible.translate(_APOSTROPHES).split())


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and question marks of a text, in lower case, without slips in its negations."""
    return tuple(map(without_slip, _TOKEN.findall(punctuated(with_apostrophes(plain(text))).casefold())))


class Normaliser:
    """Normalises text in the words of one pack."""

    def __init__(self, spelling: Spelling) -> None:
        variants = {tokens(written): tokens(meant) for written, meant in spelling.variants.items()}
        self._variants = PhraseTable({" ".join(written): meant for written, meant in variants.items() if written})
        self._words = tuple(spelling.words)
        known = {word for meant in variants.values() for word in meant}
        self._kept = frozenset(spelling.kept) | frozenset(spelling.words) | known
        self._repaired = lru_cache(maxsize=_CACHED_WORDS)(self._repair)

    def __call__(self, text: str) -> str:
        """The normalised text: lower-case words joined by single spaces, at most LONGEST characters of the original."""
        return " ".join(self._expand(tuple(self._repaired(token) for token in tokens(text[:LONGEST]))))

    def _expand(self, words: tuple[str, ...]) -> list[str]:
        result: list[str] = []
        position = 0
        while position < len(words):
            length, meant = self._variants.at(words, position) or (1, words[position : position + 1])
            result.extend(meant)
            position += length
        return result

    def _repair(self, token: str) -> str:
        if len(token) < _SHORTEST_REPAIRED or token in self._kept or not token.isalpha():
            return token
        if self._variants.at((token,), 0):
            return token
        for word in self._words:
            if abs(len(word) - len(token)) <= 1 and OSA.distance(token, word, score_cutoff=1) <= 1:
                return word
        return token
