"""Classifiers: fitted from examples, stored, refused when stale."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from knowledge.matching.classifier import STEP, Floats, SparseFeatures, SparseWeights, softmax
from knowledge.matching.examples import NONE, PROJECTS, passage_examples, scenario_examples
from knowledge.matching.factory import build_knowledge
from knowledge.matching.model_file import dump, fit_and_keep, is_cached, load, model_key, parse, shipped_model
from knowledge.matching.tfidf import Idf, ngrams
from knowledge.matching.training import INVERSE_REGULARIZATION, TrainingSet, fit_one
from knowledge.pack import Pack
from knowledge.pack_loader import builtin, read_pack
from tests.knowledge.fixtures import encoder, pack
from tests.knowledge.pack_copies import changed, thinned

NO_WORDS = SparseFeatures.of({}, {})


def blobs(spread: float) -> TrainingSet:
    """Three clouds of points in four dimensions; the last belongs nowhere."""
    random = np.random.default_rng(1)
    centres = np.eye(4, dtype=np.float32)[:3]
    points = np.concatenate([centre + random.normal(0, spread, (40, 4)) for centre in centres]).astype(np.float32)
    labels = tuple(label for label in ("cat", "dog", NONE) for _ in range(40))
    return TrainingSet(points, [{}] * 120, {}, labels)


def test_a_classifier_tells_clouds_apart() -> None:
    examples = blobs(0.1)
    classifier = fit_one(examples, 1.0)
    best = [next(iter(classifier.probabilities(point, NO_WORDS))) for point in examples.vectors]
    assert tuple(best) == examples.labels


def test_probabilities_add_up_and_come_best_first() -> None:
    classifier = fit_one(blobs(0.3), 1.0)
    probabilities = list(classifier.probabilities(np.ones(4, np.float32), NO_WORDS).values())
    assert sum(probabilities) == pytest.approx(1, abs=1e-5)
    assert probabilities == sorted(probabilities, reverse=True)


def test_features_stand_behind_the_vector_and_count_by_the_weight_of_words() -> None:
    vectors = np.array([[1.0, 0.5], [0.0, 0.0]], np.float32)
    examples = TrainingSet(vectors, [{"b": 2.0, "a": 1.0}, {"c": 3.0}], {"a": 0, "b": 1, "c": 2}, ("x", "y"))
    assert examples.table(4.0).toarray().tolist() == [[1, 0.5, 2, 4, 0], [0, 0, 0, 0, 6]]


def test_stored_weights_are_whole_steps() -> None:
    columns = {"a": 0, "b": 1}
    text = SparseFeatures.of({"a": 0.6, "b": 0.8}, columns)
    few = SparseWeights.of(np.array([[1.0, -2.0], [0.02, 0.0]], np.float32))
    assert (few.steps.tolist(), few.step) == ([[8, 0], [-16, 0]], STEP)
    assert few.scores(text) == pytest.approx([-1.0, 0.0])
    large = SparseWeights.of(np.array([[254.0, -2.0]], np.float32))
    assert (large.steps.tolist(), large.step) == ([[127], [-1]], 2.0)
    assert SparseWeights.of(np.zeros((2, 0), np.float32)).steps.shape == (0, 2)


@pytest.mark.parametrize("labels", [(NONE, NONE), ("cat", "cat")])
def test_where_all_texts_are_of_one_kind_something_is_learnt(labels: tuple[str, ...]) -> None:
    vectors = np.array([[1.0, 0.0], [0.8, 0.6]], np.float32)
    classifier = fit_one(TrainingSet(vectors, [{}, {}], {}, labels), 1.0)
    assert next(iter(classifier.probabilities(vectors[0], NO_WORDS))) == labels[0]
    assert NONE in classifier.labels


def test_idf_weighs_rare_words_more_and_scales_to_one() -> None:
    idf = Idf.of(["the cat", "the dog", "the bird"])
    weights = idf.weigh("the cat flew")
    assert weights["cat"] > weights["the"]
    assert "flew" not in weights
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(1)


def test_the_stored_classifiers_belong_to_the_pack_as_it_is() -> None:
    key = model_key(pack(), encoder())
    assert parse(shipped_model(pack().id).read_bytes(), key, ngrams) is not None, "run: make fit"


def test_stored_classifiers_of_something_else_are_refused() -> None:
    content = shipped_model(pack().id).read_bytes()
    assert parse(content, "0" * 64, ngrams) is None
    assert parse(content[:1000], model_key(pack(), encoder()), ngrams) is None
    assert parse(b"no file", "", ngrams) is None


@pytest.mark.parametrize(
    ("file", "old", "new", "same"),
    [
        ("passages", "title: ", "title: Tell me, ", True),
        ("reading", "subjects: [domain]", "subjects: [volume]", True),
        ("outside", "    calls:\n", "    calls:\n      - something new\n", False),
        ("training/phrasings", '"no_project", "text": "', '"no_project", "text": "new', False),
        ("training/descriptions", '"label": "-"', '"label": "budget ?, volume ?"', False),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_learnt_from_changes_the_key_and_a_title_does_not(
    file: str, old: str, new: str, same: bool, whole: bool, tmp_path: Path
) -> None:
    shutil.copytree(builtin(), tmp_path, dirs_exist_ok=True)
    changed(tmp_path, file, old, new)
    other, _ = read_pack(tmp_path, whole=whole)
    assert other.version != pack().version
    assert (model_key(other, encoder()) == model_key(pack(), encoder())) == same


class Cheap:
    """An encoder with short vectors that say nothing: what is kept does not depend on what they say."""

    digest = "cheap"

    def encode(self, texts: Sequence[str]) -> Floats:
        rows = [np.random.default_rng(crc32(text.encode())).normal(0, 0.35, 8) for text in texts]
        return np.array(rows, np.float32).reshape(len(rows), 8)


def tiny() -> Pack:
    """The pack with two phrasings of each kind."""
    return thinned(pack())


def test_what_was_fitted_is_kept_and_read_back(tmp_path: Path) -> None:
    fresh = fit_and_keep(tiny(), Cheap(), tmp_path / "cache")
    stored = tmp_path / "cache" / f"{fresh.key}.npz"
    assert stored.read_bytes() == dump(fresh)
    stored.write_bytes(dump(fresh))
    again = load(tiny(), Cheap(), tmp_path / "cache")
    assert (again.known, again.common_words) == (fresh.known, fresh.common_words)
    assert np.array_equal(again.passages.sparse.steps, fresh.passages.sparse.steps)
    assert again.passages.sparse.step == fresh.passages.sparse.step
    assert list(again.idf.columns) == list(fresh.idf.columns)
    assert list(again.statements) == list(fresh.statements) == list(tiny().statements.said)
    assert all(np.array_equal(again.statements[name].dense, each.dense) for name, each in fresh.statements.items())
    assert list(again.descriptions.weights) == list(again.descriptions.classifiers) == list(fresh.statements)
    for name, weights in fresh.descriptions.weights.items():
        read = again.descriptions.weights[name]
        assert read.options == weights.options
        assert np.array_equal(read.weights, weights.weights)
        assert np.array_equal(read.bias, weights.bias)


def test_fitting_is_announced_and_what_was_fitted_is_not(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        build_knowledge(tiny(), encoder=encoder(), cache=tmp_path, fitting=lambda: told.append("fitting"))
    assert told == ["fitting"]


def test_where_nothing_can_be_kept_it_is_fitted_for_once(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for cache in (file, file / "cache"):
        fresh = fit_and_keep(tiny(), Cheap(), cache)
        assert fresh.key == model_key(tiny(), Cheap())
        assert not is_cached(tiny(), Cheap(), cache)


def test_the_solution_is_where_the_gradient_vanishes() -> None:
    examples = blobs(0.4)
    classifier = fit_one(examples, 1.0)
    scores = examples.vectors @ classifier.dense.T + classifier.bias
    targets = np.array([[label == own for label in classifier.labels] for own in examples.labels], np.float32)
    gradient = classifier.dense + INVERSE_REGULARIZATION * (softmax(scores) - targets).T @ examples.vectors
    assert np.abs(gradient).max() < 0.1 * np.abs(classifier.dense).max()


def test_projects_beside_the_passages_say_nothing_about_scenarios() -> None:
    told = {text for _, text in scenario_examples(pack())}
    beside = pack().phrasings.beside
    assert not told.intersection(beside[PROJECTS])
    assert set(beside["office"]) <= told
    assert set(beside[PROJECTS]) <= {text for label, text in passage_examples(pack()) if label == NONE}
