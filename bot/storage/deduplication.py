"""Messages that leave no mark in a conversation, and yet are to be heeded once although they arrive twice.

Slack sends a mention as two events, and what it has no answer to again. Whatever changes a conversation is known there
by its id; the wish to be forgotten, or a word to the sender alone, is not.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import blake2s
from typing import TypeVar

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import OutboxEntry
from bot.storage.redis import Script, Storage
from dialogs.message import Press
from dialogs.turn import Turn

Result = TypeVar("Result")

KEPT = 3600
"""Seconds for which a message is known: far longer than a platform repeats it."""

_CLAIM = Script("""
-- KEYS: message. ARGV: token, time to live in s. Answer: 1 where the message is this token's.
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
""")


class Deduplication:
    """Who heeds a message; a key for each, which tells nothing of it."""

    def __init__(self, storage: Storage, *, prefix: str) -> None:
        self._storage = storage
        self._prefix = prefix

    async def run_once(self, debt: OutboxEntry, heed: Callable[[], Awaitable[Result]]) -> Result | None:
        """What comes of heeding the message; None where another event of it has been heeded, or is about to be.

        Where that fails, the next event may try. StorageUnavailable as from `Sessions`.
        """
        if not await self._claim(debt):
            return None
        try:
            return await heed()
        except Exception:
            with suppress(StorageUnavailable):
                await self._storage.command("DEL", self._key(debt))
            raise

    async def reply_once(self, debt: OutboxEntry, turn: Turn) -> Turn:
        """A turn that changes nothing, without its word to the sender where another event of the message has said it.

        A press arrives once, so it costs no look.
        """
        if not turn.aside or isinstance(debt.message.content, Press):
            return turn
        try:
            first = await self._claim(debt)
        except StorageUnavailable:
            return turn
        return turn if first else Turn(turn.conversation, duplicate=True)

    async def _claim(self, debt: OutboxEntry) -> bool:
        return bool(await self._storage.script(_CLAIM, [self._key(debt)], [debt.token, KEPT]))

    def _key(self, debt: OutboxEntry) -> str:
        name = ":".join((debt.channel, debt.place.space, debt.message.ids[-1]))
        return f"{self._prefix}:once:{blake2s(name.encode(), digest_size=16).hexdigest()}"
