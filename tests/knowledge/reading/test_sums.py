"""The numbers of a sum are read out of a line with their units, and written as the value of a command."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.costs import Given
from knowledge.reading.sums import agrees, answer_value, as_value, asks_to_compare, read_line, read_value

LINES = {
    "wonderful at 400 USD training, 3.3k tokens saved per request, 40k requests/mo, 0.25 usd per 1M input tokens":
        "training=400 USD; saved=3300; calls=40000/month; price_in=0.25 USD",
    "what about break-even? 4.2k tok in/600 out per doc now, tuned model could drop the few shots to ~900 in. training "
    "maybe 3.1k x 1.5k tok x 3 epochs, when does it pay off at 40k/mo":
        "tokens_in=4200; tokens_out=600; tuned_in=900; trained=13950000; calls=40000/month",
    "12000 calls a day, 1800 tokens in and 300 tokens out, $0.15/$0.60 per M":
        "calls=12000/day; tokens_in=1800; tokens_out=300; price_in=0.15 USD; price_out=0.6 USD",
    "800/300 tokens, 500 tickets per day, input 2 EUR / 1M tokens, output 8 EUR/1M tokens":
        "tokens_in=800; tokens_out=300; calls=500/day; price_in=2 EUR; price_out=8 EUR",
    "hosting 250 EUR a month over 2 years, training 3.000 EUR": "hosting=250 EUR/month; months=24; training=3000 EUR",
    "the GPU is 2.50 USD/h": "hosting=2.5 USD/hour",
    "price is 0.000003 USD per token": "price_in=3 USD",
    "$1.125 per 1M in": "price_in=1.1250 USD",
    "prompt is 2,500 tokens, answers 400 tokens": "tokens_in=2500; tokens_out=400",
    "2 dollars per million in and 8 dollars per million out": "price_in=2 USD; price_out=8 USD",
    "the tuned model costs 0.30 EUR per 1M tokens in": "tuned_price_in=0.3 EUR",
    "3100 x 1500 tokens x 3 epochs at 8 usd per 1M training tokens": "trained=13950000; price_training=8 USD",
    "-5 calls a day at $-2 per million": "calls=-5/day; price_in=-2 USD",
    "1e6 calls per month": "calls=1000000/month",
    "5-10k calls a day": "left=5-10k calls a day",
    "each call costs 0.3 cents": "left=0.3 cents",
    "what does it cost?": "",
    "11 cents can't be right, our limit is 500 dollars, under 1 dollar a month":
        "claim=0.11; left=500 dollars, under 1 dollar a month",
    "training costs 100000 million USD": "training=100,000,000,000 USD",
    "40k calls a month, saving 3.3k tokens at 0.25 USD per 1M = 33 USD a month, correct?":
        "calls=40000/month; saved=3300; price_in=0.25 USD; claim=33 USD/month",
    # Amounts of amounts: for each of several things, once in all, of other texts than tokens.
    "8 wards, 3 shifts, 20 reports each, 1500 tokens in, 300 out": "calls=480; tokens_in=1500; tokens_out=300",
    "20 reports per ward a day, 8 wards": "calls=160/day",
    "8 wards with 20 reports each a day": "calls=160/day",
    "30 branches with 12 clerks each, 5 letters a day each": "calls=1800/day",
    "12 clerks x 40 mails a day": "calls=480/day",
    "900 mails a day, 3 pages each": "calls=900/day; tokens_in=3 pages",
    "20,000 documents once, 2,000 tokens each": "calls=20000 items once; tokens_in=2000",
    "a one-off import of 20,000 documents": "calls=20000 items once",
    "1,200 chars in and 300 chars out": "tokens_in=1200 characters; tokens_out=300 characters",
    "60,000 a quarter": "calls=60000/quarter",
    # Factors of what was said before, and shares of what is said beside them.
    "half the price": "price_in=50 % of; price_out=50 % of",
    "twice as many calls and 30 % off the price": "calls=200 % of; price_in=70 % of; price_out=70 % of",
    "10 % more calls": "calls=110 % of",
    "1.5x as many calls": "calls=150 % of",
    "answers twice as long": "tokens_out=200 % of",
    "a tuned model at twice the price": "tuned_price_in=200 % of; tuned_price_out=200 % of",
    "tuning saves 40 % of the tokens": "saved=40 % of",
    "training costs double": "training=200 % of",
    "40 % of our 5,000 mails a day": "calls=2000/day",
    "accuracy is 91 %": "left=91 %",
    "let me double check: 500 calls a day": "calls=500/day",
    "half a million calls a month": "calls=500000/month",
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_as_the_value_of_a_command(line: str) -> None:
    assert as_value(line) == LINES[line]


@pytest.mark.parametrize("line", LINES)
def test_a_value_is_read_as_it_was_written(line: str) -> None:
    said = {name: (amount.monthly, amount.currency) for name, amount in read_line(line).numbers.items()}
    read = {name: (amount.monthly, amount.currency) for name, amount in read_value(as_value(line)).numbers.items()}
    assert read == said


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("tokens=3.3k tokens saved; price=8 EUR per 1M output tokens", {"saved": 3300, "price_out": 8}),
        ("tokens=3.3k saved tokens a request; price=0.25 usd per 1M tokens in", {"saved": 3300, "price_in": "0.25"}),
        ("tokens=['4.2k tok in/600 out per doc now', '~900 in']",
         {"tokens_in": 4200, "tokens_out": 600, "tuned_in": 900}),
        ("training=3.1k x 1.5k tok x 3 epochs", {"trained": 13_950_000}),
        ("hosting=200 EUR/m; price_in=2 EUR/m", {"hosting": 200, "price_in": 2}),
        ("calls=cheap; price_in=", {}),
    ],
)  # fmt: skip
def test_values_in_the_words_of_a_line(value: str, expected: dict[str, str]) -> None:
    numbers = read_value(value).numbers
    assert {name: amount.value for name, amount in numbers.items()} == {n: Decimal(v) for n, v in expected.items()}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about 12k a day", "calls=12000/day"),
        ("12000", "calls=12000"),
        ("hm, 5,000 I think", "calls=5000"),
        ("12k a day, 1800 tokens in", "calls=12000/day; tokens_in=1800"),
        ("no idea", ""),
        ("between 5 and 10k", ""),
    ],
)
def test_an_answer_to_what_was_asked_for(text: str, value: str) -> None:
    assert answer_value(Given.CALLS, text, words=2) == value


def test_a_bare_number_behind_words_is_no_answer_where_it_may_be_something_else() -> None:
    assert (
        answer_value(Given.CALLS, "show 2", words=0) == answer_value(Given.CALLS, "set budget to 5000", words=2) == ""
    )


@pytest.mark.parametrize(
    ("text", "result", "claim"),
    [
        ("12k calls x 30 days x 1,800 tokens = 648M tokens, correct?", 648_000_000, 648_000_000),
        ("40k * 3.3k * 0.25 / 1M = 30 usd right?", 33, 30),
        ("40000 × 3300 × $0.25 per 1M = 33", 33, 33),
        ("(1800 - 900) * 12000", 10_800_000, None),
        ("2 + 3 x 4 = 14", 14, 14),
        ("12 / 0 = 5", None, 5),
        ("10^12 x 10^12 x 10^12", None, None),
    ],
)
def test_a_calculation_is_worked_out(text: str, result: int | None, claim: int | None) -> None:
    stated = read_line(text)
    assert stated.calculation
    assert (stated.result, stated.claim and stated.claim.amount.value) == (result, claim)
    assert read_value(as_value(text)) == stated


@pytest.mark.parametrize(
    "text",
    ["(1 + 2", "no numbers x here", "5 +", "1) + 2", "5 times times 3", "- 5", "((((" * 90 + "1"],
)
def test_what_is_no_calculation(text: str) -> None:
    assert not read_line(text).calculation


@pytest.mark.parametrize(
    ("result", "claimed", "right"),
    [("12.1212", "12", True), ("12.1212", "12.1", True), ("12.1212", "11", False), ("33", "30", False),
     ("648", "650", True), ("0", "0", True), ("5", "0", False)],
)  # fmt: skip
def test_a_result_may_be_rounded(result: str, claimed: str, right: bool) -> None:
    assert agrees(Decimal(result), Decimal(claimed)) == right


@pytest.mark.parametrize(("text", "compares"), [("when is break-even?", True), ("what does it cost a month", None)])
def test_whether_tuning_is_meant(text: str, compares: bool | None) -> None:
    assert asks_to_compare(text) is compares


def test_numbers_are_never_floats() -> None:
    source = Path("knowledge/costs.py").read_text()
    assert not re.search(r"\bfloat\b|\d\.\d", source)
