"""Without an encoder: how near a text is to the wordings under each label, and what follows from it."""

import math
from pathlib import Path

import pytest

from knowledge.interfaces import PROJECT, Closest, MatchOutcome
from knowledge.matching.lexical_matcher import InvertedIndex, LexicalMatcher
from knowledge.pack_loader import load_pack
from tests.knowledge.pack_copies import changed

INDEX = InvertedIndex(
    [("tea", {"a": 0.6, "b": 0.8}), ("coffee", {"b": 1.0}), ("tea", {"c": 1.0}), ("milk", {"d": 1.0})]
)


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
    scores = INDEX(features)
    assert scores == {label: pytest.approx(score) for label, score in found.items()}
    assert [*scores] == [*found], "the nearest first"


def test_labels_that_are_equally_near_are_in_the_order_of_their_names() -> None:
    assert [*InvertedIndex([("b", {"x": 1.0}), ("a", {"x": 1.0})])({"x": 1.0})] == ["a", "b"]


TERM = "terms:\n  - {id: term-upkeep, title: Upkeep, says: article, text: So, names: [upkeep], section: cost}\n"
OTHER = """  - id: out-more
    title: Are there more?
    text: Some are new.
    source: B
    url: https://example.org
    read: 2099-10-01
    expires: 2099-12-31
    confidence: A
    keywords: [brand new tools, dear]
    line: There are more.
    verdicts: [buy]
    passages: [trial]
"""


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> LexicalMatcher:
    folder = changed(tmp_path_factory.mktemp("pack"), "rest", "outside:\n", f"{TERM}outside:\n{OTHER}")
    changed(folder, "rest", "    confidence: B\n", "    confidence: B\n    keywords: [dear tools, dear]\n")
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
        ("how do we try a product first", MatchOutcome.ANSWER, "trial"),
        ("how do we try a product first?!", MatchOutcome.ANSWER, "trial"),
        ("try a product how do we first", MatchOutcome.ANSWER, "trial"),
        ("what does it cost over the years", MatchOutcome.ANSWER, "cost-years"),
        ("so what does a tool cost us", MatchOutcome.OFFER, "cost-years"),
        ("cost years", MatchOutcome.OFFER, "cost-years"),
        ("years", MatchOutcome.UNKNOWN, "cost-years"),
        ("what is upkeep", MatchOutcome.ANSWER, "term-upkeep"),
        ("where is the printer today", MatchOutcome.UNKNOWN, None),
        ("zzz", MatchOutcome.UNKNOWN, None),
        ("?", MatchOutcome.UNKNOWN, None),
        ("", MatchOutcome.UNKNOWN, None),
    ],
)
def test_what_is_worded_as_it_is_known_is_answered_and_what_is_near_offered(
    matcher: LexicalMatcher, text: str, decision: MatchOutcome, first: str | None
) -> None:
    found = matcher.passage(text)
    assert found.outcome is decision
    assert first is None or found.top[0] == first
    assert len(found.top) <= 3
    assert len(set(found.top)) == len(found.top)


def test_the_score_is_the_likeness(matcher: LexicalMatcher) -> None:
    assert matcher.passage("how do we try a product first").score == 1
    assert 0.93 <= matcher.passage("how do we try a product firs").score < 1
    assert 0.42 <= matcher.passage("so what does a tool cost us").score < 0.93
    assert matcher.passage("what is upkeep").score == 1
    assert matcher.passage("").score == 0


def test_what_a_term_means_is_told_before_what_is_near(matcher: LexicalMatcher) -> None:
    found = matcher.passage("what is upkeep")
    assert (found.top[0], found.together) == ("term-upkeep", 1)
    assert found.top[1] == "cost-years"


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("dear tools", ("out-prices-rise", "out-more")),
        ("brand new tools, dear", ("out-more", "out-prices-rise")),
        ("they are dear", ("out-more", "out-prices-rise")),
        ("brand new tools", ("out-more",)),
        ("tools", ()),
    ],
)
def test_an_idea_calls_for_entries_by_their_keywords_the_longest_first(
    matcher: LexicalMatcher, text: str, entries: tuple[str, ...]
) -> None:
    assert matcher.calls(text) == entries


def test_a_project_is_like_a_scenario_unless_it_is_more_like_another(matcher: LexicalMatcher) -> None:
    known = matcher.scenario("a shop wants to track complaints")
    assert (known.id, known.score) == ("tickets", pytest.approx(1))
    assert matcher.scenario("a game about dragons and castles").id is None
    assert matcher.scenario("zzz") == Closest(None, 0)
    assert matcher.project("a shop wants to track complaints") == pytest.approx(1)
    assert matcher.project("zzz") == 0
    nearer, sure = matcher.scenario("a shop for complaints").score, matcher.project("a shop for complaints")
    assert 0 < sure < nearer < 1
    assert sure == pytest.approx(nearer ** (math.log(PROJECT) / math.log(0.52)), abs=0.01), "as sure as by meaning"
    assert matcher.scenario("shop about dragons").id == "tickets"


def test_the_closest_faq_is_no_topic_and_where_nothing_is_near_the_first(matcher: LexicalMatcher) -> None:
    assert matcher.faq("who should own it").id == "who-owns"
    assert 0 < matcher.faq("who should own it").score < 1
    assert matcher.faq("how do we try a product first").id in {"cost-years", "who-owns"}
    assert matcher.faq("years").id == "cost-years"
    assert matcher.faq("zzz") == Closest("cost-years", 0)
