"""Which flow a conversation is in. Advising is the ground; others stand on it where the advisor was given them."""

from collections.abc import Iterator

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.flows.questions import Advising
from dialogs.message import Verb
from dialogs.replies import Reply
from knowledge.answer_parser import Prompt

ADVISING = Advising()


def flows(advisor: Advisor) -> Iterator[Flow]:
    """All flows."""
    yield ADVISING
    yield from advisor.flows


def current_flow(advisor: Advisor, conversation: Conversation) -> Flow:
    """The flow that a conversation is in; advising where this advisor does not have that flow."""
    return next((flow for flow in advisor.flows if flow.name == conversation.flow), ADVISING)


def flow_for(advisor: Advisor, conversation: Conversation, verb: Verb) -> Flow:
    """The flow that a button means: the one whose own it is, or the one in the foreground."""
    return next((flow for flow in flows(advisor) if verb in flow.verbs), current_flow(advisor, conversation))


def switch_to(conversation: Conversation, flow: Flow) -> Conversation:
    """The conversation with this flow in the foreground; the other one keeps where it is."""
    return conversation if conversation.flow == flow.name else conversation.having(flow=flow.name)


def waiting(advisor: Advisor, conversation: Conversation) -> Flow | None:
    """A flow in the background with something to go on with."""
    current = current_flow(advisor, conversation)
    return next((flow for flow in flows(advisor) if flow is not current and flow.under_way(conversation)), None)


def open_prompt(advisor: Advisor, conversation: Conversation) -> Prompt | None:
    """What waits for an answer now."""
    return current_flow(advisor, conversation).prompt(advisor, conversation)


def shown(advisor: Advisor, conversation: Conversation, at: int) -> tuple[Reply, ...]:
    """What the live card shows. `at` is in seconds since 1970."""
    return current_flow(advisor, conversation).replay(advisor, conversation, at)
