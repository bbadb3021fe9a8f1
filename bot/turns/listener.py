"""The interface of an organisation's language model that listens along."""

from typing import Protocol

from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.message import Message


class Listener(Protocol):
    """Hears which commands a typed text asks for."""

    def wanted(self, conversation: Conversation, message: Message) -> bool:
        """Whether the model is to be asked about a message; quick and pure."""

    async def heard(self, conversation: Conversation, message: Message) -> tuple[Command, ...] | None:
        """What it hears; None after any error or limit. Never raises, ends within its limit."""
