"""How an idea of the board is made of a row, and what an answer keeps of the words it was read from."""

import pytest

from dialogs.advisor import Advisor
from dialogs.answer import AnswerMethod
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT
from dialogs.flows.idea_reader import given_answer, new_idea
from dialogs.message import GivenIdea, Message, Person, Typed
from dialogs.titles import Titles
from knowledge.interfaces import Reading
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON


def message(link: str | None = None) -> Message:
    return Message("m", Person("ana", "Ana"), NOON, Typed("x"), permalink=link)


@pytest.mark.parametrize(("words", "kept"), [("", None), ("w" * 500, "w" * EVIDENCE_LIMIT), ("we have", "we have")])
def test_an_answer_keeps_the_words_that_it_was_read_from(words: str, kept: str | None) -> None:
    answer = given_answer(message(), Reading("yes", words), AnswerMethod.READ)
    assert (answer.evidence, answer.by, answer.name, answer.at) == (kept, "ana", "Ana", NOON)


def test_an_idea_has_what_was_told_and_what_its_text_says(advisor: Advisor) -> None:
    meanings = Understanding(reads={"a bot": {"data": "no", "volume": "low"}})
    knowledge = understanding(advisor, meanings).knowledge
    told = (("data", "yes"), ("budget", "some"), ("colour", "red"))
    idea = new_idea(
        knowledge, Titles(knowledge, advisor.catalogue.titles), message("https://x.org"), GivenIdea("a bot", told), 0
    )
    assert idea.chosen == {"data": "yes", "volume": "low"}
    assert {name: answer.how for name, answer in idea.answers.items()} == {
        "data": AnswerMethod.TYPED,
        "volume": AnswerMethod.READ,
    }
    assert (idea.number, idea.by, idea.name, idea.at, idea.link) == (0, "ana", "Ana", NOON, "https://x.org")
    other = new_idea(
        knowledge, Titles(knowledge, advisor.catalogue.titles), message(), GivenIdea("x" * (IDEA_LIMIT + 1)), 1
    )
    assert (len(other.text), other.link, other.answers) == (IDEA_LIMIT, "", {})
    assert other.id != idea.id
