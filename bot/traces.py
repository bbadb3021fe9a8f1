"""Where each person has taken part, so that what is stored about somebody can be found and removed."""

import json
from datetime import timedelta
from hashlib import blake2s

from bot.sessions import Place, Script, Storage

_NOTE = Script("""
-- KEYS: traces of one person. ARGV: place, time to live in ms.
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
""")


class Traces:
    """A set of places for each person, under a hash of the person's id; it lives as long as the youngest of them."""

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._ttl = int(ttl / timedelta(milliseconds=1))
        self._prefix = prefix

    async def note(self, channel: str, person: str, place: Place) -> None:
        """Writes down that a person takes part in a place. One that turns out to be empty does no harm."""
        entry = json.dumps([place.space, place.thread, place.direct])
        await self._storage.script(_NOTE, [self._key(channel, person)], [entry, self._ttl])

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
