"""Which clauses state something about the speaker's own project, here and now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.reading.patterns import PatternMatch
from knowledge.reading.tokens import NUMBER, Sentence, WordToken
from knowledge.reading.word_lists import WordLists, contains, phrases_in, starts_with, without

Words = tuple[str, ...]

_DEEP = 2
"""A hedge among so many first words opens the clause."""

_SHORT = 3
"""Words up to which a hedged clause is about the one before it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a clause may state: an option, and the tokens that say so."""

    question: str
    option: str
    match: PatternMatch
    counted: bool = False
    """It is an amount: the words before it need not be known."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what it may state."""

    tokens: tuple[WordToken, ...]
    candidates: tuple[Candidate, ...] = ()
    rest: Words = field(init=False)
    """Its words outside the candidates; the place of each candidate is kept by an empty word."""

    def __post_init__(self) -> None:
        covered = {at for candidate in self.candidates for at in range(candidate.match.start, candidate.match.end)}
        words = tuple("" if at in covered else token.text for at, token in enumerate(self.tokens))
        object.__setattr__(self, "rest", words)


@dataclass(frozen=True, slots=True)
class Exemptions:
    """The questions to which a guard does not apply; see `reading_rules.ReadingRules`."""

    anywhere: frozenset[str]
    timeless: frozenset[str]
    shared: frozenset[str]
    words: frozenset[str]
    """The words of the pack's groups: they may stand before a statement."""


def stated_candidates(
    sentence: Sentence, clauses: Sequence[Clause], exempt: Exemptions, lists: WordLists
) -> list[list[Candidate]]:
    """For each clause, the candidates that it states without a hedge."""
    if has_correction(clauses, lists):
        return [[] for _ in clauses]
    ends = _question_from(sentence, clauses, lists)
    hedged, unplanned = (hedged_clauses(clauses, lists, plans=plans) for plans in (False, True))
    others = False
    result: list[list[Candidate]] = []
    for number, clause in enumerate(clauses):
        words = tuple(token.text for token in clause.tokens)
        own = bool(lists.first_person.intersection(words))
        elsewhere = contains(without(clause.rest, lists.third_party_exceptions), lists.third_parties)
        others = elsewhere or (others and not own)
        ignored = others or number >= ends or is_question(clause, lists) or contains(clause.rest, lists.past)
        result.append(
            [
                candidate
                for candidate in clause.candidates
                if not ignored
                and number not in (unplanned if candidate.question in exempt.timeless else hedged)
                and _counts(candidate, clause, exempt, lists)
            ]
        )
    for number, clause in enumerate(clauses[1:], 1):
        if not result[number] and retracts(clause, lists):
            result[number - 1] = []
    return result


def retracts(clause: Clause, lists: WordLists) -> bool:
    """Whether a clause may retract what was stated just before it ("…, but nobody may use it")."""
    if _corrects(clause, lists):
        return True
    if len(clause.rest) == 1 or not starts_with(clause.rest, lists.contrasts):
        return False
    harmless = (
        not lists.first_person.isdisjoint(clause.rest)
        and lists.negations.isdisjoint(clause.rest)
        and lists.anaphora.isdisjoint(clause.rest)
        and not contains(clause.rest, lists.past + lists.third_parties + lists.third_person)
    )
    return not harmless


def hedge_words(clauses: Sequence[Clause], lists: WordLists) -> frozenset[str]:
    """The words and phrases that hedge the sentence: conditions, wishes, hearsay, doubts."""
    words: list[str] = []
    for clause in clauses:
        for at, word in enumerate(clause.rest):
            follows = clause.tokens[at + 1].text if at + 1 < len(clause.tokens) else ""
            near = word in lists.approximations and (follows == NUMBER or follows in lists.approximations)
            before = clause.rest[at - 1] if at else ""
            noun = word in lists.nouns_as_well and not (follows in lists.reported_openers or before in lists.reporters)
            words.append("" if near or noun else word)
    told = without(words, lists.hedge_exceptions)
    found = lists.hedges.intersection(told)
    return found | phrases_in(told, lists.conditional_phrases)


def has_correction(clauses: Sequence[Clause], lists: WordLists) -> bool:
    """Whether a clause corrects the one before it."""
    return any(_corrects(clause, lists) for clause in clauses[1:])


def _corrects(clause: Clause, lists: WordLists) -> bool:
    return clause.rest == ("no",) or starts_with(clause.rest, lists.corrections)


def hedged_clauses(clauses: Sequence[Clause], lists: WordLists, *, plans: bool) -> frozenset[int]:
    """The numbers of the clauses that are hedged. With `plans`, plans do not count as hedges.

    A condition hedges all clauses after it, hearsay those until the first person is named again. A clause that opens
    with the hedge or says little else also hedges those before it ("we have the data, if legal lets us").
    """
    hedged: set[int] = set()
    condition = hearsay = False
    for number, clause in enumerate(clauses):
        found = hedge_words([clause], lists)
        if plans and found <= lists.plan_words and not contains(clause.rest, lists.reported_speech):
            found = frozenset()
        if found:
            hedged.add(number)
            words = [word for word in clause.rest if word not in lists.conjunctions]
            if len(words) <= _SHORT or not lists.hedges.isdisjoint(words[:_DEEP]):
                hedged.update(range(number))
            condition = condition or not found.isdisjoint(lists.conditionals)
            hearsay = True
        elif hearsay and not condition:
            hearsay = lists.first_person.isdisjoint(clause.rest)
        if condition or hearsay:
            hedged.add(number)
    return frozenset(hedged)


def _question_from(sentence: Sentence, clauses: Sequence[Clause], lists: WordLists) -> int:
    """The number of the first clause that belongs to a question."""
    if not sentence.asks:
        return len(clauses)
    return next((at for at, clause in enumerate(clauses) if at and is_question(clause, lists)), 0)


def is_question(clause: Clause, lists: WordLists) -> bool:
    """Whether a clause has the form of a question or a command."""
    words = clause.rest[1:] if len(clause.rest) > 1 and clause.rest[0] in lists.conjunctions else clause.rest
    asking = words[:1] and words[0] in lists.question_openers and not starts_with(words, lists.question_exceptions)
    return bool(asking) or contains(clause.rest, lists.question_inversions)


def _counts(candidate: Candidate, clause: Clause, exempt: Exemptions, lists: WordLists) -> bool:
    question = candidate.question
    rest = clause.rest
    answers = rest[:1] == ("no",) and len(rest) > 1 and rest[1] in lists.first_person  # "no, we have none"
    if any(word in lists.negations for word in rest[answers:]):
        return False
    if question not in exempt.timeless and contains(clause.rest, lists.future):
        return False
    if question not in exempt.shared and contains(clause.rest, lists.third_person):
        return False
    if question in exempt.anywhere or (candidate.counted and question in exempt.timeless):
        return True
    return _about_ourselves(clause.rest[: candidate.match.start], exempt, lists)


def _about_ourselves(before: Words, exempt: Exemptions, lists: WordLists) -> bool:
    """Whether only known words stand between the first person (or the start of the clause) and the statement."""
    last = max((at for at, word in enumerate(before) if word in lists.first_person), default=-1)
    known = (lists.neutral_words, exempt.words, lists.approximations, lists.conjunctions, ("", NUMBER))
    return all(any(word in each for each in known) for word in before[last + 1 :])
