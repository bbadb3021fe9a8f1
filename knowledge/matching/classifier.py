"""A linear classifier: which label a text belongs to, from its vector and its TF-IDF features."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import PlainSerializer, PlainValidator, SerializationInfo, ValidationInfo

from knowledge.matching.tfidf import Weights

Floats = NDArray[np.float32]


def _kept(array: NDArray[Any], info: SerializationInfo[Any]) -> int:
    info.context.append(array)
    return len(info.context) - 1


def _stored(number: int, info: ValidationInfo[Any]) -> Floats:
    found: Floats = info.context[number]
    return found


KEPT = PlainValidator(_stored), PlainSerializer(_kept)
"""As JSON, an array is its number in a list of arrays, the context: see `model_file`."""

_HALVED = (
    PlainValidator(lambda number, info: _stored(number, info).astype(np.float32)),
    PlainSerializer(lambda array, info: _kept(array.astype(np.float16), info)),
)
"""The same at half the precision."""

STEP = 0.125
"""Least step of the weights of features. A text's features have length 1 together, so whole steps change a score by
0.04 (standard deviation).
"""

_MOST_STEPS = 127


@dataclass(frozen=True, eq=False, slots=True)
class SparseFeatures:
    """A text's sparse features: their columns and weights."""

    at: NDArray[np.intp]
    weights: Floats

    @classmethod
    def of(cls, features: Weights, columns: Mapping[str, int]) -> "SparseFeatures":
        """KeyError where a feature has no column."""
        count = len(features)
        at = np.fromiter((columns[name] for name in features), np.intp, count)
        return cls(at, np.fromiter(features.values(), np.float32, count))

    def and_more(self, features: Weights, columns: Mapping[str, int]) -> "SparseFeatures":
        """With further features; KeyError where one of them has no column."""
        more = SparseFeatures.of(features, columns)
        return SparseFeatures(np.concatenate([self.at, more.at]), np.concatenate([self.weights, more.weights]))


@dataclass(frozen=True, eq=False)
class SparseWeights:
    """The weights of features (features × labels) as whole steps: a byte each, and most of them 0."""

    steps: Annotated[NDArray[np.int8], *KEPT]
    step: float

    @classmethod
    def of(cls, weights: Floats) -> "SparseWeights":
        """From the weights (labels × features)."""
        step = max(STEP, float(np.abs(weights).max(initial=0.0)) / _MOST_STEPS)
        return cls(np.ascontiguousarray(np.round(weights.T / step), np.int8), step)

    def scores(self, features: SparseFeatures) -> Floats:
        """The score that a text's features give each label."""
        found: Floats = features.weights @ self.steps[features.at] * np.float32(self.step)
        return found


@dataclass(frozen=True, eq=False)
class LinearClassifier:
    """Softmax regression over labels.

    `dense` is labels × dimensions of the vector, `bias` one number a label.
    """

    labels: tuple[str, ...]
    dense: Annotated[Floats, *_HALVED]
    sparse: SparseWeights
    bias: Annotated[Floats, *KEPT]

    def probabilities(self, vector: Floats, features: SparseFeatures) -> dict[str, float]:
        """Probability by label, best first; they add up to 1."""
        scores = self.dense @ vector + self.bias + self.sparse.scores(features)
        return dict(
            sorted(zip(self.labels, softmax(scores).tolist(), strict=True), key=lambda item: (-item[1], item[0]))
        )


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores along the last axis."""
    # numpy's stubs lose the precision, in each release in another place: so each step states its type.
    highest: Floats = scores.max(axis=-1, keepdims=True)
    grown: Floats = np.exp(scores - highest)
    total: Floats = grown.sum(axis=-1, keepdims=True)
    return np.divide(grown, total, dtype=np.float32)
