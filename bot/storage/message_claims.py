"""Which messages were handled, of those that leave nothing in a conversation: each has its effect once.

Slack sends a mention as two events, and sends again what it gets no answer to. A message that changes a conversation is
known there by its id; the wish to be forgotten, or a notice to the sender alone, is not.
"""

from dataclasses import dataclass
from hashlib import blake2s

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis_retries import Storage
from dialogs.message import Press
from dialogs.turn import Turn

TTL = 3600
"""Seconds for which a message is known: far longer than a platform repeats it."""


class AlreadyHandled(Exception):
    """Another event of the message was there first."""


@dataclass(eq=False)
class MessageClaims:
    """Decides which attempt handles a message: a key for each message, which reveals nothing about it."""

    storage: Storage
    prefix: str

    async def claim(self, entry: OutboxEntry) -> str | None:
        """Claims a message for one entry, whose claim stays also if its process dies.

        Returns the result if the entry was finished; None if it is still to be handled. AlreadyHandled if the message
        is another entry's.
        """
        owner, _, result = (await self._owner(entry)).partition(" ")
        if owner != entry.token:
            raise AlreadyHandled
        return result or None

    async def finish(self, entry: OutboxEntry, result: str) -> None:
        await self.storage.command("SET", self._key(entry), f"{entry.token} {result}", "EX", TTL)

    async def notice_once(self, entry: OutboxEntry, turn: Turn) -> Turn:
        """A turn that changes nothing, without its notice to the sender where another event of the message had it.

        A press arrives once, so it costs no round trip.
        """
        if not turn.aside or isinstance(entry.message.content, Press):
            return turn
        try:
            owner = await self._owner(entry)
        except StorageUnavailable:
            return turn
        return turn if owner == entry.token else Turn(turn.conversation, duplicate=True)

    async def note_asked(self, entry: OutboxEntry, at: str) -> None:
        """Stores that the sender was asked something in this space, at a point of their conversation there."""
        await self.storage.command("SET", self._asked(entry), at, "EX", TTL)

    async def asked_at(self, entry: OutboxEntry) -> str:
        """Where the sender was asked something in this space; "" for nowhere."""
        found: bytes | None = await self.storage.command("GET", self._asked(entry))
        return (found or b"").decode()

    def _asked(self, entry: OutboxEntry) -> str:
        name = ":".join((entry.channel, entry.place.space, entry.message.sender.id))
        return f"{self.prefix}:asked:{blake2s(name.encode(), digest_size=16).hexdigest()}"

    async def _owner(self, entry: OutboxEntry) -> str:
        return await self.storage.taken(self._key(entry), entry.token, TTL)

    def _key(self, entry: OutboxEntry) -> str:
        name = ":".join((entry.channel, entry.place.space, entry.message.ids[-1]))
        return f"{self.prefix}:once:{blake2s(name.encode(), digest_size=16).hexdigest()}"
