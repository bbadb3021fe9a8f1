"""Sums with somebody's own numbers: worked out, made exact one number at a time, checked, and beside the verdict."""

import re
from pathlib import Path

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from knowledge.costs import Given
from knowledge.reading.sums import as_value
from tests.dialogs.executor.lines import ALL_FIVE, calculate, explain, idea, ideas, note, set_, show, whole
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import Talk

TRAINED = "calls=40k/month; saved=3.3k; price_in=0.25 USD per 1M; training=400 USD"
LINE = "wonderful at 400 USD training, 3.3k tokens saved per request, 40k requests/mo, 0.25 usd per 1M input tokens"
PAGE = Path(__file__).parents[3] / "docs" / "sums.md"
ROWS = [row.split("|")[1:-1] for row in PAGE.read_text().splitlines() if row.startswith("| `")]
EXAMPLES = [tuple(cell.strip() for cell in row) for row in ROWS]


def typed(talk: Talk, line: str) -> Talk:
    return talk.do(calculate(as_value(line)), text=line)


def test_when_tuning_has_paid_for_itself_and_all_that_it_rests_on(talk: Talk) -> None:
    talk.do(calculate(TRAINED))
    assert "Tuning pays for itself after 12.12 months, or 484,849 calls." in talk.said
    assert "Tuning saves 33.00 USD a month" in whole(talk)
    assert "calls a month: 40,000; tokens that tuning saves a call: 3,300" in whole(talk)
    assert "Assumed: no hosting to pay; a tuned model at the same price a token" in talk.said
    assert "Text that repeats in every call can be billed at about a tenth of the price." in whole(talk)
    assert talk.said.endswith("A sum of yours, not the article’s: it changes no result.")
    assert [command.command for command in talk.turn.did] == [Kind.CALCULATE]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row[0][:60])
def test_the_examples_of_the_page_come_out(talk: Talk, row: tuple[str, ...]) -> None:
    value, prompting, tuned, pays = row
    said = talk.do(calculate(value.strip("`"))).said
    assert len(said.splitlines()) <= 6
    assert f"Prompting costs {prompting} a month" in said if prompting else "Prompting costs" not in said
    assert f"The tuned model: {tuned} a month" in said if tuned else "The tuned model:" not in said
    if pays.startswith("never within"):
        assert f"Tuning never pays for itself {pays.removeprefix('never ')}." in said
    elif pays.startswith("never"):
        assert f"Tuning never pays for itself: {pays.removeprefix('never: ')}." in said
    elif pays:
        months, calls = pays.split(" months, ")
        assert f"Tuning pays for itself after {months} months, or {calls}." in said
    assert re.search(r"Your numbers: .*\d", whole(talk))


def test_there_are_examples_of_every_end() -> None:
    assert {row[3].partition(" ")[0].rstrip(":") for row in EXAMPLES} >= {"", "never", "12.12"}


def test_a_price_that_nobody_gave_has_its_source_and_date(talk: Talk) -> None:
    talk.do(calculate("calls=12000/day; tokens_in=1800; tokens_out=300"))
    assert "Prompting costs 118.80 USD a month" in talk.said
    source = r"From outside the article: price of a million tokens in: 0\.10 USD; .* \(OpenAI, .*, read 30 Nov 2026\)"
    assert re.search(source, whole(talk))


def test_what_is_in_another_currency_than_the_prices_is_said_apart(talk: Talk) -> None:
    talk.do(calculate("calls=40k/month; saved=3.3k; training=400 EUR"))
    assert talk.said.startswith(
        "Tuning saves 13.20 USD a month\n"
        "- In another currency, and I know no exchange rates: cost of training, once: 400.00 EUR\n"
    )
    assert "Prices are from outside the article, in dollars, read 30 Nov 2026." in talk.said
    assert "pays" not in talk.said
    assert "after 12.12 months" in talk.do(calculate("price_in=0.25 EUR/M")).said


