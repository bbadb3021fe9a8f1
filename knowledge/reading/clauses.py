"""Which clauses state something about the speaker's own project, here and now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.reading.language import Language, held, holds, starts_with, without
from knowledge.reading.patterns import Found
from knowledge.reading.tokens import NUMBER, Sentence, Token

Words = tuple[str, ...]

_DEEP = 2
"""Words after which a clause has begun to say something of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a clause may state: an option, and the tokens that say so."""

    question: str
    option: str
    found: Found


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what it may state."""

    tokens: tuple[Token, ...]
    candidates: tuple[Candidate, ...] = ()
    rest: Words = field(init=False)
    """Its words outside the candidates; the place of each candidate is held by an empty word."""

    def __post_init__(self) -> None:
        """Works out the rest."""
        covered = {at for candidate in self.candidates for at in range(candidate.found.start, candidate.found.end)}
        words = tuple("" if at in covered else token.text for at, token in enumerate(self.tokens))
        object.__setattr__(self, "rest", words)


@dataclass(frozen=True, slots=True)
class Scope:
    """For which questions which doubts do not count; see `rules.ReadingRules`."""

    anywhere: frozenset[str]
    timeless: frozenset[str]
    shared: frozenset[str]
    words: frozenset[str]
    """The words of the pack's groups: they may stand before a statement."""


def stated(sentence: Sentence, clauses: Sequence[Clause], scope: Scope, language: Language) -> list[list[Candidate]]:
    """For each clause, the candidates that it states beyond doubt."""
    if taken_back(clauses, language):
        return [[] for _ in clauses]
    asked = min(_asked_from(sentence, clauses, language), _doubted_from(clauses, language))
    others = False
    result: list[list[Candidate]] = []
    for number, clause in enumerate(clauses):
        words = tuple(token.text for token in clause.tokens)
        own = bool(language.own.intersection(words))
        elsewhere = holds(without(clause.rest, language.nobody), language.others)
        others = elsewhere or (others and not own)
        doubtful = others or number >= asked or asks(clause, language) or holds(clause.rest, language.past)
        result.append([] if doubtful else [c for c in clause.candidates if _holds_good(c, clause, scope, language)])
    for number, clause in enumerate(clauses[1:], 1):
        if not result[number] and undoes(clause, language):
            result[number - 1] = []
    return result


def undoes(clause: Clause, language: Language) -> bool:
    """Whether a clause may take back what was stated just before it ("…, but nobody may use it")."""
    if _reverses(clause, language):
        return True
    if len(clause.rest) == 1 or not starts_with(clause.rest, language.contrasts):
        return False
    harmless = (
        not language.own.isdisjoint(clause.rest)
        and language.negations.isdisjoint(clause.rest)
        and language.referring.isdisjoint(clause.rest)
        and not holds(clause.rest, language.past + language.others + language.they)
    )
    return not harmless


def opening(clauses: Sequence[Clause], language: Language) -> frozenset[str]:
    """The words and phrases that make the sentence a condition, a wish, hearsay or a doubt."""
    words: list[str] = []
    for clause in clauses:
        for at, word in enumerate(clause.rest):
            follows = clause.tokens[at + 1].text if at + 1 < len(clause.tokens) else ""
            near = word in language.approximations and (follows == NUMBER or follows in language.approximations)
            words.append("" if near else word)
    told = without(words, language.stated)
    found = language.unstated.intersection(told)
    return found | held(told, language.conditions)


def taken_back(clauses: Sequence[Clause], language: Language) -> bool:
    """Whether a clause corrects the one before it."""
    return any(_reverses(clause, language) for clause in clauses[1:])


def _reverses(clause: Clause, language: Language) -> bool:
    return clause.rest == ("no",) or starts_with(clause.rest, language.reversals)


def _doubted_from(clauses: Sequence[Clause], language: Language) -> int:
    """The number of the first clause in doubt: 0 where what follows casts doubt on what stands before it as well.

    A word of conditions deep inside a later clause belongs to that clause ("no data yet, and only the two of us would
    use it"); one at its beginning does not ("we have the data, if legal lets us").
    """
    first = len(clauses)
    for number, clause in enumerate(clauses):
        found = opening([clause], language)
        if not found:
            continue
        start = [word for word in clause.rest if word not in language.joints][:_DEEP]
        if not number or not found <= language.conditional or not language.conditional.isdisjoint(start):
            return 0
        first = min(first, number)
    return first


def _asked_from(sentence: Sentence, clauses: Sequence[Clause], language: Language) -> int:
    """The number of the first clause that belongs to a question."""
    if not sentence.asks:
        return len(clauses)
    return next((at for at, clause in enumerate(clauses) if at and asks(clause, language)), 0)


def asks(clause: Clause, language: Language) -> bool:
    """Whether a clause has the form of a question or a command."""
    words = clause.rest[1:] if len(clause.rest) > 1 and clause.rest[0] in language.joints else clause.rest
    asking = words[:1] and words[0] in language.asking and not starts_with(words, language.telling)
    return bool(asking) or holds(clause.rest, language.inversions)


def _holds_good(candidate: Candidate, clause: Clause, scope: Scope, language: Language) -> bool:
    question = candidate.question
    rest = clause.rest
    answers = rest[:1] == ("no",) and len(rest) > 1 and rest[1] in language.own  # "no, we have none"
    if any(word in language.negations for word in rest[answers:]):
        return False
    if question not in scope.timeless and holds(clause.rest, language.future):
        return False
    if question not in scope.shared and holds(clause.rest, language.they):
        return False
    return question in scope.anywhere or _ours(clause.rest[: candidate.found.start], scope, language)


def _ours(before: Words, scope: Scope, language: Language) -> bool:
    """Whether nothing unknown stands between the speaker (or the start of the clause) and the statement."""
    last = max((at for at, word in enumerate(before) if word in language.own), default=-1)
    known = language.plain | scope.words | language.approximations | language.joints | language.own | {"", NUMBER}
    return all(word in known for word in before[last + 1 :])
