"""Phrases of one or more words, found among the words of a text."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class PhraseTable(Generic[Value]):
    """Phrases of one or more words, each with a value. The longest one counts."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        """Takes phrases, words apart by spaces."""
        self._values = {tuple(phrase.split()): value for phrase, value in values.items()}
        self._lengths = tuple(sorted({len(phrase) for phrase in self._values}, reverse=True))
        self._firsts = frozenset(phrase[0] for phrase in self._values)
        self._lasts = frozenset(phrase[-1] for phrase in self._values)

    def at(self, words: Sequence[str], start: int) -> tuple[int, Value] | None:
        """The longest phrase that begins at `start`, as its number of words and its value."""
        if start >= len(words) or words[start] not in self._firsts:
            return None
        for length in self._lengths:
            if start + length <= len(words):
                value = self._values.get(tuple(words[start : start + length]))
                if value is not None:
                    return length, value
        return None

    def before(self, words: Sequence[str], end: int, floor: int = 0) -> tuple[int, Value] | None:
        """The longest phrase that ends just before `end` and begins at `floor` or after it."""
        if end <= floor or words[end - 1] not in self._lasts:
            return None
        for length in self._lengths:
            if end - length >= floor:
                value = self._values.get(tuple(words[end - length : end]))
                if value is not None:
                    return length, value
        return None
