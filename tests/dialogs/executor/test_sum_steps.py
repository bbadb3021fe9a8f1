"""A sum of one's own as steps: worked out to the cent, each number said by somebody, changed by the next line, and
beside the verdict. A sum is shown once.
"""

from itertools import pairwise

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import LIKE, Command, Kind, What
from dialogs.executor.items import Readings
from dialogs.focus import Focus
from dialogs.wording.eligibility import Form, forms_in
from knowledge.reading.steps import Step
from knowledge.reading.sums import read_value
from tests.dialogs.executor.lines import ALL_FIVE, all_five, calculate, explain, idea, ideas, note, set_, whole
from tests.dialogs.talk import Talk

BASE = "calls=600/month; tokens_in=1000; tokens_out=500; price_in=2 EUR/M; price_out=8 EUR/M"
LINE = "640 letters a month, 15 minutes each, a clerk is 31 euros an hour; 4 with the tool"
SAVED = (
    "step=letters a month = 640; step=today, EUR a month = letters a month * 15 / 60 * 31; "
    "step=with the tool, EUR a month = letters a month * 4 / 60 * 31; step=saved, EUR a month = today - with the tool"
)
RESULT = "Saved: 4,960 − 1,322.67 = 3,637.33 EUR a month\n"
DECIDES_NOTHING = "A sum of yours, not the article’s: it changes no result."


def stepped(talk: Talk, value: str, line: str) -> Talk:
    return talk.do(calculate(value), text=line)


def test_what_was_asked_stands_first_then_what_it_rests_on(talk: Talk) -> None:
    assert stepped(talk, SAVED, LINE).said == (
        f"{RESULT}- Today: 640 × 15 ÷ 60 × 31 = 4,960 EUR a month\n"
        f"- With the tool: 640 × 4 ÷ 60 × 31 = 1,322.67 EUR a month\n{DECIDES_NOTHING}"
    )


def test_the_next_line_changes_a_number_everywhere_and_shows_what_changes(talk: Talk) -> None:
    stepped(talk, SAVED, LINE)
    more = "; step=set-up, EUR = 2000; step=paid back after, months = set-up / saved"
    stepped(talk, SAVED.replace("15", "12") + more, "12 min, not 15. set-up is 2000, when is that back?")
    assert talk.said.startswith("Paid back after: 2,000 ÷ 2,645.33 = 0.76 months\n- Today: 640 × 12 ÷ 60 × 31 = 3,968")
    assert "Letters a month" not in talk.said
    assert "With the tool" not in talk.said
    stepped(talk, "step=letters a month = 2500", "it grows to 2500 letters")
    assert talk.said.startswith(
        "Paid back after: 2,000 ÷ 10,333.33 = 0.19 months (before: 0.76)\n- Today: 2,500 × 12 ÷ 60 × 31 = 15,500 EUR"
    )
    assert DECIDES_NOTHING not in talk.said


def test_a_step_may_rest_on_one_that_was_kept(talk: Talk) -> None:
    stepped(talk, SAVED, LINE).do(Command(Kind.SHOW))
    stepped(talk, "step=a year, EUR = saved * 12", "and a year?")
    assert talk.said == "A year: 3,637.333 × 12 = 43,648 EUR"
    assert "- Letters a month: 640\n- Today" in whole(talk)


def test_a_step_that_is_not_touched_stays(talk: Talk) -> None:
    stepped(talk, SAVED, LINE)
    line = "step=today, EUR a month = letters a month * 12 / 60 * 31; step=a year, EUR = saved * 12"
    stepped(talk, line, "12 minutes; and a year?")
    assert talk.said.startswith("A year: 2,645.333 × 12 = 31,744 EUR\n- Today: 640 × 12 ÷ 60 × 31 = 3,968 EUR a month")
    stepped(talk, "step=licences, EUR a month = 90 * 12", "90 a month for 12")
    assert talk.said == "Licences: 90 × 12 = 1,080 EUR a month"
    stepped(talk, "step=left, EUR a month = saved - licences", "and after licences?")
    assert talk.said == "Left: 2,645.33 − 1,080 = 1,565.33 EUR a month"


