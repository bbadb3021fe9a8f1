"""What work costs today is set beside the model; time at a rate is worked out, another currency stands apart, and a sum
is shown once.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations, product

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.executor.items import Readings
from knowledge.costs import Given
from knowledge.reading.sums import as_value, read_value
from tests.dialogs.executor.lines import ALL_FIVE, idea, note, set_
from tests.dialogs.talk import Talk

BASE = "calls=600/month; tokens_in=1000; tokens_out=500; price_in=2 EUR/M; price_out=8 EUR/M"
MODEL = Decimal("3.60")
TODAY = "600/month x 12 min x 31 EUR/h"
BLOCK = "Worked out with:"


def calculate(value: str = "") -> Command:
    return Command(Kind.CALCULATE, value=value)


def shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"


PRODUCTS = [" x ".join(parts) for parts in permutations(("600/month", "12 min", "31 EUR/h"))]
WORK = {
    **dict.fromkeys(PRODUCTS, "3720"),
    "31 EUR/h x 600 x 12 min/month": "3720",
    "600 x 12 min x 31 EUR/h a month": "3720",
    "2 people x 3 days/week x 300 EUR": "7714.2857",
    "20 hours/month x 31 EUR": "620",
    "90 min/day x 60 EUR/h": "2700",
    "2 days/month x 450 EUR/day": "900",
}


@pytest.mark.parametrize(("value", "name"), [*product(WORK, (Given.OWN, Given.TODAY))])
def test_time_at_a_rate_is_worked_out_in_any_order(value: str, name: Given) -> None:
    numbers = read_value(f"{name}={value}").numbers
    assert shown(numbers[name].monthly) == shown(Decimal(WORK[value]))
    assert numbers.keys() == {name}


@pytest.mark.parametrize("value", ["600 x 12 min x 31 EUR", "5 days x 90 EUR/hour", "12 min x 31 EUR/day"])
def test_time_at_a_rate_for_another_time_is_named(talk: Talk, value: str) -> None:
    talk.do(calculate(f"{BASE}; today={value}"))
    assert talk.said.startswith(f"I left out: {value}.")
    assert "Today" not in talk.said
    assert read_value(f"sum={value}").result is None


TYPED = {
    "600 mails a month, 12 min each at 31 EUR/h": "calls=600/month; own=3720 EUR/month",
    "600 a month x 12 min x 31 EUR/h today": "today=3720 EUR/month",
    "we pay 3720 EUR a month today": "today=3720 EUR/month",
    "12 min each at 31 EUR/h": "left=12 min × 31 EUR/h",
    "is it fair to say all in when 930 was for 600 of them?": "left=930, 600",
}


@pytest.mark.parametrize("line", TYPED)
def test_work_as_people_type_it(line: str) -> None:
    assert as_value(line) == TYPED[line]


@pytest.mark.parametrize(
    ("today", "own", "once"),
    [*product((Decimal("3720"), Decimal("4.13")), (Decimal(0), Decimal("930.5")), (0, 1500))],
)
def test_today_is_set_beside_the_model_to_the_cent(talk: Talk, today: Decimal, own: Decimal, once: int) -> None:
    talk.do(calculate(f"{BASE}; today={today} EUR/month; own={own} EUR/month; once={once} EUR"))
    year = 12 * (MODEL + own) + once
    assert f"- Today, without a model: {shown(today)} EUR a month, {shown(12 * today)} EUR a year\n" in talk.said
    assert f"First year with prompting, all in: {shown(year)} EUR\n" in talk.said
    less = 12 * today - year
    told = (
        f"saves {shown(less)} EUR in the first year against" if less >= 0 else f"costs {shown(-less)} EUR more in the"
    )
    assert f"- Prompting {told}" in talk.said


def test_today_is_set_beside_the_tuned_model_as_well(talk: Talk) -> None:
    talk.do(calculate(f"{BASE}; today={TODAY}; saved=500; training=900 EUR"))
    assert "- Prompting saves 44,596.80 EUR in the first year against today" in talk.said
    assert "- The tuned model saves 43,704.00 EUR in the first year against today" in talk.said
    assert "all in" not in talk.said


@pytest.mark.parametrize(("today", "told"), [("3720", "saves 44,596.80 EUR of that"), ("3", "costs 7.20 EUR more")])
def test_a_question_and_a_text_have_what_it_is_against_today(talk: Talk, today: str, told: str) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(calculate(f"{BASE}; today={today} EUR/month")).do(calculate())
    year = f"Today it costs {shown(12 * Decimal(today))} EUR a year; the first year {told}."
    assert year in talk.said
    assert year in talk.do(Command(Kind.WRITE, What.NOTE)).said


def test_who_keeps_dollars_is_told_again_where_another_currency_is_wanted(talk: Talk) -> None:
    talk.do(calculate("calls=600/month; own=90 EUR/month")).say("skip")
    assert "exchange" not in talk.said
    assert "exchange" in talk.do(calculate("currency=EUR")).said


def test_people_in_another_currency_leave_the_model_in_dollars(talk: Talk) -> None:
    talk.do(calculate(f"calls=600/month; tokens_in=1000; tokens_out=500; today={TODAY}"))
    assert "- Prompting: 0.21 USD a month" in talk.said
    assert "- Today, without a model: 3,720.00 EUR a month, 44,640.00 EUR a year" in talk.said
    assert "Makes no difference" not in talk.said
    assert talk.said.count("I know no exchange rates") == 1
    talk.say("2 EUR")
    assert "- Prompting: 4.80 EUR a month" not in talk.said
    assert "- Prompting: 3.60 EUR a month" in talk.said
    assert "saves 44,596.80 EUR" in talk.said
    assert "exchange" not in talk.said


def test_a_line_gets_one_sum(talk: Talk) -> None:
    talk.do(calculate(f"{BASE}; own=5 EUR/month"), calculate("own=5 EUR/month"), calculate("price_in=4 EUR"))
    assert (talk.said.count(BLOCK), "stays" in talk.said) == (1, False)
    assert "- Prompting: 4.80 EUR a month" in talk.said
    assert "regular work: 5.00 EUR" in talk.said
    talk.do(calculate("price_in=2 EUR"), calculate("sum=2 x 3"))
    assert "That comes to 6." in talk.said
    assert "- Prompting: 3.60 EUR a month" in talk.said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("claim=3.60 EUR/month", "Yes, 3.60 EUR a month is right."),
        ("claim=9 EUR/month", "No, by the numbers below I do not get 9.00 EUR a month. Prompting: 3.60 EUR a month"),
        ("assume=all", "The sum stays as it is."),
    ],
)
def test_a_sum_that_stays_is_not_shown_again(talk: Talk, value: str, said: str) -> None:
    talk.do(calculate(BASE)).do(Command(Kind.SHOW)).do(calculate(value))
    assert talk.said.startswith(said)
    assert BLOCK not in talk.said
    why = "Prompting is 600 × (1,000 × 2.00 EUR + 500 × 8.00 EUR) ÷ 1,000,000 = 3.60 EUR."
    assert (why in talk.said) is value.startswith("claim")


def test_a_number_said_again_shows_a_sum_that_was_not_shown_just_before(talk: Talk) -> None:
    assert talk.do(calculate(BASE)).do(calculate("calls=600")).said.startswith("The sum stays as it is.")
    assert BLOCK in talk.do(Command(Kind.SHOW)).do(calculate("calls=600")).said


def test_a_question_about_a_sum_changes_no_number(talk: Talk) -> None:
    before = read_value(talk.do(calculate(BASE)).conversation.focus.sums[-1][1]).numbers
    talk.do(calculate(), text="is it fair to say all in when 930 was for 600 of them?")
    assert read_value(talk.conversation.focus.sums[-1][1]).numbers == before
    assert BLOCK not in talk.said


def test_beside_a_sum_no_answer_or_note_is_doubted(talk: Talk) -> None:
    talk.do(idea("reports"))
    talk.do(calculate(BASE), Readings((set_("volume", "low", quote="600"), note("600 a month"))))
    assert [offer.label for offer in talk.conversation.focus.offers] == []
    assert "Shall I do this as well" not in talk.said


def test_two_offers_that_say_the_same_are_one(talk: Talk) -> None:
    talk.do(idea("reports")).do(Readings((note("the lab agreed"), note("the board agreed"))))
    (offer,) = talk.conversation.focus.offers
    assert [command.value for command in offer.commands] == ["the lab agreed", "the board agreed"]
