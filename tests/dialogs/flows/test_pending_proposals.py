"""Proposed answers: kept, confirmed, rejected, or accepted by going on."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Proposal
from dialogs.message import Action, Press, Typed, Verb
from dialogs.replies.questions import (
    LikelyChange,
    QuestionCard,
)
from dialogs.replies.results import (
    Recommendation,
)
from knowledge.interfaces import Reading
from tests.dialogs.flows.question_states import ALL, kinds, message, notices, states


def test_a_proposal_that_is_refused_leads_to_its_question_or_to_nothing(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    turn = flow.reject(found["proposed"], message())
    assert notices(turn) == ["which_then"]
    assert turn.conversation.confirm is None
    beside = found["open"].replace(confirm=Proposal(question="data", option="no"))
    turn = flow.reject(beside, message())
    assert notices(turn) == ["left_as_it_was"]
    assert QuestionCard in kinds(turn)
    after = found["result"].replace(confirm=Proposal(question="data", option="no"))
    turn = flow.reject(after, message())
    assert (notices(turn), turn.card) == (["left_as_it_was"], ())
    assert notices(flow.reject(found["open"], message())) == ["left_as_it_was"]
    jumped = found["open"].replace(confirm=Proposal(question="budget", option="limited", evidence="cheap"))
    assert notices(flow.reject(jumped, message())) == ["left_as_it_was"], "another question is open now"


@pytest.mark.parametrize(
    ("content", "how"),
    [(Typed("yes"), AnswerMethod.TYPED), (Press(Action(Verb.CONFIRM, ("volume", "low")), 9), AnswerMethod.BUTTON)],
)
def test_a_proposal_that_is_confirmed_is_recorded_as_it_was_given(
    advisor: Advisor, content: Typed | Press, how: AnswerMethod
) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    after = flow.confirm(found["proposed"], message(content)).conversation
    assert (after.chosen["volume"], after.answers["volume"].how, after.confirm) == ("low", how, None)
    beside = found["result"].replace(confirm=Proposal(question="data", option="no"))
    assert flow.confirm(beside, message(content)).conversation.chosen == {**ALL, "data": "no"}
    assert notices(flow.confirm(found["open"], message(content))) == ["outdated"]


def test_a_proposal_is_kept_with_its_words_where_nothing_is_recorded(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    turn = flow.propose(found["open"], message(Typed("some")), "volume", "low", {})
    assert turn.conversation.confirm == Proposal(question="volume", option="low", evidence="some")
    assert turn.conversation.missed == found["open"].missed + 1
    assert LikelyChange not in kinds(turn)
    turn = flow.propose(found["open"], message(Typed("none left")), "data", "no", {})
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert LikelyChange in kinds(turn)
    turn = flow.propose(found["open again"], message(Typed("none left")), "data", "no", {})
    assert LikelyChange not in kinds(turn), "the question is open"
    turn = flow.propose(found["result"], message(Typed("none left")), "data", "no", {})
    assert (kinds(turn), turn.card) == ([LikelyChange], ())
    turn = flow.propose(found["result"], message(Typed("x")), "data", "no", {"volume": Reading("low", "few")})
    assert turn.conversation.chosen["volume"] == "low"
    assert Recommendation in [type(reply) for reply in turn.card]


def test_who_goes_on_alone_about_another_question_was_understood(advisor: Advisor) -> None:
    flow, found = advisor.flows.questions, states(advisor)
    other = {"budget": Reading("limited", "cheap")}
    turn = flow.correct(found["proposed"], message(), other)
    taken = turn.conversation.answers["volume"]
    assert (taken.option, taken.how, taken.evidence) == ("low", AnswerMethod.READ, "some")
    assert turn.conversation.confirm is None
    two = found["proposed"].replace(people=("ana", "ben"))
    assert "volume" not in flow.correct(two, message(), other).conversation.answers
    bare = found["proposed"].replace(confirm=Proposal(question="volume", option="low"))
    assert "volume" not in flow.correct(bare, message(), other).conversation.answers
    same = flow.correct(found["proposed"], message(), {"volume": Reading("high", "many")})
    assert same.conversation.chosen["volume"] == "high"
