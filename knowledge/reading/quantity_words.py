"""English words around quantities, read from `quantities.yaml` beside this file."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from knowledge.content import Model
from knowledge.phrase_table import PhraseTable
from knowledge.yaml_document import packaged

Words = tuple[str, ...]


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
    def phrases(self) -> Mapping[str, PhraseTable[bool]]:
        """Lists that hold phrases of several words, by the name of the list."""
        lists = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: PhraseTable(dict.fromkeys(words, True)) for name, words in lists.items() if isinstance(words, tuple)
        }

    @cached_property
    def vague_phrases(self) -> PhraseTable[tuple[str, float, float]]:
        """Vague numbers with their phrase, least and most."""
        return PhraseTable({phrase: (phrase, low, high) for phrase, (low, high) in self.vague.items()})

    @cached_property
    def term_phrases(self) -> PhraseTable[float]:
        """Times that are said without a number, in seconds."""
        return PhraseTable(self.terms)

    @cached_property
    def adverb_phrases(self) -> PhraseTable[float]:
        """Rates in a word, as seconds of their period; 0 where the word is something else."""
        return PhraseTable(self.rate_adverbs)

    @cached_property
    def bound_phrases(self) -> PhraseTable[int]:
        """Words before a number: -1 where it is the most, 1 where it is the least, 0 where it is about right."""
        return PhraseTable(_signed(self.at_most, self.at_least, self.approximate))

    @cached_property
    def later_bound_phrases(self) -> PhraseTable[int]:
        """The same after a number."""
        return PhraseTable(_signed(self.at_most_after, self.at_least_after, self.approximate_after))


def _signed(at_most: Iterable[str], at_least: Iterable[str], approximate: Iterable[str]) -> dict[str, int]:
    return {**dict.fromkeys(approximate, 0), **dict.fromkeys(at_least, 1), **dict.fromkeys(at_most, -1)}


@cache
def english_quantities() -> QuantityWords:
    """The English words, read when they are first asked for."""
    return QuantityWords.model_validate(packaged(__package__, "quantities.yaml"))
