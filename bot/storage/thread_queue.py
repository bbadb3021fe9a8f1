"""The order in which accepted messages of a thread are worked on, by several processes: each waits for those before it.

A message keeps its place if its process dies, until another has carried it out; who stays first for too long loses it.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from bot.storage.errors import CorruptRecord
from bot.storage.place import Place
from bot.storage.redis_retries import Storage

PATIENCE = 20.0
"""Seconds for which others wait for one that stays first: until its lease is overdue (6) and found (2), and a language
model has had all its time (10)."""

LOOK_INTERVAL = 0.1
"""Seconds between two looks of one that waits."""

_TTL = 600_000
"""Milliseconds for which a queue is kept after the last message has joined it."""

_JOIN = """
-- KEYS: queue. ARGV: token, time to live in ms. What is no queue is replaced.
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then redis.call('DEL', KEYS[1]) end
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
redis.call('ZADD', KEYS[1], 'NX', (last[2] or 0) + 1, ARGV[1])
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""


@dataclass(eq=False)
class ThreadQueue:
    """The queues of all threads, of tokens of outbox entries. In a direct space all conversations share one: a message
    there may go on with any of them."""

    storage: Storage
    prefix: str

    async def join(self, place: Place, token: str) -> None:
        """Puts a token last, unless it is there already."""
        await self.storage.script(_JOIN, [place.queue_key(self.prefix)], [token, _TTL])

    async def leave(self, place: Place, token: str) -> None:
        """Removes a token that has joined."""
        await self.storage.command("ZREM", place.queue_key(self.prefix), token)

    async def before(self, place: Place, token: str = "") -> tuple[str, ...]:
        """The tokens before one; all where it is not there."""
        found: list[bytes] = []
        with suppress(CorruptRecord):
            found = await self.storage.command("ZRANGE", place.queue_key(self.prefix), 0, -1)
        there = tuple(one.decode() for one in found)
        return there[: there.index(token)] if token in there else there

    async def wait(self, place: Place, token: str = "") -> None:
        """Returns when those that stand before a token now are gone."""
        clock = asyncio.get_running_loop().time
        ahead, since = await self.before(place, token), clock()
        while ahead:
            if clock() - since > PATIENCE:
                await self.leave(place, ahead[0])
            await asyncio.sleep(LOOK_INTERVAL)
            there = await self.before(place, token)
            left = tuple(one for one in ahead if one in there)
            since = since if left[:1] == ahead[:1] else clock()
            ahead = left
