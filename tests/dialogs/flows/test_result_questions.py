"""What is asked about a result, and suppositions."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Proposal
from dialogs.flows.result_questions import about_result, suppose
from dialogs.intents import ResultTopic
from dialogs.replies.questions import (
    AnswersRead,
)
from dialogs.replies.results import (
    OtherResult,
    ResultChanges,
    ResultReasons,
    ResultStrength,
    ResultSummary,
)
from dialogs.turn import Turn
from knowledge.interfaces import Reading
from tests.dialogs.flows.question_states import kinds, message, notices, states
from tests.dialogs.talk import NOON


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        (ResultTopic.REASONS, ResultReasons),
        (ResultTopic.CHANGES, ResultChanges),
        (ResultTopic.STRENGTH, ResultStrength),
        (ResultTopic.SUMMARY, ResultSummary),
        (ResultTopic.READ, AnswersRead),
    ],
)
def test_what_is_asked_about_the_result_is_told_below_it(advisor: Advisor, topic: ResultTopic, kind: type) -> None:
    turn = about_result(advisor.knowledge, states(advisor)["result"], message(), topic)
    assert (kinds(turn), turn.card) == ([kind], ())


def test_only_what_was_read_is_listed_as_read(advisor: Advisor) -> None:
    state = states(advisor)["result"]
    read = Answer(option="yes", how=AnswerMethod.READ, by="ana", at=NOON)
    state = state.replace(answers={**state.answers, "data": read})
    (listed,) = about_result(advisor.knowledge, state, message(), ResultTopic.READ).below
    assert isinstance(listed, AnswersRead)
    assert [record.question.id for record in listed.readings] == ["data"]


def supposed(advisor: Advisor, **other: str) -> tuple[Turn, OtherResult]:
    readings = {question: Reading(option, "if") for question, option in other.items()}
    turn = suppose(advisor.pack, states(advisor)["result"], readings)
    (reply,) = turn.below
    assert isinstance(reply, OtherResult)
    return turn, reply


def test_what_would_be_is_told_and_one_change_is_offered(advisor: Advisor) -> None:
    state = states(advisor)["result"]
    turn, reply = supposed(advisor, data="no")
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert ([(q.id, o) for q, o in reply.answers], reply.offer) == ([("data", "no")], True)
    assert reply.verdict != reply.now
    turn, reply = supposed(advisor, data="no", volume="low")
    assert (turn.conversation.confirm, reply.offer, len(reply.answers)) == (None, False, 2)
    turn, reply = supposed(advisor, data="no", volume="high")
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert [q.id for q, _ in reply.answers] == ["data"], "what is so already is no change"
    turn, reply = supposed(advisor, data="yes")
    assert (turn.conversation.confirm, reply.offer, [q.id for q, _ in reply.answers]) == (None, False, ["data"])
    assert reply.verdict == reply.now
    turn = suppose(advisor.pack, state, {})
    assert (notices(turn), turn.conversation) == (["what_if_unclear"], state)
