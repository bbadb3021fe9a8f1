"""Weighs the evidence for each answer: a logistic regression per question over what `evidence` found (stacking).

The evidence comes from classifiers trained on other texts, or on texts by other authors. So the probabilities also hold
for authors that the model has never seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from knowledge.matching.classifier import KEPT, Floats
from knowledge.matching.evidence import TextEvidence
from knowledge.matching.training import Doubles, binary_regression

_PENALTY = 30.0
"""L2 penalty on the weights. The best of 3, 10, 30 and 100 when each author is judged by the others."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A description with its evidence, for a question that it has a label for: an option, or NONE."""

    author: int
    evidence: TextEvidence
    label: str


@dataclass(frozen=True, eq=False)
class EvidenceWeights:
    """The weights of the evidence for an option of a question. `bias` is by option, in the order of `options`."""

    options: tuple[str, ...]
    weights: Annotated[Floats, *KEPT]
    bias: Annotated[Floats, *KEPT]

    def likeliest(self, question: str, evidence: TextEvidence) -> tuple[str, float]:
        scores: Doubles = _table(question, self.options, evidence) @ self.weights + self.bias
        probabilities: Doubles = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        best = int(np.argmax(probabilities))
        return self.options[best], float(probabilities[best])


def fit_weights(question: str, options: tuple[str, ...], judged: Sequence[Judged]) -> EvidenceWeights:
    """A logistic regression over the evidence, with a bias for each option."""
    rows = np.concatenate([_table(question, options, each.evidence) for each in judged])
    right = [option == each.label for each in judged for option in options]
    which = np.tile(np.eye(len(options)), (len(judged), 1))
    found, bias = binary_regression(np.hstack([rows, which]), right, _PENALTY)
    weights, own = np.split(found.astype(np.float32), [rows.shape[1]])
    return EvidenceWeights(options, weights, own + np.float32(bias))


def _table(question: str, options: tuple[str, ...], evidence: TextEvidence) -> Doubles:
    """A row of evidence for each option."""
    rows = [evidence.features(question, one, tuple(o for o in options if o != one)) for one in options]
    return np.array(rows, np.float64)
