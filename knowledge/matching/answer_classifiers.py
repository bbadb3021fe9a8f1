"""The classifiers of typed answers: the meaning while a question is open, whatever is open, and as a statement."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.matching.classifier import Floats, LinearClassifier, SparseFeatures
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import ANY, split_label
from knowledge.matching.statement_features import statement_features
from knowledge.matching.tfidf import Idf
from knowledge.pack import Pack
from knowledge.typed_answers.features import AnswerClassifier

_CACHED_TEXTS = 128
_CACHED_PROBABILITIES = 1024


def answer_classifier(
    pack: Pack,
    encoder: Encoder,
    answers: Mapping[str, LinearClassifier],
    statements: Mapping[str, LinearClassifier],
    idf: Idf,
) -> AnswerClassifier:
    """Classifies typed answers with the encoder. Safe to use from several threads.

    Takes classifiers of answers by question, with one under ANY, and those of statements. All have the same features
    and were trained for this pack with this encoder.
    """

    @lru_cache(maxsize=_CACHED_TEXTS)
    def features(text: str) -> tuple[Floats, SparseFeatures] | None:
        normalised = pack.normalise(text)
        return statement_features(text, normalised, encoder, idf) if normalised else None

    def likely(text: str, classifier: LinearClassifier | None) -> Mapping[str, float]:
        found = features(text) if classifier is not None else None
        return classifier.probabilities(*found) if classifier is not None and found else {}

    def anything(text: str) -> Mapping[tuple[str, str], float]:
        return {split_label(label): probability for label, probability in likely(text, answers.get(ANY)).items()}

    # Called for each option of each question, and again for the same text with another open question.
    cached = lru_cache(maxsize=_CACHED_PROBABILITIES)
    return AnswerClassifier(
        answer=cached(lambda text, question: likely(text, answers.get(question))),
        anything=cached(anything),
        statement=cached(lambda text, question: likely(text, statements.get(question))),
        by_meaning=bool(answers),
    )
