"""Ideas of the list that are named while a question or the result of another idea is on screen."""

import pytest

from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.ideas.board_list import Listing
from dialogs.intents import AboutIdeas, Intent, comparing
from dialogs.message import Message, Person, Typed
from dialogs.parsers.intent_parser import parse_intent
from dialogs.understanding.policy import understand
from tests.eval.board_talk import NOON, board
from tests.shipped import shipped

TOLD = {"data": "no", "volume": "high", "budget": "flexible", "domain": "general", "consistency": "predictable"}


def asked(question: str, **changes: object) -> Conversation:
    """The questions about an idea that is not on the list, up to this one; all are answered for ""."""
    names = [one.id for one in shipped().pack.questions]
    answered = names[: names.index(question)] if question else names
    answers = {q: Answer(option=TOLD[q], how=AnswerMethod.TYPED, by="ana", at=NOON) for q in answered}
    begun = Conversation.fresh(shipped().pack).replace(
        revision=5, people=("ana",), started=True, idea="Reads meter photos", answers=answers, board=board()
    )
    return begun.replace(listing=Listing()).replace(**changes)


def about(conversation: Conversation, text: str) -> tuple[int, ...]:
    """The ideas of the list about which something is noted."""
    found: Intent = parse_intent(shipped(), conversation, text)
    noted = isinstance(found, AboutIdeas)
    return tuple(n for numbers, _ in found.said for n in numbers) if noted else ()


@pytest.mark.parametrize("question", ["data", "volume", "budget", "domain", "consistency", ""])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the lease one has no data", 3),
        ("for the birthday greetings there is no budget", 6),
        ("number 5 has low volume, three a month", 5),
        ("product texts: no budget at all", 4),
    ],
)
def test_a_fact_about_an_idea_by_name_is_noted_for_it(question: str, text: str, number: int) -> None:
    assert about(asked(question), text) == (number,)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("data", "yes, from the tickets we have 8000"),
        ("data", "2: no data"),
        ("volume", "about 3 a day"),
        ("budget", "limited, the shop ate all of it"),
        ("domain", "leases and legal terms, very specialised"),
        ("budget", "the lease one"),
    ],
)
def test_an_answer_to_the_open_question_stays_one(question: str, text: str) -> None:
    assert about(asked(question), text) == ()


def test_the_idea_that_is_talked_about_is_not_looked_for_on_the_list() -> None:
    own = asked("budget", idea="Checking lease contracts of other towns")
    assert about(own, "the lease contracts have no budget") == ()
    assert about(own, "the lab one has no budget") == (5,)


def test_words_name_ideas_only_after_the_list_was_shown() -> None:
    assert about(asked("data", listing=None), "the lease one has no data") == ()
    assert about(asked("data", listing=None), "number 3 has no data") == (3,)


def test_a_number_is_an_idea_where_it_can_be_no_option() -> None:
    assert about(asked("data"), "6: no budget") == (6,)
    assert about(asked("data", pending="a bot for menus"), "2: no budget") == (2,)


@pytest.mark.parametrize("question", ["budget", ""])
def test_ideas_are_compared_by_name(question: str) -> None:
    for text in ("compare leases with the product texts", "leases vs product texts, whats the difference"):
        assert understand(shipped(), asked(question), text)[0].intent == comparing((3, 4))


def test_the_ideas_are_loaded_once_the_list_was_shown() -> None:
    message = Message("m", Person("ana"), NOON, Typed("the lease one has no budget"))
    assert shipped().may_need_board(asked("data"), message)
    assert not shipped().may_need_board(asked("data", listing=None), message)
