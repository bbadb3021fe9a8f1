"""How likely each kind of command is for a part of a line, where the conversation stands."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from knowledge.interfaces import Place
from knowledge.pack import Question


def likely_kinds(advisor: Advisor, conversation: Conversation, text: str) -> Mapping[str, float]:
    """The probability of each kind, as `kind` or `kind.what`."""
    return advisor.knowledge.command_kinds.probabilities(text, place_of(advisor, conversation))


def place_of(advisor: Advisor, conversation: Conversation) -> Place:
    """Where a line of this conversation is typed."""
    flows = advisor.flows
    flow, prompt = flows.current(conversation), flows.open_prompt(conversation)
    question = prompt.id if isinstance(prompt, Question) else None
    waiting = conversation.pending is not None
    if not flow.accepts_descriptions:
        return Place("lesson", question, waiting=waiting)
    proposed = conversation.confirm is not None
    if flow is flows.board:
        return Place("board", question, proposed, waiting)
    if question is not None:
        return Place("question", question, proposed, waiting)
    listed = conversation.board is not None and bool(conversation.board.shown)
    return Place("result" if conversation.started or listed else "fresh", None, proposed, waiting)


def kind_of(command: Command) -> str:
    """The kind of a command: with its form, where the ranker tells them apart."""
    return (
        command.command
        if command.what is What.NONE or command.command is Kind.WRITE
        else f"{command.command}.{command.what}"
    )
