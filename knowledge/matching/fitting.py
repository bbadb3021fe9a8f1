"""Fits a head from labelled texts, and chooses its thresholds on texts that it has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from knowledge.matching.head import Floats, Head, softmax
from knowledge.matching.labels import NONE
from knowledge.matching.solving import solve

STRENGTH = 10.0
"""Weight of the examples against the pull of all weights towards nought (the C of a logistic regression)."""

WORDS = 0.4
"""Weight of the words beside the vector where statements are told apart: the vector is weak at opposites."""

_FOLDS = 5
_GRID = tuple(percent / 100 for percent in range(50, 100))


@dataclass(frozen=True, slots=True)
class Allowed:
    """How often the thresholds may let a mistake through, as shares of examples that a head has not seen.

    `wrong`: of the texts taken at once. `foreign`: of the texts that belong nowhere, taken to belong somewhere.
    Examples are closer to each other across labels than what people type, and foreign ones closer to us than what
    people say all day: so these shares are far above those that hold in use.
    """

    wrong: float
    foreign: float


@dataclass(frozen=True, eq=False)
class Examples:
    """Texts to learn from: vectors, features (both texts × columns) and the label of each."""

    vectors: Floats
    features: Floats
    labels: tuple[str, ...]


def fit(examples: Examples, allowed: Allowed) -> Head:
    """A head for all examples, with thresholds found by cross-validation."""
    labels = tuple(sorted(set(examples.labels) | {NONE}))
    wanted = _wanted(labels, examples.labels)
    kernel = _kernel(examples)
    possibly, surely = _thresholds(_unseen(kernel, wanted), wanted, labels.index(NONE), allowed)
    shares = solve(kernel, wanted, STRENGTH)
    return Head(
        labels=labels,
        dense=shares.T @ examples.vectors,
        sparse=shares.T @ examples.features,
        bias=shares.sum(axis=0),
        surely=surely,
        possibly=possibly,
    )


def fit_alike(examples: Examples, labelled: Mapping[str, tuple[str, ...]], likely: float) -> dict[str, Head]:
    """Heads for the same texts under different labels, by name; the threshold is given: no cross-validation."""
    kernel = _kernel(examples, WORDS)
    heads: dict[str, Head] = {}
    for name, given in labelled.items():
        labels = tuple(sorted(set(given) | {NONE}))
        shares = solve(kernel, _wanted(labels, given), STRENGTH)
        heads[name] = Head(
            labels=labels,
            dense=shares.T @ examples.vectors,
            sparse=np.float32(WORDS) * (shares.T @ examples.features),
            bias=shares.sum(axis=0),
            surely=likely,
            possibly=likely,
        )
    return heads


def _wanted(labels: tuple[str, ...], given: tuple[str, ...]) -> Floats:
    return np.eye(len(labels), dtype=np.float32)[[labels.index(label) for label in given]]


def rounded(head: Head) -> Head:
    """The head with weights as they are stored (half precision), so that a stored one decides like a fresh one."""
    halves = {name: getattr(head, name).astype(np.float16).astype(np.float32) for name in ("dense", "sparse", "bias")}
    return replace(head, **halves)


def _kernel(examples: Examples, words: float = 1.0) -> Floats:
    likeness = np.float32(words) * (examples.features @ examples.features.T)
    kernel: Floats = examples.vectors @ examples.vectors.T + likeness
    return kernel + np.float32(1)  # the bias, as a feature that every text has


def _unseen(kernel: Floats, wanted: Floats) -> Floats:
    """Probabilities for each example from a head that was fitted without its fold."""
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


def _thresholds(found: Floats, wanted: Floats, none: int, allowed: Allowed) -> tuple[float, float]:
    truth = wanted.argmax(axis=1)
    labelled = np.delete(np.arange(found.shape[1]), none)
    own = found[:, labelled]
    right, top = labelled[own.argmax(axis=1)] == truth, own.max(axis=1)
    possibly = float(np.quantile(1 - found[truth == none, none], 1 - allowed.foreign)) if (truth == none).any() else 0.0
    surely = next((at for at in _GRID if (~right & (top >= at)).sum() <= allowed.wrong * (top >= at).sum()), _GRID[-1])
    return round(possibly, 3), surely
