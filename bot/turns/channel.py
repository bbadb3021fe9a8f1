"""The interface of a channel, and of the surface on it where replies appear."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.storage.outbox_entry import OutboxEntry
from bot.storage.record import Card
from dialogs.message import Message
from dialogs.view import File, Line, Paragraph, View

if TYPE_CHECKING:
    from aiohttp.web import AbstractRouteDef


class TryLater(Exception):
    """The platform does not accept a message for now (busy, slow, out of order). It stays pending."""


class Paused(TryLater):
    """The platform accepts nothing until a time that it named; nothing need be asked of it meanwhile."""


class Undeliverable(Exception):
    """The platform will never accept the message: the channel, the message or our access to it is gone.

    `reason` is the platform's error code, "" if it has none.
    """

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message of ours as the platform has it: its text, and the revision on its buttons, if it has any. `asks`: an
    answer can be pressed there, as only on the live card."""

    card: Card
    text: str
    revision: int | None
    asks: bool = False


class Surface(Protocol):
    """One thread on a channel, and the sender in it. Every method raises TryLater or Undeliverable.

    `can_whisper`: what is whispered is seen by the sender alone; elsewhere it can only be shown to everybody.
    `can_expand`: whoever pressed gets a longer form of the card in its place, which nobody else sees.
    `names_subject`: a press of feedback there says itself what it is about; elsewhere that is kept by message.
    """

    @property
    def can_whisper(self) -> bool: ...

    @property
    def can_expand(self) -> bool: ...

    @property
    def names_subject(self) -> bool: ...

    async def post(self, view: View) -> Card:
        """Posts a message below the others and says where it is."""

    async def update(self, card: Card, view: View) -> Card:
        """Edits the live card in place. Where it is gone, posts it anew; says where it is now."""

    async def edit(self, card: Card, view: View) -> None:
        """Edits a message in place, or raises: it is never posted anew, nor silently left as it is."""

    async def retire(self, card: Card, record: View) -> None:
        """Edits an older card, since the live one is below it. One that cannot be edited stays as it was: its buttons
        are recognised as late, and it must not move below the live card."""
        await self.update(card, record)

    async def delete(self, card: Card, record: View) -> None:
        """Deletes an older card. Where that is refused, or a thread hangs on it, it becomes the record."""

    async def sent(self, since: int) -> Sequence[SentMessage] | None:
        """The bot's messages in the thread since a time (seconds since 1970), oldest first; None if the platform gives
        no access to them."""
        return None

    def text(self, view: View) -> str:
        """The text that a view has in the results of `sent`; unused where that returns nothing."""
        return ""

    async def close(self, card: Card) -> None:
        """Removes the buttons of an older card; does nothing where the platform gives no access to its content."""
        return

    async def post_file(self, file: File) -> None:
        """Posts a file, with the line about it. Undeliverable where the surface takes none."""
        raise Undeliverable("no files go out here")

    async def fetch(self, name: str, url: str) -> bytes:
        """A file that somebody sent here. BadFile where it is gone."""
        raise Undeliverable("no files come in here")

    async def whisper(self, view: View) -> None:
        """Shows something to the sender only."""

    async def think(self, message: Message, words: str, over: asyncio.Event) -> None:
        """Shows that the reply to a message takes a while, in these words or the platform's own, until it is over:
        never by a message that stays. What it raises is ignored."""
        return


class Channel(Protocol):
    """A channel that is on."""

    @property
    def routes(self) -> "Sequence[AbstractRouteDef]":
        """Its HTTP routes; may be empty."""

    def start(self) -> Awaitable[None]:
        """Awaited before the first request is served."""

    def stop(self) -> Awaitable[None]:
        """Awaited after the last request; ends within a few seconds."""

    def surface(self, entry: OutboxEntry) -> Surface:
        """Where the replies of an outbox entry go."""


def said(line: Line) -> View:
    """A message of one paragraph."""
    return View((Paragraph(line),))
