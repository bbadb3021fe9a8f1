"""Hedging: how strongly a sentence or a clause is hedged, whatever it states."""

from collections.abc import Sequence
from enum import IntEnum

from knowledge.reading.clauses import (
    Clause,
    has_correction,
    hedge_words,
    hedged_clauses,
    is_question,
    retracts,
)
from knowledge.reading.language import Language, contains, phrases_in, starts_with, without
from knowledge.reading.tokens import Sentence


class HedgeLevel(IntEnum):
    """How strongly a text is hedged as a statement about the speaker's own project, here and now."""

    NONE = 0
    WEAK = 1
    """It has a word of conditions, hearsay, others or other times that plain statements have as well."""
    STRONG = 2
    """It is a question, a wish, or about others or another time; or it takes back or leaves open what it says."""


def hedge_level(sentence: Sentence, clauses: Sequence[Clause], language: Language) -> HedgeLevel:
    """How strongly a sentence as a whole is hedged."""
    if (
        sentence.asks
        or has_correction(clauses, language)
        or contains(sentence.words, language.undecided + language.reported_speech)
    ):
        return HedgeLevel.STRONG
    return max(
        _by_hedge_words(clauses, language),
        _by_question(clauses, language),
        _by_retraction(clauses, language),
        _by_third_parties(clauses, language),
        _by_past(clauses, language),
    )


def clause_levels(sentence: Sentence, clauses: Sequence[Clause], language: Language) -> list[HedgeLevel]:
    """How strongly each clause of a sentence is hedged by itself: "last year we had two grand, this year they gave us
    eighty".
    """
    if has_correction(clauses, language):
        return [HedgeLevel.STRONG for _ in clauses]
    carried = hedged_clauses(clauses, language, plans=False)
    levels: list[HedgeLevel] = []
    others = False
    for number, clause in enumerate(clauses):
        ours = not language.first_person.isdisjoint(token.text for token in clause.tokens)
        others = _by_third_parties([clause], language) is not HedgeLevel.NONE or (others and not ours)
        alone = Sentence(sentence.cut(clause.tokens), (clause.tokens,), sentence.asks)
        level = HedgeLevel.STRONG if others or number in carried else hedge_level(alone, [clause], language)
        follows = clauses[number + 1 : number + 2]
        levels.append(max(level, HedgeLevel.WEAK) if any(retracts(each, language) for each in follows) else level)
    return levels


def is_hedged(clauses: Sequence[Clause], language: Language) -> bool:
    """Whether a sentence is about others or another time, sets a condition, or takes something back."""
    levels = (_by_third_parties(clauses, language), _by_past(clauses, language), _by_retraction(clauses, language))
    return HedgeLevel.STRONG in levels or not language.conditionals.isdisjoint(hedge_words(clauses, language))


def _by_hedge_words(clauses: Sequence[Clause], language: Language) -> HedgeLevel:
    words = hedge_words(clauses, language)
    if not words:
        return HedgeLevel.NONE
    return HedgeLevel.WEAK if words <= language.weak_hedges else HedgeLevel.STRONG


def _by_question(clauses: Sequence[Clause], language: Language) -> HedgeLevel:
    if not clauses or not is_question(clauses[0], language):
        return HedgeLevel.NONE
    return HedgeLevel.WEAK if clauses[0].rest[0] in language.weak_question_openers else HedgeLevel.STRONG


def _by_retraction(clauses: Sequence[Clause], language: Language) -> HedgeLevel:
    retracted = any(
        retracts(clause, language) and not starts_with(clause.rest, language.closing_remarks) for clause in clauses[1:]
    )
    return HedgeLevel.STRONG if retracted else HedgeLevel.NONE


def _by_third_parties(clauses: Sequence[Clause], language: Language) -> HedgeLevel:
    # A possessive counts as its owner: what a vendor's people do is said of a vendor.
    owners = [[word.removesuffix("'s") for word in clause.rest] for clause in clauses]
    told = [without(words, language.third_party_exceptions) for words in owners]
    found = {phrase for words in told for phrase in phrases_in(words, language.third_parties)}
    if not found:
        return HedgeLevel.NONE
    return HedgeLevel.WEAK if found <= language.weak_third_parties else HedgeLevel.STRONG


def _by_past(clauses: Sequence[Clause], language: Language) -> HedgeLevel:
    """What was may explain what is: a sentence that begins in the present is about the present."""
    words = [without(clause.rest, language.hedge_exceptions) for clause in clauses]
    found = {phrase for clause in words for phrase in phrases_in(clause, language.past)}
    if not found:
        return HedgeLevel.NONE
    verbs = [word for clause in words for word in clause if word in language.present or word in language.weak_past]
    now = not language.present.isdisjoint(verbs[:1]) or not phrases_in(words[0], language.past)
    return HedgeLevel.WEAK if found <= language.weak_past and now else HedgeLevel.STRONG
