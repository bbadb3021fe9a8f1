"""The interface between botbuilder's adapter and the rest of this channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from bot.turns.channel import TryLater, Undeliverable

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


REFUSED = "Teams did not accept a message: "
"""How the log begins what was not sent."""


class MessageGone(Undeliverable):
    """The message to edit or to delete is not there."""


def failure(status: int | None, reason: str) -> TryLater | Undeliverable:
    """What it means that Teams did not accept a message, by what it answered last; None: nothing. 401 is not permanent,
    since the sign-in can be corrected."""
    if status is None or status >= 500 or status in {401, 408, 412, 429}:
        return TryLater(REFUSED + reason)
    return (MessageGone if status == HTTPStatus.NOT_FOUND else Undeliverable)(REFUSED + reason)


class ConversationClient(Protocol):
    """Posts, edits and deletes messages in one conversation, and shows that one is on its way.

    TryLater or Undeliverable where Teams did not accept it.
    """

    async def post(self, message: OutgoingMessage) -> str:
        """Posts a message and returns its id."""

    async def type(self) -> None:
        """Shows for some seconds that the bot types."""

    async def update(self, message_id: str, message: OutgoingMessage) -> None:
        """Replaces a message of the bot."""

    async def delete(self, message_id: str, *, targeted: bool = False) -> None:
        """Deletes a message of the bot."""
