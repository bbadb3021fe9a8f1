"""Training: fits linear classifiers to labelled texts, by scikit-learn, which nothing else needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.classifier import Floats, LinearClassifier, SparseWeights
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import NONE, Labelled
from knowledge.matching.tfidf import Idf, Weights

Doubles = NDArray[np.float64]

INVERSE_REGULARIZATION = 10.0
"""Inverse regularization strength: the C of a logistic regression."""

_MOST_STEPS = 100
_SURE = 10.0
_CLOSE = 1e-4
"""Largest part of the gradient at which fitting ends."""

STATEMENT_WORDS = 2.5
"""Weight of the words relative to the vector in classifiers of statements: the vector hardly tells opposites apart."""

ANSWER_WORDS = 2.0
"""The same for typed answers: they are short, and one word can reverse their meaning."""


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Texts to learn from: vectors (texts × dimensions), the features of each, and the label of each."""

    vectors: Floats
    weights: Sequence[Weights]
    columns: Mapping[str, int]
    labels: tuple[str, ...]

    def table(self, words: float) -> Any:
        """Vectors and features beside each other, as a sparse matrix. `words`: the weight of the features."""
        from scipy.sparse import csr_matrix, hstack

        places = [self.columns[name] for each in self.weights for name in each]
        values = np.array([value for each in self.weights for value in each.values()], np.float32)
        ends = np.cumsum([0, *map(len, self.weights)])
        named = csr_matrix((values * np.float32(words**0.5), places, ends), (len(self.weights), len(self.columns)))
        return hstack([csr_matrix(self.vectors), named]).tocsr()


class TrainingTexts:
    """Texts to learn from, each encoded and weighed once. `normalised`: each text as the encoder gets it."""

    def __init__(self, normalised: Mapping[str, str], idf: Idf, encoder: Encoder) -> None:
        self._rows = {text: row for row, text in enumerate(normalised)}
        self._vectors = encoder.encode(list(normalised.values())) if normalised else np.zeros((0, 0), np.float32)
        self._weights = [idf.weigh(text) for text in normalised]
        self._columns = idf.columns

    def examples(self, labelled: Labelled, more: Callable[[str], Weights] = lambda _: {}) -> TrainingSet:
        """The training set of labelled texts. `more`: features of a text besides its words."""
        rows = [self._rows[text] for _, text in labelled]
        weights = [self._weights[row] | more(text) for row, (_, text) in zip(rows, labelled, strict=True)]
        return TrainingSet(self._vectors[rows], weights, self._columns, tuple(label for label, _ in labelled))


def fit(examples: TrainingSet, labelled: Mapping[str, tuple[str, ...]], words: float) -> dict[str, LinearClassifier]:
    """Classifiers for the same texts under different labels, by name. `words`: the weight of the features."""
    table, size = examples.table(words), examples.vectors.shape[1]
    classifiers: dict[str, LinearClassifier] = {}
    for name, given in labelled.items():
        labels, weights, bias = _regression(table, given)
        classifiers[name] = LinearClassifier(
            labels=labels,
            dense=weights[:, :size].astype(np.float16).astype(np.float32),
            sparse=SparseWeights.of(weights[:, size:] * np.float32(words**0.5)),
            bias=bias,
        )
    return classifiers


def fit_one(examples: TrainingSet, words: float) -> LinearClassifier:
    """A classifier for the labels of the examples themselves."""
    return fit(examples, {NONE: examples.labels}, words)[NONE]


def _regression(table: Any, given: tuple[str, ...]) -> tuple[tuple[str, ...], Floats, Floats]:
    """The labels, and the weights and the bias of each. An empty text belongs nowhere, so NONE is always one of them;
    where it is the only one, all weights are 0."""
    from scipy.sparse import csr_matrix, vstack
    from sklearn.linear_model import LogisticRegression

    if set(given) <= {NONE}:
        return (NONE,), np.zeros((1, table.shape[1]), np.float32), np.zeros(1, np.float32)
    model = LogisticRegression(C=INVERSE_REGULARIZATION, max_iter=_MOST_STEPS, tol=_CLOSE)
    model.fit(vstack([table, csr_matrix((1, table.shape[1]), dtype=np.float32)]), [*given, NONE])
    weights, bias = model.coef_, model.intercept_
    if len(bias) == 1:  # of two labels scikit-learn gives the difference
        weights, bias = np.concatenate([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return tuple(map(str, model.classes_)), weights.astype(np.float32), bias.astype(np.float32)


def binary_regression(rows: Doubles, right: Sequence[bool], penalty: float, **settings: Any) -> tuple[Doubles, float]:
    """Weights and bias of a logistic regression with two outcomes, over standardised features; of one outcome, no
    weights and the bias that makes it sure. `settings`: those of the method `fit`."""
    from sklearn.linear_model import LogisticRegression

    if len(set(right)) < 2:
        return np.zeros(rows.shape[1]), _SURE if any(right) else -_SURE
    mean, std = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    model = LogisticRegression(C=1 / penalty, max_iter=1000, tol=1e-7)
    model.fit((rows - mean) / std, right, **settings)
    weights: Doubles = model.coef_[0] / std
    return weights, float(model.intercept_[0] - mean @ weights)
