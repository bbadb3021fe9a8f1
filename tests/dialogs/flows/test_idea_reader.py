"""What a text about one idea answers: the question that was asked, or whatever it plainly says."""

from collections.abc import Mapping

import pytest

from dialogs.advisor import Advisor
from dialogs.answer import AnswerMethod
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT
from dialogs.flows.idea_reader import answers_to, given_answer, likely_question, new_idea, read_answers
from dialogs.message import GivenIdea, Message, Person, Typed
from dialogs.titles import Titles
from knowledge.interfaces import Certainty, Reading, UnderstoodAnswer
from tests.dialogs.stub_knowledge import Understanding, maybe, sure, understanding
from tests.dialogs.talk import NOON

HIGH, CHEAP = sure("volume", "high"), sure("budget", "limited")
LIKELY, OTHER = maybe("data", "no"), maybe("domain", "general")


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("data", "yes", {"data": "yes"}),
        ("data", "aaa", {"volume": "high", "budget": "limited"}),
        ("volume", "aaa", {"volume": "high", "budget": "limited"}),
        (None, "aaa", {"volume": "high", "budget": "limited"}),
        ("budget", "yes", {}),
        ("data", "plenty", {"data": "yes"}),
        ("data", "if aaa", {}),
        (None, "bbb", {}),
        ("data", "ccc", {}),
        ("data", "ddd", {"consistency": "tolerant"}),
        ("data", "eee", {}),
        ("data", "legal stuff", {"domain": "specialised"}),
        ("data", "fff", {"volume": "high", "domain": "general"}),
        ("data", "ggg", {"budget": "limited"}),
    ],
)
def test_what_a_text_answers(advisor: Advisor, asked: str | None, text: str, found: Mapping[str, str]) -> None:
    meanings = Understanding(
        {
            "aaa": (HIGH, CHEAP, LIKELY),
            ("aaa", "volume"): (sure("volume", "low"),),
            "bbb": (LIKELY, OTHER),
            "if aaa": (HIGH,),
            ("yes", None): (sure("data", "yes"),),
            ("ddd", "consistency"): (sure("consistency", "tolerant"),),
            ("ddd", "data"): (LIKELY,),
            ("eee", "volume"): (HIGH,),
            ("eee", "budget"): (CHEAP,),
            ("legal stuff", "domain"): (maybe("domain", "specialised"),),
            "fff": (HIGH,),
            "ggg": (HIGH, CHEAP),
        },
        reads={"fff": {"domain": "general"}, "ggg": {"volume": "low"}},
    )
    question = None if asked is None else advisor.pack.question(asked)
    given = read_answers(understanding(advisor, meanings).knowledge, text, question)
    assert {name: reading.option for name, reading in given.items()} == found


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("data", "yes", {"data": "yes"}),
        ("volume", "aaa", {"volume": "low"}),
        ("data", "aaa", {"volume": "high", "budget": "limited"}),
        ("data", "bbb", {"data": "no"}),
        ("data", "ccc", {}),
    ],
)
def test_what_a_text_answers_while_a_question_about_several_is_open(
    advisor: Advisor, asked: str, text: str, found: Mapping[str, str]
) -> None:
    meanings = Understanding(
        {"aaa": (HIGH, CHEAP, LIKELY), ("aaa", "volume"): (sure("volume", "low"),), "bbb": (LIKELY, OTHER)}
    )
    given = answers_to(understanding(advisor, meanings).knowledge, text, advisor.pack.question(asked))
    assert {name: reading.option for name, reading in given.items()} == found


@pytest.mark.parametrize(("text", "question"), [("bbb", "domain"), ("ccc", None)])
def test_the_question_that_a_text_probably_answers(advisor: Advisor, text: str, question: str | None) -> None:
    likely = UnderstoodAnswer("domain", "general", Certainty.PROPOSE, "bbb", 0.5)
    less = UnderstoodAnswer("data", "no", Certainty.PROPOSE, "bbb", 0.4)
    found = likely_question(understanding(advisor, Understanding({"bbb": (less, likely)})).knowledge, text)
    assert (found and found.id) == question


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
