"""A place on a channel where replies appear, as the service sees it."""

from typing import Protocol

from bot.sessions import Card
from dialogs.view import View


class TryLater(Exception):
    """The platform did not take a message for now (busy, slow, out of order). It stays owed."""


class Undeliverable(Exception):
    """The platform will never take the message: the channel, the message or our access to it is gone."""


class Surface(Protocol):
    """One thread on a channel, and the sender in it. Every method raises TryLater or Undeliverable.

    `discreet`: what is whispered is seen by the sender alone; elsewhere it can only be said to everybody.
    """

    @property
    def discreet(self) -> bool: ...

    async def post(self, view: View) -> Card:
        """Posts a message below the others and says where it is."""

    async def update(self, card: Card, view: View) -> Card:
        """Edits a message in place. Where it is gone, posts it anew; says where it is now."""

    async def whisper(self, view: View) -> None:
        """Shows something to the sender only."""
