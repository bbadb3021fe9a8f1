"""Quantities are parsed by rules, and read within a pack's limits in the light of the open question."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.certainty_thresholds import Certainty
from knowledge.reading.quantity import Bound, Kind
from knowledge.reading.quantity_answers import QuantityMeasure, QuantityRules, interpret, read_quantities
from knowledge.reading.quantity_parser import quantities
from tests.knowledge.fixtures import pack
from tests.knowledge.reading.quantity_cases import CASES
from tests.knowledge.reading.test_quantity_parts import only

RULES = pack().quantities

SMALL = QuantityRules.model_validate(
    {
        "foreign": ["people"],
        "questions": {
            "stock": [
                {
                    "kind": "count",
                    "nouns": ["apples"],
                    "bare": "take",
                    "limits": [{"option": "little", "at_most": 10}, {"option": "much", "at_least": 1000}],
                }
            ]
        },
    }
)


def read(text: str, open_question: str | None = None) -> dict[str, str]:
    readings = read_quantities(text, RULES, open_question)
    return {
        question: reading.option + ("?" if reading.certainty is Certainty.PROPOSE else "")
        for question, reading in readings.items()
    }


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("30k labelled", Kind.COUNT, 30_000, 30_000),
        ("1,200", Kind.COUNT, 1200, 1200),
        ("1.200", Kind.COUNT, 1200, 1200),
        ("1 200", Kind.COUNT, 1200, 1200),
        ("1'200", Kind.COUNT, 1200, 1200),
        ("1.234,56 €", Kind.MONEY, 1234.56 * 1.1, 1234.56 * 1.1),
        ("3,5k", Kind.COUNT, 3500, 3500),
        ("1.250k", Kind.COUNT, 1250, 1250),
        ("1,00,000 rows", Kind.COUNT, 100_000, 100_000),
        ("2 lakh", Kind.COUNT, 200_000, 200_000),
        ("3 crore", Kind.COUNT, 30_000_000, 30_000_000),
        ("4 mio", Kind.COUNT, 4e6, 4e6),
        ("a couple of dozen", Kind.COUNT, 24, 24),
        ("two hundred", Kind.COUNT, 200, 200),
        ("a hundred and fifty", Kind.COUNT, 150, 150),
        ("half a million", Kind.COUNT, 500_000, 500_000),
        ("2 and a half thousand", Kind.COUNT, 2500, 2500),
        ("a few hundred", Kind.COUNT, 300, 500),
        ("eight to ten thousand", Kind.COUNT, 8000, 10_000),
        ("tens of thousands", Kind.COUNT, 20_000, 90_000),
        ("5-10k", Kind.COUNT, 5000, 10_000),
        ("500-1k", Kind.COUNT, 500, 1000),
        ("5 to 10", Kind.COUNT, 5, 10),
        ("between 5 and 10", Kind.COUNT, 5, 10),
        ("$5k to $10k", Kind.MONEY, 5000, 10_000),
        ("5k max", Kind.COUNT, 0, 5000),
        ("under 20", Kind.COUNT, 0, 20),
        ("5k+", Kind.COUNT, 5000, math.inf),
        ("at least 300", Kind.COUNT, 300, math.inf),
        ("nobody waits longer than 2 seconds", Kind.DURATION, 0, 2),
        ("2 grand", Kind.MONEY, 2000, 2000),
        ("400ms", Kind.DURATION, 0.4, 0.4),
        ("<1s", Kind.DURATION, 0, 1),
        ("0.500 s", Kind.DURATION, 0.5, 0.5),
        ("sub-second", Kind.DURATION, 0, 1),
        ("within a minute", Kind.DURATION, 0, 60),
        ("overnight", Kind.DURATION, 43_200, 43_200),
        ("85%", Kind.PERCENT, 85, 85),
        ("73 a day", Kind.RATE, 73, 73),
        ("10k msgs/s", Kind.RATE, 864e6, 864e6),
        ("36.5k invoices/yr", Kind.RATE, 100, 100),
        ("365 p.a.", Kind.RATE, 1, 1),
        ("30k a month", Kind.RATE, 1000, 1000),
        ("each month we get 300", Kind.RATE, 10, 10),
        ("a ticket every 5 minutes", Kind.RATE, 288, 288),
        ("once every 2 weeks", Kind.RATE, 1 / 14, 1 / 14),
        ("500 rps", Kind.RATE, 43.2e6, 43.2e6),
    ],
)
def test_amounts(text: str, kind: Kind, low: float, high: float) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high) == (kind, pytest.approx(low), pytest.approx(high))


def test_span_noun_and_clause() -> None:
    text = "Well, we got like 3k old tickets w/ answers."
    found = only(text)
    assert text[found.start : found.end] == "like 3k old tickets"
    assert found.noun == ("old", "tickets")
    assert found.before == ("we", "got")
    assert found.after == ("w", "/", "answers")
    assert found.approximate
    assert found.bound is Bound.EXACT


def test_money_for_a_time_and_for_each() -> None:
    assert only("$500 a month").days == 30
    assert only("10 cents a query").each
    assert only("3 questions per user").each
    assert not only("$500").each


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4",
        "q3 2026",
        "24/7",
        "at 5pm",
        "9:30",
        "2026-11-26",
        "12.01.2027",
        "3 march",
        "in 2024",
        "2019-2023",
        "v2.1.3",
        "iso 9001",
        "ticket 4711",
        "#48213",
        "+49 170 5551234",
        "phase 2",
        "a 7b model",
        "llama 70b",
        "10x",
        "1st",
        "office 365",
        "16 GB",
        "every 10 minutes my vpn drops",
        "3 years ago",
        "a5",
        "2026",
    ],
)
def test_digits_that_are_no_amount(text: str) -> None:
    assert {found.kind for found in quantities(text)} <= {Kind.OTHER}
    assert not any(read(text, question) for question in (None, *RULES.questions))


@pytest.mark.parametrize(("text", "open_question", "expected"), CASES)
def test_cases(text: str, open_question: str | None, expected: dict[str, str]) -> None:
    found = read(text, open_question)
    assert found.keys() == expected.keys()
    assert all(found[question] in answers.split("|") for question, answers in expected.items())


@pytest.mark.parametrize(
    ("text", "open_question", "expected"),
    [
        ("1000", "data", {"data": "yes"}),
        ("1000", "volume", {"volume": "high?"}),
        ("1000", None, {}),
        ("40k", "budget", {"budget": "flexible?"}),
        ("5k max", "budget", {"budget": "limited"}),
        ("20k max", "budget", {"budget": "limited"}),
        ("20k", "budget", {"budget": "flexible?"}),
        ("maybe 40 a day?", "data", {"volume": "low"}),
        ("200 warranty claims a day", None, {"volume": "high?"}),
        ("we got like 3k old tickets w/ answers", "volume", {"data": "yes"}),
        ("3000 tickets", "data", {"data": "yes"}),
        ("3000 tickets", "volume", {"volume": "high?"}),
        ("3000 tickets", None, {}),
        ("<1s", None, {"volume": "high"}),
        ("my prompt is 1000 tokens", "data", {}),
        ("budget signed off", "budget", {}),
        ("12 people", "volume", {}),
        ("support sent 300", "data", {"data": "yes?"}),
        ("the merger of both banks moved the index by 300", "data", {}),
        ("a team of 5", "data", {}),
        ("500 labelled examples, no wait, 5 examples", None, {}),
    ],
)
def test_the_open_question_gives_a_number_its_meaning(
    text: str, open_question: str | None, expected: dict[str, str]
) -> None:
    assert read(text, open_question) == expected


@pytest.mark.parametrize(
    ("text", "option", "certainty"),
    [
        ("10 apples", "little", Certainty.TAKE),
        ("11 apples", "little", Certainty.PROPOSE),
        ("99 apples", "little", Certainty.PROPOSE),
        ("101 apples", "much", Certainty.PROPOSE),
        ("1000 apples", "much", Certainty.TAKE),
        ("at least 1000 apples", "much", Certainty.TAKE),
        ("at most 1000 apples", "much", Certainty.PROPOSE),
        ("5 to 20 apples", "little", Certainty.PROPOSE),
    ],
)
def test_limits(text: str, option: str, certainty: Certainty) -> None:
    reading = interpret(only(text), SMALL)
    assert (reading.question, reading.option, reading.certainty) == ("stock", option, certainty)


@pytest.mark.parametrize(
    "limits",
    [
        [{"option": "a"}],
        [{"option": "a", "at_most": 5}, {"option": "b", "at_most": 9}],
        [{"option": "a", "at_most": 9}, {"option": "b", "at_least": 5}],
    ],
)
def test_limits_that_make_no_sense_are_refused(limits: list[dict[str, object]]) -> None:
    with pytest.raises(ValidationError):
        QuantityMeasure.model_validate({"kind": "count", "limits": limits})


@given(st.integers(0, 10**9), st.sampled_from([",", ".", " ", "'", ""]))
def test_separators_change_nothing(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    found = quantities(f"{written} apples")
    assert [(one.kind, one.low, one.high, one.noun) for one in found] == [(Kind.COUNT, number, number, ("apples",))]


@given(
    st.integers(1, 9999), st.sampled_from([("k", 1e3), ("M", 1e6), (" thousand", 1e3), (" mio", 1e6), (" lakh", 1e5)])
)
def test_scales_multiply(number: int, scale: tuple[str, float]) -> None:
    assert only(f"{number}{scale[0]} apples").low == pytest.approx(number * scale[1])


@given(
    st.integers(1, 10**6),
    st.sampled_from([("/day", 1), (" a week", 7), (" per month", 30), ("/yr", 365), (" daily", 1)]),
)
def test_rates_are_per_day(number: int, rate: tuple[str, int]) -> None:
    found = only(f"{number}{rate[0]}")
    assert found.kind is Kind.RATE
    assert found.low == pytest.approx(number / rate[1])


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_more_is_never_read_as_less(one: int, other: int) -> None:
    sides = ["little", "much"]
    options = [interpret(only(f"{number} apples"), SMALL) for number in sorted([one, other])]
    first, second = (sides.index(reading.option) for reading in options if reading)
    assert first <= second


_PIECES = """5 k a few hundred per / day every between and $ < max of - to 3.5 1.2.3 half s € tickets . at
pm + ~ one ’ ٣ ² .5
10,000 year 2019 or""".split()  # noqa: SIM905


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join)))
def test_any_text_gives_quantities_in_order(text: str) -> None:
    found = quantities(text)
    assert all(0 <= one.start < one.end <= len(text) and one.low <= one.high for one in found)
    assert all(one.end <= following.start for one, following in pairwise(found))
    for question in RULES.questions:
        assert read_quantities(text, RULES, question).keys() <= RULES.questions.keys()


@pytest.mark.parametrize(
    ("text", "per_day"),
    [
        ("daily: 300 tickets", 300),
        ("every day 300 tickets", 300),
        ("each month we get 300 tickets", 10),
        ("per hour we have 20 calls", 480),
    ],
)
def test_a_rate_may_stand_before_its_amount(text: str, per_day: float) -> None:
    (found,) = quantities(text)
    assert (found.kind, found.low) == (Kind.RATE, pytest.approx(per_day))


def test_what_comes_every_so_often_is_named_in_a_few_words() -> None:
    assert [found.kind for found in quantities("a long printed letter every 5 minutes")] == [Kind.RATE]
    assert [found.kind for found in quantities("a new long printed letter every 5 minutes")] == [Kind.OTHER]


def test_a_rate_for_each_of_several() -> None:
    assert only("each machine sends 10-20 errors per day").each
    assert only("every hotel gets 30 chats a day").each
    assert not only("each month we get 300").each
    assert not only("we get 300 a day").each