def test_one_number_is_asked_for_at_a_time_and_taken_from_what_is_typed(talk: Talk) -> None:
    talk.do(idea("reports")).do(calculate(), text="what would it cost us a month?")
    assert talk.said == "I need one more number: calls a month. Which is it?"
    talk.say("about 12k a day")
    assert "Prompting costs 90.00 USD a month" in talk.said
    assert "Assumed: tokens into a call: 1,000; tokens out of a call: 300; a month has 30 days" in talk.said
    assert "To make it exact, one number: tokens out of a call. Which is it?" in talk.said
    assert "To make it exact, one number: tokens into a call. Which is it?" in talk.say("400").said
    assert "Prompting costs 136.80 USD a month" in talk.say("1,800").said
    assert "To make it exact" not in talk.said
    assert "Still open: Training data." in talk.said
    assert talk.conversation.chosen == {}


def test_what_is_typed_later_is_no_number_of_a_sum(talk: Talk) -> None:
    talk.do(idea("reports")).do(calculate("tokens_in=5")).do(show(What.ANSWERS)).say("1")
    assert talk.conversation.chosen == {"data": "yes"}


def test_another_wish_instead_of_the_number(talk: Talk) -> None:
    talk.do(calculate("calls=5/day")).say("what is fine-tuning?")
    assert "Train the model further on examples of your own" in talk.said


@pytest.mark.parametrize(
    ("line", "kind"),
    [("show 2", "show.result"), ("new idea: a bot for 400 tickets a day", "idea"), ("remove 4 of them", "edit.remove")],
)
def test_another_wish_with_a_number_in_it(advisor: Advisor, line: str, kind: str) -> None:
    talk = Talk(understanding(advisor, Understanding(kinds={line: {kind: 0.9}}))).do(calculate("tokens_in=5"))
    assert all(command.command is not Kind.CALCULATE for command in talk.say(line).turn.did)


def test_what_is_wrong_is_said_and_asked_for_again(talk: Talk) -> None:
    talk.do(calculate("calls=0/day; tokens_in=5; tokens_out=5"))
    assert talk.said.startswith("With 0 calls a month there is nothing to work out.\nI need one more number: calls")
    assert "Prompting costs 0.00" not in talk.say("-3").said
    assert "That can’t be below zero: calls a month" in talk.said
    assert "That is more than I can count with" in talk.say("10^30").said
    assert "Prompting costs 0.90 USD a month" in talk.say("10k a day").said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("calls=1; tokens_in=1800; tokens_out=200", "Prompting costs 0.00028 USD a month"),
        ("calls=2M/year; tokens_in=9; tokens_out=9", "Prompting costs 0.90 USD a month"),
        (
            "calls=999999999999; tokens_in=9999999; tokens_out=1; price_in=999999999999; price_out=1",
            "Prompting costs 9,999,998,999,980,000,003,000,010 a month",
        ),
        (
            "calls=1; saved=1; price_in=0.000000001 USD; training=999999999999 USD",
            "Tuning never pays for itself within 50 years: training is 999,999,999,999.00 USD",
        ),
        ("calls=5/year", "Less than one can’t be: calls a month"),
        ("calls=5; tokens_out=0.5", "Less than one can’t be: tokens out of a call."),
        ("calls=5; tokens_in=20000000", "That is more than I can count with: tokens into a call."),
        ("calls=5; price_in=-0.15 EUR/M", "That can’t be below zero: price of a million tokens in."),
        ("calls=5; tokens_in=100; saved=200", "More tokens would be saved than go into a call."),
        ("calls=5; tokens_in=5; tokens_out=5; price_in=1 EUR/M; price_out=5 USD", "this has EUR, USD."),
        ("sum=12 / 0", "That sum has no result that I can give"),
        ("sum=12k calls x 30 days x 1,800 tokens = 648M tokens, correct?", "Yes, that comes to 648,000,000."),
        ("sum=40k * 3.3k * 0.25 / 1M = 30", "No, that comes to 33, not 30."),
        ("sum=12 x 30", "That comes to 360."),
        (f"{TRAINED}; claim=33 USD/month", "Yes, 33.00 USD a month is right.\nTuning pays for itself"),
        (f"{TRAINED}; claim=12 months", "Yes, 12 months is right."),
        (
            f"{TRAINED}; claim=40 USD/month",
            "No, by the numbers below I do not get 40.00 USD a month. Tuning saves 33.00 USD a month",
        ),
        (
            f"{TRAINED}; claim=33 months",
            "No, by the numbers below I do not get 33 months.\nTuning pays for itself after 12.12 months",
        ),
        (f"{TRAINED}; claim=12 USD/month", "No, by the numbers below I do not get 12.00 USD a month"),
        (f"{TRAINED}; claim=12 EUR", "I know no exchange rates, so all has to be in one currency; this has USD, EUR."),
    ],
)
def test_odd_numbers_nonsense_and_claims_have_an_answer(talk: Talk, value: str, said: str) -> None:
    assert said in talk.do(calculate(value)).said


