"""What a line changes in a sum: each number in each unit, new, on top or in place of another one; usual values, and
numbers that can hardly be. No money becomes tokens or calls, and none of these money.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.commands.command import Command, Kind
from knowledge.costs import MONEY, Given
from knowledge.reading.sums import as_value, read_line, read_value
from tests.dialogs.executor.lines import calculate, whole
from tests.dialogs.talk import Talk

BASE = {
    Given.CALLS: "200/day",
    Given.TOKENS_IN: "2000",
    Given.TOKENS_OUT: "500",
    Given.PRICE_IN: "40 EUR",
    Given.PRICE_OUT: "80 EUR",
    Given.SAVED: "100",
    Given.TRAINING: "900 EUR",
    Given.HOSTING: "3 EUR/month",
}
MONTHLY = {name: read_value(f"{name}={value}").numbers[name].monthly for name, value in BASE.items()}
WHOLE = "; ".join(f"{name}={value}" for name, value in BASE.items())
UNITS: dict[Given, dict[str, Decimal]] = {  # one amount in each unit, and what it is a month, in tokens or money
    Given.CALLS: {
        "60/day": Decimal(1800),
        "70/week": Decimal(300),
        "1200/year": Decimal(100),
        "900/month": Decimal(900),
    },
    Given.TOKENS_IN: {"140 words": Decimal(200), "2 pages": Decimal(1429), "300": Decimal(300), "1.1k": Decimal(1100)},
    Given.TOKENS_OUT: {"140 words": Decimal(200), "300 tokens": Decimal(300)},
    Given.PRICE_IN: {"1 EUR/M": Decimal(1), "0.003 EUR per 1k tokens": Decimal(3), "2": Decimal(2)},
    Given.PRICE_OUT: {"1 EUR/M": Decimal(1), "2": Decimal(2)},
    Given.SAVED: {"70 words": Decimal(100), "600": Decimal(600)},
    Given.TRAINING: {"300 EUR": Decimal(300), "90": Decimal(90)},
    Given.HOSTING: {"5 EUR/month": Decimal(5), "120 EUR/year": Decimal(10), "0.01 EUR/hour": Decimal("7.2")},
}
WAYS = ("new", "instead")
CHANGES = [(name, unit, way) for name in UNITS for unit, way in product(UNITS[name], WAYS)]


def shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"


@pytest.mark.parametrize(("name", "unit", "way"), CHANGES)
def test_each_number_in_each_unit_comes_out_to_the_cent(talk: Talk, name: Given, unit: str, way: str) -> None:
    n = {**MONTHLY, name: UNITS[name][unit]}
    if way != "new":
        talk.do(calculate(WHOLE))
        talk.do(calculate(f"{name}={unit}"))
    else:
        talk.do(calculate("; ".join([f"{name}={unit}", *(f"{each}={BASE[each]}" for each in BASE if each != name)])))
    sent, out = n[Given.TOKENS_IN] * n[Given.PRICE_IN], n[Given.TOKENS_OUT] * n[Given.PRICE_OUT]
    prompting = n[Given.CALLS] * (sent + out) / 1_000_000
    saving = n[Given.CALLS] * n[Given.SAVED] * n[Given.PRICE_IN] / 1_000_000 - n[Given.HOSTING]
    assert f"Prompting costs {shown(prompting)} EUR a month" in talk.said
    assert f"- The tuned model: {shown(prompting - saving)} EUR a month" in talk.said
    assert "left out" not in talk.said
    assert "usual guesses" not in talk.said


@pytest.mark.parametrize(
    ("value", "written"),
    [("calls=200 + 20/day", "calls=220/day"), ("hosting=3 + 5 EUR/month", "hosting=8 EUR/month"),
     ("tokens_in=2000 + 900 words", "left=2000 + 900 words"), ("calls=200/day + 70/week", "left=200/day + 70/week"),
     ("calls=+20/day", "left=+20/day")],
)  # fmt: skip
def test_what_is_on_top_is_a_calculation_in_one_unit(value: str, written: str) -> None:
    assert as_value(value) == written


TYPED = {
    "and another 20 calls a day": "left=20 calls a day",
    "hosting another 5 EUR a month": "left=5 EUR a month",
    "each saves half a cent": "left=0.5 cent",
    "it only saves 0.75 a month": "left=0.75 a month",
    "5 days of IT at 800 EUR and 300 calls a day": "calls=300/day; left=5 days of IT, 800 EUR",
    "set-up is 2,000 EUR once": "left=2,000 EUR once",
    "600 mails a month, 12 min each at 31 EUR/h": "calls=600/month; left=12 min, 31 EUR/h",
    "we pay 3720 EUR a month today": "left=3720 EUR a month",
    "700 calls a day instead of 500": "calls=700/day",
    "1,200 words instead of the 1,000 tokens in": "tokens_in=1200 words",
    "it is 20 instead of 30 a day": "calls=20/day",
    "2 EUR instead of 3 EUR per million tokens in": "price_in=2 EUR",
    "instead of 1,800 tokens in it is 1,200": "tokens_in=1200",
    "no more than 500 calls a day": "calls=500/day",
    "500 or more calls a day": "calls=500/day",
    "0.75 a month": "left=0.75 a month",
    "use the usual values": "assume=all",
    "half a cent": "left=0.5 cent",
    "0.15 EUR x 2000 tokens": "tokens_in=2000; left=0.15 EUR",
}


@pytest.mark.parametrize("line", TYPED)
def test_what_changes_as_people_type_it(line: str) -> None:
    assert as_value(line) == TYPED[line]


FIGURES = st.sampled_from(["0.75", "0.005", "12", "1,800", "half a", "3.5k"])
COINS = st.sampled_from(["{} EUR", "${}", "{} cents", "{} dollars", "£{}", "{} cent"])
PLACES = [
    "{} a month", "each call {}", "calls: {}", "{} tokens saved", "saves {} per call", "{} x 2000 tokens",
    "{} more a day", "{} instead of 300 calls a day", "5 days at {}", "prompt {} in", "another {} on top",
    "{} / 300 tokens", "{} in, 5 out",
]  # fmt: skip


@given(FIGURES, COINS, st.sampled_from(PLACES), st.sampled_from([None, *sorted(set(Given) - MONEY)]))
@example("0.15", "{} EUR", "{} x 2000 tokens", None)
def test_no_money_is_taken_for_tokens_or_calls(figure: str, coin: str, place: str, asked: Given | None) -> None:
    money = coin.format(figure)
    stated = read_line(place.format(money), asked)
    counts = {name: amount for name, amount in stated.numbers.items() if name not in MONEY}
    assert {str(amount.value) for amount in counts.values()} <= {*place.split()}
    for name in sorted(set(Given) - MONEY):
        named = read_value(f"{name}={money}")
        assert name not in named.numbers


@given(st.sampled_from(["1800 tokens", "900 words", "3 pages", "+900 tokens"]), st.sampled_from(sorted(MONEY)))
def test_no_text_is_taken_for_money(text: str, name: Given) -> None:
    named = read_value(f"{name}={text}")
    assert name not in named.numbers
    assert named.left or Given.TRAINED in named.numbers


@pytest.mark.parametrize("value", ["calls=1800 tokens", "calls=5 days", "tokens_in=1800/day", "months=900 EUR"])
def test_what_is_in_no_unit_of_its_own_is_left_out(value: str) -> None:
    assert read_value(value).left == (value.partition("=")[2],)


@pytest.mark.parametrize(
    ("more", "asked"),
    [("training=25000 USD", "cost of training"), ("saved=3; training=60 USD", "tokens that tuning saves a call"),
     ("calls=1/day; saved=500; training=900 USD", "calls a month")],
)  # fmt: skip
def test_what_can_hardly_be_is_asked_for(talk: Talk, more: str, asked: str) -> None:
    talk.do(calculate("calls=200/day; price_in=0.1 USD; price_out=0.5 USD")).do(calculate(f"{more}; tuning"))
    assert "Tuning never pays for itself within 50 years: training is " in talk.said.partition("\n")[0]
    assert "months*" not in talk.said
    talk.do(calculate(more.replace("; ", "; tuning; ", 1) + "; tuning")).do(calculate("hosting=0 USD/month"))
    assert f"What makes it so is {asked}" in talk.said
    assert "The sum stays" in talk.press("offer:1").said


def test_what_was_assumed_stays_until_it_is_said(talk: Talk) -> None:
    talk.do(calculate("calls=200/day; saved=900")).do(calculate("tokens_in=500"))
    assert talk.said.startswith("More tokens would be saved than go into a call.")
    assert "Assumed: tokens that tuning saves a call: 500; cost of" in talk.do(calculate("tokens_in=1250 words")).said
    assert "tokens into a call: 1,786" in whole(talk)


def test_a_sum_that_was_just_shown_is_not_shown_again(talk: Talk) -> None:
    talk.do(calculate("calls=200/day")).do(calculate(), text="is set-up in it?")
    why, costs = talk.said.split("\n")[:2]
    assert why == "Prompting is 6,000 × (1,000 × 0.10 USD + 300 × 0.50 USD) ÷ 1,000,000 = 1.50 USD."
    assert costs.startswith("By our own numbers, prompting costs 1.50 USD a month. That counts what the provider")
    assert "Worked out with" not in talk.said
    assert "Worked out with" in talk.do(Command(Kind.SHOW)).do(calculate()).said


def test_a_price_out_follows_that_in_and_a_price_that_nobody_knows_is_said(talk: Talk) -> None:
    talk.do(calculate("calls=1000/month; tokens_in=1000; tokens_out=1000; price_in=1 EUR"))
    assert "Prompting costs 5.00 EUR a month" in talk.said
    assert "Assumed: price of a million tokens out: 4.00 EUR" in whole(talk)
    talk.do(calculate("calls=9/day; price_out=4 USD"), text="new sum").say("no idea")
    assert talk.said.startswith("Without the price of a million tokens in I can’t work it out.")


def test_what_is_taken_back_is_as_usual_again_and_a_sum_may_begin_anew(talk: Talk) -> None:
    talk.do(calculate("calls=900/month; tokens_in=7777; price_in=3 USD/M; price_out=4 USD/M"))
    talk.do(calculate("assume=tokens_in"))
    assert "7,777" not in whole(talk)
    assert "price of a million tokens in: 3.00 USD" in whole(talk)
    talk.do(calculate("from scratch; calls=800/month"))
    assert "3.00 USD" not in whole(talk)


def test_a_name_that_is_no_number_of_a_sum_is_what_the_line_calls_it(talk: Talk) -> None:
    line = "prompt saves 3.3k tokens per request, 40k requests/mo, 0.25 usd per 1M input tokens. training costs 400 usd"
    talk.do(calculate("calls=40k/month; tokens=3.3k tokens; price=0.25 usd per 1M input tokens"), text=line)
    assert "after 12.12 months" in talk.said
