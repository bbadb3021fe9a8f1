"""What is typed at "new idea, or go on?"."""

import pytest

from dialogs.replies.notices import NewOrContinue
from tests.dialogs.steps import REQUEST, kinds
from tests.dialogs.talk import Talk

NEW = "should we rather tune a model for damage reports?"


@pytest.fixture
def choosing(talk: Talk) -> Talk:
    talk.say(REQUEST).say("yes").say(NEW)
    assert kinds(talk) == [NewOrContinue]
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "new one yes",
        "yes new idea",
        "the new one",
        "start the new one",
        "No, new idea!",
        "yes",
        "1",
        "damage reports! like i said",
        "take the other one pls",
    ],
)
def test_the_new_idea(choosing: Talk, text: str) -> None:
    choosing.say(text)
    assert (choosing.conversation.idea, choosing.conversation.chosen, choosing.open) == (NEW, {}, "data")


@pytest.mark.parametrize("text", ["go on with the old one", "no", "not a new idea", "the old one please", "2"])
def test_the_idea_before(choosing: Talk, text: str) -> None:
    choosing.say(text)
    assert (choosing.conversation.idea, choosing.open) == (REQUEST, "volume")
    assert (choosing.conversation.chosen, choosing.conversation.pending) == ({"data": "yes"}, None)


@pytest.mark.parametrize("text", ["neither", "neither. forget it"])
def test_neither_stops_the_questions(choosing: Talk, text: str) -> None:
    choosing.say(text)
    assert not choosing.conversation.started
    assert choosing.conversation.chosen == {"data": "yes"}


def test_it_was_a_question(choosing: Talk) -> None:
    choosing.say("no, it's a question. what is LoRA?")
    assert "LoRA" in choosing.below or "LoRA" in choosing.card
    assert (choosing.open, choosing.conversation.pending) == ("volume", None)


def test_what_stands_behind_a_no_is_about_the_idea_before(choosing: Talk) -> None:
    choosing.say("no, few a day")
    assert (choosing.conversation.idea, choosing.conversation.chosen) == (REQUEST, {"data": "yes", "volume": "low"})


def test_what_stands_behind_the_new_one_is_about_that(choosing: Talk) -> None:
    choosing.say("the new one, we have no examples at all")
    assert choosing.conversation.idea == f"{NEW} we have no examples at all"
    assert choosing.conversation.chosen.get("data", "no") == "no"


@pytest.mark.parametrize("text", ["2: no data, 150 calls a day", "we have no examples", "hundreds of requests a day"])
def test_a_fact_is_no_choice_and_is_recorded_for_neither_before_it_is_made(choosing: Talk, text: str) -> None:
    choosing.say(text)
    assert kinds(choosing) == [NewOrContinue]
    assert choosing.conversation.chosen == {"data": "yes"}
    choosing.say("new one")
    assert choosing.conversation.idea == f"{NEW} {text}"


def test_who_makes_no_choice_twice_goes_on_with_the_questions(choosing: Talk) -> None:
    """What was taken for a new idea was an answer, then; nothing that was said since is lost."""
    choosing.say("few a day").say("the budget is limited")
    assert choosing.conversation.idea == REQUEST
    assert choosing.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}