def test_another_number_changes_the_last_sum(talk: Talk) -> None:
    talk.do(calculate(TRAINED)).do(calculate("calls=100k/month"))
    assert "after 4.85 months" in talk.said
    talk.do(calculate("tuned_in=900; tokens_in=4200; hosting=2.50 USD/month"))
    assert "after 5.00 months" in talk.said


FACTORS = [
    ("half the price", "2.70 USD a month", "price of a million tokens in: 0.50 USD; price of a million"),
    ("what if the price doubles?", "10.80 USD a month", "price of a million tokens in: 2.00 USD"),
    ("10 % more calls", "5.94 USD a month", "calls a month: 3,300"),
    ("and with answers twice as long", "6.60 USD a month", "tokens out of a call: 200"),
    ("it is 18,000 a quarter", "10.80 USD a month", "calls a month: 6,000"),
]


@pytest.mark.parametrize(("line", "cost", "number"), FACTORS)
def test_so_many_times_as_much_changes_the_last_sum(talk: Talk, line: str, cost: str, number: str) -> None:
    talk.do(calculate("calls=100/day; tokens_in=1400; tokens_out=100; price_in=$1; price_out=$4"))
    typed(talk, line)
    assert f"Prompting costs {cost}" in talk.said
    assert f"Your numbers: {number}" in whole(talk)


def test_half_of_a_price_of_ours_is_worked_out_as_well(talk: Talk) -> None:
    typed(talk.do(calculate("calls=100/day; tokens_in=1400; tokens_out=100")), "half the price")
    assert "Your numbers: price of a million tokens in: 0.05 USD" in whole(talk)


def test_so_many_times_what_nobody_said_is_left_out(talk: Talk) -> None:
    typed(talk, "10 % more calls")
    assert talk.said.startswith("I left out: 110")
    assert "I need one more number: calls a month" in talk.said


def test_what_comes_once_costs_once(talk: Talk) -> None:
    typed(talk, "20,000 documents once, 2 pages each, 100 tokens out at $1/$4 per million")
    assert "Prompting costs 36.58 USD, once" in talk.said
    assert "Your numbers: calls, once: 20,000; tokens into a call: 1,429; tokens out of a call: 100" in whole(talk)
    assert "100 tokens are some 70 words (Google" in talk.said
    assert "a page is some 500 words" in talk.said
    typed(talk, "tuning saves 40 % of the tokens, training costs 8 dollars")
    assert "Tuning pays for itself after 13,996 calls." in talk.said
    typed(talk, "training costs 80 dollars")
    assert "Tuning never pays for itself: on these calls it saves less than training costs." in talk.said


def test_what_was_said_of_another_sum_contradicts_nothing(talk: Talk) -> None:
    talk.do(calculate("calls=5/day; tokens_in=5; tokens_out=5; price_in=1 USD; price_out=1 USD"))
    talk.do(calculate("saved=3300; price_in=2.50 EUR; training=400 EUR"))
    assert "Tuning pays for itself after" in talk.said
    assert "USD" not in talk.said
    talk.do(calculate("tokens_in=100"))
    assert "Assumed: tokens that tuning saves a call: 50;" in talk.said


