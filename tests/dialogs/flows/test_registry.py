"""Which flow is active, and which one waits to be continued."""

from dialogs.advisor import Advisor
from tests.dialogs.stub_knowledge import asked


def test_a_flow_waits_while_it_is_under_way_and_another_is_active(advisor: Advisor) -> None:
    flows = advisor.flows
    answering = asked(advisor, "volume", data="yes")
    learning = answering.replace(flow="learn")
    assert flows.current(answering) is flows.questions
    assert flows.waiting(answering) is None
    assert flows.current(learning) is not flows.questions
    assert flows.waiting(learning) is flows.questions
    assert flows.waiting(learning.replace(started=False)) is None


def test_a_flow_that_this_version_does_not_have_counts_as_the_questions(advisor: Advisor) -> None:
    assert advisor.flows.current(asked(advisor, "volume").replace(flow="of tomorrow")) is advisor.flows.questions
