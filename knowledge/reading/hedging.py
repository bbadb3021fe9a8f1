"""How much speaks against taking a whole sentence for a statement, whatever it may state."""

from collections.abc import Sequence
from enum import IntEnum

from knowledge.reading.clauses import Clause, asks, opening, taken_back, undoes
from knowledge.reading.language import Language, held, holds, starts_with, without
from knowledge.reading.tokens import Sentence


class Hedge(IntEnum):
    """How much speaks against a statement about the speaker's own project, here and now."""

    NONE = 0
    SOME = 1
    """It holds a word of conditions, hearsay, others or other times, which plain statements hold as well."""
    GRAVE = 2
    """It is a question, a wish, or about others or another time; or it takes back or leaves open what it says."""


def doubt(sentence: Sentence, clauses: Sequence[Clause], language: Language) -> Hedge:
    """The doubt about a sentence as a whole."""
    if sentence.asks or taken_back(clauses, language) or holds(sentence.words, language.undecided + language.reported):
        return Hedge.GRAVE
    return max(
        _of_opening(clauses, language),
        _of_asking(clauses, language),
        _of_undoing(clauses, language),
        _of_others(clauses, language),
        _of_past(clauses, language),
    )


def hedged(clauses: Sequence[Clause], language: Language) -> bool:
    """Whether a sentence speaks of others or another time, sets a condition, or takes back what it says."""
    doubts = (_of_others(clauses, language), _of_past(clauses, language), _of_undoing(clauses, language))
    return Hedge.GRAVE in doubts or not language.depending.isdisjoint(opening(clauses, language))


def _of_opening(clauses: Sequence[Clause], language: Language) -> Hedge:
    words = opening(clauses, language)
    if not words:
        return Hedge.NONE
    return Hedge.SOME if words <= language.indirect else Hedge.GRAVE


def _of_asking(clauses: Sequence[Clause], language: Language) -> Hedge:
    if not clauses or not asks(clauses[0], language):
        return Hedge.NONE
    return Hedge.SOME if clauses[0].rest[0] in language.weakly else Hedge.GRAVE


def _of_undoing(clauses: Sequence[Clause], language: Language) -> Hedge:
    undone = any(undoes(clause, language) and not starts_with(clause.rest, language.closing) for clause in clauses[1:])
    return Hedge.GRAVE if undone else Hedge.NONE


def _of_others(clauses: Sequence[Clause], language: Language) -> Hedge:
    found = {
        phrase
        for clause in clauses
        for phrase in held(without(map(_owner, clause.rest), language.nobody), language.others)
    }
    if not found:
        return Hedge.NONE
    return Hedge.SOME if found <= language.aside else Hedge.GRAVE


def _of_past(clauses: Sequence[Clause], language: Language) -> Hedge:
    """What was may explain what is: a sentence that begins in the present is about the present."""
    words = [without(clause.rest, language.stated) for clause in clauses]
    found = {phrase for clause in words for phrase in held(clause, language.past)}
    if not found:
        return Hedge.NONE
    verbs = [word for clause in words for word in clause if word in language.present or word in language.faded]
    now = not language.present.isdisjoint(verbs[:1]) or not held(words[0], language.past)
    return Hedge.SOME if found <= language.faded and now else Hedge.GRAVE


def _owner(word: str) -> str:
    """The word without the ending of a possessive: what a vendor's people do is said of a vendor."""
    return word.removesuffix("'s")
