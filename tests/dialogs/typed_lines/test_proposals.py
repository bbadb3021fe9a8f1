"""Typed lines that are likely answers: proposed, confirmed, rejected, replaced."""

import pytest

from dialogs.replies.notices import Notice
from dialogs.replies.passages import PassageReply
from dialogs.replies.questions import LikelyOption, QuestionCard, UnderstoodAnswers
from dialogs.replies.receipts import Receipts
from dialogs.views import current_view
from tests.dialogs.steps import REQUEST, kinds
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume


def test_what_is_likely_meant_is_proposed_and_not_taken(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    assert kinds(talk) == [LikelyOption]
    assert talk.card.startswith("That sounds like few, with time to spare. Right?")
    assert talk.buttons() == ["confirm:volume:low", "answer:volume:high", "answer:volume:unsure"]
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.open == "volume"
    assert current_view(talk.advisor, talk.conversation, talk.clock) == talk.view


@pytest.mark.parametrize("text", ["yes", "Yes!", "right", "yes that's right", "ok", "👍", "1", "yep, few"])
def test_a_yes_takes_it(talk: Talk, text: str) -> None:
    at_volume(talk).say("a handful a day maybe").say(text)
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert talk.conversation.confirm is None
    assert talk.open == "domain"


@pytest.mark.parametrize("text", ["many", "no, many", "nope, many", "2", "the 2nd one"])
def test_another_option_is_taken_instead(talk: Talk, text: str) -> None:
    at_volume(talk).say("a handful a day maybe").say(text)
    assert talk.conversation.chosen == {"data": "yes", "volume": "high"}
    assert talk.open == "domain"


@pytest.mark.parametrize("text", ["no", "no that's wrong", "👎"])
def test_a_no_asks_the_question_again(talk: Talk, text: str) -> None:
    at_volume(talk).say("a handful a day maybe").say(text)
    assert kinds(talk) == [Receipts, QuestionCard]
    assert "Which one is it, then?" in talk.card
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.conversation.confirm is None


def test_a_no_that_belongs_to_the_next_word_is_about_that(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("no budget really")
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert talk.open == "volume"


@pytest.mark.parametrize(
    "text", ["{}", "idea {}", "read {}", "lesson {}", "{}: no data", "we have {} examples", "1-{} yes"]
)
@pytest.mark.parametrize(
    "before",
    [("a handful a day maybe",), ("learn",), ("triage\na bot for tickets\nslogans for shops\ncontracts",), ("show",)],
    ids=["proposal", "lessons", "board", "result"],
)
def test_numbers_may_be_of_any_length(talk: Talk, before: tuple[str, ...], text: str) -> None:
    at_volume(talk)
    for said in before:
        talk.say(said)
    talk.say(text.format("7" * 5000))
    assert talk.turn.card or talk.turn.aside or talk.turn.below


def test_the_button_takes_it_once(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").press("confirm:volume:low")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    talk.press("confirm:volume:low")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert not talk.turn.card or talk.turn.aside


def test_a_button_of_the_question_counts_while_an_option_of_it_is_proposed(talk: Talk) -> None:
    at_volume(talk)
    drawn = talk.conversation.revision
    talk.say("a handful a day maybe").press("answer:volume:low", revision=drawn)
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert talk.conversation.confirm is None


def test_a_press_of_what_nobody_proposed_changes_nothing(talk: Talk) -> None:
    at_volume(talk).press("confirm:volume:low")
    assert talk.turn.aside == (Notice("outdated"),)
    assert talk.conversation.chosen == {"data": "yes"}


def test_why_and_other_questions_leave_the_proposal_open(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("How much does fine-tuning cost?")
    assert kinds(talk)[0] is PassageReply
    assert "confirm:volume:low" in talk.buttons()
    talk.say("yes")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}


def test_the_second_proposal_in_a_row_is_worded_otherwise(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    first = talk.card
    talk.say("few i guess")
    assert talk.card.splitlines()[0] != first.splitlines()[0]
    assert "Volume and speed" in talk.card


def test_an_answer_to_another_question_is_proposed_by_its_name(talk: Talk) -> None:
    at_volume(talk).say("maybe we are rich")
    assert talk.card.startswith("Budget: that sounds like flexible")
    talk.say("yes")
    assert talk.conversation.chosen == {"data": "yes", "budget": "flexible"}
    assert talk.open == "volume"


def test_an_answer_to_another_question_is_taken_and_the_open_one_asked_again_shorter(talk: Talk) -> None:
    talk.say(REQUEST).say("no budget btw")
    assert kinds(talk) == [Receipts, QuestionCard]
    first, *_ = talk.card.splitlines()
    assert first == "Budget: limited."
    assert talk.advisor.pack.questions[0].brief in talk.card
    assert talk.advisor.pack.questions[0].prompt not in talk.card
    assert talk.open == "data"


def test_what_is_plain_is_taken_and_what_is_only_likely_asked_beside_it(talk: Talk) -> None:
    at_volume(talk).say("low, and no money")
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert kinds(talk) == [Receipts, LikelyOption]


def test_a_likely_change_of_an_earlier_answer_is_asked_beside_the_open_question(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").say("some old tickets")
    assert kinds(talk) == [Receipts, QuestionCard]
    assert "Training data: change it to yes" in talk.card
    assert "confirm:data:yes" in talk.buttons()
    assert talk.open == "volume"
    talk.say("yes")
    assert talk.conversation.chosen == {"data": "yes"}
    assert "Training data is now yes" in talk.card
    assert talk.open == "volume"


@pytest.mark.parametrize("option", ["yes", "no"])
def test_a_bare_yes_or_no_to_a_question_that_takes_none_is_no_answer(understood: Talk, option: str) -> None:
    understood.say(REQUEST).press("answer:data:no").say("why").say(option)
    assert understood.conversation.chosen == {"data": "no"}


def test_an_offered_change_waits_for_one_message(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").say("some old tickets").say("why").say("yes")
    assert talk.conversation.chosen == {"data": "no"}


@pytest.mark.parametrize("text", ["yes", "yes thats right", "right", "correct", "ok"])
def test_a_bare_yes_below_what_was_read_answers_no_question(talk: Talk, text: str) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    assert isinstance(talk.turn.card[0], UnderstoodAnswers)
    talk.say(text)
    assert list(talk.conversation.chosen) == ["consistency"]
    assert talk.open == "data"
    talk.say("yes")
    assert talk.conversation.chosen["data"] == "yes"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("wait no, more like 200 examples", {"data": "yes"}),
        ("wait no, more like 20 examples", {"data": "no"}),
        ("wait no, more like 5000 requests a day", {"data": "yes", "volume": "high"}),
    ],
)
def test_a_bare_amount_that_takes_back_is_about_the_answer_before(
    understood: Talk, text: str, chosen: dict[str, str]
) -> None:
    at_volume(understood).say(text)
    assert understood.conversation.chosen == chosen
    assert understood.conversation.confirm is None
