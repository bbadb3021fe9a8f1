"""Fits the model of whole descriptions: a classifier for each question, and the weights of all the evidence.

The weights are fitted to probabilities of classifiers that were not trained on the same author (cross-fitting), as they
will be for new authors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.classifier import LinearClassifier
from knowledge.matching.embeddings import Encoder, MemoizedEncoder
from knowledge.matching.evidence import EvidenceReader, TextEvidence, options_of
from knowledge.matching.evidence_model import EvidenceWeights, Judged, fit_weights
from knowledge.matching.examples import LabelledDescription, description_examples
from knowledge.matching.tfidf import Idf
from knowledge.matching.training import TrainingTexts, fit_one
from knowledge.pack import Pack

DESCRIPTION_WORDS = 1.0
"""Weight of the words relative to the vector in classifiers of whole descriptions."""

_FOLDS = 8
"""Folds of authors: each is judged by classifiers trained on the others."""


@dataclass(frozen=True, eq=False)
class DescriptionModel:
    """By question: the classifier of whole descriptions, and the weights of the evidence."""

    classifiers: Mapping[str, LinearClassifier]
    weights: Mapping[str, EvidenceWeights]


def fit_descriptions(
    pack: Pack, encoder: Encoder, statements: Mapping[str, LinearClassifier], idf: Idf
) -> DescriptionModel:
    """The model of the pack's descriptions; empty if it has none, or too few authors for cross-fitting."""
    told = description_examples(pack)
    authors = {question: {each.author for each in told if question in each.answers} for question in statements}
    labelled = [question for question in statements if len(authors[question]) > 1]
    if not labelled:
        return DescriptionModel({}, {})
    spelled = pack.normalise
    encoded = MemoizedEncoder(encoder, texts=None)  # a text is encoded once for all questions and folds
    texts = TrainingTexts({each.text: spelled(each.text) for each in told}, idf, encoded)
    whole = {question: _fit(texts, told, question) for question in labelled}
    judged: dict[str, list[Judged]] = {question: [] for question in labelled}
    reader = EvidenceReader(pack, encoded, statements, {}, idf)
    for fold in range(_FOLDS):
        rest = [each for each in told if each.author % _FOLDS != fold]
        judging = [each for each in told if each.author % _FOLDS == fold and each.answers]
        if not judging:
            continue
        others = {question: _fit(texts, rest, question) for question in labelled}
        for each in judging:
            evidence: TextEvidence = reader.of(each.text, others)
            for question in labelled:
                if question in each.answers:
                    judged[question].append(Judged(each.author, evidence, each.answers[question]))
    weights = {question: fit_weights(question, options_of(pack, question), judged[question]) for question in labelled}
    return DescriptionModel(whole, weights)


def _fit(texts: TrainingTexts, told: Sequence[LabelledDescription], question: str) -> LinearClassifier:
    labelled = [(each.answers[question], each.text) for each in told if question in each.answers]
    return fit_one(texts.examples(labelled), DESCRIPTION_WORDS)
