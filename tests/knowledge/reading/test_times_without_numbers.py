"""A time may be told without a number: after a word that leads to one, or as the first words of a clause."""

import math

import pytest

from knowledge.reading.quantity import Kind
from knowledge.reading.quantity_parser import quantities

MINUTE = 60


def times(text: str) -> list[tuple[str, float, float]]:
    """Each time that is told: its words, its least and its most in seconds."""
    return [(text[one.start : one.end], one.low, one.high) for one in quantities(text) if one.kind is Kind.DURATION]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a second", [("a second", 1, 1)]),
        ("a minute would do", [("a minute", MINUTE, MINUTE)]),
        ("fast, a minute would do", [("a minute", MINUTE, MINUTE)]),
        ("fast. an hour would do", [("an hour", 3600, 3600)]),
        ("answers in a minute", [("a minute", MINUTE, MINUTE)]),
        ("answers in minutes", [("minutes", 2 * MINUTE, 10 * MINUTE)]),
        ("in seconds", [("seconds", 2, 10)]),
        ("within a second", [("within a second", 0, 1)]),
        ("within seconds", [("within seconds", 0, 10)]),
    ],
)
def test_a_time_without_a_number(text: str, found: list[tuple[str, float, float]]) -> None:
    assert [(least, most) for _, least, most in times(text)] == [(least, most) for _, least, most in found]
    assert all(words in told for (told, *_), (words, *_) in zip(times(text), found, strict=True))


@pytest.mark.parametrize("text", ["need a second", "and a second", "seconds", "minute", "in a", "a", "in s", "a s"])
def test_a_unit_in_the_middle_of_a_clause_is_no_time(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(("text", "about"), [("in minutes", True), ("in a minute", False), ("a minute", False)])
def test_only_several_are_about_so_many(text: str, about: bool) -> None:
    (one,) = quantities(text)
    assert one.approximate is about
    assert not math.isinf(one.high)
