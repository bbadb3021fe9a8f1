"""A new idea while another one is under way, or after its result."""

import pytest

from dialogs.replies.notices import NewOrContinue
from dialogs.replies.questions import (
    QuestionCard,
)
from dialogs.replies.receipts import Receipts
from dialogs.views import current_view
from tests.dialogs.steps import REQUEST, kinds, with_result
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.fixture
def talk() -> Talk:
    """A talk with the advisor as it is shipped: by words alone it is not sure that a new idea is described."""
    return Talk(shipped())


def test_a_new_idea_instead_of_the_question_that_was_opened_again(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").say("change data").say("new one")
    assert kinds(talk) == [Receipts, QuestionCard], "the idea before is kept"
    assert talk.open == "data"
    assert (talk.conversation.idea, talk.conversation.answers) == ("", {})


def test_restart_keeps_the_idea_but_no_answers(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("start over")
    assert talk.open == "data"
    assert talk.conversation.answers == {}
    assert talk.conversation.idea == REQUEST


def test_a_new_request_while_a_question_is_open(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("and then, should we fine-tune a model on radiology reports")
    assert kinds(talk) == [NewOrContinue]
    assert talk.conversation.chosen == {"data": "yes"}


def test_the_choice_between_two_ideas_stands_until_it_is_made(talk: Talk) -> None:
    """Whoever delivers it for a process that died, or draws a card anew, shows what is open."""
    talk.say(REQUEST).say("yes").say("and then, should we fine-tune a model on radiology reports")
    assert current_view(talk.advisor, talk.conversation, talk.clock) == talk.view
    talk.press("continue")
    assert current_view(talk.advisor, talk.conversation, talk.clock) == talk.view


def test_a_new_request_may_state_an_answer(talk: Talk) -> None:
    talk.say(REQUEST).say("and then, should we fine-tune a model on radiology reports")
    assert kinds(talk) == [NewOrContinue]
    assert talk.conversation.answers == {}


def test_going_on_with_the_old_idea(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("and then, should we fine-tune a model on radiology reports").say("go on")
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.conversation.idea == REQUEST


def test_taking_up_the_new_idea(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("and then, should we fine-tune a model on radiology reports").press("new")
    assert talk.open == "data"
    assert talk.conversation.answers == {}
    assert "radiology" in talk.conversation.idea


@pytest.mark.parametrize(
    "text", ["invoice sorting for our accounting, limited budget", "support bot for us, limited budget"]
)
def test_another_idea_after_the_result_begins_anew(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert talk.conversation.idea == text
    assert len(talk.conversation.chosen) == 1
