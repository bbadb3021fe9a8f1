"""When a quantity answers a question: by what it counts, by the words beside it, and while the question is open."""

import pytest

from knowledge.reading.quantity import Kind
from knowledge.reading.quantity_answers import (
    QuantityMeasure,
    QuantityRules,
    interpret,
    measure_limits,
    new_amount,
    read_quantities,
)
from knowledge.reading.quantity_parser import quantities

LITTLE, MUCH = {"option": "little", "at_most": 10}, {"option": "much", "at_least": 1000}


def rules(kind: str, **measure: object) -> QuantityRules:
    measures = [{"kind": kind, "limits": [LITTLE, MUCH], **measure}]
    return QuantityRules.model_validate({"foreign": ["people", "team"], "questions": {"stock": measures}})


def read(text: str, with_rules: QuantityRules, asked: bool = False) -> str:
    """The option that the first quantity of a text says; "?" behind it where it is only proposed, "" for none."""
    reading = interpret(quantities(text)[0], with_rules, "stock" if asked else None)
    if reading is None:
        return ""
    assert reading.question == "stock"
    return reading.option + {"take": "", "propose": "?"}[reading.certainty]


FRUIT = rules(
    "count", nouns=["apples"], things=["boxes"], cues=["in stock"], against=["stolen"], bare="take", up_to=1_000_000
)


@pytest.mark.parametrize(
    ("text", "unasked", "asked"),
    [
        ("5 apples", "little", "little"),
        ("somebody told us about 5 apples", "little", "little"),
        ("5 apples were stolen", "", ""),
        ("5 boxes", "", "little"),
        ("we keep 5 boxes in stock", "little", "little"),
        ("5 boxes on shelf", "", "little?"),
        ("5 boxes on upper shelf", "", "little?"),
        ("5 boxes on the upper back shelf", "", ""),
        ("5 boxes, some were stolen", "", "little"),
        ("5", "", "little"),
        ("5 in stock", "little", "little"),
        ("harvest was 5", "", "little?"),
        ("5 pears", "", "little?"),
        ("5 pears in stock", "", ""),
        ("the cook bought 5 pears", "", ""),
        ("5 people", "", ""),
        ("a team of 5", "", ""),
        ("a box of 5", "", "little?"),
        ("5 team apples", "little", "little"),
        ("a team of 5 apples", "little", "little"),
        ("5.5 apples", "", ""),
        ("1000000 apples", "much", "much"),
        ("1000001 apples", "", ""),
        ("over 1000000 apples", "much", "much"),
        ("5%", "", ""),
        ("gpt-5", "", ""),
        ("5 apples each", "", ""),
        ("5 apples a day", "", ""),
        ("$5", "", ""),
    ],
)
def test_what_is_counted(text: str, unasked: str, asked: str) -> None:
    assert (read(text, FRUIT), read(text, FRUIT, asked=True)) == (unasked, asked)


def test_how_sure_a_noun_is_and_how_sure_an_answer_is_are_told_apart() -> None:
    unsure = rules("count", nouns=["apples"], things=["boxes"], named="propose", bare="propose")
    assert read("5 apples", unsure, asked=True) == "little?"
    assert read("5 boxes", unsure, asked=True) == "little"
    assert read("5", unsure, asked=True) == "little?"
    assert read("5", rules("count", nouns=["apples"]), asked=True) == ""
    asked = rules("count", things=["boxes"], asked="propose", unasked="take")
    assert (read("5 boxes", asked, asked=True), read("5 boxes", asked)) == ("little?", "little")
    assert read("5 boxes on shelf", asked) == ""
    assert read("5 pears", asked) == ""


RATES = rules("rate", things=["orders"], cues=["sales"], unasked="take", asked="take")


@pytest.mark.parametrize(
    ("text", "unasked", "asked"),
    [
        ("5 orders a day", "little", "little"),
        ("5 a day", "little", "little"),
        ("5 pears a day", "little?", "little"),
        ("sales of 5 pears a day", "little?", "little"),
        ("the baker from over there sold 5 pears a day", "little?", "little"),
        ("5 people a day", "", ""),
        ("of people 5 a day", "little", "little"),
        ("5.5 orders a day", "little", "little"),
        ("5", "", ""),
    ],
)
def test_rates(text: str, unasked: str, asked: str) -> None:
    assert (read(text, RATES), read(text, RATES, asked=True)) == (unasked, asked)


