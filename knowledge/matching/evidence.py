"""The evidence of a text for each answer: what wordings state, what clauses imply, what the whole text is about.

`evidence_model` weighs it: a description may say one thing in several places, or in none of them clearly.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from knowledge.interfaces import Reading
from knowledge.matching.classifier import Floats, LinearClassifier, SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import NONE
from knowledge.matching.statement_features import statement_features
from knowledge.matching.tfidf import Idf
from knowledge.pack import UNSURE, Pack
from knowledge.reading.clauses import Clause, retracts
from knowledge.reading.hedging import HedgeLevel, clause_levels, hedge_level
from knowledge.reading.reader import PackReader
from knowledge.reading.tokens import Sentence
from knowledge.reading.word_lists import contains

_MOST_CLAUSES = 12
"""Clauses of a text that are classified; each takes about two milliseconds."""

_SHORT_SENTENCE = 14
"""Words up to which a sentence is also classified as a whole: "solved and graded cases slumber on our server"."""

_WORDS = range(2, 46)
"""Words of a clause that may imply something: a longer one says too many things at once."""

_KNOWN = 3
"""At least one word in this many must be known: the encoder returns a vector for text in any language."""

_LEAST = -5.0
"""Least log-odds. A clause that was not classified counts as much."""

_RIVAL = -2.0
"""The same for a rival option, which counts as evidence against an option only if it is likely."""

_SURE = 1e-4

Probabilities = Mapping[str, float]
"""Probability by option of a question."""


class HedgeStatus(IntEnum):
    """How far a clause counts as a statement about the speaker's own project, here and now."""

    PLAIN = 0
    WEAK = 1
    """Its sentence is weakly hedged."""
    APART = 2
    """It is not hedged itself, but its sentence is hedged elsewhere."""
    BARRED = 3
    """It is strongly hedged itself, or its sentence words another option. It may only show that a question is open."""


@dataclass(frozen=True, slots=True)
class ClauseEvidence:
    """What a clause implies: probability by question and option.

    `barred`: by question, the options whose wordings stand in the sentence, whether they count or not. The clause then
    implies no other option of that question.
    """

    text: str
    hedge_status: HedgeStatus
    barred: Mapping[str, frozenset[str]]
    probabilities: Mapping[str, Probabilities]

    def hedge_status_for(self, question: str, option: str) -> HedgeStatus:
        """How far the clause counts for an option.

        BARRED if its sentence words another option of the question, or any while it is negated or about the future.
        `unsure` is always PLAIN, since a text that leaves a question open is hedged anyway.
        """
        if option == UNSURE:
            return HedgeStatus.PLAIN
        return self.hedge_status if self.barred.get(question, frozenset([option])) <= {option} else HedgeStatus.BARRED


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """All the evidence of a text."""

    stated: Mapping[str, Reading]
    clauses: tuple[ClauseEvidence, ...]
    whole: Mapping[str, Probabilities]
    """Probabilities that the classifiers of clauses give the whole text."""
    about: Mapping[str, Probabilities]
    """The same of the classifiers of whole descriptions: the subject of a text may answer a question."""
    retracted: bool
    """Whether the text takes something back."""

    def features(self, question: str, option: str, others: tuple[str, ...]) -> list[float]:
        """The features of an option, in a fixed order. `others`: the question's other options."""
        own = self._highest(question, (option,))
        rival = self._highest(question, others)
        stated = self.stated.get(question)
        best, against = max(own[:3])[0], max(rival[:3])[0]
        found = [
            float(stated is not None and stated.option == option),
            float(stated is not None and stated.option in others),
            *(value for first, _ in own for value in (first, max(first, 0.0))),
            own[HedgeStatus.PLAIN][1],
            best,
            max(best, 0.0),
            *(max(first, _RIVAL) for first, _ in rival[:3]),
            max(rival[HedgeStatus.BARRED][0], 0.0),
            min(max(best - against, -4.0), 4.0),
        ]
        for probabilities, least in ((self.whole.get(question, {}), _LEAST), (self.about.get(question, {}), -math.inf)):
            odds = _log_odds(probabilities.get(option, 0.0))
            found += [max(odds, least), max(_log_odds(_most(probabilities, others)), least)]
        return [*found, max(odds, 0.0)]

    def telling(self, question: str, option: str) -> str:
        """The clause with the highest probability of an option."""
        best = self._clause_for(question, option)
        return best.text if best is not None else ""

    def clause_probability(self, question: str, option: str) -> float:
        """The highest probability that a clause gives the option, BARRED clauses left out."""
        counted = (c for c in self.clauses if c.hedge_status_for(question, option) is not HedgeStatus.BARRED)
        return max((c.probabilities[question].get(option, 0.0) for c in counted), default=0.0)

    def _clause_for(self, question: str, option: str) -> ClauseEvidence | None:
        found = [c for c in self.clauses if c.hedge_status_for(question, option) is not HedgeStatus.BARRED]
        return max(found or self.clauses, key=lambda c: c.probabilities[question].get(option, 0.0), default=None)

    def _highest(self, question: str, options: tuple[str, ...]) -> list[tuple[float, float]]:
        """By hedge status, the two highest log-odds that a clause gives one of the options."""
        found: list[list[float]] = [[_LEAST, _LEAST] for _ in HedgeStatus]
        for option in options:
            for clause in self.clauses:
                odds = max(_log_odds(clause.probabilities[question].get(option, 0.0)), _LEAST)
                found[clause.hedge_status_for(question, option)].append(odds)
        return [(first, second) for first, second, *_ in (sorted(each, reverse=True) for each in found)]


