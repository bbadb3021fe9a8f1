"""Training: fits a classifier to labelled texts, and chooses its thresholds by cross-validation."""

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
    """Shares, the scores that they give, and the objective there with its gradient (and the gradient's scores)."""

    shares: Floats
    scores: Floats
    objective: float
    gradient: Floats
    gradient_scores: Floats


@dataclass(frozen=True, eq=False)
class _Step:
    """From one point to the next: the difference of shares and of gradients, and the scores of both."""

    along: Floats
    along_scores: Floats
    turn: Floats
    turn_scores: Floats
    curvature: float


def solve(kernel: Floats, wanted: Floats, strength: float) -> Floats:
    """How much each example adds to each label's weights (examples × labels).

    The objective is the usual one: half the squared weights plus `strength` times the negative log-likelihood. Found by
    L-BFGS, whose inner products are taken between weights, not between shares: that is what the kernel is for.
    """
    point = _at(np.zeros_like(wanted), np.zeros_like(wanted), kernel, wanted, strength)
    start = _length(point)
    steps: deque[_Step] = deque(maxlen=_HISTORY)
    for _ in range(_MOST_STEPS):
        following = _next(point, _direction(point, steps, strength * len(kernel)), kernel, wanted, strength)
        if following is None:
            break
        step = _between(point, following)
        if step.curvature > 0:
            steps.append(step)
        point = following
        if _length(point) < _CLOSE * start:
            break
    return point.shares


def _at(shares: Floats, scores: Floats, kernel: Floats, wanted: Floats, strength: float) -> _Point:
    likely = softmax(scores)
    misses = -float(np.log((likely * wanted).sum(axis=1) + 1e-12).sum())
    gradient: Floats = shares + np.float32(strength) * (likely - wanted)
    return _Point(shares, scores, _dot(shares, scores) / 2 + strength * misses, gradient, kernel @ gradient)


def _direction(point: _Point, steps: "deque[_Step]", scale: float) -> Floats:
    """Downhill, bent by what the last steps have told about the curvature."""
    down: Floats = -point.gradient
    taken: list[tuple[_Step, float]] = []
    for step in reversed(steps):
        part = _dot(down, step.along_scores) / step.curvature
        down = down - np.float32(part) * step.turn
        taken.append((step, part))
    last = steps[-1] if steps else None
    down = down * np.float32(last.curvature / _dot(last.turn, last.turn_scores) if last else 1 / scale)
    for step, part in reversed(taken):
        down = down + np.float32(part - _dot(down, step.turn_scores) / step.curvature) * step.along
    return down


def _next(point: _Point, direction: Floats, kernel: Floats, wanted: Floats, strength: float) -> _Point | None:
    """The first point on the way that lies low enough, halving the step each time; None where there is none."""
    ahead = kernel @ direction
    slope = _dot(point.gradient, ahead)
    for halvings in range(12):
        length = np.float32(0.5**halvings)
        shares: Floats = point.shares + length * direction
        found = _at(shares, point.scores + length * ahead, kernel, wanted, strength)
        if found.objective <= point.objective + 1e-4 * float(length) * slope:
            return found
    return None


def _between(before: _Point, after: _Point) -> _Step:
    along, turn = after.shares - before.shares, after.gradient - before.gradient
    turn_scores = after.gradient_scores - before.gradient_scores
    return _Step(along, after.scores - before.scores, turn, turn_scores, _dot(along, turn_scores))


def _length(point: _Point) -> float:
    return float(np.sqrt(max(_dot(point.gradient, point.gradient_scores), 0.0)))


def _dot(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))


STRENGTH = 10.0
"""Weight of the examples against the pull of all weights towards nought (the C of a logistic regression)."""

STATED_WORDS = 2.5
"""Weight of the words beside the vector where statements are told apart: the vector is weak at opposites."""

REPLY_WORDS = 2.0
"""The same where replies are told apart: they are short, and a single word turns them round."""


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Texts to learn from: vectors (texts × dimensions), features and the label of each."""

    vectors: Floats
    features: FeatureMatrix
    labels: tuple[str, ...]


class TrainingTexts:
    """Texts to learn from, each encoded and weighed once. It takes how each is spelled for the encoder."""

    def __init__(self, normalised: Mapping[str, str], idf: Idf, encoder: Encoder) -> None:
        self._rows = {text: row for row, text in enumerate(normalised)}
        self._vectors = encoder.encode(list(normalised.values())) if normalised else np.zeros((0, 0), np.float32)
        self._weights = [idf.weigh(text) for text in normalised]
        self._columns = idf.columns

    def examples(self, labelled: Labelled, more: Callable[[str], Weights] = lambda _: {}) -> TrainingSet:
        """`more`: features of a text beside its words."""
        rows = [self._rows[text] for _, text in labelled]
        weights = [self._weights[row] | more(text) for row, (_, text) in zip(rows, labelled, strict=True)]
        features = FeatureMatrix.of(weights, self._columns)
        return TrainingSet(self._vectors[rows], features, tuple(label for label, _ in labelled))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a classifier takes a label at once, and takes a text to belong anywhere at all."""

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
        shares = solve(kernel, _wanted(labels, given), STRENGTH)
        fitted = LinearClassifier(
            labels=labels,
            dense=shares.T @ examples.vectors,
            sparse=np.float32(words) * examples.features.weights(shares),
            bias=shares.sum(axis=0),
            accept_threshold=thresholds.accept,
            relevance_threshold=thresholds.relevance,
        )
        classifiers[name] = rounded(fitted)
    return classifiers


def fit_one(examples: TrainingSet, words: float, thresholds: Thresholds) -> LinearClassifier:
    """A classifier for the labels of the examples themselves."""
    return fit(examples, {NONE: examples.labels}, words, thresholds)[NONE]


def _wanted(labels: tuple[str, ...], given: tuple[str, ...]) -> Floats:
    return np.eye(len(labels), dtype=np.float32)[[labels.index(label) for label in given]]


def rounded(classifier: LinearClassifier) -> LinearClassifier:
    """The classifier with weights as they are stored (half precision): a stored one decides like a fresh one."""
    parts = ("dense", "sparse", "bias")
    halves = {part: getattr(classifier, part).astype(np.float16).astype(np.float32) for part in parts}
    return replace(classifier, **halves)
