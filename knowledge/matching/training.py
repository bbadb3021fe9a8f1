"""Training: fits a classifier to labelled texts, and chooses its thresholds by cross-validation."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.classifier import Floats, LinearClassifier, softmax
from knowledge.matching.examples import NONE

_MOST_STEPS = 90
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

WORDS = 0.4
"""Weight of the words beside the vector where statements are told apart: the vector is weak at opposites."""

REPLY_WORDS = 2.0
"""The same where replies are told apart: they are short, and a single word turns them round."""

_WORTH_ASKING = 0.6
"""Share of proposals that should be right: a wrong one costs a "no"."""

_FOREIGN_PROPOSED = 0.05
"""Share of replies that answer nothing, for which something may be proposed."""

_FOLDS = 5
_GRID = tuple(percent / 100 for percent in range(50, 100))


@dataclass(frozen=True, slots=True)
class ErrorLimits:
    """How often the thresholds may let a mistake through, as shares of examples that a classifier has not seen.

    `wrong`: of the texts taken at once. `foreign`: of the texts that belong nowhere, taken to belong somewhere.
    Examples are closer to each other across labels than what people type, and foreign ones closer to us than what
    people say all day: so these shares are far above those that hold in use.
    """

    wrong: float
    foreign: float


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Texts to learn from: vectors, features (both texts × columns) and the label of each."""

    vectors: Floats
    features: Floats
    labels: tuple[str, ...]


def fit(examples: TrainingSet, allowed: ErrorLimits, accept: float | None = None) -> LinearClassifier:
    """A classifier for all examples, with thresholds found by cross-validation, but for one that is given."""
    labels = tuple(sorted(set(examples.labels) | {NONE}))
    wanted = _wanted(labels, examples.labels)
    kernel = _kernel(examples)
    relevance, found = _thresholds(_cross_validated(kernel, wanted), wanted, labels.index(NONE), allowed)
    shares = solve(kernel, wanted, STRENGTH)
    return LinearClassifier(
        labels=labels,
        dense=shares.T @ examples.vectors,
        sparse=shares.T @ examples.features,
        bias=shares.sum(axis=0),
        accept_threshold=found if accept is None else accept,
        relevance_threshold=relevance,
    )


def fit_shared(
    examples: TrainingSet, labelled: Mapping[str, tuple[str, ...]], likely: float
) -> dict[str, LinearClassifier]:
    """Classifiers for the same texts under different labels, by name; the threshold is given: no cross-validation."""
    kernel = _kernel(examples, WORDS)
    classifiers: dict[str, LinearClassifier] = {}
    for name, given in labelled.items():
        labels = tuple(sorted(set(given) | {NONE}))
        shares = solve(kernel, _wanted(labels, given), STRENGTH)
        classifiers[name] = LinearClassifier(
            labels=labels,
            dense=shares.T @ examples.vectors,
            sparse=np.float32(WORDS) * (shares.T @ examples.features),
            bias=shares.sum(axis=0),
            accept_threshold=likely,
            relevance_threshold=likely,
        )
    return classifiers


def fit_replies(examples: TrainingSet, wrong: float) -> LinearClassifier:
    """A classifier of replies. `wrong`: the share of what is taken that may be wrong, by cross-validation.

    The relevance threshold is that of a proposal: most of those it lets through, between the two thresholds, are right.
    """
    labels = tuple(sorted(set(examples.labels) | {NONE}))
    wanted = _wanted(labels, examples.labels)
    kernel = _kernel(examples, REPLY_WORDS)
    propose, take = _reply_thresholds(_cross_validated(kernel, wanted), wanted, labels.index(NONE), wrong)
    shares = solve(kernel, wanted, STRENGTH)
    return LinearClassifier(
        labels=labels,
        dense=shares.T @ examples.vectors,
        sparse=np.float32(REPLY_WORDS) * (shares.T @ examples.features),
        bias=shares.sum(axis=0),
        accept_threshold=take,
        relevance_threshold=propose,
    )


def _reply_thresholds(found: Floats, wanted: Floats, none: int, wrong: float) -> tuple[float, float]:
    truth, top, likely = wanted.argmax(axis=1), found.argmax(axis=1), found.max(axis=1)
    answers = top != none
    take = next(
        (at for at in _GRID if (taken := answers & (likely >= at)).any() and _right(taken, top == truth) >= 1 - wrong),
        _GRID[-1],
    )
    foreign = truth == none
    propose = next(
        (
            at
            for at in (percent / 100 for percent in range(30, 60))
            if _right(answers & (likely >= at) & (likely < take), top == truth) >= _WORTH_ASKING
            and (answers & foreign & (likely >= at)).sum() <= _FOREIGN_PROPOSED * foreign.sum()
        ),
        0.6,
    )
    return propose, max(take, propose)


def _right(chosen: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    return int((chosen & right).sum()) / max(int(chosen.sum()), 1)


def _wanted(labels: tuple[str, ...], given: tuple[str, ...]) -> Floats:
    return np.eye(len(labels), dtype=np.float32)[[labels.index(label) for label in given]]


def rounded(classifier: LinearClassifier) -> LinearClassifier:
    """The classifier with weights as they are stored (half precision): a stored one decides like a fresh one."""
    parts = ("dense", "sparse", "bias")
    halves = {part: getattr(classifier, part).astype(np.float16).astype(np.float32) for part in parts}
    return replace(classifier, **halves)


def _kernel(examples: TrainingSet, words: float = 1.0) -> Floats:
    likeness = np.float32(words) * (examples.features @ examples.features.T)
    kernel: Floats = examples.vectors @ examples.vectors.T + likeness
    return kernel + np.float32(1)  # the bias, as a feature that every text has


def _cross_validated(kernel: Floats, wanted: Floats) -> Floats:
    """Probabilities for each example from a classifier that was fitted without its fold."""
    order = np.random.default_rng(0).permutation(len(kernel))
    fold = np.empty(len(kernel), np.int64)
    by_label = np.argsort(wanted[order].argmax(axis=1), kind="stable")
    fold[order[by_label]] = np.arange(len(kernel)) % _FOLDS
    found = np.zeros_like(wanted)
    for number in range(_FOLDS):
        seen, held = fold != number, fold == number
        shares = solve(kernel[np.ix_(seen, seen)], wanted[seen], STRENGTH)
        found[held] = softmax(kernel[np.ix_(held, seen)] @ shares)
    return found


def _thresholds(found: Floats, wanted: Floats, none: int, allowed: ErrorLimits) -> tuple[float, float]:
    truth = wanted.argmax(axis=1)
    labelled = np.delete(np.arange(found.shape[1]), none)
    own = found[:, labelled]
    right, top = labelled[own.argmax(axis=1)] == truth, own.max(axis=1)
    foreign = truth == none
    relevance = float(np.quantile(1 - found[foreign, none], 1 - allowed.foreign)) if foreign.any() else 0.0
    accept = next((at for at in _GRID if (~right & (top >= at)).sum() <= allowed.wrong * (top >= at).sum()), _GRID[-1])
    return round(relevance, 3), accept
