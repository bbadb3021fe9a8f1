"""Hedging: how strongly a sentence or a clause is hedged, whatever it states."""

from collections.abc import Sequence
from enum import IntEnum

from knowledge.reading.clauses import Clause, has_correction, hedge_words, hedged_clauses, is_question, retracts
from knowledge.reading.tokens import Sentence
from knowledge.reading.word_lists import WordLists, contains, phrases_in, starts_with, without


class HedgeLevel(IntEnum):
    """How strongly a text is hedged as a statement about the speaker's own project, here and now."""

    NONE = 0
    WEAK = 1
    """It has a word of conditions, hearsay, others or other times that plain statements have as well."""
    STRONG = 2
    """It is a question, a wish, or about others or another time; or it takes back or leaves open what it says."""


def hedge_level(sentence: Sentence, clauses: Sequence[Clause], lists: WordLists) -> HedgeLevel:
    """How strongly a sentence as a whole is hedged."""
    if (
        sentence.asks
        or has_correction(clauses, lists)
        or contains(sentence.words, lists.undecided + lists.reported_speech)
    ):
        return HedgeLevel.STRONG
    return max(
        _by_hedge_words(clauses, lists),
        _by_question(clauses, lists),
        _by_retraction(clauses, lists),
        _by_third_parties(clauses, lists),
        _by_past(clauses, lists),
    )


def clause_levels(sentence: Sentence, clauses: Sequence[Clause], lists: WordLists) -> list[HedgeLevel]:
    """How strongly each clause of a sentence is hedged by itself: "last year we had two grand, this year they gave us
    eighty".
    """
    if has_correction(clauses, lists):
        return [HedgeLevel.STRONG for _ in clauses]
    carried = hedged_clauses(clauses, lists, plans=False)
    levels: list[HedgeLevel] = []
    others = False
    for number, clause in enumerate(clauses):
        ours = not lists.first_person.isdisjoint(token.text for token in clause.tokens)
        others = _by_third_parties([clause], lists) is not HedgeLevel.NONE or (others and not ours)
        alone = Sentence(sentence.cut(clause.tokens), (clause.tokens,), sentence.asks)
        level = HedgeLevel.STRONG if others or number in carried else hedge_level(alone, [clause], lists)
        follows = clauses[number + 1 : number + 2]
        levels.append(max(level, HedgeLevel.WEAK) if any(retracts(each, lists) for each in follows) else level)
    return levels


def is_hedged(clauses: Sequence[Clause], lists: WordLists) -> bool:
    """Whether a sentence is about others or another time, sets a condition, or takes something back."""
    levels = (_by_third_parties(clauses, lists), _by_past(clauses, lists), _by_retraction(clauses, lists))
    return HedgeLevel.STRONG in levels or not lists.conditionals.isdisjoint(hedge_words(clauses, lists))


def _by_hedge_words(clauses: Sequence[Clause], lists: WordLists) -> HedgeLevel:
    words = hedge_words(clauses, lists)
    if not words:
        return HedgeLevel.NONE
    return HedgeLevel.WEAK if words <= lists.weak_hedges else HedgeLevel.STRONG


def _by_question(clauses: Sequence[Clause], lists: WordLists) -> HedgeLevel:
    if not clauses or not is_question(clauses[0], lists):
        return HedgeLevel.NONE
    return HedgeLevel.WEAK if clauses[0].rest[0] in lists.weak_question_openers else HedgeLevel.STRONG


def _by_retraction(clauses: Sequence[Clause], lists: WordLists) -> HedgeLevel:
    retracted = any(
        retracts(clause, lists) and not starts_with(clause.rest, lists.closing_remarks) for clause in clauses[1:]
    )
    return HedgeLevel.STRONG if retracted else HedgeLevel.NONE


def _by_third_parties(clauses: Sequence[Clause], lists: WordLists) -> HedgeLevel:
    # A possessive counts as its owner: what a vendor's people do is said of a vendor.
    owners = [[word.removesuffix("'s") for word in clause.rest] for clause in clauses]
    told = [without(words, lists.third_party_exceptions) for words in owners]
    found = {phrase for words in told for phrase in phrases_in(words, lists.third_parties)}
    if not found:
        return HedgeLevel.NONE
    return HedgeLevel.WEAK if found <= lists.weak_third_parties else HedgeLevel.STRONG


def _by_past(clauses: Sequence[Clause], lists: WordLists) -> HedgeLevel:
    """What was may explain what is: a sentence that begins in the present is about the present."""
    words = [without(clause.rest, lists.hedge_exceptions) for clause in clauses]
    found = {phrase for clause in words for phrase in phrases_in(clause, lists.past)}
    if not found:
        return HedgeLevel.NONE
    verbs = [word for clause in words for word in clause if word in lists.present or word in lists.weak_past]
    now = not lists.present.isdisjoint(verbs[:1]) or not phrases_in(words[0], lists.past)
    return HedgeLevel.WEAK if found <= lists.weak_past and now else HedgeLevel.STRONG
