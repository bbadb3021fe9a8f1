"""The participants index: the conversations of each person, so that what is stored about somebody can be erased."""

import json
import logging
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2s

from bot.storage.background import retry_until_available
from bot.storage.errors import CorruptRecord
from bot.storage.place import Place
from bot.storage.redis import LuaScript, RedisCommand, Storage
from dialogs.conversation import Conversation

log = logging.getLogger(__name__)

_ADD = LuaScript("""
-- KEYS: places of one person. ARGV: place, time to live in ms.
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
""")

_DAY = timedelta(days=1)


def unrecorded(before: Conversation, after: Conversation, now: float) -> tuple[Conversation, frozenset[str]]:
    """Ids of those whose part in a conversation is not recorded yet, and the conversation once it is.

    That is who is new in it, and once a day everybody: what is stored of them lives on while others go on. `now` is
    in seconds since 1970.
    """
    day = int(now // _DAY.total_seconds())
    if after.noted != day:
        return after.replace(noted=day), after.participants
    return after, after.participants - before.participants


class Participants:
    """A set of places for each person, under a hash of the person's id.

    Its time to live begins anew with each `add`, and since that may be a day ago when a conversation is saved, it is
    two days longer than a conversation's `ttl`.
    """

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._ttl = (ttl + 2 * _DAY) // timedelta(milliseconds=1)
        self._prefix = prefix

    async def add(self, channel: str, people: Iterable[str], place: Place) -> None:
        """Records that people take part in a place. A place that turns out to be empty does no harm."""
        member = json.dumps([place.space, place.thread, place.direct])
        commands = [RedisCommand.of(_ADD, [self._key(channel, person)], [member, self._ttl]) for person in people]
        await self._storage.pipeline(*commands)

    async def add_when_available(self, channel: str, people: frozenset[str], place: Place) -> None:
        """The same, repeated until Redis is back, as where one node of a Cluster is away: else "forget me" would miss
        the place until the next day's `add`."""
        try:
            await retry_until_available(lambda: self.add(channel, people, place))
        except CorruptRecord as error:
            log.error("the people of a conversation cannot be recorded: %s", error)

    async def places(self, channel: str, person: str) -> tuple[Place, ...]:
        """The places where the person takes part."""
        members = await self._storage.command("SMEMBERS", self._key(channel, person))
        return tuple(Place(*json.loads(member)) for member in members)

    async def remove(self, channel: str, person: str) -> None:
        """Removes the person's set."""
        await self._storage.command("DEL", self._key(channel, person))

    def _key(self, channel: str, person: str) -> str:
        name = blake2s(f"{channel}:{person}".encode(), digest_size=12).hexdigest()
        return f"{self._prefix}:{{who:{name}}}"
