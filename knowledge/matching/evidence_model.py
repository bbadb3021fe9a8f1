"""Weighs the evidence for each answer: a logistic regression per question over what `evidence` found (stacking).

The evidence comes from classifiers trained on other texts, or on texts by other authors. So the probabilities also hold
for authors that the model has never seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.classifier import Floats
from knowledge.matching.evidence import TextEvidence

_Doubles = NDArray[np.float64]

_PENALTY = 30.0
"""L2 penalty on the weights. The best of 3, 10, 30 and 100 when each author is judged by the others."""

_STEPS = 25


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
    weights: Floats
    bias: Floats

    def likeliest(self, question: str, evidence: TextEvidence) -> tuple[str, float]:
        """The likeliest option and its probability."""
        probabilities = _sigmoid(_table(question, self.options, evidence) @ self.weights + self.bias)
        best = int(np.argmax(probabilities))
        return self.options[best], float(probabilities[best])


def fit_weights(question: str, options: tuple[str, ...], judged: Sequence[Judged]) -> EvidenceWeights:
    """Regularised logistic regression by Newton's method, over standardised features and one for each option."""
    rows = np.concatenate([_table(question, options, each.evidence) for each in judged])
    targets = np.array([option == each.label for each in judged for option in options], np.float64)
    mean, std = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    which = np.tile(np.eye(len(options)), (len(judged), 1))
    table = np.hstack([(rows - mean) / std, which])
    solution = np.zeros(table.shape[1])
    penalty = np.full(len(solution), _PENALTY)
    penalty[-len(options) :] = 1.0
    for _ in range(_STEPS):
        probabilities = _sigmoid(table @ solution)
        gradient = table.T @ (probabilities - targets) + penalty * solution
        hessian = (table * (probabilities * (1 - probabilities))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        solution = solution - step
        if float(np.abs(step).max()) < 1e-6:
            break
    weights = solution[: -len(options)] / std
    bias = solution[-len(options) :] - float(mean @ weights)
    return EvidenceWeights(options, weights.astype(np.float32), bias.astype(np.float32))


def _table(question: str, options: tuple[str, ...], evidence: TextEvidence) -> _Doubles:
    """A row of evidence for each option."""
    rows = [evidence.features(question, one, tuple(o for o in options if o != one)) for one in options]
    return np.array(rows, np.float64)


def _sigmoid(scores: _Doubles) -> _Doubles:
    found: _Doubles = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found
