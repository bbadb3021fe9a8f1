"""Proposed answers: kept, confirmed, rejected, or accepted by going on."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import AnswerMethod, Conversation, Proposal
from dialogs.executor.executor import execute, propose
from dialogs.handlers.intent_commands import commands_of
from dialogs.intents import Correction
from dialogs.message import Action, Press, Typed, Verb
from dialogs.replies.questions import (
    LikelyChange,
    LikelyOption,
    QuestionCard,
)
from dialogs.replies.receipts import Receipts, Together
from knowledge.interfaces import Reading
from tests.dialogs.executor.lines import set_
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
    found, confirm = states(advisor), (Command(Kind.CONFIRM),)
    after = execute(advisor, found["proposed"], message(content), confirm).conversation
    assert (after.chosen["volume"], after.answers["volume"].how, after.confirm) == ("low", how, None)
    beside = found["result"].replace(confirm=Proposal(question="data", option="no"))
    assert execute(advisor, beside, message(content), confirm).conversation.chosen == {**ALL, "data": "no"}
    assert notices(execute(advisor, found["open"], message(content), confirm)) == ["nothing_to_confirm"]


def test_a_proposal_is_kept_with_its_words_where_nothing_is_recorded(advisor: Advisor) -> None:
    found, low, no = states(advisor), Proposal("volume", "low", "some"), Proposal("data", "no", "none left")
    turn = propose(advisor, found["open"], message(), (), low)
    assert turn.conversation.confirm == low
    assert turn.conversation.missed == found["open"].missed + 1
    assert kinds(turn) == [LikelyOption]
    turn = propose(advisor, found["open"], message(), (), no)
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert isinstance(turn.card[0], Receipts)
    assert [type(part) for part in turn.card[0].parts] == [LikelyChange]
    turn = propose(advisor, found["open again"], message(), (), no)
    assert kinds(turn) == [LikelyOption], "the question is open"
    turn = propose(advisor, found["result"], message(), (), no)
    assert (kinds(turn), turn.card) == ([LikelyChange], ())
    turn = propose(advisor, found["result"], message(), (set_("volume", "low"),), no)
    assert turn.conversation.chosen["volume"] == "low"
    (told,) = turn.below
    assert isinstance(told, Together)
    assert [type(part) for part in told.parts] == [Receipts, LikelyChange]


def test_who_goes_on_alone_about_another_question_was_understood(advisor: Advisor) -> None:
    found, cheap = states(advisor), Correction({"budget": Reading("limited", "cheap")})

    def after(state: Conversation, said: Correction) -> Conversation:
        commands = commands_of(advisor, state, said)
        assert commands is not None
        return execute(advisor, state, message(), commands).conversation

    went_on = after(found["proposed"], cheap)
    taken = went_on.answers["volume"]
    assert (taken.option, taken.how, taken.evidence) == ("low", AnswerMethod.READ, "some")
    assert went_on.confirm is None
    two = found["proposed"].replace(people=("ana", "ben"))
    assert "volume" not in after(two, cheap).answers
    bare = found["proposed"].replace(confirm=Proposal(question="volume", option="low"))
    assert "volume" not in after(bare, cheap).answers
    same = after(found["proposed"], Correction({"volume": Reading("high", "many")}))
    assert same.chosen["volume"] == "high"
