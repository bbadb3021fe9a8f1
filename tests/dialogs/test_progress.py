"""Where somebody is: how it stands, how much is left, which part this is. What is open stays open."""

import pytest

from dialogs.commands.command import What
from dialogs.replies.lessons import LessonCard
from dialogs.replies.notices import Notice
from dialogs.replies.questions import InterimResult, QuestionCard
from dialogs.replies.results import ResultPart
from dialogs.views.recommendation import first_sentences
from tests.dialogs.executor.lines import show
from tests.dialogs.steps import with_result
from tests.dialogs.talk import Talk
from tests.shipped import shipped

STANDING = show(What.PROGRESS)


def learning(talk: Talk, *right: str) -> Talk:
    talk.say("learn")
    for button in right:
        talk.press(button)
    return talk


def told(talk: Talk) -> Notice:
    (reply,) = talk.turn.below
    assert isinstance(reply, Notice)
    return reply


def test_a_result_is_told_again_in_short(talk: Talk) -> None:
    before = with_result(talk).conversation.answers
    talk.do(STANDING)
    (short,) = talk.turn.below
    assert isinstance(short, ResultPart) and short.what is What.RESULT
    assert "Fine-tuning" in talk.below
    step = short.recommendation.steps[0].text
    assert talk.below.rstrip().endswith(first_sentences(step, 1))
    assert first_sentences(step, 2) not in talk.below
    assert len(talk.below) < len(talk.card) / 2
    assert not talk.turn.card
    assert talk.conversation.answers == before


def test_while_questions_are_open_it_is_said_what_it_would_be(talk: Talk) -> None:
    talk.say("start").say("yes").say("high").say("specialised").do(STANDING)
    assert talk.turn.below == (InterimResult(talk.advisor.pack.verdict("fine_tuning"), left=2, certain=False),)
    assert "points to Fine-tuning; 2 questions are open." in talk.below
    assert isinstance(talk.turn.card[-1], QuestionCard)
    assert talk.open == "budget"


def test_of_nothing_nothing_is_said(talk: Talk) -> None:
    talk.say("start").do(STANDING)
    assert talk.turn.below == (InterimResult(None, left=5),)
    talk.say("not sure").do(STANDING)
    assert talk.turn.below == (InterimResult(None, left=4),)


def test_a_question_that_is_opened_again_is_open(talk: Talk) -> None:
    with_result(talk).press("edit:data").do(STANDING)
    (interim,) = talk.turn.below
    assert isinstance(interim, InterimResult)
    assert interim.left == 1
    assert "one question is open" in talk.below


def test_a_verdict_that_cannot_change_is_said_to_be_one(talk: Talk) -> None:
    talk.say("start").say("no").do(STANDING)
    (interim,) = talk.turn.below
    assert isinstance(interim, InterimResult)
    assert interim.certain
    assert "already" in talk.below
    assert f"First step: {interim.step}" in talk.below
    assert interim.step


@pytest.mark.parametrize(
    ("text", "remark", "value", "said"),
    [
        ("how many lessons are left", "lessons_to_go", "left", "5"),
        ("which lesson is this", "lesson_place", "number", "2"),
        ("how long does a lesson take", "lesson_time", "left", "6"),
        ("which lesson is about mistakes", "lesson_ahead", "number", "6"),
        ("is there a lesson about purple elephants", "lesson_ahead_none", "total", "7"),
    ],
)
def test_a_lesson_says_where_one_is_in_one_line(talk: Talk, text: str, remark: str, value: str, said: str) -> None:
    before = learning(talk, "lesson:1:nothing").conversation.tour
    talk.say(text)
    assert (told(talk).remark, told(talk).values[value]) == (remark, said)
    assert isinstance(talk.turn.card[-1], LessonCard)
    assert talk.turn.card[-1].number == 2
    assert talk.conversation.tour == before


def test_what_is_left_counts_down_to_nothing() -> None:
    right = enumerate(("nothing", "examples", "volume", "prompts"), 1)
    talk = learning(Talk(shipped()), *(f"lesson:{number}:{option}" for number, option in right))
    assert told(talk.say("how much is left")).values["left"] == "2"
    talk.press("lesson:5:results").press("lesson:6:gaps")
    assert told(talk.say("how much is left")).remark == "lesson_last"
    talk.press("lesson:7:retrieval")
    assert told(talk.say("how much is left")).remark == "lessons_done"


@pytest.mark.parametrize("text", ["go ahead", "yes, let's start", "ready"])
def test_who_wants_to_go_on_answers_nothing(talk: Talk, text: str) -> None:
    talk.say("start").say(text)
    assert talk.conversation.answers == {}
    assert talk.conversation.confirm is None
    assert isinstance(talk.turn.card[-1], QuestionCard)
    assert talk.open == "data"


def test_a_yes_alone_is_an_answer(talk: Talk) -> None:
    assert talk.say("start").say("yes").conversation.chosen == {"data": "yes"}


def test_in_a_lesson_going_on_leaves_the_lesson_open(talk: Talk) -> None:
    before = learning(talk).conversation.tour
    talk.say("go ahead")
    assert (talk.conversation.flow, talk.conversation.tour) == ("learn", before)