DAY = "step=today, EUR a day = 2 * 2.5 * 22; step=days a week = 6; step=today a week, EUR = today * days a week"


def test_what_stands_in_the_sum_counts_whatever_the_line_calls_it(talk: Talk) -> None:
    stepped(talk, DAY, "2 people, 2.5 hours each, 22 an hour, 6 days")
    stepped(talk, f"{DAY}; step=winter, EUR a day = 2 * 1 * 22", "did you use the new numbers? in winter only 1 hour")
    assert talk.said.startswith("Winter: 2 × 1 × 22 = 44 EUR a day")


def test_a_new_sum_may_use_the_numbers_of_the_one_before(talk: Talk) -> None:
    talk.do(idea("letters")).do(calculate("calls=25000/month; tokens_in=600 words; tokens_out=1 word"))
    talk.do(calculate("from scratch; step=words a call = 600 + 40"), text="40 words more, from scratch")
    assert "Words a call: 600 + 40 = 640" in talk.said


@pytest.mark.parametrize("line", ["and as it was at first?", "from scratch, as it was at first"])
def test_a_number_of_an_earlier_line_counts_though_no_step_has_it_any_more(talk: Talk, line: str) -> None:
    stepped(talk, DAY, "2 people, 2.5 hours each, 22 an hour, 6 days")
    stepped(stepped(talk, DAY.replace("2.5", "4"), "4 hours"), DAY.replace("2.5", "3"), "no, 3")
    assert stepped(talk, DAY, line).said.startswith("Today a week: 110 × 6 = 660 EUR")


@pytest.mark.parametrize("lines", [((idea("letters"), calculate(SAVED)),), ((calculate(SAVED),), (idea("letters"),))])
def test_a_sum_is_about_the_idea_that_begins_with_it_or_after_it(talk: Talk, lines: tuple[tuple[Command]]) -> None:
    for commands in lines:
        talk.do(*commands, text=LINE)
    assert [about for about, _ in talk.conversation.focus.sums] == [0]
    assert stepped(talk, "step=a year, EUR = saved * 12", "and a year?").said.startswith("A year: 3,637.333 × 12 =")
    talk.do(idea("reports"), calculate("step=hours = 640 * 15 / 60"), text=f"reports: {LINE}")
    assert read_value(dict(talk.conversation.focus.sums)[0]).steps == (Step("hours", "640 * 15 / 60"),)


def test_a_name_that_is_too_long_is_cut_and_still_used(talk: Talk) -> None:
    name = f"letters that we answer {'again and ' * 8}again"
    said = stepped(talk, f"step={name}, EUR = 640 * 15; step=part, EUR = {name} / 15", LINE).said
    assert said.startswith(
        "Part: 9,600 ÷ 15 = 640 EUR\n- Letters that we answer again and again and again and again…: 640"
    )


def test_two_steps_of_a_name_in_other_units_are_two(talk: Talk) -> None:
    value = "step=saved, minutes a letter = 15 - 4; step=saved, hours = saved * 640 / 60; step=a year = saved * 12"
    assert stepped(talk, value, LINE).said.splitlines()[:3] == [
        "A year: 117.333 × 12 = 1,408",
        "- Saved: 15 − 4 = 11 minutes a letter",
        "- Saved hours: 11 × 640 ÷ 60 = 117.33",
    ]
    assert len(stepped(talk, value.replace("15", "31"), "31 minutes each").said.splitlines()) == 3


def test_a_step_may_rest_on_a_kept_one_of_its_name_in_another_unit(talk: Talk) -> None:
    stepped(talk, "step=saved, minutes a letter = 15 - 4", LINE)
    assert stepped(talk, "step=saved, hours = saved * 640 / 60", LINE).said == "Saved hours: 11 × 640 ÷ 60 = 117.33"
    assert "Saved: 15 − 4" in whole(talk)