MONEY = rules("money", nouns=["budget"], cues=["spend"], asked="take", bare="propose")


@pytest.mark.parametrize(
    ("text", "unasked", "asked"),
    [
        ("$5", "", "little"),
        ("$5 a month", "", "little?"),
        ("$5 in cash", "", "little?"),
        ("lunch for aunt betty and ben was $5", "", ""),
        ("we spend $5", "little", "little"),
        ("$5 budget", "little", "little"),
        ("5", "", "little?"),
        ("cash for betty: 5", "", "little?"),
        ("budget 5", "little", "little"),
        ("5 budget", "little", "little"),
        ("5 pears", "", ""),
        ("5 pears of our budget", "", ""),
        ("$5 per query", "", ""),
    ],
)
def test_money(text: str, unasked: str, asked: str) -> None:
    assert (read(text, MONEY), read(text, MONEY, asked=True)) == (unasked, asked)


@pytest.mark.parametrize(
    ("text", "unasked", "asked"),
    [
        ("<5s", "little", "little"),
        ("under 10 s", "little", "little"),
        ("under 11 s", "", "little?"),
        ("5 s", "", "little"),
        ("5 seconds each", "", "little"),
        ("my train leaves in 5 s", "", "little?"),
        ("my train leaves in 50 s", "", ""),
        ("5", "", ""),
    ],
)
def test_times_that_are_an_upper_bound_need_no_other_word(text: str, unasked: str, asked: str) -> None:
    with_bound = rules("duration", by_bound=True, asked="take")
    assert (read(text, with_bound), read(text, with_bound, asked=True)) == (unasked, asked)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10 apples", "little"),
        ("11 apples", "little?"),
        ("99 apples", "little?"),
        ("100 apples", "much?"),
        ("999 apples", "much?"),
        ("1000 apples", "much"),
        ("up to 100 apples", "little?"),
        ("up to 1000 apples", "much?"),
        ("at least 5 apples", "little?"),
        ("at least 60 apples", "much?"),
        ("at least 1000 apples", "much"),
        ("5 to 10 apples", "little"),
        ("5 to 11 apples", "little?"),
        ("20 to 2000 apples", "much?"),
    ],
)
def test_between_the_limits_the_nearer_side_is_proposed(text: str, said: str) -> None:
    assert read(text, FRUIT) == said


def test_one_limit_says_nothing_about_the_other_side() -> None:
    below = rules("count", nouns=["apples"], limits=[LITTLE])
    above = rules("count", nouns=["apples"], limits=[MUCH])
    assert [read(f"{number} apples", below) for number in (10, 11, 1000)] == ["little", "", ""]
    assert [read(f"{number} apples", above) for number in (10, 999, 1000)] == ["", "", "much"]
    either_order = rules("count", nouns=["apples"], limits=[MUCH, LITTLE])
    assert [read(f"{number} apples", either_order) for number in (10, 50, 500)] == ["little", "little?", "much?"]


def test_a_cap_and_words_settle_what_lies_between_the_limits() -> None:
    settled = rules("count", nouns=["apples"], capped="little", settled={"much": ["plenty"], "little": ["meagre"]})
    assert read("at most 500 apples", settled) == "little"
    assert read("at most 1000 apples", settled) == "much?"
    assert read("500 apples", settled) == "much?"
    assert read("plenty, 50 apples", settled) == "little?"
    assert read("plenty with 50 apples", settled) == "much"
    assert read("plenty with at most 50 apples", settled) == "much"
    assert read("a meagre 500 apples", settled) == "little"
    assert read("a meagre 5000 apples", settled) == "much"
    reading = interpret(quantities("500 apples")[0], settled)
    assert reading.between
    for certain in ("5 apples", "at most 500 apples"):
        reading = interpret(quantities(certain)[0], settled)
        assert not reading.between