def test_calls_and_tokens_begin_another_sum_and_no_hosting_is_no_wish_to_tune(talk: Talk) -> None:
    talk.do(calculate(f"{TRAINED}; hosting=5 USD/month"))
    for value in ("calls=5/day; tokens_in=5; tokens_out=5", f"{BASE}; hosting=0 USD/month"):
        talk.do(calculate(value))
        assert "Prompting costs" in talk.said
        assert "Tuning" not in talk.said


def test_another_idea_begins_another_sum(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "summaries of reports")).do(Command(Kind.OPEN, ideas=("1",)))
    talk.do(calculate(TRAINED)).do(Command(Kind.OPEN, ideas=("2",))).do(calculate("calls=100k/month"))
    assert "Your numbers: calls a month: 100,000\n" in whole(talk)
    assert "Tuning" not in talk.said


def test_what_is_asked_for_an_idea_that_was_named_is_taken_for_it(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "answer 400 tickets a day")).do(calculate(TRAINED))
    talk.do(calculate("tokens_in=1000", "2"))
    assert "one number: tokens out of a call." in talk.said
    assert "calls a month: 12,000" in whole(talk.say("100"))


@pytest.mark.parametrize("told", [idea("answer 400 tickets a day"), note("we have 400 tickets a day")])
def test_calls_that_the_idea_tells_are_not_asked_for(talk: Talk, told: Command) -> None:
    talk.do(idea("reports"), told) if told.command is Kind.NOTE else talk.do(told)
    talk.do(calculate("tokens_in=1000; tokens_out=100"))
    assert "calls a month: 12,000" in whole(talk)


def test_break_even_is_what_is_asked_for(talk: Talk) -> None:
    talk.do(calculate("calls=40k requests a month"), text="where is the crossover at 40k requests a month?")
    assert "tokens that tuning saves a call" in talk.said
    talk.say("3.3k")
    assert "one number: cost of training, once, in USD." in talk.said
    assert "after 30.30 months" in talk.say("400 USD").said


def test_a_sum_changes_no_answer_and_no_result(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE)
    before, card = talk.conversation, talk.card
    talk.do(calculate(TRAINED))
    assert (talk.conversation.chosen, talk.conversation.notes) == (before.chosen, before.notes)
    assert talk.card == card


def test_a_typed_line_is_worked_out(advisor: Advisor) -> None:
    typed = Talk(understanding(advisor, Understanding(kinds={LINE: {"calculate": 0.9}}))).say(LINE)
    assert "after 12.12 months, or 484,849 calls" in typed.said
    assert typed.turn.did == (calculate("training=400 USD; saved=3300; calls=40000/month; price_in=0.25 USD"),)


def test_every_number_has_its_words(advisor: Advisor) -> None:
    assert {*Given} <= {*advisor.catalogue.sums}


def test_at_once_and_over_months(talk: Talk) -> None:
    whole = "calls=40k; tokens_in=2k; tokens_out=0; price_in=1 USD; price_out=2; months=2"
    said = talk.do(calculate(f"{whole}; saved=1k; training=0")).said
    assert "Tuning pays for itself at once." in said
    assert "Prompting over 2 months: 160.00 USD" in said
    assert "The tuned model over 2 months: 80.00 USD, training included" in said
    assert "the calls are those of a month" in said


BASE = "calls=100/day; tokens_in=1400; tokens_out=20"


def test_words_are_counted_as_tokens_by_a_factor_with_its_source(talk: Talk) -> None:
    talk.do(calculate("calls=100/day; tokens_in=140 words; tokens_out=70 words"))
    assert "tokens into a call: 200; tokens out of a call: 100" in whole(talk)
    assert re.search(r"Assumed: .*100 tokens are some 70 words \(Google, .*, read 26 Nov 2026\)", talk.said)
    talk.do(calculate("tokens_out=200"))
    assert "Your numbers: tokens out of a call: 200" in whole(talk)
    assert "From the sum before: calls a month: 3,000; tokens into a call: 200" in whole(talk)
    assert "70 words" in whole(talk)


