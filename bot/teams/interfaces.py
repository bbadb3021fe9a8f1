"""The words between the framework's room and the rest of this channel: neither needs to know the other's classes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.teams.activities import Incoming
from bot.teams.json_text import Written

Json = Mapping[str, Any]
"""A JSON object."""

CARD = "application/vnd.microsoft.card.adaptive"
"""Content type of a card, in a message and in the answer to a press."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message of the bot: a card, and what notifications say about it."""

    card: Written
    summary: str


@dataclass(frozen=True, slots=True)
class InvokeAnswer:
    """What an invoke gets back within its request; `body` None: an empty one."""

    status: int
    body: Written | None = None


class SendFailed(Exception):
    """Teams did not take a message. `status` is what it answered last; None: nothing."""

    def __init__(self, status: int | None, reason: str) -> None:
        super().__init__(f"Teams did not take a message: {reason}")
        self.status = status

    @property
    def lasting(self) -> bool:
        """Whether it is refused for good, so that sending it again later is of no use. A sign-in can be mended: 401
        is not."""
        return self.status is not None and self.status < 500 and self.status not in {401, 408, 412, 429}


class Chat(Protocol):
    """The conversation that an activity came from."""

    async def post(self, message: Outgoing) -> str:
        """Posts a message and returns its id; SendFailed where it was not taken."""

    async def update(self, message_id: str, message: Outgoing) -> None:
        """Replaces a message of the bot; SendFailed where that did not work."""


class Bot(Protocol):
    """What the advisor does with the activities that concern it."""

    async def message(self, incoming: Incoming, chat: Chat) -> None:
        """Somebody wrote, or pressed a button on a client that knows only Action.Submit."""

    async def invoke(self, incoming: Incoming, chat: Chat) -> InvokeAnswer:
        """Somebody pressed a button, or gave feedback."""

    async def added(self, incoming: Incoming, chat: Chat) -> None:
        """The bot was added to the conversation."""
