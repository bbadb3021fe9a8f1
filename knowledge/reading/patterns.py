"""Patterns: the wordings of `reading_rules`, compiled and found among tokens."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from knowledge.reading.tokens import NUMBER, WordToken
from knowledge.reading_rules import ReadingRules

_GAP = 2
_Entries = Mapping[str, Sequence[tuple[tuple[str, ...], float]]]


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """Where a wording stands, from token `start` to before `end`, and its amount.

    `denied`: a negation stands inside.
    """

    start: int
    end: int
    denied: bool = False
    least: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class _Element:
    """One step of a wording: its entries by first word, with the words after it and a factor."""

    entries: _Entries
    optional: bool = False
    gap: bool = False
    barred: bool = False
    last: bool = False


class Vocabulary:
    """Groups and scales of a pack, from which wordings are compiled."""

    def __init__(self, rules: ReadingRules) -> None:
        scaled = {name: dict.fromkeys(words, 1.0) for name, words in rules.groups.items()} | dict(rules.scales)
        self._groups = {name: _entries(words) for name, words in scaled.items()}
        self.words = frozenset(word for words in scaled.values() for entry in words for word in entry.split())
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
        if name == "<n>":
            entries: _Entries = _entries({NUMBER: 1.0})
        elif name.startswith("<"):
            entries = self._groups[name.strip("<>")]
        else:
            entries = _entries({name: 1.0})
        return _Element(entries, optional=part.endswith("?"), barred=part.startswith("!"))


def _entries(words: Mapping[str, float]) -> _Entries:
    by_first: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for entry, factor in words.items():
        first, *rest = entry.split()
        by_first.setdefault(first, []).append((tuple(rest), factor))
    return {first: sorted(rests, key=lambda rest: -len(rest[0])) for first, rests in by_first.items()}


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
                    end, denied, factor = max(ends, key=lambda found: (found[0], -found[1]))
                    amounts = [token for token in tokens[start:end] if token.text == NUMBER]
                    least = min((token.least for token in amounts), default=0.0)
                    most = max((token.most for token in amounts), default=0.0)
                    yield PatternMatch(start, end, denied > 0, least * factor, most * factor)

    def _match(
        self, words: list[str], at: int, step: int, negations: frozenset[str], spare: int = 1
    ) -> Iterator[tuple[int, int, float]]:
        """(end, negations skipped, factor) of every way to match the rest of the wording from here.

        `spare` negations may still be skipped.
        """
        if step == len(self._elements):
            yield at, 0, 1.0
            return
        element = self._elements[step]
        if element.barred:
            follows = at < len(words) and (element.last or bool(_lengths(element, words, at)))
            if not follows:
                yield from self._match(words, at, step + 1, negations, spare)
            return
        if element.optional:
            yield from self._match(words, at, step + 1, negations, spare)
        if at >= len(words):
            return
        for length, factor in _lengths(element, words, at):
            for end, denied, more in self._match(words, at + length, step + 1, negations, spare):
                yield end, denied, factor * more
        if element.gap:
            for length in range(1, _GAP + 1):
                if at + length < len(words) and not negations.intersection(words[at : at + length]):
                    yield from self._match(words, at + length, step + 1, negations, spare)
        elif step and spare and words[at] in negations:
            for end, denied, factor in self._match(words, at + 1, step, negations, spare - 1):
                yield end, denied + 1, factor


def _lengths(element: _Element, words: Sequence[str], at: int) -> list[tuple[int, float]]:
    """How many words from here are an entry of the element, and its factor; longer entries first."""
    return [
        (len(rest) + 1, factor)
        for rest, factor in element.entries.get(words[at], ())
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest
    ]
