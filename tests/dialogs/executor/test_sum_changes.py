"""What a line changes in a sum: each number in each unit, new, on top or in place of another one; usual values, totals
of the first year, and numbers that can hardly be. No money becomes tokens or calls, and none of these money.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.commands.command import Command, Kind
from knowledge.costs import MONEY, Amount, Given, Missing, on_top, work_out
from knowledge.reading.sums import as_value, read_line, read_value
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
    Given.ONCE: "400 EUR",
    Given.OWN: "90 EUR/month",
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
    Given.TRAINING: {"300 EUR": Decimal(300), "90": Decimal(90), "40 EUR x 5 days": Decimal(200)},
    Given.HOSTING: {"5 EUR/month": Decimal(5), "120 EUR/year": Decimal(10), "0.01 EUR/hour": Decimal("7.2")},
    Given.ONCE: {
        "300 EUR": Decimal(300),
        "800 EUR x 5 days": Decimal(4000),
        "2 people x 3 days x 100 EUR": Decimal(600),
    },
    Given.OWN: {
        "450 EUR x 2 days/month": Decimal(900),
        "60 EUR/month": Decimal(60),
        "30 EUR x 7 hours/week": Decimal(900),
    },
}
WAYS = ("new", "on top", "instead")
CHANGES = [(name, unit, way) for name in UNITS for unit, way in product(UNITS[name], WAYS)]


def calculate(value: str = "") -> Command:
    return Command(Kind.CALCULATE, value=value)


def shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"


@pytest.mark.parametrize(("name", "unit", "way"), CHANGES)
def test_each_number_in_each_unit_comes_out_to_the_cent(talk: Talk, name: Given, unit: str, way: str) -> None:
    n = {**MONTHLY, name: UNITS[name][unit] + (MONTHLY[name] if way == "on top" else 0)}
    if way != "new":
        talk.do(calculate(WHOLE))
        talk.do(calculate(f"{name}={'+' if way == 'on top' else ''}{unit}"))
    else:
        talk.do(calculate("; ".join([f"{name}={unit}", *(f"{each}={BASE[each]}" for each in BASE if each != name)])))
    sent, out = n[Given.TOKENS_IN] * n[Given.PRICE_IN], n[Given.TOKENS_OUT] * n[Given.PRICE_OUT]
    prompting = n[Given.CALLS] * (sent + out) / 1_000_000
    saving = n[Given.CALLS] * n[Given.SAVED] * n[Given.PRICE_IN] / 1_000_000 - n[Given.HOSTING]
    assert f"- Prompting: {shown(prompting)} EUR a month" in talk.said
    assert f"- The tuned model: {shown(prompting - saving)} EUR a month" in talk.said
    beside = n[Given.ONCE] + 12 * n[Given.OWN]
    assert f"First year with prompting, all in: {shown(12 * prompting + beside)} EUR\n" in talk.said
    tuned = 12 * (prompting - saving) + n[Given.TRAINING] + beside
    assert f"First year with the tuned model, training and all in: {shown(tuned)} EUR\n" in talk.said
    assert "left out" not in talk.said
    assert "usual guesses" not in talk.said


TYPED = {
    "and another 20 calls a day": "calls=+20/day",
    "20 calls more a day": "calls=+20/day",
    "900 words more in the prompt": "tokens_in=+900 words",
    "60 extra tokens out": "tokens_out=+60",
    "hosting another 5 EUR a month": "hosting=+5 EUR/month",
    "700 calls a day instead of 500": "calls=700/day",
    "1,200 words instead of the 1,000 tokens in": "tokens_in=1200 words",
    "it is 20 instead of 30 a day": "calls=20/day",
    "2 EUR instead of 3 EUR per million tokens in": "price_in=2 EUR",
    "instead of 1,800 tokens in it is 1,200": "tokens_in=1200",
    "no more than 500 calls a day": "calls=500/day",
    "500 or more calls a day": "calls=500/day",
    "each saves half a cent": "saving=0.0050",
    "0.75 a month": "left=0.75 a month",
    "it only saves 0.75 a month": "saving=0.75/month",
    "5 days of IT at 800 EUR and 2 days a month at 450 EUR": "once=4000 EUR; own=900 EUR/month",
    "5 days at 800 EUR, 3 days at 500 EUR": "once=5500 EUR",
    "5 days at 90 EUR an hour": "left=5 days, 90 EUR an hour",
    "set-up is 2,000 EUR once": "once=2000 EUR",
    "use the usual values": "assume=all",
    "half a cent": "left=0.5 cent",
    "0.15 EUR x 2000 tokens": "tokens_in=2000; left=0.15 EUR",
}


@pytest.mark.parametrize("line", TYPED)
def test_what_changes_as_people_type_it(line: str) -> None:
    assert as_value(line) == TYPED[line]


def test_what_is_on_top_of_the_record_or_of_nothing(talk: Talk) -> None:
    talk.do(Command(Kind.IDEA, value="answer 400 mails a day")).do(calculate("calls=+100/day"))
    assert "calls a month: 15,000" in talk.said
    assert "calls a month: 3,000" in Talk(talk.advisor).do(calculate("calls=+100/day")).said


def test_what_cannot_be_put_on_top_is_named(talk: Talk) -> None:
    talk.do(calculate(f"{WHOLE}; training=900 EUR")).do(calculate("training=+5 USD"))
    assert talk.said.startswith("I left out: +5.00 USD.")
    assert on_top(Amount(Decimal(1), seconds=-1), Amount(Decimal(1), seconds=86_400)) is None


def test_numbers_of_another_currency_are_named_where_prices_are_in_dollars(talk: Talk) -> None:
    talk.do(calculate("calls=9/day; saved=9; training=9 EUR")).say("skip")
    assert talk.said.startswith("Left out, since the sum is in another currency: cost of training, once: 9.00 EUR.")


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
    counts = {name: amount for name, amount in (*stated.numbers.items(), *stated.added.items()) if name not in MONEY}
    assert {str(amount.value) for amount in counts.values()} <= {*place.split()}
    for name in sorted(set(Given) - MONEY):
        named = read_value(f"{name}={money}")
        assert not {name} & {*named.numbers, *named.added}


@given(st.sampled_from(["1800 tokens", "900 words", "3 pages", "+900 tokens"]), st.sampled_from(sorted(MONEY)))
def test_no_text_is_taken_for_money(text: str, name: Given) -> None:
    named = read_value(f"{name}={text}")
    assert not {name} & {*named.numbers, *named.added}
    assert named.left or Given.TRAINED in {**named.numbers, **named.added}


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
    assert talk.said.startswith("Tuning never pays for itself within 50 years: training is ")
    assert "months*" not in talk.said
    talk.do(calculate(more.replace("; ", "; tuning; ", 1) + "; tuning")).do(calculate("hosting=0 USD/month"))
    assert f"What makes it so is {asked}" in talk.said
    assert "The sum stays" in talk.press("offer:1").said


def test_more_saved_than_a_call_costs_is_asked_for() -> None:
    known = read_value(
        "calls=5/day; tokens_in=5; tokens_out=5; price_in=1 EUR; price_out=1 EUR; training=5 EUR"
    ).numbers
    asked = work_out({**known, Given.SAVING: Amount(Decimal(1), "EUR")})
    assert asked == Missing(Given.SAVING, "more_than_call")


def test_what_was_assumed_stays_until_it_is_said(talk: Talk) -> None:
    talk.do(calculate("calls=200/day; saved=900")).do(calculate("tokens_in=500"))
    assert talk.said.startswith("More tokens would be saved than go into a call.")
    assert "Assumed: tokens that tuning saves a call: 500; cost of" in talk.do(calculate("tokens_in=+900 words")).said
    assert "tokens into a call: 1,786" in talk.said


def test_saved_money_takes_the_place_of_tokens_that_nobody_gave(talk: Talk) -> None:
    talk.do(calculate("calls=200/day")).do(calculate("tuning")).do(calculate("saving=0.5 cents"))
    assert "- Tuning saves 30.00 USD a month" in talk.said
    assert "after 33.33 months" in talk.said
    assert "tokens" not in talk.said.replace("usual guesses", "")
    talk.do(calculate("saved=800"))
    assert "money that tuning saves" not in talk.said


def test_a_sum_that_was_just_shown_is_not_shown_again(talk: Talk) -> None:
    talk.do(calculate("calls=200/day; own=90 EUR/month")).do(calculate(), text="is set-up in it?")
    why, costs = talk.said.split("\n")[:2]
    assert why == "Prompting is 6,000 × (1,000 × 0.10 USD + 300 × 0.50 USD) ÷ 1,000,000 = 1.50 USD."
    assert costs.startswith("By our own numbers, prompting costs 1.50 USD a month. The first year, all in, comes to ")
    assert (
        "18.00 USD + 1,080.00 EUR. Counted in it: what the model’s provider charges for the calls; regular" in talk.said
    )
    assert "Not in it: a tuned model and its training; hosting the tuned model a month; costs beside" in talk.said
    assert "Worked out with" not in talk.said
    assert "Worked out with" in talk.do(Command(Kind.SHOW)).do(calculate()).said


def test_a_price_out_follows_that_in_and_a_price_that_nobody_knows_is_said(talk: Talk) -> None:
    talk.do(calculate("calls=1000/month; tokens_in=1000; tokens_out=1000; price_in=1 EUR"))
    assert "Prompting: 5.00 EUR a month" in talk.said
    assert "Assumed: price of a million tokens out: 4.00 EUR" in talk.said
    talk.do(calculate("calls=9/day; price_out=4 USD"), text="new sum").say("no idea")
    assert talk.said.startswith("Without the price of a million tokens in I can’t work it out.")


@pytest.mark.parametrize(
    ("work", "often"),
    [("3 min x 20 EUR/h", True), ("30 sec x 120 EUR/h", True), ("600/month x 3 min x 20 EUR/h", False)],
)
@pytest.mark.parametrize("name", [Given.TODAY, Given.OWN])
def test_minutes_of_work_are_of_each_call_unless_it_is_said_how_often(
    talk: Talk, name: Given, work: str, often: bool
) -> None:
    talk.do(calculate(f"calls=900/month; {name}={work}"))
    assert ("900.00 EUR a month" if often else "600.00 EUR a month") in talk.said


def test_against_today_the_first_year_is_counted_in_its_currency_and_the_rest_said_beside(talk: Talk) -> None:
    talk.do(calculate("calls=900/month; today=900 EUR/month; own=100 EUR/month; tokens_in=1000; tokens_out=500"))
    assert "Prompting saves 9,600.00 EUR, less " in talk.said
    assert " USD in the first year against today" in talk.said


def test_what_is_taken_back_is_as_usual_again_and_a_sum_may_begin_anew(talk: Talk) -> None:
    talk.do(calculate("calls=900/month; tokens_in=7777; price_in=3 USD/M; price_out=4 USD/M"))
    talk.do(calculate("assume=tokens_in"))
    assert "7,777" not in talk.said
    assert "price of a million tokens in: 3.00 USD" in talk.said
    talk.do(calculate("from scratch; calls=800/month"))
    assert "3.00 USD" not in talk.said


def test_a_name_that_is_no_number_of_a_sum_is_what_the_line_calls_it(talk: Talk) -> None:
    line = "prompt saves 3.3k tokens per request, 40k requests/mo, 0.25 usd per 1M input tokens. training costs 400 usd"
    talk.do(calculate("calls=40k/month; tokens=3.3k tokens; price=0.25 usd per 1M input tokens"), text=line)
    assert "after 12.12 months" in talk.said


def test_work_of_each_call_grows_with_the_calls(talk: Talk) -> None:
    talk.do(calculate("calls=900/month; today=3 min x 20 EUR/h"))
    assert "Today, without a model: 1,800.00 EUR a month" in talk.do(calculate("calls=1800/month")).said
