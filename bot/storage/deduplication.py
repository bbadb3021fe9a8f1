"""Deduplication of messages that leave nothing in a conversation.

Slack sends a mention as two events, and sends again what it gets no answer to. A message that changes a conversation is
known there by its id; the wish to be forgotten, or a notice to the sender alone, is not.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import blake2s
from typing import TypeVar

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis import LuaScript, Storage
from dialogs.message import Press
from dialogs.turn import Turn

Result = TypeVar("Result")

TTL = 3600
"""Seconds for which a message is known: far longer than a platform repeats it."""

_CLAIM = LuaScript("""
-- KEYS: message. ARGV: token, time to live in s. Answer: 1 where the message is this token's.
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
""")


class Deduplication:
    """Which attempt handles a message: a key for each message, which tells nothing of it."""

    def __init__(self, storage: Storage, *, prefix: str) -> None:
        self._storage = storage
        self._prefix = prefix

    async def run_once(self, entry: OutboxEntry, action: Callable[[], Awaitable[Result]]) -> Result | None:
        """The result of the action; None where another event of the message has run it, or is about to.

        Where it fails, the next event may try. StorageUnavailable as from `Sessions`.
        """
        if not await self._claim(entry):
            return None
        try:
            return await action()
        except Exception:
            with suppress(StorageUnavailable):
                await self._storage.command("DEL", self._key(entry))
            raise

    async def notice_once(self, entry: OutboxEntry, turn: Turn) -> Turn:
        """A turn that changes nothing, without its notice to the sender where another event of the message had it.

        A press arrives once, so it costs no round trip.
        """
        if not turn.aside or isinstance(entry.message.content, Press):
            return turn
        try:
            first = await self._claim(entry)
        except StorageUnavailable:
            return turn
        return turn if first else Turn(turn.conversation, duplicate=True)

    async def _claim(self, entry: OutboxEntry) -> bool:
        return bool(await self._storage.script(_CLAIM, [self._key(entry)], [entry.token, TTL]))

    def _key(self, entry: OutboxEntry) -> str:
        name = ":".join((entry.channel, entry.place.space, entry.message.ids[-1]))
        return f"{self._prefix}:once:{blake2s(name.encode(), digest_size=16).hexdigest()}"
