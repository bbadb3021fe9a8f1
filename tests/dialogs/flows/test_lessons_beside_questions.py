"""Lessons and the questions in one conversation: neither is lost by the other."""

import pytest

from dialogs.replies.lessons import LessonCard
from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Offered
from dialogs.replies.results import Recommendation
from dialogs.view import Buttons
from dialogs.views.plain_text import plain
from tests.dialogs.flows.lesson_steps import REQUEST, kinds, lesson_shown, right
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.fixture
def talk() -> Talk:
    """A talk with the advisor as it is shipped."""
    return Talk(shipped())


def test_what_is_typed_at_a_lesson_is_about_no_project(talk: Talk) -> None:
    talk.say("learn").say("we have hundreds of labelled medical reports and they must be consistent")
    assert talk.conversation.answers == {}
    assert talk.conversation.flow == "learn"


def test_advice_is_not_lost_by_learning_nor_learning_by_advice(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").say("learn").press(right(1))
    assert talk.conversation.chosen == {"data": "yes"}
    talk.say("continue")
    assert talk.turn.card[0] == Notice("lessons_wait")
    assert talk.open == "volume"
    talk.press("answer:volume:low").say("learn")
    assert talk.turn.card[0] == Notice("questions_wait")
    assert lesson_shown(talk) == 2
    talk.say("we want to fine-tune a bot that drafts contracts")
    assert Offered in kinds(talk)
    talk.press("offer:1").say("continue")
    assert talk.open == "data"  # the lessons go on with "learn"
    talk.say("learn")
    assert lesson_shown(talk) == 2


def test_a_request_out_of_a_lesson_starts_the_questions(talk: Talk) -> None:
    talk.say("learn").say(REQUEST)
    assert talk.open == "data"
    assert talk.conversation.idea == REQUEST


@pytest.mark.parametrize("words", ["learn", "triage"])
def test_the_button_that_starts_goes_on_with_the_questions_that_wait(talk: Talk, words: str) -> None:
    talk.say(REQUEST).say("yes").say(words)
    before = talk.conversation.tour
    talk.press("start")
    assert (talk.conversation.flow, talk.open) == ("", "volume")
    assert (talk.conversation.chosen, talk.conversation.tour) == ({"data": "yes"}, before)


def test_a_recommendation_stays_when_its_button_leads_to_the_lessons(talk: Talk) -> None:
    talk.say(REQUEST).press("show")
    assert kinds(talk) == [Recommendation]
    assert "learn" in talk.buttons()
    talk.press("learn")
    assert talk.turn.apart
    assert "Prompt engineering · " in plain(talk.old)
    assert not [element for element in talk.old.elements if isinstance(element, Buttons)]
    talk.press(right(1))
    assert not talk.turn.apart
    talk.say("continue")
    assert kinds(talk)[-1] is Recommendation


def test_a_question_gives_its_place_to_the_lessons(talk: Talk) -> None:
    talk.say("help").press("learn")
    assert not talk.turn.apart
    talk.say("continue").say(REQUEST).press("learn")
    assert not talk.turn.apart
    assert kinds(talk) == [Notice, LessonCard]


def test_edit_out_of_a_lesson_opens_the_question(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").say("learn").say("Change: Training data")
    assert talk.open == "data"
    assert talk.conversation.flow == ""
