"""The interface of an organisation's language model that words answers."""

from typing import Protocol

from dialogs.conversation import Conversation
from dialogs.message import Message
from dialogs.turn import Turn
from dialogs.wording.placement import Words


class Speaker(Protocol):
    """Words answers to what was asked, from facts that code chose."""

    limit: float
    """Seconds within which it has words."""

    async def words(self, before: Conversation, turn: Turn, message: Message) -> Words | None:
        """The words of the answers in a turn; None where there are none within its limit."""
