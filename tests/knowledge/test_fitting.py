"""Heads: fitted from examples, stored, refused when stale."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.matching.examples import PROJECTS, passage_examples, scenario_examples
from knowledge.matching.features import Rarity
from knowledge.matching.fitted import dump, fitted, key_of, parse, shipped
from knowledge.matching.fitting import Allowed, Examples, fit
from knowledge.matching.labels import NONE
from knowledge.pack import Pack
from tests.knowledge.understood import encoder, pack


def blobs(spread: float) -> Examples:
    """Three clouds of points in four dimensions; the last belongs nowhere."""
    random = np.random.default_rng(1)
    centres = np.eye(4, dtype=np.float32)[:3]
    points = np.concatenate([centre + random.normal(0, spread, (40, 4)) for centre in centres]).astype(np.float32)
    labels = tuple(label for label in ("cat", "dog", NONE) for _ in range(40))
    return Examples(points, np.zeros((120, 1), np.float32), labels)


def test_a_head_tells_clouds_apart() -> None:
    examples = blobs(0.1)
    head = fit(examples, Allowed(wrong=0.01, foreign=0.05))
    best = [next(iter(head.probabilities(point, {}, {}))) for point in examples.vectors]
    assert tuple(best) == examples.labels


def test_probabilities_add_up_and_come_best_first() -> None:
    head = fit(blobs(0.3), Allowed(0.01, 0.05))
    shares = list(head.probabilities(np.ones(4, np.float32), {}, {}).values())
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    assert shares == sorted(shares, reverse=True)


def test_the_harder_the_clouds_the_surer_a_head_has_to_be() -> None:
    easy, hard = (fit(blobs(spread), Allowed(0.02, 0.05)) for spread in (0.1, 0.6))
    assert hard.surely > easy.surely
    assert hard.possibly > easy.possibly


def test_fewer_foreign_texts_may_pass_the_higher_the_threshold() -> None:
    strict, lax = (fit(blobs(0.5), Allowed(0.02, share)) for share in (0.02, 0.3))
    assert strict.possibly > lax.possibly


def test_rarity_weighs_rare_words_more_and_scales_to_one() -> None:
    rarity = Rarity.of(["the cat", "the dog", "the bird"])
    weights = rarity.weigh("the cat flew")
    assert weights["cat"] > weights["the"]
    assert "flew" not in weights
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(1)


def test_the_stored_heads_belong_to_the_pack_as_it_is() -> None:
    key = key_of(pack(), encoder())
    assert parse(shipped(pack().id).read_bytes(), key) is not None, "run: python -m knowledge.matching.build"


def test_stored_heads_of_something_else_are_refused() -> None:
    content = shipped(pack().id).read_bytes()
    assert parse(content, "0" * 64) is None
    assert parse(content[:1000], key_of(pack(), encoder())) is None
    assert parse(b"no file", "") is None


def test_a_changed_phrasing_changes_the_key_and_a_changed_title_does_not() -> None:
    first = pack().passages[0]
    retitled = first.model_copy(update={"title": "Anything else?"})
    same = pack().model_copy(update={"passages": (retitled, *pack().passages[1:])})
    assert key_of(same, encoder()) == key_of(pack(), encoder())
    phrasings = pack().phrasings.model_copy(update={"no_project": ("something new",)})
    other = pack().model_copy(update={"phrasings": phrasings})
    assert key_of(other, encoder()) != key_of(pack(), encoder())


def tiny() -> Pack:
    """The pack with two phrasings of each kind."""
    phrasings = pack().phrasings
    few = {
        name: {label: texts[:2] for label, texts in getattr(phrasings, name).items()}
        for name in ("passages", "beside", "scenarios")
    }
    return pack().model_copy(update={"phrasings": phrasings.model_copy(update=few)})


def test_what_was_fitted_is_kept_and_read_back(tmp_path: Path) -> None:
    fresh = fitted(tiny(), encoder(), tmp_path / "cache")
    stored = tmp_path / "cache" / f"{fresh.key}.npz"
    assert stored.read_bytes() == dump(fresh)
    stored.write_bytes(dump(fresh))
    again = fitted(tiny(), encoder(), tmp_path / "cache")
    assert np.array_equal(again.passages.sparse, fresh.passages.sparse)
    assert again.passages.surely == fresh.passages.surely
    assert list(again.columns) == list(fresh.columns)


def test_projects_beside_the_passages_say_nothing_about_scenarios() -> None:
    told = {text for _, text in scenario_examples(pack())}
    beside = pack().phrasings.beside
    assert not told.intersection(beside[PROJECTS])
    assert set(beside["office"]) <= told
    assert set(beside[PROJECTS]) <= {text for label, text in passage_examples(pack()) if label == NONE}