def _most(probabilities: Probabilities, options: tuple[str, ...]) -> float:
    return max((probabilities.get(option, 0.0) for option in options), default=0.0)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _SURE), 1 - _SURE)
    return math.log(kept / (1 - kept))


def options_of(pack: Pack, question: str) -> tuple[str, ...]:
    """The options of a question that a description may state; `unsure` only if the pack has examples of it."""
    open_as_well = UNSURE in pack.statements.said.get(question, {})
    return tuple(option.id for option in pack.question(question).options if option.id != UNSURE or open_as_well)


class EvidenceReader:
    """Collects the evidence of texts. Safe to use from several threads."""

    def __init__(
        self,
        pack: Pack,
        encoder: Encoder,
        statements: Mapping[str, LinearClassifier],
        descriptions: Mapping[str, LinearClassifier],
        idf: Idf,
    ) -> None:
        """Takes the classifiers of clauses and of whole descriptions by question, and the weights of their features."""
        self.stated = PackReader(pack)
        self._leaves_open = any(UNSURE in each.labels for each in statements.values())
        self._normalise = pack.normalise
        self._encoder = encoder
        self._statements = statements
        self._descriptions = descriptions
        self._idf = idf

    def of(self, text: str, descriptions: Mapping[str, LinearClassifier] | None = None) -> TextEvidence:
        """The evidence of a text. `descriptions`: other classifiers, for texts that its own were trained on."""
        about = self._descriptions if descriptions is None else descriptions
        found = self._features(text)
        whole = {} if found is None else {q: each.probabilities(*found) for q, each in self._statements.items()}
        topic = {} if found is None else {q: each.probabilities(*found) for q, each in about.items()}
        clauses = tuple(self.clauses(text))
        every = [[Clause(tokens) for tokens in sentence.clauses] for sentence in self.stated.sentences(text)]
        retracted = any(retracts(each[0], self.stated.lists) for each in every[1:] if each)
        return TextEvidence(self.stated.read(text), clauses, whole, topic, retracted)

    def read_ahead(self, text: str) -> Iterator[object]:
        """What takes long in reading a text, one sentence or one clause at each step."""
        yield from self.stated.read_ahead(text)
        for part in (text, *self.parts(text)):
            yield self._encoder.encode([self._normalise(part)])

    def clauses(self, text: str) -> Iterator[ClauseEvidence]:
        last: Sentence | None = None
        barred: Mapping[str, frozenset[str]] = {}
        for sentence, part, status in self._counted(text):
            found = self._features(part, known=True)
            if found is not None:
                probabilities = {q: _without_none(each.probabilities(*found)) for q, each in self._statements.items()}
                if sentence is not last:
                    last, barred = sentence, self._barred(sentence)
                yield ClauseEvidence(part, status, barred, probabilities)

    def parts(self, text: str) -> list[str]:
        """The first clauses as they were typed."""
        return [part for _, part, _ in self._counted(text)]

    def _counted(self, text: str) -> Iterator[tuple[Sentence, str, HedgeStatus]]:
        """The first parts. BARRED ones only if the pack has examples of open questions."""
        parts = self._parts(text)
        return islice((each for each in parts if self._leaves_open or each[2] is not HedgeStatus.BARRED), _MOST_CLAUSES)

    def _features(self, text: str, *, known: bool = False) -> tuple[Floats, SparseFeatures] | None:
        """Vector and features of a text. `known`: None if too few of its words are known."""
        normalised = self._normalise(text)
        words = normalised.split()
        if not words or (known and sum(word in self._idf.weights for word in words) * _KNOWN < len(words)):
            return None
        return statement_features(text, normalised, self._encoder, self._idf)

    def _parts(self, text: str) -> Iterator[tuple[Sentence, str, HedgeStatus]]:
        """Clauses, and short sentences as a whole, with their hedge status."""
        lists = self.stated.lists
        every = self.stated.sentences(text)
        clauses = [[Clause(tokens) for tokens in sentence.clauses] for sentence in every]
        for at, sentence in enumerate(every):
            following = clauses[at + 1][:1] if at + 1 < len(every) else []
            hedge = hedge_level(sentence, clauses[at], lists)
            alone = clause_levels(sentence, clauses[at], lists) if hedge is HedgeLevel.STRONG else []
            if any(retracts(clause, lists) for clause in following):
                hedge, alone = HedgeLevel.STRONG, [HedgeLevel.STRONG for _ in clauses[at]]
            for number, tokens in enumerate(sentence.clauses):
                if len(tokens) in _WORDS:
                    plain = not alone or alone[number] is HedgeLevel.NONE
                    yield sentence, sentence.cut(tokens), _STATUS[hedge] if plain else HedgeStatus.BARRED
            if len(sentence.clauses) > 1 and len(sentence.words) <= _SHORT_SENTENCE:
                yield sentence, sentence.text, HedgeStatus.BARRED if alone else _STATUS[hedge]

    def _barred(self, sentence: Sentence) -> Mapping[str, frozenset[str]]:
        """By question, the options whose wordings stand in a sentence; see `ClauseEvidence.barred`.

        If the sentence is about the future or holds a negation, "" is added: it then implies no option of them.
        """
        lists = self.stated.lists
        worded = self.stated.mentions(sentence)
        plain = lists.negations.isdisjoint(sentence.words) and not contains(sentence.words, lists.future)
        return worded if plain else {question: options | {""} for question, options in worded.items()}


_STATUS = {HedgeLevel.NONE: HedgeStatus.PLAIN, HedgeLevel.WEAK: HedgeStatus.WEAK, HedgeLevel.STRONG: HedgeStatus.APART}


def _without_none(probabilities: Probabilities) -> Probabilities:
    return {option: probability for option, probability in probabilities.items() if option != NONE}
