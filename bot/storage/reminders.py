"""Stores what reminders need: who was told what, who wants none, and the daily look at all boards.

Keys about a person contain a hash of the person's id.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import blake2s

from bot.storage.outbox import Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis_retries import Storage

LEASE = 60
"""Seconds after which a process that looks at boards must renew its lease."""

LOOK_TTL = timedelta(days=3)
"""For how long it is known that a day's look is done."""


class Reminders:
    """Kept for `ttl`, as ideas are. StorageUnavailable as from `Storage`."""

    def __init__(self, storage: Storage, outbox: Outbox, *, ttl: timedelta, prefix: str) -> None:
        self._storage = storage
        self._outbox = outbox
        self._ttl = int(ttl.total_seconds())
        self._prefix = prefix

    async def hold(self, token: str) -> bool:
        """Takes or renews the lease for the daily look."""
        return await self._storage.taken(f"{self._prefix}:boards:watch", token, LEASE) == token

    async def is_done(self, day: date) -> bool:
        """Whether all boards were looked at on a day."""
        return bool(await self._storage.command("GET", self._day(day)) == b"done")

    async def note_done(self, day: date) -> None:
        await self._storage.command("SET", self._day(day), "done", "EX", int(LOOK_TTL.total_seconds()))

    async def told(self, space: str, person: str) -> frozenset[str]:
        """What a person was told about the ideas of a place."""
        found = await self._storage.command("GET", self._told(space, person))
        return frozenset() if found is None else frozenset(found.decode().split())

    async def tell(self, entry: OutboxEntry, space: str, told: Iterable[str], waited: float) -> None:
        """Adds a reminder to the outbox, then stores what it tells, so that none is lost. After a failure in
        between it is added again; its token, a hash of what it tells, prevents telling it twice."""
        await self._outbox.add(entry, waited)
        key = self._told(space, entry.message.sender.id)
        await self._storage.command("SET", key, " ".join(sorted(told)), "EX", self._ttl)

    async def stop(self, channel: str, scope: str, person: str) -> None:
        """This person wants no reminders in this workspace or tenant."""
        await self._storage.command("SET", self._stopped(channel, scope, person), "1", "EX", self._ttl)

    async def resume(self, channel: str, scope: str, person: str) -> None:
        await self._storage.command("DEL", self._stopped(channel, scope, person))

    async def are_wanted(self, channel: str, scope: str, person: str) -> bool:
        return await self._storage.command("GET", self._stopped(channel, scope, person)) is None

    async def forget(self, space: str, person: str) -> None:
        """Removes what a person was told about a place."""
        await self._storage.command("DEL", self._told(space, person))

    def _day(self, day: date) -> str:
        return f"{self._prefix}:boards:watch:{day.isoformat()}"

    def _told(self, space: str, person: str) -> str:
        return f"{self._prefix}:told:{_hash(space, person)}"

    def _stopped(self, channel: str, scope: str, person: str) -> str:
        return f"{self._prefix}:quiet:{_hash(channel, scope, person)}"


def _hash(*parts: str) -> str:
    return blake2s("\n".join(parts).encode(), digest_size=16).hexdigest()