@pytest.mark.parametrize("line", ["100 in, 200 out", "70 words in, 140 words out"])
def test_what_is_asked_for_may_be_given_with_the_next_and_in_words(talk: Talk, line: str) -> None:
    talk.do(calculate("calls=100/day")).say(line)
    assert "tokens into a call: 100; tokens out of a call: 200" in whole(talk)


@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        ("", "sum=5% of 18000 = 900; sum=900 x 12 = 10800", "Yes, that comes to 900.\nYes, that comes to 10,800."),
        (
            "",
            "sum=5% of 18000 = 900 errors x 12 = 10000",
            "Yes, that comes to 900.\nNo, that comes to 10,800, not 10,000.",
        ),
        ("", "sum=2 x 3 = 6; sum=the errors of 12", "Yes, that comes to 6.\nI left out: the errors of 12."),
        ("so 1.70 x 24 x 30 = like 1200 a month?", "sum=1.70 x 24 x 30 = 1200", "Yes, about: it comes to 1,224."),
        ("is 1.70 x 24 x 30 ~1100?", "sum=1.70 x 24 x 30 = 1100", "No, that comes to 1,224, not 1,100."),
        ("is 1.70 x 24 x 30 = 1200?", "sum=1.70 x 24 x 30 = 1200", "No, that comes to 1,224, not 1,200."),
    ],
)
def test_each_step_is_checked_and_a_rough_number_may_be_near(talk: Talk, line: str, value: str, said: str) -> None:
    assert talk.do(calculate(value), text=line).said.startswith(said)


def test_no_price_is_asked_for_in_another_currency(talk: Talk) -> None:
    assert "in dollars" in typed(talk.do(calculate(BASE)), "and in euros please").said
    assert "?" not in talk.said
    assert "Prompting costs 1.05 EUR a month" in talk.do(calculate("price_in=0.25 EUR; price_out=0.01 EUR")).said
    typed(talk.do(calculate(f"{BASE}; currency=EUR"), text="new sum"), "your prices in dollars are fine")
    assert "From outside the article: price of a million tokens in: 0.10 USD" in whole(talk)


def test_a_number_is_asked_for_with_what_it_is_and_what_is_usual(talk: Talk) -> None:
    talk.do(calculate("calls=100/day; tokens_out=100"), text="what does it cost?")
    assert talk.said.endswith("Which is it? It is the text that is sent each time, with instructions and examples.")
    assert [offer.label for offer in talk.conversation.focus.offers] == ["Keep it as it is"]
    assert "Assumed: tokens into a call: 1,000;" in talk.said
    assert talk.press("offer:1").said == "The sum stays as it is."
    talk.do(calculate("calls=0"), text="new sum")
    assert [offer.label for offer in talk.conversation.focus.offers] == ["Use a usual guess"]
    assert "Assumed: calls a month: 3,000; tokens into a call: 1,000;" in whole(talk.press("offer:1"))


@pytest.mark.parametrize("taken", [set_("data", "unsure", quote="dunno"), Command(Kind.CONFIRM)])
def test_an_unsure_answer_or_a_yes_takes_what_is_usual(talk: Talk, taken: Command) -> None:
    talk.do(idea("reports")).do(calculate()).do(taken, text="hm")
    assert "Assumed: calls a month: 3,000; tokens into a call: 1,000;" in whole(talk)
    assert talk.conversation.chosen == {}


@pytest.mark.parametrize("line", ["skip", "dunno", "no idea", "not known", "I don't know", "you tell me, suggest sth"])
def test_who_does_not_know_a_number_goes_on_with_what_is_usual(talk: Talk, line: str) -> None:
    talk.do(idea("reports")).do(calculate("calls=100/day")).say(line)
    assert talk.said.startswith("The sum stays as it is.\nThat rests on usual guesses.")
    assert "one number: tokens into a call. Which" in talk.said
    assert talk.say(line).said.startswith("The sum stays as it is.\nStill open: Training data.")
    assert talk.conversation.chosen == {}
    assert "Assumed: tokens out of a call: 300; a month has 30 days" in talk.do(calculate("tokens_in=900")).said
    assert "To make it exact" not in talk.said


