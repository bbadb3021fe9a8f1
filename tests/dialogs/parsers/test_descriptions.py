"""Descriptions, questions and small remarks are told apart by the matcher that is shipped."""

import pytest

from dialogs.replies.notices import NewOrContinue
from dialogs.replies.passages import NotCovered, PassageReply
from dialogs.replies.questions import QuestionCard, UnderstoodAnswers
from dialogs.replies.receipts import Receipts
from tests.dialogs.talk import Talk
from tests.shipped import shipped

DESCRIPTION = "a bot that answers our customers' tickets"
OTHER = "an assistant that writes product descriptions for our web shop"


@pytest.fixture
def talk() -> Talk:
    return Talk(shipped())


def kinds(talk: Talk) -> list[type]:
    return [type(reply) for reply in (*talk.turn.below, *talk.turn.card)]


@pytest.mark.parametrize("text", [DESCRIPTION, OTHER, "slogans for our shoes"])
def test_a_description_begins_the_questions(talk: Talk, text: str) -> None:
    talk.say(text)
    assert kinds(talk)[-1] is QuestionCard
    assert talk.open == "data"
    assert talk.conversation.idea == text


@pytest.mark.parametrize("text", ["my cat is asleep on the sofa again", "we sell garden chairs all over Europe"])
def test_a_text_about_something_else_begins_nothing(talk: Talk, text: str) -> None:
    talk.say(text)
    assert kinds(talk) == [NotCovered]
    assert not talk.conversation.started


@pytest.mark.parametrize(
    ("text", "begins"), [("slogans for shoes", False), ("plenty of data", False), ("we have plenty of data", True)]
)
def test_three_words_are_no_description_yet(talk: Talk, text: str, begins: bool) -> None:
    talk.say(text)
    assert talk.conversation.started == begins


@pytest.mark.parametrize(
    "text", [f"{DESCRIPTION}?", "is a tight budget a problem", "we have plenty of data, is that enough? "]
)
def test_a_question_begins_nothing(talk: Talk, text: str) -> None:
    talk.say(text)
    assert not talk.conversation.started


def test_a_question_in_a_few_words_is_answered(talk: Talk) -> None:
    talk.say("the price of training?")
    assert [reply.passage.id for reply in talk.turn.card if isinstance(reply, PassageReply)] == ["faq-cost"]


@pytest.mark.parametrize("text", ["the price of training?", "the price of training"])
def test_what_is_surely_about_the_subject_is_answered_with_or_without_a_question_mark(talk: Talk, text: str) -> None:
    talk.say(DESCRIPTION).say(text)
    assert kinds(talk) == [PassageReply, QuestionCard]
    talk.press("show").say(text, addressed=False)
    assert kinds(talk) == [PassageReply]


def test_another_description_while_a_question_is_open_leaves_the_choice(talk: Talk) -> None:
    talk.say(DESCRIPTION).say(OTHER)
    assert kinds(talk) == [NewOrContinue]
    assert talk.conversation.idea == DESCRIPTION
    assert talk.conversation.pending == OTHER


MEDICAL = "summaries of radiology reports for our doctors"


def test_a_description_that_states_an_answer_is_none_to_the_open_idea(talk: Talk) -> None:
    talk.say(DESCRIPTION).say(MEDICAL)
    assert kinds(talk) == [NewOrContinue]
    assert talk.conversation.answers == {}


def test_a_description_that_is_said_to_be_a_correction_is_one(talk: Talk) -> None:
    talk.say(DESCRIPTION).say(f"actually {MEDICAL}")
    assert kinds(talk) == [Receipts, QuestionCard]
    assert talk.conversation.chosen == {"domain": "specialised"}


def test_a_fact_while_another_question_is_open_is_no_new_description(talk: Talk) -> None:
    talk.say(DESCRIPTION).say("our budget is tight")
    assert kinds(talk) == [Receipts, QuestionCard]
    assert talk.conversation.chosen == {"budget": "limited"}


def test_another_description_after_the_result_begins_anew(talk: Talk) -> None:
    talk.say(DESCRIPTION).press("answer:data:yes").press("show").say(MEDICAL)
    assert kinds(talk) == [Receipts, UnderstoodAnswers, QuestionCard]
    assert talk.conversation.chosen == {"domain": "specialised"}


def test_in_the_lessons_a_description_is_not_taken_up(talk: Talk) -> None:
    talk.say("learn").say(OTHER)
    assert not talk.conversation.started
    assert talk.conversation.flow == "learn"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("sadly we are scraping our last coins together", {"budget": "limited"}),
        ("we are scraping our last coins together", {"budget": "limited"}),
    ],
)
def test_a_short_reply_may_imply_an_answer_to_another_question(talk: Talk, text: str, chosen: dict[str, str]) -> None:
    talk.say(DESCRIPTION).say(text)
    assert talk.advisor.knowledge.reader.read(text)["budget"].option == "limited"
    assert talk.conversation.chosen == chosen
