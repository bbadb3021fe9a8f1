"""Kinds of commands: weights are stored as whole numbers, and the same set serves with vectors and by words alone."""

from pathlib import Path

import pytest

from knowledge.interfaces import Place
from knowledge.typed_answers.command_kinds import KindWeights, LearntCommandKinds, stored_kind_weights
from knowledge.typed_answers.weights import read, write
from tests.knowledge import fixtures

WEIGHTS = KindWeights(("ask", "set"), (0.5, -0.5), 0.1, {"why": (10, -10)}, ((1, 0), (0, 127)))


def test_a_file_gives_the_same_weights(tmp_path: Path) -> None:
    write(KindWeights, WEIGHTS, tmp_path / "kinds.json")
    parsed = read(KindWeights, tmp_path / "kinds.json")
    assert (parsed.kinds, parsed.bias, parsed.step) == (WEIGHTS.kinds, WEIGHTS.bias, WEIGHTS.step)
    assert {name: tuple(row) for name, row in parsed.features.items()} == WEIGHTS.features
    assert tuple(map(tuple, parsed.vector)) == WEIGHTS.vector


def test_features_and_what_the_vector_adds_count() -> None:
    plain = WEIGHTS.probabilities({}, ())
    assert sum(plain.values()) == pytest.approx(1)
    assert WEIGHTS.probabilities({"why": 1.0, "other": 9.0}, ())["ask"] > plain["ask"]
    assert WEIGHTS.probabilities({}, (0.0, 1.0))["set"] > plain["set"]


def test_by_words_alone_no_reader_is_asked() -> None:
    known = fixtures.by_words()
    kinds = LearntCommandKinds((known.reader, known.typed_answers, known.matcher), stored_kind_weights())
    features = kinds.features("3 a day?", Place("question", "volume"))
    assert {"<number>", "#question:day", "#asks", "#words"} <= set(features)
    assert not any(name.startswith("@") for name in features)
    found = kinds.probabilities("undo", Place("result"))
    assert max(found, key=lambda kind: found[kind]) == "go.undo"
