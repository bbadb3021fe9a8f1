"""Which parts of a line are taken for what, given how likely each kind is and what the readers find."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import AdviceRequest, Correction, GivenAnswer, Intent, SubjectQuestion, Unknown
from dialogs.understanding.policy import understand
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import LOW, PASSAGE, finished
from tests.dialogs.stub_knowledge import Understanding, asked, understanding

WHY = {"explain.verdict": 0.9, "set": 0.1}
ANSWERS = {"set": 0.9, "ask": 0.1}
FOUND = Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9)


def meant(advisor: Advisor, conversation: Conversation, text: str, meanings: Understanding) -> list[Intent]:
    return [part.intent for part in understand(understanding(advisor, meanings), conversation, text)]


def test_a_look_that_is_sure_is_taken(advisor: Advisor) -> None:
    found = meant(advisor, finished(advisor), "so be it", Understanding(kinds={"so be it": WHY}))
    assert found == [(Command(Kind.EXPLAIN, What.VERDICT),)]


def test_each_sentence_gets_its_own(advisor: Advisor) -> None:
    said, asks = "xyz it is.", "what is aaa?"
    meanings = Understanding({said: (LOW,)}, passages={asks: FOUND}, kinds={said: ANSWERS, asks: {"ask": 1.0}})
    answer, question = meant(advisor, asked(advisor, "volume", data="yes"), f"{said} {asks}", meanings)
    assert isinstance(answer, GivenAnswer)
    assert question == SubjectQuestion(FOUND)


def test_clauses_are_apart_where_each_surely_asks_for_something_else(advisor: Advisor) -> None:
    kinds = {
        "aaa, then bbb": {"go.undo": 0.5, "show.ideas": 0.5},
        "aaa": {"go.undo": 0.9},
        "then bbb": {"show.ideas": 0.9},
    }
    found = meant(advisor, finished(advisor), "aaa, then bbb", Understanding(kinds=kinds))
    assert found == [(Command(Kind.GO, What.UNDO),), (Command(Kind.SHOW, What.IDEAS),)]


@pytest.mark.parametrize(
    ("likely", "writes"), [({"ask": 0.55, "set": 0.45}, True), ({"ask": 0.55, "set": 0.01}, False)]
)
def test_what_is_hardly_said_is_not_written(advisor: Advisor, likely: dict[str, float], writes: bool) -> None:
    meanings = Understanding({"xyz": (LOW,)}, kinds={"xyz": likely})
    (found,) = meant(advisor, asked(advisor, "volume", data="yes"), "xyz", meanings)
    assert isinstance(found, GivenAnswer) is writes


def test_no_idea_begins_that_was_hardly_said(advisor: Advisor) -> None:
    text = "we want something for the mail of our customers"
    for likely, kind in (({"idea": 0.5}, AdviceRequest), ({"idea": 0.1}, Unknown)):
        meanings = Understanding(projects={text: 0.99}, kinds={text: likely})
        (found,) = meant(advisor, finished(advisor), text, meanings)
        assert isinstance(found, kind)


def test_what_was_just_proposed_is_understood_first(advisor: Advisor) -> None:
    meanings = Understanding(kinds={"yes": {"chat.thanks": 1.0}})
    proposed = asked(advisor, "volume", data="yes")
    (found,) = meant(advisor, proposed, "1", Understanding(kinds={"1": {"show.ideas": 1.0}}))
    assert isinstance(found, GivenAnswer)
    assert meant(advisor, finished(advisor), "yes", meanings) != [(Command(Kind.CHAT, What.THANKS),)]


def test_by_words_alone_the_readers_come_first(advisor: Advisor) -> None:
    assert not advisor.knowledge.by_meaning
    (part,) = understand(advisor, finished(advisor), "how sure are you about that")
    assert part.intent == (Command(Kind.EXPLAIN, What.STRENGTH),)
    (part,) = understand(advisor, finished(advisor), "change the budget to flexible")
    assert isinstance(part.intent, Correction)
