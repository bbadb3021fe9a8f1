"""What is asked about a result, and suppositions."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Proposal
from dialogs.flows.result_questions import about_result, answers_so_far, suppose
from dialogs.intents import ResultTopic
from dialogs.replies.results import (
    OtherResult,
    ResultCase,
    ResultChanges,
    ResultReasons,
    ResultSource,
    ResultSteps,
    ResultStrength,
    ResultSummary,
)
from dialogs.turn import Turn
from knowledge.interfaces import Reading
from tests.dialogs.flows.question_states import kinds, message, notices, states


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        (ResultTopic.REASONS, ResultReasons),
        (ResultTopic.CHANGES, ResultChanges),
        (ResultTopic.STRENGTH, ResultStrength),
        (ResultTopic.SUMMARY, ResultSummary),
        (ResultTopic.STEPS, ResultSteps),
        (ResultTopic.SOURCE, ResultSource),
        (ResultTopic.CASE, ResultCase),
    ],
)
def test_what_is_asked_about_the_result_is_told_below_it(advisor: Advisor, topic: ResultTopic, kind: type) -> None:
    turn = about_result(advisor.knowledge, states(advisor)["result"], message(), topic)
    assert (kinds(turn), turn.card) == ([kind], ())


def test_the_answers_so_far_name_the_idea_and_what_is_open_or_the_result(advisor: Advisor) -> None:
    state = states(advisor)["result"].replace(idea="mails")
    told = answers_so_far(advisor.knowledge, state)
    assert (told.title, told.open, told.verdict is None) == ("mails", None, False)
    assert [record.question.id for record in told.records] == [*advisor.pack.question_of]
    opened = answers_so_far(advisor.knowledge, state.replace(revisit="budget"))
    assert (opened.open, opened.verdict) == (advisor.pack.question("budget"), None)


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
