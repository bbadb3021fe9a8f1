"""Without an encoder: how near a text is to the wordings under each label, and what follows from it."""

from pathlib import Path

import pytest

from knowledge.interfaces import Closest, Decision
from knowledge.matching.lexical import LexicalMatcher, Nearest
from knowledge.pack_loader import load_pack
from tests.knowledge.pack_copies import changed

NEAREST = Nearest([("tea", {"a": 0.6, "b": 0.8}), ("coffee", {"b": 1.0}), ("tea", {"c": 1.0}), ("milk", {"d": 1.0})])


@pytest.mark.parametrize(
    ("features", "found"),
    [
        ({"a": 1.0}, {"tea": 0.6}),
        ({"b": 1.0}, {"coffee": 1.0, "tea": 0.8}),
        ({"a": 0.6, "b": 0.8}, {"tea": 1.0, "coffee": 0.8}),
        ({"b": 0.6, "c": 0.8}, {"tea": 0.8, "coffee": 0.6}),
        ({"b": 0.8, "c": 0.6}, {"coffee": 0.8, "tea": 0.64}),
        ({"d": 0.5}, {"milk": 0.5}),
        ({"d": 2.0}, {"milk": 1.0}),
        ({"z": 1.0}, {}),
        ({}, {}),
    ],
)
def test_the_best_wording_of_each_label_counts(features: dict[str, float], found: dict[str, float]) -> None:
    scores = NEAREST(features)
    assert scores == {label: pytest.approx(score) for label, score in found.items()}
    assert [*scores] == [*found], "the nearest first"


def test_labels_that_are_equally_near_are_in_the_order_of_their_names() -> None:
    assert [*Nearest([("b", {"x": 1.0}), ("a", {"x": 1.0})])({"x": 1.0})] == ["a", "b"]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> LexicalMatcher:
    folder = changed(tmp_path_factory.mktemp("pack"), "pack", "id: build-or-buy", "id: build-or-buy")
    (folder / "phrasings.yaml").write_text(
        "phrasings:\n"
        "  passages: {trial: [how do we try a product first]}\n"
        "  beside: {office: [where is the printer today]}\n"
        "  scenarios: {tickets: [a shop wants to track complaints]}\n"
        "  ideas: [a game about dragons and castles]\n"
    )
    return LexicalMatcher(load_pack(Path(folder)))


@pytest.mark.parametrize(
    ("text", "decision", "first"),
    [
        ("how do we try a product first", Decision.ANSWER, "trial"),
        ("how do we try a product first?!", Decision.ANSWER, "trial"),
        ("try a product how do we first", Decision.ANSWER, "trial"),
        ("what does it cost over the years", Decision.ANSWER, "cost-years"),
        ("so what does a tool cost us", Decision.OFFER, "cost-years"),
        ("where is the printer today", Decision.UNKNOWN, None),
        ("zzz", Decision.UNKNOWN, None),
        ("?", Decision.UNKNOWN, None),
        ("", Decision.UNKNOWN, None),
    ],
)
def test_what_is_worded_as_it_is_known_is_answered_and_what_is_near_offered(
    matcher: LexicalMatcher, text: str, decision: Decision, first: str | None
) -> None:
    found = matcher.passage(text)
    assert found.decision is decision
    assert first is None or found.top[0] == first
    assert len(found.top) <= 3
    assert len(set(found.top)) == len(found.top)


def test_the_score_is_the_likeness(matcher: LexicalMatcher) -> None:
    assert matcher.passage("how do we try a product first").score == 1
    assert 0.93 <= matcher.passage("how do we try a product firs").score < 1
    assert 0.42 <= matcher.passage("so what does a tool cost us").score < 0.93


def test_a_project_is_like_a_scenario_unless_it_is_more_like_another(matcher: LexicalMatcher) -> None:
    known = matcher.scenario("a shop wants to track complaints")
    assert (known.id, known.score) == ("tickets", pytest.approx(1))
    assert matcher.scenario("a game about dragons and castles").id is None
    assert matcher.scenario("zzz") == Closest(None, 0)
    assert matcher.project("a shop wants to track complaints") == pytest.approx(1)
    assert matcher.project("zzz") == 0
    nearer, sure = matcher.scenario("a shop for complaints").score, matcher.project("a shop for complaints")
    assert 0 < sure < nearer < 1


def test_the_closest_faq_is_no_topic_and_where_nothing_is_near_the_first(matcher: LexicalMatcher) -> None:
    assert matcher.faq("who should own it").id == "who-owns"
    assert matcher.faq("how do we try a product first").id in {"cost-years", "who-owns"}
    assert matcher.faq("zzz") == Closest("cost-years", 0)
