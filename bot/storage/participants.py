"""Where each person has taken part, so that what is stored about somebody can be found and removed."""

import asyncio
import json
import logging
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2s

from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.place import Place
from bot.storage.redis import Call, Script, Storage
from dialogs.conversation import Conversation

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two tries of a note while Redis is away."""

_NOTE = Script("""
-- KEYS: traces of one person. ARGV: place, time to live in ms.
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
""")


_DAY = timedelta(days=1)


def unnoted(before: Conversation, after: Conversation, now: float) -> tuple[Conversation, frozenset[str]]:
    """Ids of those whose part in a conversation is to be noted, and the conversation once they are.

    That is who is new in it, and once a day everybody: what is stored of them lives on while others go on. `now` is
    in seconds since 1970.
    """
    day = int(now // _DAY.total_seconds())
    if after.noted != day:
        return after.replace(noted=day), after.participants
    return after, after.participants - before.participants


class Participants:
    """A set of places for each person, under a hash of the person's id.

    Its time to live begins anew with each note, and since notes may be a day old when a conversation is saved, it is
    two days longer than a conversation's `ttl`.
    """

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._ttl = (ttl + 2 * _DAY) // timedelta(milliseconds=1)
        self._prefix = prefix

    async def note(self, channel: str, people: Iterable[str], place: Place) -> None:
        """Writes down that people take part in a place. One that turns out to be empty does no harm."""
        entry = json.dumps([place.space, place.thread, place.direct])
        calls = [Call.of(_NOTE, [self._key(channel, person)], [entry, self._ttl]) for person in people]
        await self._storage.together(*calls)

    async def places(self, channel: str, person: str) -> tuple[Place, ...]:
        """Where the person has taken part."""
        entries = await self._storage.command("SMEMBERS", self._key(channel, person))
        return tuple(Place(*json.loads(entry)) for entry in entries)

    async def drop(self, channel: str, person: str) -> None:
        """Removes the person's set."""
        await self._storage.command("DEL", self._key(channel, person))

    def _key(self, channel: str, person: str) -> str:
        name = blake2s(f"{channel}:{person}".encode(), digest_size=12).hexdigest()
        return f"{self._prefix}:{{who:{name}}}"


class RetryQueue:
    """Notes that Redis did not take beside a save that it took, as where one node of a Cluster is away.

    They are tried until it does: else "forget me" would miss the place until the next day's note.
    """

    def __init__(self, participants: Participants) -> None:
        self._participants = participants
        self._waiting: dict[tuple[str, Place], frozenset[str]] = {}
        self._trying: asyncio.Task[None] | None = None

    def add(self, channel: str, people: frozenset[str], place: Place) -> None:
        """Tries it from now on."""
        self._waiting[channel, place] = people | self._waiting.get((channel, place), frozenset())
        if self._trying is None or self._trying.done():
            self._trying = asyncio.get_running_loop().create_task(self._try())

    async def quiet(self) -> None:
        """Returns when nothing waits any more, which takes as long as Redis is away."""
        if self._trying is not None:
            await self._trying

    async def _try(self) -> None:
        while self._waiting:
            for (channel, place), people in [*self._waiting.items()]:
                try:
                    await self._participants.note(channel, people, place)
                except StorageUnavailable as error:
                    log.warning("where people take part is noted later: %s", error)
                    await asyncio.sleep(PAUSE)
                    continue
                except CorruptRecord as error:
                    log.error("where people take part cannot be noted: %s", error)
                left = self._waiting.pop((channel, place)) - people
                if left:  # somebody came while the others were noted
                    self._waiting[channel, place] = left