def test_only_of_a_step_that_the_line_gives_it_is_said_why_it_falls_away(talk: Talk) -> None:
    stepped(talk, SAVED, LINE)
    assert stepped(talk, "step=letters a month = 0", "no letters at all, 0").said.startswith("Saved: 0 − 0 = 0 EUR")
    stepped(talk, "step=a letter, EUR = 31 / letters a month", "31 by the letters?")
    assert talk.said == "I left out: a letter, EUR (it divides by zero, or is too large)."
    stepped(talk, "step=letters a month = 4; step=a letter, EUR = 32 / letters a month", "32 by 4")
    assert stepped(talk, "step=letters a month = 0; step=twice = 2 * 31", "none, 0; twice 31").said.startswith(
        "Twice: "
    )
    assert "left out" not in talk.said


@pytest.mark.parametrize("value", ["left=45 EUR; step=a year, EUR = 31 * 12", "left=45 EUR"])
def test_an_amount_left_over_is_not_named_where_the_line_is_answered(talk: Talk, value: str) -> None:
    talk.do(calculate(value), explain(What.RULES), text="31 over 12 months, and 45 EUR; how do you count?")
    assert "left out" not in talk.said
    assert "I need" not in talk.said


def test_what_is_printed_comes_to_what_is_printed(talk: Talk) -> None:
    value = "step=minutes = 25 / 12; step=hours = (4 - minutes) * 38 * 17"
    assert "(4 − 2.08333) × 38 × 17 = 1,238.17" in stepped(talk, value, "4 less 25 by 12, 38 times 17").said


def test_a_sum_as_first_shown_is_short(talk: Talk) -> None:
    steps = [f"step=part {b} = part {a} * 31" for a, b in pairwise("abcdefgh")]
    stepped(talk, "; ".join(["step=part a (assumed) = 7 * 13", *steps]), "31")
    assert [line.split(":")[0] for line in talk.said.splitlines()[:4]] == ["Part h", "- Part e", "- Part f", "- Part g"]
    assert talk.said.splitlines()[4:] == ["Assumed: part a: 91", DECIDES_NOTHING]
    assert len(whole(talk).splitlines()) == 9


def test_the_button_shows_all_of_a_sum_later_and_the_talk_goes_on_with_it(talk: Talk) -> None:
    talk.do(ideas("letters", "reports")).do(calculate(f"{BASE}; tuning", "2")).do(calculate("calls=9/month", "1"))
    talk.do(Command(Kind.SHOW)).press("sum:2", revision=1)
    assert "Your numbers: calls a month: 600; tokens into a call: 1,000;" in talk.said
    assert "Prompting costs 7.20 EUR a month" in talk.do(calculate("calls=1200/month")).said
    assert "calls a month: 1,200" in talk.say("details").said
    assert talk.press("sum:7").said == "That card is out of date. Please use the newest one, usually the lowest."


@pytest.mark.parametrize(
    ("value", "line", "left"),
    [
        ("step=rate, EUR = 45 * 12", "what do we save?", "rate, EUR (nobody gave 45)"),
        ("step=rate, EUR = 45 * 12; step=year = rate * 12", "?", "year (it rests on what I left out)"),
        ("step=at 45 EUR = 12 * 12", "twelve of them", "at 45 EUR (nobody gave 45)"),
        ("step=rate = 31 / 0", "31 / 0", "rate (it divides by zero, or is too large)"),
        ("step=rate = 1000 * 1000000 * 1000000 * 1000000", "?", "rate (it divides by zero, or is too large)"),
        ("step=rate = 31 ** 2", "31 and 2", "rate (I can’t work that out)"),
        ("step=rate = 10^30", "10^30", "rate (I can’t work that out)"),
        ("step=rate = unknown * 12", "31", "rate (I can’t work that out)"),
        ("step=rate = ((((31", "31", "rate (I can’t work that out)"),
        ("step=rate = 31; step=rate = 12", "31 12", "rate (I can’t work that out)"),
        ("step=a, EUR = 31; step=b, USD = 7; step=c = a + b", "31", "c (I know no exchange rate for it)"),
        ("step=a = __import__", "31", "a (I can’t work that out)"),
    ],
)
def test_a_step_that_does_not_hold_falls_away_and_is_named(talk: Talk, value: str, line: str, left: str) -> None:
    assert left in stepped(talk, value, line).said.partition("\n")[0]


