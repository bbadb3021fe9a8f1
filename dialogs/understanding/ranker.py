"""How likely each kind of command is for a part of a line, where the conversation stands."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.board_position import board_of
from dialogs.understanding.mentions import mentions
from knowledge.interfaces import Place, Where
from knowledge.pack import Question


def likely_kinds(advisor: Advisor, conversation: Conversation, text: str) -> Mapping[str, float]:
    """The probability of each kind, as `kind` or `kind.what`."""
    return advisor.knowledge.command_kinds.probabilities(text, place_of(advisor, conversation, text))


def place_of(advisor: Advisor, conversation: Conversation, text: str) -> Place:
    flows = advisor.flows
    flow, prompt = flows.current(conversation), flows.open_prompt(conversation)
    question = prompt.id if isinstance(prompt, Question) else None
    # The first line of a thread is about nothing that is listed in the channel.
    listed = bool(conversation.revision and board_of(conversation).shown)
    where: Where
    if not flow.accepts_descriptions:
        where = "lesson"
    elif flow is flows.board:
        where = "board"
    elif question is not None:
        where = "question"
    else:
        where = "result" if conversation.started or listed else "fresh"
    return Place(
        where,
        question,
        proposed=conversation.confirm is not None and where != "lesson",
        listed=listed,
        named=bool(listed and mentions(advisor, board_of(conversation), text)),
        last=conversation.last,
    )
