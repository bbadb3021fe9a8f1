"""Whose keywords a text holds, and how much they count."""

import math

import pytest

from knowledge.matching.keywords import CALL, TOPIC, Keywords, feature, keyword_features
from knowledge.phrasings import Spelling
from knowledge.text_normalization import Normaliser

KEYWORDS = Keywords(
    {
        "prices": ["price", "list price of tools", "cost + year"],
        "teams": ["team", "small team"],
        "tools": ["tools", "Price!"],
        "nothing": ["", "+ price"],
    },
    Normaliser(Spelling()),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the price", {"prices": 1, "tools": 1}),
        ("tools and their price", {"prices": 1, "tools": 1}),
        ("the list price of tools", {"prices": 4, "tools": 1}),
        ("list of tools", {"tools": 1}),
        ("a small team", {"teams": 2}),
        ("team, small", {"teams": 1}),
        ("small, team", {"teams": 2}),
        ("what it will cost per year", {"prices": 2}),
        ("year by year it will cost more", {"prices": 2}),
        ("the cost", {}),
        ("per year", {}),
        ("prices", {}),
        ("price?", {"prices": 1, "tools": 1}),
        ("pricetag", {}),
        ("", {}),
        ("...", {}),
    ],
)
def test_the_longest_keyword_of_each_counts_by_its_words(text: str, found: dict[str, int]) -> None:
    assert KEYWORDS.weights(text) == found
    assert [*KEYWORDS.weights(text)] == [*found], "in the order in which they were named"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the price", ("prices", "tools")),
        ("the list price of tools", ("prices",)),
        ("what a small team will cost per year", ("prices", "teams")),
        ("the team", ("teams",)),
        ("nothing of that", ()),
    ],
)
def test_of_several_those_with_the_longest_keyword(text: str, names: tuple[str, ...]) -> None:
    assert KEYWORDS.longest(text) == names


@pytest.mark.parametrize(("kind", "weight"), [(TOPIC, 0.3), (CALL, 1.0)])
@pytest.mark.parametrize("names", [("one",), ("one", "two"), ("one", "two", "three", "four")])
def test_that_there_is_any_keyword_counts_and_whose_is_shared_among_them(
    kind: str, weight: float, names: tuple[str, ...]
) -> None:
    found = keyword_features(kind, names)
    assert found.pop(feature(kind)) == pytest.approx(0.7 * weight)
    assert found == {feature(kind, name): pytest.approx(weight / math.sqrt(len(names))) for name in names}


def test_without_keywords_there_are_no_features_and_kinds_stay_apart() -> None:
    assert keyword_features(TOPIC, ()) == {}
    assert not keyword_features(TOPIC, ("one",)).keys() & keyword_features(CALL, ("one",)).keys()