def test_where_no_step_holds_the_sheet_stays(talk: Talk) -> None:
    stepped(stepped(talk, SAVED, LINE), "step=saved, EUR = 45 * 12", "hm")
    assert stepped(talk, SAVED, "again").said.startswith(RESULT.strip())


NUMBERS = {
    "twelve thousand": "12000",
    "12k": "12000",
    "2,500": "2500",
    "half of it": "0.5",
    "10 % more": "1.1",
    "40 percent less": "0.6",
    "$31": "31",
}


@pytest.mark.parametrize("said", NUMBERS)
def test_a_number_may_be_said_in_words_or_as_a_share(talk: Talk, said: str) -> None:
    assert "left out" not in stepped(talk, f"step=a = 7 * {NUMBERS[said]}", f"say {said}").said


@pytest.mark.parametrize("told", [idea("31 letters"), note("31 letters"), set_("volume", "low", quote="31 letters")])
def test_a_number_may_be_on_record(talk: Talk, told: Command) -> None:
    talk.do(idea("letters")) if told.command is not Kind.IDEA else None
    talk.do(told)
    assert "left out" not in stepped(talk, "step=a year = 31 * 12", "a year?").said


def test_what_is_assumed_is_said_and_stays_so(talk: Talk) -> None:
    value = "step=days a month (assumed) = 21; step=letters = days a month * 30"
    assert "\nAssumed: days a month: 21\n" in stepped(talk, value, "30 a day").said
    again = f"{value.replace(' (assumed)', '')}; step=a year = letters * 12"
    assert "- Days a month: 21 (assumed)\n" in stepped(talk, again, "a year?").do(explain(What.LAST)).said


def test_a_number_alone_that_nobody_gave_is_assumed_though_units_have_it(talk: Talk) -> None:
    assert stepped(talk, "step=months = 12", "over time?").said.startswith("Months: 12 (assumed)\n")


def test_what_the_models_cost_is_used_by_name_with_its_sources(talk: Talk) -> None:
    talk.do(calculate("calls=640/month; tokens_in=1000; tokens_out=500"))
    more = "; step=EUR for a USD = 1; step=left, EUR a month = saved - prompting a month * EUR for a USD"
    stepped(talk, SAVED + more, f"{LINE}, take 1 dollar = 1 euro")
    assert talk.said.startswith("Left: 3,637.33 − 0.22 × 1 = 3,637.11 EUR a month\n")
    assert talk.said.count("\n- ") == 3
    assert "- Prompting costs 0.22 USD a month\nPrices are from outside the article, in dollars, read" in talk.said
    assert "- From outside the article: price of a million tokens in: 0.10 USD" in whole(talk)
    assert talk.do(calculate("calls=6400/month")).said.startswith(
        "Left: 3,637.33 − 2.24 × 1 = 3,635.09 EUR a month (before: 3,637.11)\n- Prompting costs 2.24 USD a month\n"
    )
    stepped(talk, "step=a page, USD = price in * 640 / 1000000", "and for 640 tokens?")
    assert talk.said.startswith("A page: 0.10 × 640 ÷ 1,000,000 = 0.000064 USD\nPrices are from outside")
    assert "- From outside the article: price of a million tokens in: 0.10 USD" in whole(talk)


def test_calls_may_be_a_step_and_nothing_is_asked_for_below(talk: Talk) -> None:
    calls = "step=calls a month = 90 * 21; step=hours a month = calls a month * 12 / 60"
    said = stepped(talk, f"tokens_in=1000; {calls}", "90 letters on 21 days, 12 minutes, 1000 tokens").said
    assert said == f"Hours a month: 1,890 × 12 ÷ 60 = 378\n- Calls a month: 90 × 21 = 1,890\n{DECIDES_NOTHING}"
    assert "- Your numbers: tokens into a call: 1,000; calls a month: 1,890" in whole(talk)


def test_only_what_the_shown_steps_rest_on_is_said_to_be_assumed(talk: Talk) -> None:
    talk.do(calculate("calls=600/month; tokens_in=2000")).do(calculate("tuning"))
    assert (
        "Assumed: tokens that tuning saves a call: 500; cost of training, once: 1,000.00 USD; tokens out" in talk.said
    )
    assert DECIDES_NOTHING not in talk.said
    stepped(talk, "step=a year, USD = prompting a month * 12; step=weeks (assumed) = 45", "what is a year?")
    assert "\nAssumed: tokens out of a call: 300\n" in stepped(talk, "step=part, USD = a year / 2", "by 2?").said
    assert "Prompting costs" not in talk.said
    assert "Assumed" not in stepped(talk, "step=hours = 31 * 12", "31 hours").said


