"""The participants index: the conversations of each person, so that what is stored about somebody can be erased."""

import json
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import blake2s

from bot.storage.background import retry_until_available
from bot.storage.errors import CorruptRecord
from bot.storage.place import Place
from bot.storage.redis_retries import Storage, Value, eval_command
from dialogs.conversation import Conversation

log = logging.getLogger(__name__)


UNCHECKED = 64
"""Places of a person that are not checked: as many as an erasure loads at the same time."""

SAMPLE = 8
"""Places that are checked with each new one, so that the set shrinks to those that exist."""

_DAY = timedelta(days=1)

_ADD = """
-- KEYS: places of one person. ARGV: place, time to live in ms, most that may stay unchecked, sample.
-- Answer: some of the places, to see whether they still exist, where there are many.
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if redis.call('SCARD', KEYS[1]) <= tonumber(ARGV[3]) then return {} end
return redis.call('SRANDMEMBER', KEYS[1], ARGV[4])
"""


def unrecorded(before: Conversation, after: Conversation, now: float) -> tuple[Conversation, frozenset[str]]:
    """Ids of people who are not recorded yet as participants, and the conversation once they are.

    These are new people, and once a day everybody: what they said is stored as long as others continue. `now` is
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
        keys = [self._key(channel, person) for person in people]
        values: list[Value] = [_member(place), self._ttl, UNCHECKED, SAMPLE]
        answers = await self._storage.pipeline(*[eval_command(_ADD, [key], values) for key in keys])
        for key, sample in zip(keys, answers, strict=True):
            if sample:
                await self._trim(key, [one for one in sample if one.decode() != _member(place)])

    async def _trim(self, key: str, members: Sequence[bytes]) -> None:
        """Removes places whose conversation has expired; one that begins meanwhile is added again."""
        gone = await self._missing(members)
        if not gone:
            return
        await self._storage.command("SREM", key, *gone)
        again = set(gone) - set(await self._missing(gone))
        if again:
            await self._storage.command("SADD", key, *again)

    async def _missing(self, members: Sequence[bytes]) -> list[bytes]:
        found = await self._storage.pipeline(*[("EXISTS", _place(member).key(self._prefix)) for member in members])
        return [member for member, exists in zip(members, found, strict=True) if not exists]

    async def add_when_available(self, channel: str, people: frozenset[str], place: Place) -> None:
        """The same, repeated until Redis is back, as when one node of a Cluster is away: otherwise "forget me" would
        miss the place until the next day's `add`."""
        try:
            await retry_until_available(lambda: self.add(channel, people, place))
        except CorruptRecord as error:
            log.error("the people of a conversation cannot be recorded: %s", error)

    async def places(self, channel: str, person: str, scope: str) -> tuple[Place, ...]:
        """The places where the person takes part, within one workspace or tenant (`Place.scope`)."""
        members = await self._storage.command("SMEMBERS", self._key(channel, person))
        return tuple(place for place in map(_place, members) if place.scope == scope)

    async def remove(self, channel: str, person: str, places: Sequence[Place]) -> None:
        """Removes places from the person's set, and no other that was added meanwhile."""
        if places:
            await self._storage.command("SREM", self._key(channel, person), *map(_member, places))

    def _key(self, channel: str, person: str) -> str:
        name = blake2s(f"{channel}:{person}".encode(), digest_size=12).hexdigest()
        return f"{self._prefix}:{{who:{name}}}"


def _member(place: Place) -> str:
    return json.dumps([place.space, place.thread, place.direct])


def _place(member: bytes) -> Place:
    return Place(*json.loads(member))
