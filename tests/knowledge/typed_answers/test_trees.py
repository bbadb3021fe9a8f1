"""Trees add up to a probability, and are the same once they were stored."""

from pathlib import Path

import pytest

from dialogs.candidate_build import Example, fitted
from knowledge.typed_answers.trees import LEAF, Trees, stored_trees
from knowledge.typed_answers.weights import read, write

TREES = Trees(
    ("told", "asks"),
    (((0, 0.5, 1, 2), (LEAF, -1.0, 0, 0), (LEAF, 2.0, 0, 0)), ((1, 0.5, 1, 2), (LEAF, 0.0, 0, 0), (LEAF, -2.0, 0, 0))),
)


@pytest.mark.parametrize(
    ("features", "probability"),
    [({}, 0.269), ({"told": 1.0}, 0.881), ({"told": 1.0, "asks": 1.0}, 0.5), ({"told": 0.5}, 0.269)],
)
def test_the_leaves_add_up(features: dict[str, float], probability: float) -> None:
    assert TREES.probability(features) == pytest.approx(probability, abs=0.001)


def test_they_are_the_same_once_they_were_stored(tmp_path: Path) -> None:
    for trees in (TREES, stored_trees()):
        write(Trees, trees, tmp_path / "trees.json")
        assert read(Trees, tmp_path / "trees.json") == trees


def test_what_is_fitted_tells_what_was_said() -> None:
    pytest.importorskip("sklearn", reason="fitting needs scikit-learn")
    examples = [Example({"told": float(n % 2), "noise": float(n % 3)}, n % 2 == 1) for n in range(300)]
    trees = fitted(examples)
    assert trees.probability({"told": 1.0}) > 0.9
    assert trees.probability({"told": 0.0}) < 0.1
