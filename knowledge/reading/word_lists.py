"""Word lists of English, which decide whether a statement counts: negations, doubts, other people, other times."""

from collections.abc import Iterable
from functools import cache, cached_property

from knowledge.content import Model
from knowledge.phrase_table import PhraseTable
from knowledge.yaml_document import packaged

Words = tuple[str, ...]


class WordLists(Model):
    """The word lists of one language, lower case; what each is for stands beside it in `english.yaml`."""

    contractions: dict[str, str]
    negation_slips: dict[str, str]
    amounts: Words
    multipliers: frozenset[str]
    approximations: frozenset[str]
    ordinals: tuple[frozenset[str], ...]
    cardinals: Words
    numbered: frozenset[str]
    last_place: frozenset[str]
    middle_place: frozenset[str]
    option_letters: tuple[frozenset[str], ...]
    ordinal_fillers: frozenset[str]
    choice_fillers: frozenset[str]
    negations: frozenset[str]
    hedges: frozenset[str]
    weak_hedges: frozenset[str]
    plan_words: frozenset[str]
    nouns_as_well: frozenset[str]
    reported_openers: frozenset[str]
    reporters: frozenset[str]
    conditional_phrases: Words
    reported_speech: Words
    hedge_exceptions: Words
    undecided: Words
    corrections: Words
    past: Words
    weak_past: frozenset[str]
    present: frozenset[str]
    future: Words
    third_parties: Words
    weak_third_parties: frozenset[str]
    third_party_exceptions: Words
    third_person: Words
    first_person: frozenset[str]
    neutral_words: frozenset[str]
    question_openers: frozenset[str]
    question_words: frozenset[str]
    question_inversions: Words
    anaphora: frozenset[str]
    contrasts: Words
    conjunctions: frozenset[str]
    question_exceptions: Words
    weak_question_openers: frozenset[str]
    closing_remarks: Words
    fixed_phrases: Words
    subjects: frozenset[str]
    verbs: frozenset[str]
    introducing: frozenset[str]
    dictated_marks: dict[str, str]
    mark_determiners: Words
    mark_compounds: Words
    interjections: frozenset[str]
    trailing: frozenset[str]
    conditionals: frozenset[str]
    polar_answers: frozenset[str]
    refusals: frozenset[str]
    denials: frozenset[str]
    lowering: frozenset[str]
    large_amounts: frozenset[str]
    small_amounts: frozenset[str]
    negators: frozenset[str]
    coordinators: frozenset[str]
    denial_fillers: frozenset[str]
    answer_fillers: frozenset[str]

    @cached_property
    def amount_phrases(self) -> PhraseTable[bool]:
        return PhraseTable(dict.fromkeys(self.amounts, True))


@cache
def english() -> WordLists:
    """The English lists, read from `english.yaml` beside this file when they are first asked for."""
    return WordLists.model_validate(packaged(__package__, "english.yaml"))


def starts_with(words: Words, phrases: Words) -> bool:
    begins = not _firsts(phrases).isdisjoint(words[:1])
    return begins and any(words[: len(phrase)] == phrase for phrase in _split(phrases))


def contains(words: Words, phrases: Words) -> bool:
    """Whether one of the phrases stands anywhere among the words."""
    return bool(phrases_in(words, phrases))


def phrases_in(words: Words, phrases: Words) -> frozenset[str]:
    """The phrases that stand anywhere among the words."""
    if _firsts(phrases).isdisjoint(words):
        return frozenset()
    text = f" {' '.join(words)} "
    return frozenset([phrase for phrase, bounded in _bounded(phrases) if bounded in text])


def without(words: Iterable[str], phrases: Words) -> Words:
    """The words without the phrases among them."""
    said = tuple(words)
    if _firsts(phrases).isdisjoint(said):
        return tuple(filter(None, said))
    text = f" {' '.join(said)} "
    for phrase in phrases:
        text = text.replace(f" {phrase} ", " ")
    return tuple(text.split())


# A handful of lists, each asked for several times a sentence; most sentences have no word that begins a phrase.
@cache
def _firsts(phrases: Words) -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


@cache
def _split(phrases: Words) -> tuple[Words, ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


@cache
def _bounded(phrases: Words) -> tuple[tuple[str, str], ...]:
    return tuple((phrase, f" {phrase} ") for phrase in phrases)