def test_when_tuning_pays_is_said_once(talk: Talk) -> None:
    asked = f"{BASE}; saved=500; training=60 EUR; tuning; step=hours a month = 640 * 15 / 60"
    stepped(talk, asked, LINE)
    assert "- Prompting costs 3.60 EUR a month. Tuning pays for itself after 100.00 months" in talk.said
    stepped(talk, f"{asked}; step=tuning is paid back after, months = 31 / 15", LINE)
    assert talk.said == "Tuning is paid back after: 31 ÷ 15 = 2.07 months"
    for said in (talk.said, whole(talk), talk.do(calculate(), text="is that so?").said):
        assert "pays for itself" not in said
        assert "Tuning saves" not in said


def test_a_question_about_a_sum_gets_all_of_it(talk: Talk) -> None:
    stepped(talk, SAVED, LINE)
    assert talk.do(calculate(), text="so that is it?").said.startswith(RESULT)
    assert forms_in(talk.turn) == (Form.ANSWER,)


def test_what_the_models_cost_is_asked_for_where_steps_rest_on_it(talk: Talk) -> None:
    stepped(talk, "step=a year, USD = prompting a month * 12", "what is a year?")
    assert talk.said == "I need one more number: calls a month. Which is it?"
    assert talk.say("600 a month").said.startswith("A year: 0.15 × 12 = 1.80 USD\n- Prompting costs 0.15 USD a month")
    assert "Assumed: tokens into a call: 1,000; tokens out of a call: 300\nPrices are from outside" in talk.said


def test_without_such_a_name_nothing_of_a_model_is_told(talk: Talk) -> None:
    stepped(talk.do(idea("answer 400 mails a day")), SAVED, LINE)
    assert "USD" not in talk.said
    assert "calls=" not in talk.conversation.focus.sums[-1][1]


def test_numbers_of_a_call_and_steps_in_one_line(talk: Talk) -> None:
    assert stepped(talk, f"{BASE}; {SAVED}", LINE).said.startswith(RESULT)
    assert "Prompting" not in talk.said
    assert "Prompting costs 7.20 EUR a month" in talk.do(calculate("calls=1200/month")).said
    assert "Saved" not in talk.said


def test_how_it_was_counted_are_all_steps(talk: Talk) -> None:
    assert (
        stepped(talk, SAVED, LINE)
        .do(explain(What.LAST))
        .said.startswith(f"{RESULT}- Letters a month: 640\n- Today: 640")
    )


def test_steps_are_in_texts_and_change_no_result(talk: Talk) -> None:
    talk.do(idea("letters"), *ALL_FIVE)
    before, card = talk.conversation, talk.card
    stepped(talk, SAVED, LINE)
    assert (talk.conversation.chosen, talk.card) == (before.chosen, card)
    said = talk.do(Command(Kind.WRITE, What.NOTE)).said
    assert "By our own numbers, “saved” comes to 3,637.33 EUR a month" in said
    assert "with the tool" not in said


def test_no_more_than_a_dozen_steps(talk: Talk) -> None:
    stepped(talk, "; ".join(f"step=step{'x' * n} = 31" for n in range(20)), "31")
    assert talk.said.partition("\n")[0].count("I can’t work that out") == 8


def test_a_sum_that_was_stored_before_there_were_steps_is_read(advisor: Advisor) -> None:
    old = "calls=600/month; once=4000 EUR; own=5 EUR/month; today=3 EUR each; saving=0.005 EUR; assumed=saving"
    numbers = read_value(old)
    assert (set(numbers.numbers), numbers.left, numbers.currency) == ({"calls"}, (), "")
    talk = Talk(advisor)
    talk.conversation = talk.conversation.replace(focus=Focus(sums=((0, old),), wanted="saving"), last="calculate")
    assert "Prompting costs 0.21 USD a month" in talk.do(calculate("tokens_in=2000")).said


