"""Sums as people type them: which number an amount is follows from its unit and the words before and behind it.

Each sum joins one wording for each number, in changing order, currency and separators; Decimal works it out.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations
from typing import NamedTuple

import pytest

from dialogs.commands.command import Command, Kind
from knowledge.costs import HORIZON
from knowledge.reading.sums import as_value
from tests.dialogs.executor.lines import calculate, ideas, whole
from tests.dialogs.talk import Talk

MONEY = (("EUR", "{} EUR"), ("USD", "${}"), ("GBP", "£{}"), ("CHF", "{} francs"), ("EUR", "{}€"))
CALLS = (
    "{} calls a day",
    "we get {} tickets per day",
    "{} a day",
    "calls: {}/day",
    "daily {} requests",
    "{} chats daily",
)
TOKENS = (
    "{} tokens in and {} out",
    "a prompt of {} tokens and an answer of {}",
    "in {} tokens, out {} tokens",
    "{} in / {} out",
    "{}/{} tokens",
    "input {} tokens, output {} tokens",
    "{} tokens go in and {} come out",
)
PRICES = (
    "{} in and {} out per million tokens",
    "{} per 1M in, {} per 1M out",
    "price in {} per million, out {}",
    "{}/{} per million",
    "input costs {}/M, output {}/M",
)
SAVED = (
    "saves {}",
    "tuning saves {} tokens",
    "{} tokens saved per call",
    "the prompt gets {} tokens shorter",
    "cuts {} tokens off the prompt",
    "{} fewer tokens with tuning",
)
TRAINING = ("tuning costs {} once", "training {}", "{} for training", "a one-off {} for tuning", "{} to train it")
HOSTING = (
    "hosting {} a month",
    "{} a month for hosting",
    "a server for {} a month",
    "no hosting",
    "hosting costs {} monthly",
)
ORDERS = [*permutations(range(6))][::18]
SEPARATORS = (", ", "; ", ". ", ", and ")


class Sum(NamedTuple):
    """A line, and the numbers in it."""

    line: str
    currency: str
    calls: int
    tokens: tuple[int, int]
    prices: tuple[Decimal, Decimal]
    saved: int
    training: int
    hosting: int


def _typed(at: int) -> Sum:
    """The sum with this number: its wordings, order and numbers change at different rates."""
    (currency, money), bare = MONEY[at % 5], at % 3 == 0
    calls, tokens = 300 + 170 * at, (1500 + 90 * at, 100 + 35 * at)
    prices = Decimal(at % 7 + 1) / 4, Decimal(at % 11 + 3) / 2
    saved, training, free = 900 + 10 * at, 450 + 50 * at, HOSTING[at % 5] == "no hosting"
    hosting = 0 if free else 20 + at
    worth = "{}" if bare else money
    parts = (
        CALLS[at % 6].format(calls),
        TOKENS[at % 7].format(*tokens),
        PRICES[at % 5 if at % 2 else (at + 2) % 5].format(money.format(prices[0]), worth.format(prices[1])),
        SAVED[at // 2 % 6].format(saved),
        TRAINING[at // 3 % 5].format(worth.format(training)),
        HOSTING[at % 5].format(worth.format(hosting)),
    )
    line = SEPARATORS[at % 4].join(parts[each] for each in ORDERS[at])
    return Sum(line, currency, calls, tokens, prices, saved, training, hosting)


SUMS = [_typed(at) for at in range(40)]


def _shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"


@pytest.mark.parametrize("typed", SUMS, ids=lambda typed: typed.line[:70])
def test_every_number_is_heard_and_used(talk: Talk, typed: Sum) -> None:
    (sent, returned), (price_in, price_out), calls = typed.tokens, typed.prices, 30 * Decimal(typed.calls)
    prompting = calls * (sent * price_in + returned * price_out) / 1_000_000
    saving = calls * typed.saved * price_in / 1_000_000 - typed.hosting
    talk.do(calculate(as_value(typed.line)), text=typed.line)
    assert f"Prompting costs {_shown(prompting)} {typed.currency} a month" in talk.said
    assert f"- The tuned model: {_shown(prompting - saving)} {typed.currency} a month" in talk.said
    soon = saving > 0 and typed.training / saving <= HORIZON
    pays = f"after {_shown(typed.training / saving)} months" if soon else "Tuning never pays for itself"
    assert pays in talk.said
    assert "hosting the tuned model a month:" in whole(talk)
    for elsewhere in ("I left out", "From the sum before", "From outside the article", "Makes no difference"):
        assert elsewhere not in talk.said


PLAIN = "1000 calls a day, 2000 tokens in, 100 out, 1 USD in and 4 USD out per million"


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("the tuned model costs 2 USD in and 8 USD out per million", "tuned_price_in=2 USD; tuned_price_out=8 USD"),
        ("after tuning the prompt is only 450 tokens", "tuned_in=450"),
        ("the prompt is cut to 450 tokens", "tuned_in=450"),
        ("training on 6 million tokens at 3 USD per million", "trained=6000000; price_training=3 USD"),
        ("6M trained tokens", "trained=6000000"),
        ("nothing for hosting", "hosting=0/month"),
        ("hosting is free", "hosting=0/month"),
        ("over 24 months", "months=24"),
        ("I get 42 a month, correct?", "claim=42/month"),
        ("so 504 USD a year, right?", "claim=504 USD/year"),
        ("does it pay off within 9 months?", "claim=9 months"),
        ("and 1800", "left=1800"),
        ("20% more", "left=20% more"),
    ],
)
def test_what_is_told_beside_a_call(line: str, numbers: str) -> None:
    expected = f"calls=1000/day; tokens_in=2000; tokens_out=100; price_in=1 USD; price_out=4 USD; {numbers}"
    assert as_value(f"{PLAIN}, {line}") == expected


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("what does 40k a month cost?", "calls=40000/month"),
        ("it costs 400 a month", "left=400 a month"),
        ("in 2026 it is 12000 calls a day", "calls=12000/day; left=2026"),
        ("3 servers and 5000 examples", "left=3, 5000"),
        ("0.30 in, 1.20 out", "price_in=0.3; price_out=1.2"),
        ("300 in, 120 out", "tokens_in=300; tokens_out=120"),
        ("3 EUR and 15 EUR per million", "price_in=3 EUR; price_out=15 EUR"),
        ("1200 in 800 out", "tokens_in=1200; tokens_out=800"),
        ("3 EUR per million in, 15 out", "price_in=3 EUR; price_out=15"),
        ("1M tokens cost 2 EUR in", "price_in=2 EUR"),
        ("output costs 3.20 per million", "price_out=3.2"),
        ("up to 200 calls a day", "calls=200/day"),
    ],
)
def test_what_an_amount_is_alone(line: str, numbers: str) -> None:
    assert as_value(line) == numbers


def test_an_amount_that_nothing_tells_is_named(talk: Talk) -> None:
    talk.do(calculate(as_value(f"{PLAIN}, and 1800")))
    assert talk.said.startswith("I left out: 1800.")
    assert "Prompting costs 72.00 USD a month" in talk.said


def test_a_named_number_is_what_it_is_called() -> None:
    line = "saved=1200 tokens in; calls=5000/day; training=900; hosting=3-5 USD/month; price_in=2 USD out"
    assert as_value(line) == "saved=1200; calls=5000/day; training=900; price_in=2 USD; left=3-5 USD/month"


BASE = "calls=1000/day; tokens_in=2000; tokens_out=100; price_in=1 EUR; price_out=4 EUR"
TUNED = f"{BASE}; saved=1500; training=900; hosting=20/month"


@pytest.mark.parametrize("line", SUMS[::8], ids=lambda typed: typed.line[:70])
def test_a_line_with_prices_and_tokens_is_a_sum(talk: Talk, line: Sum) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports")).say(line.line)
    assert "Prompting costs " in talk.said


def test_another_sum_takes_nothing_of_the_one_before(talk: Talk) -> None:
    talk.do(calculate(TUNED)).say("new sum: 500 calls a day, 900 tokens in, 80 out")
    assert "From outside the article: price of a million tokens in: 0.10 USD" in whole(talk)
    assert "EUR" not in talk.said
    assert "From the sum before" not in whole(talk)


def test_a_line_that_begins_a_sum_is_one(talk: Talk) -> None:
    assert "tokens into a call" in talk.say("new sum: 5000 calls a day").said


def test_what_is_taken_of_the_sum_before_is_said(talk: Talk) -> None:
    talk.do(calculate(TUNED)).do(calculate("calls=2000/day"))
    assert "Your numbers: calls a month: 60,000\n" in whole(talk)
    assert "From the sum before: tokens into a call: 2,000" in whole(talk)
    talk.do(calculate("calls=10/day; tokens_in=5")).say("7")
    assert "Your numbers: calls a month: 300; tokens into a call: 5; tokens out of a call: 7\n" in whole(talk)
    assert "From the sum before: price of a million tokens in: 1.00 EUR; price of" in whole(talk)


def test_what_changes_nothing_is_not_among_the_numbers(talk: Talk) -> None:
    talk.do(calculate(f"{TUNED}; tuned_in=300; trained=5M; price_training=3 EUR"))
    assert "Makes no difference here: tokens into a call of the tuned model: 300; tokens to train on" in whole(talk)
    assert "hosting included" in talk.said


def test_money_of_no_currency_is_in_that_of_the_sum(talk: Talk) -> None:
    talk.do(calculate(TUNED)).do(calculate("price_in=1 USD; price_out=4 USD"))
    assert "In another currency, and I know no exchange rates: cost of training, once: 900.00 EUR" in talk.said


@pytest.mark.parametrize("line", ["skip", "no idea what comes out"])
def test_a_number_is_still_asked_for_after_something_else(talk: Talk, line: str) -> None:
    talk.do(calculate("calls=100/day; tokens_in=500")).say("what is fine-tuning?").say(line)
    assert talk.said.startswith("The sum stays as it is.")


def test_costs_stand_beside_a_comparison_where_two_ideas_have_a_sum(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports")).do(calculate(BASE, "1"))
    assert "prompting costs" not in talk.do(Command(Kind.COMPARE, ideas=("1", "2"))).said
    talk.do(calculate(TUNED, "2")).do(Command(Kind.COMPARE, ideas=("1", "2")))
    assert "1. a bot for tickets: By our own numbers, prompting costs 72.00 EUR a month" in talk.said
    assert "2. summaries of reports: By our own numbers, prompting costs 72.00 EUR a month. Tuning pays" in talk.said
