"""How likely a line says an answer that a reader has found in it: boosted decision trees over its features.

`dialogs.candidate_build` fits them. The same trees serve every pack.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.typed_answers.weights import MODELS, read

Node = tuple[int, float, int, int]
"""The place of a feature, a limit, and the nodes for values up to it and above it. In a leaf the place is -1 and the
limit is what the leaf adds to the log-odds."""

LEAF = -1

STORED_TREES = MODELS / "answer_candidates.json"


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees whose leaves add up to log-odds. A feature that is missing is 0."""

    features: tuple[str, ...]
    trees: tuple[tuple[Node, ...], ...]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability that an answer with these features is said, 0..1."""
        row = [features.get(name, 0.0) for name in self.features]
        score = math.fsum(_leaf(tree, row) for tree in self.trees)
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def _leaf(tree: tuple[Node, ...], row: list[float]) -> float:
    place, limit, low, high = tree[0]
    while place != LEAF:
        place, limit, low, high = tree[low if row[place] <= limit else high]
    return limit


@cache
def stored_trees() -> Trees:
    return read(Trees, STORED_TREES)
