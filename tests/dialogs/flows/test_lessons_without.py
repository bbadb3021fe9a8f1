"""A pack without lessons, one without cases, and an advisor that only advises."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.replies.lessons import LessonFeedback, LessonsFinished
from dialogs.replies.notices import Greeting, Notice
from tests.dialogs.flows.test_lessons import LESSONS, right
from tests.dialogs.talk import Talk


def having(advisor: Advisor, changes: Mapping[str, object]) -> Advisor:
    knowledge = advisor.knowledge
    pack = knowledge.pack.model_copy(update=changes)
    return Advisor.build(replace(knowledge, pack=pack), advisor.catalogue)


@pytest.fixture
def bare(advisor: Advisor) -> Talk:
    return Talk(having(advisor, {"lessons": (), "practice": ()}))


@pytest.mark.parametrize("text", ["learn", "learn 2", "lessons"])
def test_learn_says_that_there_are_none(bare: Talk, text: str) -> None:
    bare.say(text)
    assert bare.turn.card == (Notice("no_lessons"),)
    assert bare.conversation.tour is None


def test_no_button_shows(bare: Talk) -> None:
    bare.say("help")
    assert isinstance(bare.turn.card[0], Greeting)
    assert "learn" not in bare.buttons()
    assert "learn" not in bare.card
    bare.say("start").press("show")
    assert "learn" not in bare.buttons()
    bare.press("learn")
    assert bare.turn.aside == (Notice("outdated"),)


def test_with_lessons_the_button_shows(talk: Talk) -> None:
    talk.say("help")
    assert "learn" in talk.buttons()
    talk.press("learn")
    assert "Lesson 1 of 7" in talk.card


def test_without_cases_the_last_lesson_ends_it(advisor: Advisor) -> None:
    talk = Talk(having(advisor, {"practice": ()}))
    talk.say("learn")
    for number, _ in LESSONS:
        talk.press(right(number))
    assert [type(reply) for reply in talk.turn.card] == [LessonFeedback, LessonsFinished]
    assert "try" not in talk.buttons()
    talk.say("practice")
    assert "no cases" in talk.below