def test_a_line_gets_one_sum(talk: Talk) -> None:
    talk.do(calculate(BASE), calculate("tokens_out=500"), calculate("price_in=4 EUR"))
    assert (talk.said.count("Prompting costs 4.80 EUR a month"), "stays" in talk.said) == (1, False)
    talk.do(calculate("price_in=2 EUR"), calculate("sum=2 x 3"))
    assert "That comes to 6." in talk.said
    assert "Prompting costs 3.60 EUR a month" in talk.said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("claim=3.60 EUR/month", "Yes, 3.60 EUR a month is right."),
        (
            "claim=9 EUR/month",
            "No, by the numbers below I do not get 9.00 EUR a month. Prompting costs 3.60 EUR a month",
        ),
        ("assume=all", "The sum stays as it is."),
    ],
)
def test_a_sum_that_stays_is_not_shown_again(talk: Talk, value: str, said: str) -> None:
    talk.do(calculate(BASE)).do(Command(Kind.SHOW)).do(calculate(value))
    assert talk.said.startswith(said)
    assert "Assumed" not in talk.said
    why = "Prompting is 600 × (1,000 × 2.00 EUR + 500 × 8.00 EUR) ÷ 1,000,000 = 3.60 EUR."
    assert (why in talk.said) is value.startswith("claim")


def test_a_number_said_again_shows_a_sum_that_was_not_shown_just_before(talk: Talk) -> None:
    assert talk.do(calculate(BASE)).do(calculate("calls=600")).said.startswith("The sum stays as it is.")
    assert "Prompting costs" in talk.do(Command(Kind.SHOW)).do(calculate("calls=600")).said


def test_a_question_about_a_sum_changes_no_number(talk: Talk) -> None:
    before = read_value(talk.do(calculate(BASE)).conversation.focus.sums[-1][1]).numbers
    talk.do(calculate(), text="is it fair to say all in when 930 was for 600 of them?")
    assert read_value(talk.conversation.focus.sums[-1][1]).numbers == before
    assert "Your numbers" not in talk.said


def test_beside_a_sum_no_answer_or_note_is_doubted(talk: Talk) -> None:
    talk.do(idea("reports"))
    talk.do(calculate(BASE), Readings((set_("volume", "low", quote="600"), note("600 a month"))))
    assert [offer.label for offer in talk.conversation.focus.offers] == []
    assert "Shall I do this as well" not in talk.said


def test_two_offers_that_say_the_same_are_one(talk: Talk) -> None:
    talk.do(ideas("reports", "letters"), *all_five("2"))
    like = [Command(Kind.SET, ideas=("1",), question=each, option=LIKE, value="2") for each in ("data", "budget")]
    talk.do(Readings(tuple(like)))
    (offer,) = talk.conversation.focus.offers
    assert [command.question for command in offer.commands] == ["data", "budget"]


def test_what_a_model_costs_is_in_dollars_beside_steps_in_other_money(talk: Talk) -> None:
    value = "calls=640/month; currency=EUR; step=today, EUR a month = 640 * 15 / 60 * 31"
    said = stepped(talk, value, f"{LINE}, what would the model cost, and when does tuning pay back?").said
    assert said == f"Today: 640 × 15 ÷ 60 × 31 = 4,960 EUR a month\n{DECIDES_NOTHING}"
    assert "- Prompting costs 0.16 USD a month\n" in whole(talk)


def test_one_of_a_unit_is_no_plural(talk: Talk) -> None:
    assert "Paid back: 900 ÷ 900 = 1 month\n" in stepped(talk, "step=paid back, months = 900 / 900", "900 of 900").said
    assert "Paid back: 1,800 ÷ 900 = 2 months" in stepped(talk, "step=paid back, months = 1800 / 900", "1800").said


@pytest.mark.parametrize("line", ["half of 456 off", "50 percent of 456"])
def test_a_share_that_somebody_says_may_divide(talk: Talk, line: str) -> None:
    assert "= 228 EUR" in stepped(talk, "step=saved, EUR = 456 / 2", line).said
