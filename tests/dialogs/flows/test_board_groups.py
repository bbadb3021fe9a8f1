"""Answers to ideas that a text names by number, one or several at once."""

import pytest

from dialogs.flows.board import MOST_ASKED
from dialogs.replies.ideas import IdeaQuestion
from dialogs.replies.notices import Notice
from tests.dialogs.flows.listed_ideas import MANY, chosen, listed
from tests.dialogs.talk import Talk


def test_everything_missing_is_gone_through_several_ideas_at_once(talk: Talk) -> None:
    talk.say(MANY).press("guide")
    (asked,) = talk.turn.card
    assert isinstance(asked, IdeaQuestion)
    assert (asked.question.id, len(asked.rows), asked.left) == ("data", MOST_ASKED, 30)
    talk.say("2, 4-5: yes; rest: no")
    assert [chosen(talk, n).get("data") for n in range(1, 8)] == ["no", "yes", "no", "yes", "yes", "no", None]
    for _ in range(20):
        if not isinstance(talk.turn.card[-1], IdeaQuestion):
            break
        talk.press(f"answer:{talk.turn.card[-1].question.id}:{talk.turn.card[-1].question.options[0].id}")
    assert listed(talk).decided == 30
    assert "Ideas 1 to 12 of 30 · 30 with a verdict, 0 open" in talk.card
    assert talk.advisor.catalogue.remarks["nothing_missing"] in talk.press("guide").card


@pytest.mark.parametrize("ideas", ["slogans\nletters", "slogans\nletters\nposters\npoems"])
def test_the_list_that_closes_a_round_says_each_thing_once(talk: Talk, ideas: str) -> None:
    talk.say(f"triage\n{ideas}").press("guide").press("answer:data:no")
    count = len(ideas.splitlines())
    assert talk.card.startswith(f"{count} ideas · {count} with a verdict, 0 open\n")
    assert not any(again in talk.card for again in ("every idea has a verdict", "The result", "Now Prompt"))


def test_who_skips_all_is_not_told_that_all_have_a_verdict(talk: Talk) -> None:
    talk.say("triage\nslogans\nletters").press("guide")
    while "skip" in talk.buttons():
        talk.press("skip")
    assert talk.advisor.catalogue.remarks["rest_left_out"] in talk.card


@pytest.mark.parametrize(
    "text", ["yes: 1, 2; no: 3", "1 and 2 yes, rest no", "no for 3; the others yes", "1-2: yes\n3: no"]
)
def test_ways_to_tell_ideas_apart(talk: Talk, text: str) -> None:
    talk.say("triage\nslogans\nletters\npoems").say("lets go through what is missing").say(text)
    assert [chosen(talk, n)["data"] for n in (1, 2, 3)] == ["yes", "yes", "no"]


def test_skip_leaves_out_and_stop_ends(talk: Talk) -> None:
    talk.say("triage\nslogans\nletters\npoems").press("guide").say("skip")
    assert talk.turn.card[-1].question.id != "data"
    talk.say("stop")
    assert listed(talk).decided == 0


def test_skip_is_the_button_and_no_answer(talk: Talk) -> None:
    talk.say(MANY).press("guide").say("skip")
    assert all(not idea.answers for idea in talk.conversation.board.shown)
    assert "6 of 30 open" in talk.card


def test_while_another_question_is_open_an_idea_may_be_named_and_a_number_is_none(three: Talk) -> None:
    three.say("start").say("at 10:30 we have few")
    assert chosen(three, 3) == {}
    three.say("idea 3: we have no data")
    assert chosen(three, 3) == {"data": "no"}


@pytest.mark.parametrize(
    "text",
    [
        "1 and 2 yes, 3 no, dont know about the rest",
        "1, 2 yes; 3 no; rest not sure",
        "yes for 1 and 2, no for 3, not sure about the rest",
        "1 and 2 yes and 3 no and the rest not sure",
        "numbers 1 and 2 yes, number 3 no, all others not sure",
    ],
)
def test_several_groups_of_one_line_are_each_taken(talk: Talk, text: str) -> None:
    talk.say("triage\nslogans\nletters\npoems\nsongs\njokes").press("guide").say(text)
    assert [chosen(talk, n)["data"] for n in range(1, 6)] == ["yes", "yes", "no", "unsure", "unsure"]


@pytest.mark.parametrize(
    "text",
    [
        "well yes mostly but 2 hm",
        "hm 2 and 3 purple",
        "1 yes, 77 no",
        "77: yes",
        "all yes except 2",
        "only 2 and 3",
        "2 and 3",
    ],
)
def test_nothing_is_written_to_ideas_that_were_not_meant(talk: Talk, text: str) -> None:
    talk.say("triage\nslogans\nletters\npoems").press("guide").say(text)
    assert (chosen(talk, 2), chosen(talk, 3)) == ({}, {})
    assert not talk.silent


@pytest.mark.parametrize(
    ("text", "numbers", "answer"),
    [
        ("number 3 has no training data", [3], ("data", "no")),
        ("1 and 3 budget is tight for everything", [1, 3], ("budget", "limited")),
        ("1 and 3 have no data", [1, 3], ("data", "no")),
        ("we have no data for 3", [3], ("data", "no")),
        ("ideas 1 and 3 have no data", [1, 3], ("data", "no")),
    ],
)
def test_what_is_typed_about_numbers_on_the_list_counts_for_them(
    three: Talk, text: str, numbers: list[int], answer: tuple[str, str]
) -> None:
    three.say(text)
    question, option = answer
    assert [n for n in (1, 2, 3) if n != 2 and chosen(three, n).get(question) == option] == numbers


@pytest.mark.parametrize(
    "text", ["3 months of data", "3 - purple elephants", "do 1 and 3 have data?", "77 has no data"]
)
def test_a_number_that_is_no_idea_writes_nothing(three: Talk, text: str) -> None:
    three.say(text)
    assert (chosen(three, 1), chosen(three, 3)) == ({}, {})


@pytest.mark.parametrize("text", ["3 - purple elephants", "2 - purple elephants"])
def test_what_answers_nothing_about_the_idea_beside_it_is_asked(three: Talk, text: str) -> None:
    before = chosen(three, int(text[0]))
    three.say(text)
    assert Notice("which_answer") in (*three.turn.below, *three.turn.card)
    assert chosen(three, int(text[0])) == before


def test_another_idea_may_be_named_while_a_question_about_one_is_open_and_a_number_is_none(three: Talk) -> None:
    three.press("ask:1:volume").say("3 a week")
    assert (chosen(three, 1), chosen(three, 3)) == ({"volume": "low"}, {})
    three.press("ask:1:data").say("3 has no data")
    assert (chosen(three, 1), chosen(three, 3)) == ({"volume": "low"}, {"data": "no"})