def test_a_deadline_is_as_long_as_it_allows() -> None:
    times = rules("duration", asked="take")
    assert read("5 to 2000 s", times, asked=True) == "much"
    assert read("at least 5 s", times, asked=True) == "little"
    assert read("at most 2000 s", times, asked=True) == "much"


TWO = QuantityRules.model_validate(
    {
        "questions": {
            "fruit": [{"kind": "count", "nouns": ["apples"], "things": ["crates"], "limits": [LITTLE, MUCH]}],
            "veg": [{"kind": "count", "nouns": ["leeks"], "things": ["crates"], "limits": [LITTLE, MUCH]}],
            "cost": [
                {"kind": "money", "limits": [{"option": "low", "at_most": 99}]},
                {"kind": "count", "nouns": ["coins"], "limits": [{"option": "low", "at_most": 7}]},
            ],
        }
    }
)


def said(text: str, open_question: str | None = None) -> dict[str, tuple[str, str, float]]:
    return {
        question: (reading.option, reading.certainty.value, reading.quantity.low)
        for question, reading in read_quantities(text, TWO, open_question).items()
    }


def test_a_noun_of_one_question_is_no_answer_to_another_one_that_is_open() -> None:
    assert said("5 apples", "veg") == {"fruit": ("little", "take", 5)}
    assert said("5 crates of leeks", "fruit") == {"veg": ("little", "take", 5)}
    assert said("5 crates", "veg") == {"veg": ("little", "take", 5)}
    assert said("5 crates", "fruit") == {"fruit": ("little", "take", 5)}
    assert said("5 crates") == {}


def test_what_is_taken_outweighs_what_is_proposed_and_a_contradiction_says_nothing() -> None:
    assert said("500 apples, 5 apples") == {"fruit": ("little", "take", 5)}
    assert said("5 apples, 500 apples") == {"fruit": ("little", "take", 5)}
    assert said("5 apples, 6 apples") == {"fruit": ("little", "take", 5)}
    assert said("5 apples, 5000 apples") == {}
    assert said("5 apples, 5000 leeks") == {"fruit": ("little", "take", 5), "veg": ("much", "take", 5000)}


def test_the_limits_of_all_measures_by_their_kind() -> None:
    assert measure_limits(TWO) == {Kind.COUNT: (7, 10, 1000), Kind.MONEY: (99,)}


@pytest.mark.parametrize(
    "limits",
    [
        [{"option": "a", "at_most": 5, "at_least": 1}, {"option": "b", "at_least": 9}],
        [{"option": "a", "at_most": 0}, {"option": "b", "at_least": 5}],
        [{"option": "a", "at_most": 5}, {"option": "b", "at_least": 5}],
        [{"option": "a", "at_least": 5}, {"option": "b", "at_least": 9}],
        [],
    ],
)
def test_limits_that_overlap_or_are_missing_are_refused(limits: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="limit"):
        QuantityMeasure.model_validate({"kind": "count", "limits": limits})


@pytest.mark.parametrize("limits", [[{"option": "a", "at_most": 0}], [{"option": "a", "at_least": 0}]])
def test_a_single_limit_may_be_anywhere(limits: list[dict[str, object]]) -> None:
    assert len(QuantityMeasure.model_validate({"kind": "count", "limits": limits}).limits) == 1


@pytest.mark.parametrize(
    ("text", "before", "amount"),
    [
        ("it's 2,000 a day by now", "900 a day", "2,000 a day"),
        ("600 not 900", "900 a day", "600 a day"),
        ("600 not 900", "600 a day", ""),
        ("it was 900, now it is 2,000", "900 a day", "2,000 a day"),
        ("600 instead of 900", "600 a day", ""),
        ("no, 600", "900 a day", "600 a day"),
        ("5,000 a week", "900 a day", "5,000 a week"),
        ("1,500 mails", "2000 labelled mails", "1,500 mails"),
        ("2000 a day", "2,000 a day", ""),
        ("plenty of them", "", ""),
    ],
)
def test_the_new_amount_of_a_correction(text: str, before: str, amount: str) -> None:
    assert new_amount(text, before) == amount
