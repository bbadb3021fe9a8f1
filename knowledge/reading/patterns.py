"""Patterns: the wordings of `reading_rules`, compiled and found among tokens."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from knowledge.reading.tokens import NUMBER, WordToken
from knowledge.reading_rules import ReadingRules

_GAP = 2
_Entries = Mapping[str, Sequence[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """Where a wording stands, from token `start` to before `end`. `denied`: a negation stands inside."""

    start: int
    end: int
    denied: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    """One step of a wording: its entries by first word, with the words after it."""

    entries: _Entries
    optional: bool = False
    gap: bool = False
    barred: bool = False
    last: bool = False

    def lengths(self, words: Sequence[str], at: int) -> list[int]:
        """How many words from here are an entry; longer entries first."""
        rests = self.entries.get(words[at], ())
        return [len(rest) + 1 for rest in rests if tuple(words[at + 1 : at + 1 + len(rest)]) == rest]


class Vocabulary:
    """Groups of a pack, from which wordings are compiled."""

    def __init__(self, rules: ReadingRules) -> None:
        self._groups = {"n": _entries([NUMBER])} | {name: _entries(words) for name, words in rules.groups.items()}
        self.words = frozenset(word for words in rules.groups.values() for entry in words for word in entry.split())
        self._element = cache(self._made)  # thousands of wordings share a few hundred parts

    def compile(self, wording: str) -> "Pattern":
        """The compiled wording. Raises KeyError if a group is missing."""
        return Pattern(tuple(self._element(part) for part in wording.split()))

    def _made(self, part: str) -> _Element:
        if part == "...":
            return _Element({}, optional=True, gap=True)
        if part == ".":
            return _Element({}, barred=True, last=True)
        name = part.removeprefix("!").removesuffix("?")
        entries = self._groups[name.strip("<>")] if name.startswith("<") else _entries([name])
        return _Element(entries, optional=part.endswith("?"), barred=part.startswith("!"))


def _entries(words: Iterable[str]) -> _Entries:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for entry in words:
        first, *rest = entry.split()
        by_first.setdefault(first, []).append(tuple(rest))
    return {first: sorted(rests, key=len, reverse=True) for first, rests in by_first.items()}


class Pattern:
    """A compiled wording."""

    def __init__(self, elements: tuple[_Element, ...]) -> None:
        self._elements = elements
        leading = next(at for at, element in enumerate(elements) if not element.optional)
        self._firsts = frozenset(word for element in elements[: leading + 1] for word in element.entries)
        self.required: tuple[Set[str], ...] = tuple(e.entries.keys() for e in elements if not (e.optional or e.barred))
        """For each required step, the words that it can begin with."""

    def may_match(self, words: Set[str]) -> bool:
        """Whether every required step can begin with one of these words: a fast test that few wordings pass."""
        return not any(firsts.isdisjoint(words) for firsts in self.required)

    def find(self, tokens: Sequence[WordToken], negations: frozenset[str]) -> Iterator[PatternMatch]:
        """Every place where the wording stands, at each start the longest; negations inside it are skipped."""
        words = [token.text for token in tokens]
        for start, word in enumerate(words):
            if word in self._firsts:
                ends = [end for end in self._match(words, start, 0, negations) if end[0] > start]
                if ends:
                    end, denied = max(ends, key=lambda found: (found[0], -found[1]))
                    yield PatternMatch(start, end, denied > 0)

    def _match(
        self, words: list[str], at: int, step: int, negations: frozenset[str], denied: int = 0
    ) -> Iterator[tuple[int, int]]:
        """The end, and how many negations were skipped (one at most), of every way to match the rest from here."""
        if step == len(self._elements):
            yield at, denied
            return
        element = self._elements[step]
        if element.barred:
            follows = at < len(words) and (element.last or bool(element.lengths(words, at)))
            if not follows:
                yield from self._match(words, at, step + 1, negations, denied)
            return
        if element.optional:
            yield from self._match(words, at, step + 1, negations, denied)
        if at >= len(words):
            return
        for length in element.lengths(words, at):
            yield from self._match(words, at + length, step + 1, negations, denied)
        if element.gap:
            for length in range(1, _GAP + 1):
                if at + length < len(words) and not negations.intersection(words[at : at + length]):
                    yield from self._match(words, at + length, step + 1, negations, denied)
        elif step and not denied and words[at] in negations:
            yield from self._match(words, at + 1, step, negations, 1)
