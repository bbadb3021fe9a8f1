"""What is asked about a result, and suppositions."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.executor.executor import execute
from dialogs.flows.replay import answers_so_far
from dialogs.replies.results import OtherResult, ResultSummary
from dialogs.turn import Turn
from tests.dialogs.executor.lines import explain, set_, show
from tests.dialogs.flows.question_states import kinds, message, notices, states


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (explain(What.VERDICT), What.VERDICT),
        (show(What.WOULD_CHANGE), What.WOULD_CHANGE),
        (explain(What.STRENGTH), What.STRENGTH),
        (Command(Kind.WRITE, What.RECORD), ResultSummary),
        (show(What.STEPS), What.STEPS),
        (show(What.SOURCES), What.SOURCES),
        (show(What.CASE), What.CASE),
    ],
)
def test_what_is_asked_about_the_result_is_told_below_it(advisor: Advisor, command: Command, kind: object) -> None:
    turn = execute(advisor, states(advisor)["result"], message(), (command,))
    assert (kinds(turn), turn.card) == ([kind], ())


def test_the_answers_so_far_name_the_idea_and_what_is_open_or_the_result(advisor: Advisor) -> None:
    state = states(advisor)["result"].replace(idea="mails")
    told = answers_so_far(advisor.knowledge, state)
    assert (told.title, told.open, told.verdict is None) == ("mails", None, False)
    assert [record.question.id for record in told.records] == [*advisor.pack.question_of]
    opened = answers_so_far(advisor.knowledge, state.replace(revisit="budget"))
    assert (opened.open, opened.verdict) == (advisor.pack.question("budget"), None)


def supposed(advisor: Advisor, **other: str) -> tuple[Turn, OtherResult]:
    commands = tuple(Command(Kind.SUPPOSE, question=question, option=option) for question, option in other.items())
    turn = execute(advisor, states(advisor)["result"], message(), commands)
    (reply,) = turn.below
    assert isinstance(reply, OtherResult)
    return turn, reply


def test_what_would_be_is_told_and_the_change_is_offered(advisor: Advisor) -> None:
    state = states(advisor)["result"]
    turn, reply = supposed(advisor, data="no")
    assert turn.conversation.answers == state.answers
    (offer,) = turn.conversation.focus.offers
    assert (offer.label, offer.commands) == (reply.label, (set_("data", "no").replace(sure="none"),))
    assert [(q.id, o) for q, o in reply.answers] == [("data", "no")]
    assert reply.verdict != reply.now
    turn, reply = supposed(advisor, data="no", volume="low")
    assert [len(offer.commands) for offer in turn.conversation.focus.offers] == [2]
    assert len(reply.answers) == 2
    turn, reply = supposed(advisor, data="no", volume="high")
    assert [q.id for q, _ in reply.answers] == ["data", "volume"]
    assert [len(offer.commands) for offer in turn.conversation.focus.offers] == [1], "what is so already is no change"
    turn, reply = supposed(advisor, data="yes")
    assert (turn.conversation.focus.offers, reply.label, [q.id for q, _ in reply.answers]) == ((), "", ["data"])
    assert reply.verdict == reply.now
    turn = execute(advisor, state, message(), (Command(Kind.SUPPOSE),))
    assert (notices(turn), turn.conversation.answers) == (["what_if_unclear"], state.answers)
