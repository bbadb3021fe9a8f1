"""The classifiers of typed answers: the meaning while a question is open, whatever is open, and as a statement."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.matching.classifier import Floats, LinearClassifier, SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import ANY, split_label
from knowledge.matching.statement_features import statement_features
from knowledge.matching.tfidf import Idf
from knowledge.pack import Pack

_CACHED_TEXTS = 128
_CACHED_PROBABILITIES = 1024


class SemanticAnswerClassifier:
    """Classifies typed answers with the encoder; see `features.AnswerClassifier`. Safe to use from several threads."""

    def __init__(
        self,
        pack: Pack,
        encoder: Encoder,
        answers: Mapping[str, LinearClassifier],
        statements: Mapping[str, LinearClassifier],
        idf: Idf,
    ) -> None:
        """Takes classifiers of answers by question, with one under ANY, and those of statements.

        All have the same features and were trained for this pack with this encoder.
        """
        self.by_meaning = bool(answers)
        self._normalise = pack.normalise
        self._encoder = encoder
        self._answers = answers
        self._idf = idf
        self._features = lru_cache(maxsize=_CACHED_TEXTS)(self._features_of)
        # Called for each option of each question, and again for the same text with another open question.
        cached = lru_cache(maxsize=_CACHED_PROBABILITIES)
        self.answer = cached(lambda text, question: self._probabilities(text, answers.get(question)))
        self.anything = cached(self._anything)
        self.statement = cached(lambda text, question: self._probabilities(text, statements.get(question)))

    def _anything(self, text: str) -> Mapping[tuple[str, str], float]:
        probabilities = self._probabilities(text, self._answers.get(ANY))
        return {split_label(label): probability for label, probability in probabilities.items()}

    def _probabilities(self, text: str, classifier: LinearClassifier | None) -> Mapping[str, float]:
        found = self._features(text) if classifier is not None else None
        return classifier.probabilities(*found) if classifier is not None and found else {}

    def _features_of(self, text: str) -> tuple[Floats, SparseFeatures] | None:
        normalised = self._normalise(text)
        return statement_features(text, normalised, self._encoder, self._idf) if normalised else None
