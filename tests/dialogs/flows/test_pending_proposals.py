"""Proposed answers: kept, confirmed, rejected, or accepted by going on."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import AnswerMethod, Conversation, Proposal
from dialogs.executor.executor import execute
from dialogs.executor.items import Readings
from dialogs.message import Action, Press, Typed, Verb
from dialogs.replies.notices import Notice
from dialogs.replies.questions import LikelyChange, LikelyOption, QuestionCard
from dialogs.replies.receipts import Receipts, Together
from dialogs.understanding.expected_replies import accepted
from tests.dialogs.executor.lines import set_
from tests.dialogs.flows.question_states import ALL, kinds, message, notices, states


def test_a_proposal_that_is_refused_leads_to_its_question_or_to_nothing(advisor: Advisor) -> None:
    found = states(advisor)

    def refused(state: Conversation) -> tuple[Conversation, list[object], list[object]]:
        turn = execute(advisor, state, message(), (Command(Kind.REJECT),))
        told = [part for reply in turn.card for part in (reply.parts if isinstance(reply, Receipts) else ())]
        remarks = [reply.remark for reply in (*told, *turn.below) if isinstance(reply, Notice)]
        return turn.conversation, remarks, [type(reply) for reply in turn.card]

    after, remarks, card = refused(found["proposed"])
    assert (after.confirm, remarks, card) == (None, ["which_then"], [Receipts, QuestionCard])
    beside = found["open"].replace(confirm=Proposal(question="data", option="no"))
    assert refused(beside)[1:] == (["left_as_it_was"], [Receipts, QuestionCard])
    over = found["result"].replace(confirm=Proposal(question="data", option="no"))
    assert refused(over)[1:] == (["left_as_it_was"], [])
    jumped = found["open"].replace(confirm=Proposal(question="budget", option="limited", evidence="cheap"))
    assert refused(jumped)[1] == ["left_as_it_was"], "another question is open now"


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
    found, said = states(advisor), (set_("volume", "low", quote="some"), set_("data", "no", quote="none left"))
    low, no = (Readings((answer,), asked=True) for answer in said)
    turn = execute(advisor, found["open"], message(), (low,))
    assert turn.conversation.confirm == Proposal("volume", "low", "some")
    assert turn.conversation.missed == found["open"].missed + 1
    assert kinds(turn) == [LikelyOption]
    turn = execute(advisor, found["open"], message(), (no,))
    assert turn.conversation.confirm == Proposal(question="data", option="no")
    assert isinstance(turn.card[0], Receipts)
    assert [type(part) for part in turn.card[0].parts] == [LikelyChange]
    turn = execute(advisor, found["open again"], message(), (no,))
    assert kinds(turn) == [LikelyOption], "the question is open"
    turn = execute(advisor, found["result"], message(), (no,))
    assert (kinds(turn), turn.card) == ([LikelyChange], ())
    turn = execute(advisor, found["result"], message(), (set_("volume", "low"), no))
    assert turn.conversation.chosen["volume"] == "low"
    (told,) = turn.below
    assert isinstance(told, Together)
    assert [type(part) for part in told.parts] == [Receipts, LikelyChange]


def test_who_goes_on_alone_about_another_question_was_understood(advisor: Advisor) -> None:
    found, cheap = states(advisor), set_("budget", "limited", quote="cheap")

    def after(state: Conversation, said: Command) -> Conversation:
        return execute(advisor, state, message(), (*accepted(state, (said,)), said)).conversation

    went_on = after(found["proposed"], cheap)
    taken = went_on.answers["volume"]
    assert (taken.option, taken.how, taken.evidence) == ("low", AnswerMethod.READ, "some")
    assert went_on.confirm is None
    two = found["proposed"].replace(people=("ana", "ben"))
    assert "volume" not in after(two, cheap).answers
    bare = found["proposed"].replace(confirm=Proposal(question="volume", option="low"))
    assert "volume" not in after(bare, cheap).answers
    assert after(found["proposed"], set_("volume", "high", quote="many")).chosen["volume"] == "high"
