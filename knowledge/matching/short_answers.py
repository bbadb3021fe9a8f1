"""The classifiers of typed replies: what a reply means while a question is open, and what it means whatever is open."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.interfaces import Certainty
from knowledge.matching.classifier import Floats, LinearClassifier, SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import ANY, NONE, split_label
from knowledge.matching.statement_features import statement_features
from knowledge.matching.tfidf import Idf
from knowledge.pack import Pack
from knowledge.replies import Guess
from knowledge.text_normalization import Normaliser

_CACHED_TEXTS = 128


class ReplyClassifier:
    """Guesses what a reply answers; see `replies.AnswerClassifier`. Safe to use from several threads."""

    def __init__(self, pack: Pack, encoder: Encoder, classifiers: Mapping[str, LinearClassifier], idf: Idf) -> None:
        """Takes classifiers by question, and one under ANY, that were fitted for this pack with this encoder."""
        self._normalise = Normaliser(pack.phrasings.spelling)
        self._encoder = encoder
        self._classifiers = classifiers
        self._idf = idf
        self._features = lru_cache(maxsize=_CACHED_TEXTS)(self._features_of)
        # Several opinions on a reply ask for the same.
        self._shares = lru_cache(maxsize=_CACHED_TEXTS)(self._shares_of)

    def answer(self, text: str, question: str) -> Guess | None:
        """What the text means while a question is open; None where it most likely answers it in no way."""
        return self._guess(text, question)

    def anything(self, text: str) -> Guess | None:
        """What the text means whatever is open."""
        return self._guess(text, ANY)

    def irrelevance(self, text: str, question: str) -> float:
        """How surely the text answers nothing: the less sure of two opinions counts."""
        return min(self._shares(text, name).get(NONE, 0.0) for name in (question, ANY))

    def _guess(self, text: str, name: str) -> Guess | None:
        shares = self._shares(text, name)
        best = next(iter(shares), NONE)
        if best == NONE:
            return None
        question, option = split_label(best) if name == ANY else (name, best)
        classifier = self._classifiers[name]
        share = shares[best]
        certainty = None
        if share >= classifier.accept_threshold:
            certainty = Certainty.TAKE
        elif share >= classifier.relevance_threshold:
            certainty = Certainty.PROPOSE
        return Guess(question, option, share, certainty)

    def _shares_of(self, text: str, name: str) -> Mapping[str, float]:
        if name not in self._classifiers:
            return {}
        found = self._features(text)
        return self._classifiers[name].probabilities(*found) if found else {}

    def _features_of(self, text: str) -> tuple[Floats, SparseFeatures] | None:
        normalised = self._normalise(text)
        return statement_features(text, normalised, self._encoder, self._idf) if normalised else None
