"""Fits the weights of the features of a typed answer (`typed_answers.weights`) to labelled answers.

The classifiers behind the features were trained on the pack and never saw these answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.typed_answers.features import Features
from knowledge.typed_answers.weights import AnswerWeights, Head, Weights

_Doubles = NDArray[np.float64]

_PENALTY = 10.0
"""L2 penalty on the weights. The most precise of 3, 10 and 30 when each author is judged by the others."""

_STEPS = 20
"""Newton steps. Near the solution each one doubles the number of correct digits."""

_EITHER = frozenset(["length"])
"""Features whose weight may have either sign."""

_AGAINST = frozenset(["asks", "hedged", "elsewhere", "open", "words_mixed", "nothing"])
"""Features whose weight must not be positive."""

_ELSEWHERE = ("_rival", "_elsewhere")
"""Endings of further such features: evidence for a rival, or for another question."""


@dataclass(frozen=True, slots=True)
class LabelledOption:
    """The features of an option of a typed answer, and whether the text means it. `count`: the example's weight."""

    head: Head
    features: Features
    right: bool
    count: float


def fit_weights(labelled: Sequence[LabelledOption]) -> AnswerWeights:
    """The weights of each head that has examples."""
    heads = [head for head in Head if any(each.head is head for each in labelled)]
    return {head: _fit(head, [each for each in labelled if each.head is head]) for head in heads}


def _is_wrong(head: Head, name: str, weight: float) -> bool:
    """Whether a weight has the wrong sign: evidence for an option would lower its probability, or the reverse."""
    if name in _EITHER:
        return False
    told = name.removeprefix("part_")
    against = told in _AGAINST or told.endswith(_ELSEWHERE) or (told == "unsure" and head is not Head.UNSURE)
    return weight > 0 if against else weight < 0


def _fit(head: Head, labelled: Sequence[LabelledOption]) -> Weights:
    """Regularised logistic regression over standardised features, without those whose weight has the wrong sign."""
    names = list(labelled[0].features)
    rows = np.array([[each.features[name] for name in names] for each in labelled])
    targets = np.array([each.right for each in labelled], np.float64)
    counts = np.array([each.count for each in labelled])
    kept = [at for at in range(len(names)) if np.ptp(rows[:, at]) > 0]
    while True:
        found, bias = _regression(rows[:, kept], targets, counts)
        wrong = [at for at, weight in zip(kept, found, strict=True) if _is_wrong(head, names[at], weight)]
        if not wrong:
            break
        kept = [at for at in kept if at not in wrong]
    weights = {names[at]: round(float(weight), 3) for at, weight in zip(kept, found, strict=True)}
    return Weights({name: weight for name, weight in weights.items() if weight}, round(bias, 3))


def _regression(rows: _Doubles, targets: _Doubles, counts: _Doubles) -> tuple[_Doubles, float]:
    """Weights and bias, by Newton's method."""
    mean, std = rows.mean(axis=0), rows.std(axis=0)
    table = np.hstack([(rows - mean) / std, np.ones((len(rows), 1))])
    penalty = np.full(table.shape[1], _PENALTY)
    penalty[-1] = 0.01
    solution = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        probabilities = 1 / (1 + np.exp(-np.clip(table @ solution, -30, 30)))
        gradient = table.T @ (counts * (probabilities - targets)) + penalty * solution
        hessian = (table * (counts * probabilities * (1 - probabilities))[:, None]).T @ table + np.diag(penalty)
        solution = solution - np.linalg.solve(hessian, gradient)
    weights: _Doubles = solution[:-1] / std
    return weights, float(solution[-1] - mean @ weights)
