"""Reads what a text implies: classifiers find answers that no wording of the pack states."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.interfaces import Reading
from knowledge.matching.embeddings import Encoder
from knowledge.matching.evidence import EvidenceReader, HedgeStatus, TextEvidence
from knowledge.matching.model_file import MatchingModel
from knowledge.pack import UNSURE, Pack

_SUPPORTED = 0.3
"""Least probability, by all the evidence, of an option that a wording states."""

_SAID_ALONE = 0.6
"""Least probability of an answer in the only clause of a text: the whole text says no more than that clause."""

_CLAUSE = 0.3
"""Least probability of an answer in some clause if something is taken back: the classifiers of the whole text do not
see hedges.
"""

_OPPOSED = 0.9
"""Probability of another option in a clause from which it contradicts an answer."""

_READ = 0.8
"""Probability by all the evidence from which an answer is read; decision 055 has the curve."""

_READ_HEDGED = 0.97
"""The same if every clause is hedged for this answer."""

_LIKELY = 0.5
"""Probability by all the evidence from which an answer is proposed when its question comes up."""

_SAID = 0.5
"""Probability from which a clause states an answer by itself."""

_CACHED_TEXTS = 64
"""Texts whose evidence is cached."""

_CACHED_READINGS = 256
"""Texts whose readings are cached: all ideas of a file or a list are read before its turn."""

_SHOWN = 90
"""Characters of a clause that are shown as evidence."""

_EDGES = " .,;!-–—•*"
"""Characters stripped from it: ends of sentences, list marks."""


class ImpliedAnswerReader:
    """The reader with an encoder; see `interfaces.Reader`.

    For a pack with labelled descriptions, all evidence of a text is weighed together, stated wordings included. For a
    pack without, only what is stated is read.
    """

    def __init__(self, pack: Pack, encoder: Encoder, model: MatchingModel) -> None:
        self._subjects = frozenset(pack.reading.subjects)
        self._weights = model.descriptions.weights
        self._evidence = EvidenceReader(
            pack, encoder, model.statements, model.descriptions.classifiers, model.statement_idf
        )
        self._stated = self._evidence.stated
        self._evidence_of = lru_cache(maxsize=_CACHED_TEXTS)(self._evidence.of)
        # A message is read several times: for an answer, for a correction and as a description.
        self._readings = lru_cache(maxsize=_CACHED_READINGS)(self._read)

    def read(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states or implies, by question."""
        return self._readings(text)

    def read_ahead(self, text: str) -> Iterator[object]:
        return self._evidence.read_ahead(text)

    def likely(self, text: str) -> Mapping[str, Reading]:
        """See `interfaces.Reader`. What is stated is never merely likely: it is read, or dropped because the rest of
        the evidence does not support it.
        """
        evidence, read = self._evidence_of(text), self.read(text)
        found: dict[str, Reading] = {}
        for question, weights in self._weights.items():
            option, probability = weights.likeliest(question, evidence)
            open_ = question not in read and question not in evidence.stated and option != UNSURE
            if open_ and probability >= _LIKELY:
                found[question] = self._reading(question, option, probability, evidence)
        return found

    def stated(self, text: str) -> Mapping[str, Reading]:
        return self._stated.read(text)

    def hedged(self, text: str) -> bool:
        return self._stated.hedged(text)

    def _read(self, text: str) -> Mapping[str, Reading]:
        evidence = self._evidence_of(text)
        found = dict(evidence.stated)
        for question in self._weights:
            reading = self._weighed(question, evidence)
            if reading is not None:
                found[question] = reading
            else:
                found.pop(question, None)
        return found

    def _weighed(self, question: str, evidence: TextEvidence) -> Reading | None:
        """The answer that all the evidence gives."""
        weights = self._weights[question]
        option, probability = weights.likeliest(question, evidence)
        stated = evidence.stated.get(question)
        if stated is not None:
            return stated if option == stated.option and probability >= _SUPPORTED else None
        about = question in self._subjects
        if not about and self._is_denied(question, option, evidence):
            return None
        least = _READ_HEDGED if not about and self._is_hedged(question, option, evidence) else _READ
        return self._reading(question, option, probability, evidence) if probability >= least else None

    @staticmethod
    def _is_denied(question: str, option: str, evidence: TextEvidence) -> bool:
        """Whether the clauses contradict the option, even if the whole text suggests it."""
        said = evidence.clause_probability(question, option)
        if len(evidence.clauses) == 1 and option != UNSURE and said < _SAID_ALONE:
            return True
        rivals = {name for clause in evidence.clauses for name in clause.probabilities[question]} - {option}
        opposed = said >= _SAID and any(evidence.clause_probability(question, rival) >= _OPPOSED for rival in rivals)
        return opposed or (evidence.retracted and said < _CLAUSE)

    @staticmethod
    def _is_hedged(question: str, option: str, evidence: TextEvidence) -> bool:
        statuses = {clause.hedge_status_for(question, option) for clause in evidence.clauses}
        return statuses == {HedgeStatus.BARRED}

    @staticmethod
    def _reading(question: str, option: str, probability: float, evidence: TextEvidence) -> Reading:
        text = evidence.telling(question, option).strip(_EDGES)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
        return Reading(option, shown, probability)
