"""The start, answers, questions in between, commands, and stopping."""

import pytest

from dialogs.conversation import AnswerMethod
from dialogs.replies.notices import Notice
from dialogs.replies.passages import PassageReply
from dialogs.replies.questions import AmbiguousAnswer, QuestionCard, UnmatchedAnswer, WhyAsked
from dialogs.replies.results import Recommendation
from dialogs.views.plain_text import plain
from tests.dialogs.steps import REQUEST, finished, kinds
from tests.dialogs.talk import Talk


def test_a_request_starts_the_questions_at_once(talk: Talk) -> None:
    talk.say(REQUEST)
    assert talk.open == "data"
    assert kinds(talk)[-1] is QuestionCard
    assert "Question 1 of 5" in talk.card


def test_a_plain_question_gets_its_passage_and_an_offer(talk: Talk) -> None:
    talk.say("How much does fine-tuning cost?")
    assert talk.open is None
    assert [reply.passage.id for reply in talk.turn.card if isinstance(reply, PassageReply)] == ["faq-cost"]
    assert "start" in talk.buttons()


def test_digression(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").say("How much does fine-tuning cost?")
    assert kinds(talk) == [PassageReply, QuestionCard]
    assert talk.open == "volume"
    assert "Still open: Volume and speed" in talk.card


def test_an_answer_in_the_middle_is_a_message_of_its_own_and_the_unanswered_card_goes(talk: Talk) -> None:
    talk.say(REQUEST).say("How much does fine-tuning cost?")
    assert talk.below.startswith("How much does fine-tuning cost?")
    assert talk.card.startswith("Still open: Training data")
    assert talk.closed.deleted
    talk.say("yes")
    assert not talk.closed.deleted
    assert plain(talk.closed.view) == "Training data: yes, hundreds or more"


def test_what_was_read_from_a_text_stays_where_it_was_said_and_is_not_repeated(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    assert "edit:consistency" in talk.buttons()
    talk.say("How much does fine-tuning cost?")
    assert not talk.closed.deleted
    assert plain(talk.closed.view).startswith("I read: Consistency: ")
    for line in ("purple elephants", "why?"):
        assert "I read:" not in talk.card
        talk.say(line)
        assert talk.closed.deleted, "nothing on it is worth reading"
    talk.say("change consistency").say("tolerant")
    assert talk.conversation.chosen["consistency"] == "tolerant"


def test_a_bare_no_below_what_was_read_is_about_that_and_later_about_the_question(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    talk.say("How much does fine-tuning cost?").say("no")
    assert talk.conversation.chosen["data"] == "no"


def test_what_was_answered_before_the_start_is_not_overwritten_by_the_first_question(talk: Talk) -> None:
    for line in ("How much does fine-tuning cost?", "compare"):
        talk.say(line)
        talk.press("start")
        assert talk.turn.apart
        assert talk.open == "data"
        talk.say("stop")


def test_a_greeting_is_returned(talk: Talk) -> None:
    talk.say("hi")
    assert talk.card.startswith("Hello.")
    talk.say("help")
    assert not talk.card.startswith("Hello.")


@pytest.mark.parametrize("text", ["not sure", "no idea", "I don't know", "3", "unsure", "dunno"])
def test_not_sure(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say(text)
    assert talk.conversation.chosen == {"data": "unsure"}


@pytest.mark.parametrize("text", ["why", "Why do you ask?", "why?"])
def test_why_do_you_ask(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say(text)
    assert kinds(talk) == [WhyAsked, QuestionCard]
    assert talk.open == "data"


def test_cancel(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("cancel")
    assert talk.open is None
    assert "Stopped" in talk.card
    talk.say("continue")
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.open == "volume"
    talk.say("stop").say("start")
    assert talk.conversation.chosen == {}


@pytest.mark.parametrize(
    "text",
    [
        "please stop",
        "stop please",
        "never mind, thanks",
        "can you please stop",
        "please can you stop",
        "could you please just stop now, thank you",
    ],
)
def test_a_command_may_be_polite(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say(text)
    assert talk.turn.card == (Notice("cancelled"),)


@pytest.mark.parametrize("text", ["explain when we should fine-tune", "how do I decide whether we should fine-tune"])
def test_a_polite_question_about_the_subject_is_no_request(talk: Talk, text: str) -> None:
    talk.say(text)
    assert not talk.conversation.started


def test_cancel_when_nothing_runs(talk: Talk) -> None:
    talk.say("stop")
    assert "Nothing is running" in talk.card


@pytest.mark.parametrize("text", ["ok"])
def test_small_talk_does_not_lose_the_question(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say("yes").say(text)
    assert kinds(talk)[-1] is QuestionCard
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}


@pytest.mark.parametrize("text", ["thanks", "Thank you very much", "hi", "Hello!"])
def test_after_a_courtesy_nothing_is_shown_again(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say("yes").say(text)
    assert kinds(talk) == [Notice]
    assert talk.open == "volume"


def test_an_answer_that_fits_two_options(talk: Talk) -> None:
    talk.say(REQUEST).say("yes and no")
    assert kinds(talk) == [AmbiguousAnswer, QuestionCard]
    assert talk.conversation.answers == {}


def test_an_answer_that_fits_none(talk: Talk) -> None:
    talk.say(REQUEST).say("purple elephants")
    assert kinds(talk) == [UnmatchedAnswer, QuestionCard]
    for option in talk.advisor.pack.question("data").options:
        assert option.label in talk.card


def test_answers_in_the_opening_text_are_understood_and_not_asked_again(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    assert talk.conversation.answers["consistency"].how is AnswerMethod.READ
    assert "I read:" in talk.card
    assert "edit:consistency" in talk.buttons()
    assert "Question 2 of 5" in talk.card
    for _ in range(4):
        assert talk.open != "consistency"
        talk.say("not sure")
    assert kinds(talk) == [Recommendation]


def test_help_in_the_middle(talk: Talk) -> None:
    talk.say(REQUEST).say("help")
    assert kinds(talk)[-1] is QuestionCard
    assert "I help you decide" in talk.below


def test_commands_about_questions_when_none_is_open(talk: Talk) -> None:
    for text in ("back", "why", "show", "restart"):
        talk.say(text)
        assert ("No questions are under way" if text == "restart" else "No question is open") in talk.card


def test_what_is_known_about_somebody_is_listed_and_how_to_remove_it(talk: Talk) -> None:
    finished(talk).say("what do you know about me?")
    assert f"Your description: “{REQUEST}”" in talk.below
    assert "Training data: yes, hundreds or more" in talk.below
    assert "Volume and speed" not in talk.below, "that is ben's"
    assert "forget me" in talk.below
    talk.say("what do you know about me", who="ben")
    assert "Volume and speed" in talk.below
    assert REQUEST not in talk.below
    talk.say("what do you know about me", who="eve")
    assert "I have nothing from you" in talk.below
