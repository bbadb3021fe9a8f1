"""Leaving the lessons in own words: they are left, what else is said is handled after that, nothing is pushed."""

import pytest

from dialogs.replies.lessons import LessonCard
from dialogs.replies.notices import Notice
from dialogs.replies.passages import EntryReply
from dialogs.replies.questions import QuestionCard
from tests.dialogs.flows.lesson_steps import right
from tests.dialogs.talk import Talk
from tests.shipped import shipped

WAITS = Notice("lessons_wait")


@pytest.fixture
def talk() -> Talk:
    """A talk with the advisor as it is shipped."""
    return Talk(shipped())


@pytest.mark.parametrize("text", ["stop", "please stop the lessons", "I am done for today"])
def test_who_has_enough_of_lessons_leaves_them_and_is_asked_nothing(talk: Talk, text: str) -> None:
    talk.say("learn").press(right(1)).say(text)
    assert talk.conversation.flow == ""
    assert talk.turn.card[0] == WAITS
    assert not any(isinstance(reply, LessonCard) for reply in talk.turn.card)


@pytest.mark.parametrize("text", ["it has learned enough", "enough good examples"])
def test_other_texts_with_such_words_stay(talk: Talk, text: str) -> None:
    talk.say("learn").press(right(1)).say(text)
    assert talk.conversation.flow == "learn"


def test_what_follows_is_answered_after_leaving(talk: Talk) -> None:
    talk.say("learn").say("stop the lessons. what is LoRA?")
    assert talk.conversation.flow == ""
    assert [type(reply) for reply in talk.turn.card] == [Notice, EntryReply]
    assert not talk.conversation.started


def test_an_answer_to_the_question_that_waits_is_taken(talk: Talk) -> None:
    talk.say("start").press("answer:data:yes").say("learn").say("stop the lesson. high")
    assert talk.conversation.chosen == {"data": "yes", "volume": "high"}


def test_a_question_that_waits_is_only_told_of(talk: Talk) -> None:
    talk.say("start").press("answer:data:yes").say("learn").say("please stop the lessons")
    assert talk.turn.card == (WAITS, Notice("questions_wait"))
    talk.say("continue")
    assert isinstance(talk.turn.card[-1], QuestionCard)
    assert talk.open == "volume"


def test_a_lesson_that_is_asked_for_after_all_is_shown(talk: Talk) -> None:
    talk.say("learn").say("show me lesson 4")
    assert [reply.number for reply in talk.turn.card if isinstance(reply, LessonCard)] == [4]
