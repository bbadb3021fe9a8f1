"""Where somebody is: how it stands, how much is left, which part this is. What is open stays open."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.conversation import Conversation
from dialogs.replies.lessons import LessonCard
from dialogs.replies.notices import Notice
from dialogs.replies.questions import InterimResult, QuestionCard
from dialogs.replies.results import ResultPart
from dialogs.views.recommendation import first_sentences
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import at_volume, finished, fresh, meant
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import Talk

ASKED = ["so what should i do", "What's the verdict?", "whats your recommendation", "and now?"]


def at_result(talk: Talk) -> Talk:
    talk.say("start")
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        talk.press(f"answer:{answer}")
    return talk


def learning(talk: Talk, *right: str) -> Talk:
    talk.say("learn")
    for button in right:
        talk.press(button)
    return talk


def told(talk: Talk) -> Notice:
    (reply,) = talk.turn.below
    assert isinstance(reply, Notice)
    return reply


@pytest.mark.parametrize("text", ASKED)
def test_a_result_is_told_again_in_short(talk: Talk, text: str) -> None:
    before = at_result(talk).conversation.answers
    talk.say(text)
    (short,) = talk.turn.below
    assert isinstance(short, ResultPart) and short.what is What.RESULT
    assert "Fine-tuning" in talk.below
    step = short.recommendation.steps[0].text
    assert talk.below.rstrip().endswith(first_sentences(step, 1))
    assert first_sentences(step, 2) not in talk.below
    assert len(talk.below) < len(talk.card) / 2
    assert not talk.turn.card
    assert talk.conversation.answers == before


@pytest.mark.parametrize("text", ASKED)
def test_while_questions_are_open_it_is_said_what_it_would_be(talk: Talk, text: str) -> None:
    talk.say("start").say("yes").say("high").say("specialised").say(text)
    assert talk.turn.below == (InterimResult(talk.advisor.pack.verdict("fine_tuning"), left=2, certain=False),)
    assert "points to Fine-tuning; 2 questions are open." in talk.below
    assert isinstance(talk.turn.card[-1], QuestionCard)
    assert talk.open == "budget"


def test_of_nothing_nothing_is_said(talk: Talk) -> None:
    talk.say("start").say("and now?")
    assert talk.turn.below == (InterimResult(None, left=5),)
    talk.say("not sure").say("and now?")
    assert talk.turn.below == (InterimResult(None, left=4),)


def test_a_question_that_is_opened_again_is_open(talk: Talk) -> None:
    at_result(talk).press("edit:data").say("whats the verdict")
    (interim,) = talk.turn.below
    assert isinstance(interim, InterimResult)
    assert interim.left == 1
    assert "one question is open" in talk.below


def test_a_verdict_that_cannot_change_is_said_to_be_one(talk: Talk) -> None:
    talk.say("start").say("no").say("whats the verdict")
    (interim,) = talk.turn.below
    assert isinstance(interim, InterimResult)
    assert interim.certain
    assert "already" in talk.below
    assert f"First step: {interim.step}" in talk.below
    assert interim.step


@pytest.mark.parametrize(
    ("text", "before", "between", "after"),
    [
        ("and now", "[help]", "where: standing", "where: standing"),
        ("how many questions left", "SubjectQuestion", "where: left", "SubjectQuestion"),
        ("which question is this", "SubjectQuestion", "where: place", "SubjectQuestion"),
        ("wich question is this", "Unknown", "where: place", "Unknown"),
        ("how long does this take", "SubjectQuestion", "where: duration", "SubjectQuestion"),
        ("can i skip to the costs", "SubjectQuestion", "SubjectQuestion", "SubjectQuestion"),
    ],
)
def test_what_can_be_told_depends_on_where_one_is(
    advisor: Advisor, text: str, before: str, between: str, after: str
) -> None:
    conversations = (fresh(advisor), at_volume(advisor), finished(advisor))
    assert [meant(advisor, conversation, text) for conversation in conversations] == [before, between, after]


@pytest.mark.parametrize(
    ("text", "remark", "value", "said"),
    [
        ("how many lessons left", "lessons_to_go", "left", "5"),
        ("which lesson is this", "lesson_place", "number", "2"),
        ("how long does this take", "lesson_time", "left", "6"),
        ("and now?", "lesson_place", "total", "7"),
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


def test_what_is_left_counts_down_to_nothing(talk: Talk) -> None:
    learning(talk, *(f"lesson:{n}:{o}" for n, o in enumerate(("nothing", "examples", "volume", "prompts"), 1)))
    assert told(talk.say("how many left")).values["left"] == "2"
    talk.press("lesson:5:results").press("lesson:6:gaps")
    assert told(talk.say("how many left")).remark == "lesson_last"
    talk.press("lesson:7:retrieval")
    assert told(talk.say("how many left")).remark == "lessons_done"


def test_a_lesson_is_found_by_the_passage_of_its_section(advisor: Advisor) -> None:
    near = Match(MatchOutcome.OFFER, ("faq-cost",), 0.5)
    talk = Talk(understanding(advisor, Understanding(passages={"costs": near})))
    learning(talk).say("can I skip to the costs")
    assert isinstance(talk.turn.card[0], LessonCard)
    assert talk.turn.card[0].number == 3


def test_a_number_leads_to_its_lesson(talk: Talk) -> None:
    learning(talk).say("can i skip to lesson 4")
    assert isinstance(talk.turn.card[0], LessonCard)
    assert talk.turn.card[0].number == 4


@pytest.mark.parametrize(
    "text", ["yes start", "yes pls go", "ok lets go", "sure, go ahead", "go ahead", "yep let's do it", "ready", "ok go"]
)
def test_who_wants_to_go_on_answers_nothing(talk: Talk, text: str) -> None:
    talk.say("start").say(text)
    assert talk.conversation.answers == {}
    assert talk.conversation.confirm is None
    assert isinstance(talk.turn.card[-1], QuestionCard)
    assert talk.open == "data"


@pytest.mark.parametrize(("text", "answers"), [("yes", {"data": "yes"}), ("yes, sure", {"data": "yes"})])
def test_a_yes_alone_is_an_answer(talk: Talk, text: str, answers: dict[str, str]) -> None:
    assert talk.say("start").say(text).conversation.chosen == answers


def test_in_a_lesson_going_on_leaves_the_lesson_open(talk: Talk) -> None:
    before = learning(talk).conversation.tour
    talk.say("ok lets go")
    assert (talk.conversation.flow, talk.conversation.tour) == ("learn", before)


def test_without_anything_under_way_going_on_is_no_command(advisor: Advisor) -> None:
    assert meant(advisor, Conversation.fresh(advisor.pack), "go ahead") == "Unknown"
    assert meant(advisor, finished(advisor), "lets do it") == "Unknown"


@pytest.mark.parametrize("text", ["go ahead", "ready", "yes start"])
def test_a_new_idea_that_waits_is_not_lost_by_going_on(talk: Talk, text: str) -> None:
    talk.say("start").press("answer:data:yes")
    talk.conversation = talk.conversation.replace(pending="a bot that sorts invoices", pending_by="ana")
    assert talk.say(text).conversation.pending == "a bot that sorts invoices"
