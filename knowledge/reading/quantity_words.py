"""English words around quantities, read from `quantities.yaml` beside this file."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Generic, TypeVar

from knowledge.content import Model
from knowledge.yaml_document import packaged

Words = tuple[str, ...]
Value = TypeVar("Value")


class QuantityPhrases(Generic[Value]):
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


class QuantityWords(Model):
    """Lower-case words by what they do; what each list is for stands beside it in the file."""

    scales: dict[str, float]
    plurals: frozenset[str]
    vague: dict[str, tuple[float, float]]
    dependent: frozenset[str]
    frequencies: dict[str, float]
    halves: Words
    articles: frozenset[str]
    singles: frozenset[str]
    spared: frozenset[str]
    idioms: Words
    joins: frozenset[str]
    between: str
    between_joins: frozenset[str]
    at_most: Words
    at_least: Words
    negations: frozenset[str]
    approximate: Words
    passed: frozenset[str]
    at_most_after: Words
    at_least_after: Words
    approximate_after: Words
    percent: Words
    currencies: dict[str, float]
    before: frozenset[str]
    durations: dict[str, float]
    touching: frozenset[str]
    minutes: str
    waits: frozenset[str]
    slash_units: dict[str, float]
    terms: dict[str, float]
    duration_leads: Words
    plural_units: frozenset[str]
    calendar_after: Words
    calendar_before: Words
    rate_leads: Words
    rate_adjectives: frozenset[str]
    rate_adverbs: dict[str, float]
    rate_openings: Words
    rate_units: dict[str, float]
    every: str
    every_other: Words
    rate_gaps: frozenset[str]
    stops: frozenset[str]
    fillers: frozenset[str]
    of: str
    of_skips: frozenset[str]
    of_nouns: frozenset[str]
    each_leads: frozenset[str]
    each_alone: frozenset[str]
    each_for: frozenset[str]
    labels: frozenset[str]
    months: frozenset[str]
    year_leads: frozenset[str]
    clock_leads: frozenset[str]
    clock_marks: Words
    ordinal_ends: Words
    other_units: frozenset[str]
    model_nouns: frozenset[str]

    @cached_property
    def phrases(self) -> Mapping[str, QuantityPhrases[bool]]:
        """Lists that hold phrases of several words, by the name of the list."""
        lists = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: QuantityPhrases(dict.fromkeys(words, True))
            for name, words in lists.items()
            if isinstance(words, tuple)
        }

    @cached_property
    def vague_phrases(self) -> QuantityPhrases[tuple[str, float, float]]:
        """Vague numbers with their phrase, least and most."""
        return QuantityPhrases({phrase: (phrase, low, high) for phrase, (low, high) in self.vague.items()})

    @cached_property
    def term_phrases(self) -> QuantityPhrases[float]:
        """Times that are said without a number, in seconds."""
        return QuantityPhrases(self.terms)

    @cached_property
    def adverb_phrases(self) -> QuantityPhrases[float]:
        """Rates in a word, as seconds of their period; 0 where the word is something else."""
        return QuantityPhrases(self.rate_adverbs)

    @cached_property
    def bound_phrases(self) -> QuantityPhrases[int]:
        """Words before a number: -1 where it is the most, 1 where it is the least, 0 where it is about right."""
        return QuantityPhrases(_signed(self.at_most, self.at_least, self.approximate))

    @cached_property
    def later_bound_phrases(self) -> QuantityPhrases[int]:
        """The same after a number."""
        return QuantityPhrases(_signed(self.at_most_after, self.at_least_after, self.approximate_after))


def _signed(at_most: Iterable[str], at_least: Iterable[str], approximate: Iterable[str]) -> dict[str, int]:
    return {**dict.fromkeys(approximate, 0), **dict.fromkeys(at_least, 1), **dict.fromkeys(at_most, -1)}


@cache
def english_quantities() -> QuantityWords:
    """The English words, read when they are first asked for."""
    return QuantityWords.model_validate(packaged(__package__, "quantities.yaml"))
