"""Training: fits linear classifiers to labelled texts."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from knowledge.matching.classifier import Floats, LinearClassifier, softmax
from knowledge.matching.embeddings import Encoder
from knowledge.matching.examples import NONE, Labelled
from knowledge.matching.feature_matrix import FeatureMatrix
from knowledge.matching.tfidf import Idf, Weights

_MOST_STEPS = 60
_HISTORY = 10
_CLOSE = 2e-3


@dataclass(frozen=True, eq=False)
class _Point:
    """Coefficients, their scores, and the objective with its gradient; `gradient_scores`: kernel @ gradient."""

    coefficients: Floats
    scores: Floats
    objective: float
    gradient: Floats
    gradient_scores: Floats


@dataclass(frozen=True, eq=False)
class _Step:
    """One step, in the usual letters of L-BFGS: `s` is the difference of the coefficients, `y` that of the gradients.

    The scores are kernel @ s and kernel @ y. `curvature` is the inner product of s and y.
    """

    s: Floats
    s_scores: Floats
    y: Floats
    y_scores: Floats
    curvature: float


def solve(kernel: Floats, targets: Floats, c: float) -> Floats:
    """How much each example adds to each label's weights: dual coefficients (examples × labels).

    Minimises half the squared weights plus `c` times the negative log-likelihood, by L-BFGS. Inner products are those
    of the weights, not of the coefficients; the kernel gives them.
    """
    point = _at(np.zeros_like(targets), np.zeros_like(targets), kernel, targets, c)
    start = _norm(point)
    steps: deque[_Step] = deque(maxlen=_HISTORY)
    for _ in range(_MOST_STEPS):
        following = _line_search(point, _direction(point, steps, c * len(kernel)), kernel, targets, c)
        if following is None:
            break
        step = _between(point, following)
        if step.curvature > 0:
            steps.append(step)
        point = following
        if _norm(point) < _CLOSE * start:
            break
    return point.coefficients


def _at(coefficients: Floats, scores: Floats, kernel: Floats, targets: Floats, c: float) -> _Point:
    probabilities = softmax(scores)
    misses = -float(np.log((probabilities * targets).sum(axis=1) + 1e-12).sum())
    gradient: Floats = coefficients + np.float32(c) * (probabilities - targets)
    return _Point(coefficients, scores, _dot(coefficients, scores) / 2 + c * misses, gradient, kernel @ gradient)


def _direction(point: _Point, steps: "deque[_Step]", scale: float) -> Floats:
    """The L-BFGS descent direction (two-loop recursion over the last steps)."""
    down: Floats = -point.gradient
    taken: list[tuple[_Step, float]] = []
    for step in reversed(steps):
        part = _dot(down, step.s_scores) / step.curvature
        down = down - np.float32(part) * step.y
        taken.append((step, part))
    last = steps[-1] if steps else None
    down = down * np.float32(last.curvature / _dot(last.y, last.y_scores) if last else 1 / scale)
    for step, part in reversed(taken):
        down = down + np.float32(part - _dot(down, step.y_scores) / step.curvature) * step.s
    return down


def _line_search(point: _Point, direction: Floats, kernel: Floats, targets: Floats, c: float) -> _Point | None:
    """Backtracking line search: the first point that meets the Armijo condition; None if none of 12 does."""
    ahead = kernel @ direction
    derivative = _dot(point.gradient, ahead)
    for halvings in range(12):
        length = np.float32(0.5**halvings)
        coefficients: Floats = point.coefficients + length * direction
        found = _at(coefficients, point.scores + length * ahead, kernel, targets, c)
        if found.objective <= point.objective + 1e-4 * float(length) * derivative:
            return found
    return None


def _between(before: _Point, after: _Point) -> _Step:
    s, y = after.coefficients - before.coefficients, after.gradient - before.gradient
    y_scores = after.gradient_scores - before.gradient_scores
    return _Step(s, after.scores - before.scores, y, y_scores, _dot(s, y_scores))


def _norm(point: _Point) -> float:
    return float(np.sqrt(max(_dot(point.gradient, point.gradient_scores), 0.0)))


def _dot(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))


INVERSE_REGULARIZATION = 10.0
"""Inverse regularization strength: the C of a logistic regression."""

STATEMENT_WORDS = 2.5
"""Weight of the words relative to the vector in classifiers of statements: the vector hardly tells opposites apart."""

ANSWER_WORDS = 2.0
"""The same for typed answers: they are short, and one word can reverse their meaning."""


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Texts to learn from: vectors (texts × dimensions), features and the label of each."""

    vectors: Floats
    features: FeatureMatrix
    labels: tuple[str, ...]


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
        features = FeatureMatrix.of(weights, self._columns)
        return TrainingSet(self._vectors[rows], features, tuple(label for label, _ in labelled))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a label is accepted, and from which a text is taken to have any label but NONE."""

    accept: float
    relevance: float


def fit(
    examples: TrainingSet, labelled: Mapping[str, tuple[str, ...]], words: float, thresholds: Thresholds
) -> dict[str, LinearClassifier]:
    """Classifiers for the same texts under different labels, by name. `words`: the weight of the features."""
    kernel = examples.vectors @ examples.vectors.T + np.float32(words) * examples.features.likeness()
    kernel += np.float32(1)  # the bias, as a feature that every text has
    classifiers: dict[str, LinearClassifier] = {}
    for name, given in labelled.items():
        labels = tuple(sorted(set(given) | {NONE}))
        coefficients = solve(kernel, _targets(labels, given), INVERSE_REGULARIZATION)
        fitted = LinearClassifier(
            labels=labels,
            dense=coefficients.T @ examples.vectors,
            sparse=np.float32(words) * examples.features.weights(coefficients),
            bias=coefficients.sum(axis=0),
            accept_threshold=thresholds.accept,
            relevance_threshold=thresholds.relevance,
        )
        classifiers[name] = rounded(fitted)
    return classifiers


def fit_one(examples: TrainingSet, words: float, thresholds: Thresholds) -> LinearClassifier:
    """A classifier for the labels of the examples themselves."""
    return fit(examples, {NONE: examples.labels}, words, thresholds)[NONE]


def _targets(labels: tuple[str, ...], given: tuple[str, ...]) -> Floats:
    return np.eye(len(labels), dtype=np.float32)[[labels.index(label) for label in given]]


def rounded(classifier: LinearClassifier) -> LinearClassifier:
    """The classifier with weights rounded to half precision, as they are stored: a stored one then decides the same."""
    parts = ("dense", "sparse", "bias")
    halves = {part: getattr(classifier, part).astype(np.float16).astype(np.float32) for part in parts}
    return replace(classifier, **halves)
