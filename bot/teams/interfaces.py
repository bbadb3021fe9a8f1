"""The interface between botbuilder's adapter and the rest of this channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Json = Mapping[str, Any]
"""A JSON object."""

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
"""Content type of a card, in a message and in the answer to a press."""


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message of the bot: a card, and what notifications say about it.

    The card is JSON text: botbuilder copies all that it sends, value by value, but a text at no cost. `targeted` is the
    account of the one person who sees it; None: everybody in the conversation does. `feedback`: Teams asks below it
    whether it was of use. `text`: the message is that text, without a card around it; an answer to a press needs the
    card all the same. `kind` is another content type where it is no Adaptive Card but something of Teams' own about a
    file, with the file's `name` and address.
    """

    card: str
    summary: str
    targeted: str | None = None
    feedback: bool = False
    text: str | None = None
    kind: str = CARD_TYPE
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class InvokeAnswer:
    """What an invoke gets back within its request. `body` is JSON text; None: an empty one."""

    status: int
    body: str | None = None


class SendFailed(Exception):
    """Teams did not accept a message. `status` is what it answered last; None: nothing."""

    def __init__(self, status: int | None, reason: str) -> None:
        super().__init__(f"Teams did not accept a message: {reason}")
        self.status = status

    @property
    def permanent(self) -> bool:
        """Whether sending it again later is useless. 401 is not permanent, since the sign-in can be corrected."""
        return self.status is not None and self.status < 500 and self.status not in {401, 408, 412, 429}


class ServiceRefused(SendFailed):
    """The message would have gone to an address that does not belong to Teams."""

    permanent = True

    def __init__(self) -> None:
        super().__init__(None, "its address is none of Teams' services")


class ConversationClient(Protocol):
    """Posts, edits and deletes messages in one conversation, and shows that one is on its way."""

    async def post(self, message: OutgoingMessage) -> str:
        """Posts a message and returns its id; SendFailed where Teams did not accept it."""

    async def type(self) -> None:
        """Shows for some seconds that the bot types; SendFailed where Teams did not accept it."""

    async def update(self, message_id: str, message: OutgoingMessage) -> None:
        """Replaces a message of the bot; SendFailed where that did not work."""

    async def delete(self, message_id: str, *, targeted: bool = False) -> None:
        """Deletes a message of the bot; SendFailed where that did not work."""