@pytest.mark.parametrize("line", ["just use usual guesses for everything", "typical values please"])
def test_who_wants_what_is_usual_is_asked_no_more(talk: Talk, line: str) -> None:
    talk.do(calculate()).say(line)
    assert "Assumed: calls a month: 3,000; tokens into a call: 1,000; tokens out of a call: 300;" in whole(talk)
    assert "To make it exact" not in talk.said
    assert talk.conversation.focus.wanted == ""


def test_another_idea_takes_over_prices_but_not_how_much_there_is(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "answer 15 mails in the day"))
    talk.do(calculate(f"{BASE}; price_in=2 EUR; price_out=8 EUR; training=900 EUR; saved=5", "1"))
    talk.do(calculate("tokens_in=1000; tokens_out=100", "2"))
    assert "price of a million tokens in: 2.00 EUR" in whole(talk)
    assert "calls a month: 450" in whole(talk)
    assert "training" not in talk.said
    assert "Your numbers: tokens out of a call: 50\n" in whole(talk.do(calculate("tokens_out=50", "1")))
    assert "tokens into a call: 1,400" in whole(talk)
    assert "cost of training, once: 900.00 EUR" in whole(talk)


def test_the_newest_answer_tells_the_volume(talk: Talk) -> None:
    talk.do(idea("answer 400 mails a day"), set_("volume", "low", quote="a few per hour, actually"))
    assert "calls a month: 2,880" in whole(talk.do(calculate("tokens_in=1; tokens_out=1")))


def test_calls_times_tokens_are_no_training(talk: Talk) -> None:
    typed(talk, "no training! just prompts, 150 mails x 800 tokens")
    assert "Your numbers: calls a month: 150; tokens into a call: 800\n" in whole(talk)
    assert "training" not in talk.said


@pytest.mark.parametrize("line", ["no tuning, what is it a month?", "only prompting", "no clue what tuning saves"])
def test_who_wants_no_tuning_gets_no_comparison(talk: Talk, line: str) -> None:
    talk.do(calculate("calls=100/day; saved=100")).do(calculate("tokens_in=500; tokens_out=20"), text=line)
    assert "Prompting costs" in talk.said
    assert "Tuning" not in talk.said


def test_a_claimed_time_asks_when_tuning_has_paid_for_itself(talk: Talk) -> None:
    talk.do(calculate(f"{BASE}; claim=9 months"))
    assert "do not get 9 months" in talk.said
    assert "Assumed: tokens that tuning saves a call: 500; cost of training, once: 1,000.00 USD;" in talk.said


def test_the_last_message_is_explained_where_it_was_a_sum(talk: Talk) -> None:
    talk.do(calculate(f"{BASE}; saved=1000; training=60 USD")).do(explain(What.LAST))
    assert "Prompting is 3,000 × (1,400 × 0.10 USD + 20 × 0.50 USD) ÷ 1,000,000 = 0.45 USD. Tuning saves" in talk.said
    assert "after 200.00 months" in talk.said


def test_a_note_has_the_sum_about_its_idea(talk: Talk) -> None:
    before = talk.do(idea("reports"), *ALL_FIVE).do(Command(Kind.WRITE, What.NOTE)).said
    talk.do(calculate(f"{BASE}; saved=1000; training=60 USD")).do(Command(Kind.WRITE, What.NOTE))
    told = "By our own numbers, prompting costs 0.45 USD a month. Tuning pays for itself after 200.00 months, or "
    assert told in talk.said
    assert talk.said.replace(f"{told}600,000 calls. ", "") == before
    talk.do(Command(Kind.WRITE, What.NOTE, value="sentences=2"))
    assert "prompting costs 0.45 USD" in talk.said
    talk.do(idea("summaries of minutes"), *ALL_FIVE).do(Command(Kind.WRITE, What.NOTE))
    assert "By our own numbers" not in talk.said
