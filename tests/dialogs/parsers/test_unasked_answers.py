"""Answers to questions that are not open: beside a proposal, and to what was left at "not sure"."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, Proposal
from dialogs.replies.questions import LikelyOption
from knowledge.interfaces import UnderstoodAnswer
from tests.dialogs.parsers.meanings import CHEAP, HIGH, LOW, meant
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure, understanding
from tests.dialogs.talk import Talk

LINE = "they want an answer straight away ofc"


def proposed(advisor: Advisor) -> Conversation:
    waits = Proposal(question="data", option="yes", evidence="some")
    return asked(advisor, "data").replace(confirm=waits, revisit=None)


@pytest.mark.parametrize(
    ("replies", "unsure", "meaning"),
    [
        ({"volume": HIGH}, False, "changes volume high"),
        ({"volume": HIGH}, True, "Unknown"),
        ({"volume": sure("volume", "high", 0.95)}, False, "changes volume high"),
        ({"volume": sure("volume", "high", 0.94)}, False, "Unknown"),
        ({"volume": maybe("volume", "high")}, False, "Unknown"),
        ({"volume": sure("volume", "unsure")}, False, "Unknown"),
        ({"volume": HIGH, "budget": CHEAP}, False, "Unknown"),
        ({"volume": CHEAP}, False, "Unknown"),
    ],
)
def test_a_line_beside_a_proposal_counts_where_one_question_takes_it(
    advisor: Advisor, replies: dict[str, UnderstoodAnswer], unsure: bool, meaning: str
) -> None:
    meanings = Understanding(
        {(LINE, question): (answer,) for question, answer in replies.items()},
        unsure=frozenset({LINE} if unsure else ()),
    )
    assert meant(advisor, proposed(advisor), LINE, meanings) == meaning


def test_an_idea_beside_a_proposal_is_an_idea(advisor: Advisor) -> None:
    text = "a thing that answers them straight away"
    meanings = Understanding({(text, "volume"): (HIGH,)}, projects={text: 0.99})
    assert "changes" not in meant(advisor, proposed(advisor), text, meanings)
    assert "changes" in meant(advisor, proposed(advisor), text, replace(meanings, projects={}))


def test_without_a_proposal_it_answers_what_is_asked(advisor: Advisor) -> None:
    meanings = Understanding({(LINE, "volume"): (HIGH,)})
    assert meant(advisor, proposed(advisor).replace(confirm=None), LINE, meanings) == "Unknown"


def test_the_proposal_stays_open_beside_it(advisor: Advisor) -> None:
    talk = Talk(understanding(advisor, Understanding({(LINE, "volume"): (HIGH,)})))
    talk.conversation = proposed(advisor)
    talk.say(LINE)
    assert talk.conversation.chosen == {"volume": "high"}
    assert talk.conversation.confirm == Proposal(question="data", option="yes", evidence="some")
    assert isinstance(talk.turn.card[-1], LikelyOption)
    assert talk.say("yes").conversation.chosen == {"volume": "high", "data": "yes"}


def left_open(advisor: Advisor, **left: str) -> Conversation:
    return asked(advisor, "budget", data="yes", **{"volume": "unsure", "domain": "general", **left})


@pytest.mark.parametrize(
    ("conversation", "replies", "unsure", "meaning"),
    [
        ({}, {"volume": LOW}, False, "likely volume low"),
        ({}, {"volume": LOW}, True, "Unknown"),
        ({}, {"volume": maybe("volume", "low")}, False, "Unknown"),
        ({}, {"volume": sure("volume", "unsure")}, False, "Unknown"),
        ({}, {"volume": CHEAP}, False, "Unknown"),
        ({}, {"data": sure("data", "no")}, False, "Unknown"),
        ({"volume": "high"}, {"volume": LOW}, False, "Unknown"),
        ({"domain": "unsure"}, {"volume": LOW}, False, "likely volume low"),
        ({"domain": "unsure"}, {"volume": LOW, "domain": sure("domain", "specialised")}, False, "Unknown"),
    ],
)
def test_what_comes_late_for_a_question_left_open_is_proposed(
    advisor: Advisor, conversation: dict[str, str], replies: dict[str, UnderstoodAnswer], unsure: bool, meaning: str
) -> None:
    meanings = Understanding(
        {(LINE, question): (answer,) for question, answer in replies.items()},
        unsure=frozenset({LINE} if unsure else ()),
    )
    assert meant(advisor, left_open(advisor, **conversation), LINE, meanings) == meaning


def test_nothing_comes_late_while_a_proposal_waits(advisor: Advisor) -> None:
    waits = left_open(advisor).replace(
        confirm=Proposal(question="budget", option="limited", evidence="skint"), revisit=None
    )
    assert meant(advisor, waits, LINE, Understanding({(LINE, "volume"): (LOW,)})) != "likely volume low"


def test_what_comes_late_is_proposed_at_the_result(advisor: Advisor) -> None:
    result = asked(
        advisor, None, data="yes", volume="unsure", domain="general", budget="limited", consistency="tolerant"
    )
    assert meant(advisor, result, LINE, Understanding({(LINE, "volume"): (LOW,)})) == "likely volume low"


def test_the_open_question_stays_open_beside_what_came_late(advisor: Advisor) -> None:
    talk = Talk(understanding(advisor, Understanding({(LINE, "volume"): (LOW,)})))
    talk.conversation = left_open(advisor).replace(revisit=None)
    talk.say(LINE)
    assert (talk.open, talk.conversation.chosen["volume"]) == ("budget", "unsure")
    assert "Volume and speed: change it to" in talk.card
    assert talk.say("yes").conversation.chosen["volume"] == "low"
