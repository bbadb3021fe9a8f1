"""Solves a softmax regression over a Gram matrix (examples × examples), whatever the number of features."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from knowledge.matching.head import Floats, softmax

_MOST_STEPS = 90
_REMEMBERED = 10
_CLOSE = 2e-3


@dataclass(frozen=True, eq=False)
class _Point:
    """Shares, the scores that they give, and the objective there with its gradient (and the gradient's scores)."""

    shares: Floats
    scores: Floats
    objective: float
    gradient: Floats
    steepness: Floats


@dataclass(frozen=True, eq=False)
class _Step:
    """From one point to the next: the difference of shares and of gradients, and the scores of both."""

    along: Floats
    along_scores: Floats
    turn: Floats
    turn_scores: Floats
    bend: float


def solve(kernel: Floats, wanted: Floats, strength: float) -> Floats:
    """How much each example adds to each label's weights (examples × labels).

    The objective is the usual one: half the squared weights plus `strength` times the negative log-likelihood. Found by
    L-BFGS, whose inner products are taken between weights, not between shares: that is what the kernel is for.
    """
    point = _at(np.zeros_like(wanted), np.zeros_like(wanted), kernel, wanted, strength)
    start = _length(point)
    steps: deque[_Step] = deque(maxlen=_REMEMBERED)
    for _ in range(_MOST_STEPS):
        following = _next(point, _direction(point, steps, strength * len(kernel)), kernel, wanted, strength)
        if following is None:
            break
        step = _between(point, following)
        if step.bend > 0:
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
        part = _dot(down, step.along_scores) / step.bend
        down = down - np.float32(part) * step.turn
        taken.append((step, part))
    last = steps[-1] if steps else None
    down = down * np.float32(last.bend / _dot(last.turn, last.turn_scores) if last else 1 / scale)
    for step, part in reversed(taken):
        down = down + np.float32(part - _dot(down, step.turn_scores) / step.bend) * step.along
    return down


def _next(point: _Point, direction: Floats, kernel: Floats, wanted: Floats, strength: float) -> _Point | None:
    """The first point on the way that lies low enough, halving the step each time; None where there is none."""
    ahead = kernel @ direction
    slope = _dot(point.gradient, ahead)
    for length in _lengths():
        shares: Floats = point.shares + length * direction
        found = _at(shares, point.scores + length * ahead, kernel, wanted, strength)
        if found.objective <= point.objective + 1e-4 * float(length) * slope:
            return found
    return None


def _lengths() -> Iterator[np.float32]:
    return (np.float32(0.5**halvings) for halvings in range(12))


def _between(before: _Point, after: _Point) -> _Step:
    along, turn = after.shares - before.shares, after.gradient - before.gradient
    turn_scores = after.steepness - before.steepness
    return _Step(along, after.scores - before.scores, turn, turn_scores, _dot(along, turn_scores))


def _length(point: _Point) -> float:
    return float(np.sqrt(max(_dot(point.gradient, point.steepness), 0.0)))


def _dot(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))
