"""The outbox: one entry for each message whose replies are not delivered yet.

An entry is in another slot than the conversation, so no single step covers both. It is added before the conversation is
saved, and acknowledged after delivery; an entry left over without an effect is harmless. An unreadable entry is moved
to a sorted set of its own. A version that can read it moves it back; otherwise it is dropped by age.

All times are the server's, so that processes whose clocks disagree never claim the same entry. If a key of the outbox
holds another type of value, it is replaced, so that nothing is blocked and no conversation is lost.

Usage is counted by days in the slot of the outbox, so that a message counts in the very step that takes its entry away:
once, and without a round trip of its own. What another process delivers after a crash is not counted.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from bot.storage.background import Periodic, look_at
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis_retries import RedisCommand, Storage, Value
from bot.storage.scripts import LuaScript
from bot.storage.scripts import outbox as scripts
from dialogs.message import day_of

log = logging.getLogger(__name__)

RENEW_INTERVAL = 2.0
"""Seconds after which unfinished work renews its lease: a third of the time for which others leave it alone."""

_MAX_INSPECTED = 100
"""Entries looked at for the age of the oldest, and unreadable ones that are tried again, at a time."""

_SENT_TTL = 3600
"""Seconds for which the number of messages sent is kept: about as long as the reply is of use."""

USAGE_DAYS = 90
"""Days for which counts are kept."""

_USAGE_TTL = timedelta(days=USAGE_DAYS) // timedelta(milliseconds=1)

_REMOVE = LuaScript("""
-- KEYS: entries, counts of a day. ARGV: entry, time to live of the counts in ms, then names and amounts in turn.
-- What an entry counts for is counted once, by whoever removes it.
local removed = redis.call('ZREM', KEYS[1], ARGV[1])
if removed == 1 then
  for at = 3, #ARGV, 2 do redis.pcall('HINCRBY', KEYS[2], ARGV[at], ARGV[at + 1]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return removed
""")


class LeaseLost(Exception):
    """The reply was delivered meanwhile, or another process is about to deliver it."""


@dataclass(frozen=True, slots=True)
class ClaimedEntry:
    """An entry that this process may deliver. `since` is its time in the outbox; each claim changes it."""

    serialized: bytes
    since: str


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How many entries there are, and how many unreadable ones were dropped just now.

    `waiting` are those that nobody has tried for longest, `unreadable` those set aside; a hundred of each at most.
    """

    length: int
    dropped: int
    waiting: tuple[bytes, ...]
    unreadable: tuple[bytes, ...]


class Outbox:
    """The entries of all processes, in one sorted set by the server's time."""

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._prefix = prefix
        self._key = f"{prefix}:due"
        self._unreadable = f"{prefix}:{{{self._key}}}:unreadable"
        self._ttl = int(ttl / timedelta(milliseconds=1))
        self.usage = Usage(storage, f"{prefix}:{{{self._key}}}:usage")

    def add_command(self, entry: OutboxEntry, waited: float = 0) -> RedisCommand:
        """The command that adds an entry, pending from now on, or as if for `waited` seconds already."""
        return RedisCommand.of(scripts.PUT, [self._key], self._values(entry, waited))

    def added(self, entry: OutboxEntry, answer: tuple[bytes, int]) -> "Lease":
        """The lease that comes with the answer to `add_command`."""
        since, usable = answer
        if not usable:
            log.error("the outbox held something that is not the advisor's; it was replaced, pending replies are lost")
        return Lease(self, entry, since.decode())

    async def add(self, entry: OutboxEntry, waited: float = 0) -> "Lease":
        """Adds an entry; see `add_command`. Board changes and accepted messages are stored nowhere else, so replicas
        confirm them, as they do the conversation."""
        if entry.board_changes or entry.accepted:
            return await self._put_confirmed(entry, self._values(entry, waited))
        (answer,) = await self._storage.pipeline(self.add_command(entry, waited))
        return self.added(entry, answer)

    async def replace(self, old: OutboxEntry, new: OutboxEntry) -> "Lease":
        """Replaces an entry with one for the same message that has more."""
        return await self._put_confirmed(new, self._values(new, instead_of=old.serialized))

    def _values(self, entry: OutboxEntry, waited: float = 0, instead_of: str | bytes = "") -> list[Value]:
        return [entry.serialized, f"{waited:.6f}", self._ttl, instead_of]

    async def _put_confirmed(self, entry: OutboxEntry, values: list[Value]) -> "Lease":
        return self.added(entry, await self._storage.script(scripts.PUT, [self._key], values, confirm=True))

    async def acknowledge(self, entry: OutboxEntry, counts: Mapping[str, int] | None = None) -> None:
        """Removes an entry: its replies are delivered, or there are none. `counts` is what its message counts for."""
        command = RedisCommand(("ZREM", self._key, entry.serialized))
        if counts:
            command = self.usage.removal(self._key, entry.serialized, entry.message.at, counts)
        try:
            await self._storage.pipeline(command)
        except CorruptRecord:
            log.error("an entry cannot be removed: the outbox holds something that is not the advisor's")

    async def size(self) -> int:
        """How many entries there are, of all processes."""
        return int(await self._storage.command("ZCARD", self._key))

    async def holds(self, entry: OutboxEntry) -> bool:
        return await self._storage.command("ZSCORE", self._key, entry.serialized) is not None

    async def claim(self, older_than: float, most: int = 100) -> tuple[ClaimedEntry, ...]:
        """Up to `most` entries that have waited longer than `older_than` seconds; each is given to one process at a
        time."""
        found = await self._storage.script(scripts.CLAIM, [self._key], [f"{older_than:.6f}", most])
        return tuple(ClaimedEntry(entry, since.decode()) for entry, since in zip(found[::2], found[1::2], strict=True))

    async def renew(self, entry: OutboxEntry, since: str) -> tuple[str, int]:
        """Claims one entry anew: its time from now on, and how many messages of the reply were sent already.

        LeaseLost if its time is not `since` any more.
        """
        keys = [self._key, self._sent_key(entry)]
        answer = await self._storage.script(scripts.RENEW, keys, [entry.serialized, since])
        if not answer:
            raise LeaseLost
        renewed, sent = answer
        return renewed.decode(), int(sent) if sent.isdigit() else 0

    async def set_aside(self, serialized: bytes) -> None:
        """Moves an entry that cannot be read to the unreadable ones."""
        await self._storage.script(scripts.SET_ASIDE, [self._key, self._unreadable], [serialized, self._ttl])

    async def take_back(self, serialized: bytes) -> None:
        """Moves a readable entry back, as pending and overdue."""
        await self._storage.script(scripts.TAKE_BACK, [self._key, self._unreadable], [serialized, self._ttl])

    async def inspect(self, give_up_after: int) -> OutboxState:
        """What there is, after dropping what has been set aside for `give_up_after` seconds."""
        keys, values = [self._key, self._unreadable], [give_up_after, _MAX_INSPECTED]
        length, dropped, waiting, unreadable = await self._storage.script(scripts.INSPECT, keys, values)
        return OutboxState(length, dropped, tuple(waiting), tuple(unreadable))

    async def record_sent(self, entry: OutboxEntry, number: int) -> None:
        """Records how many messages of a reply were sent before one was refused."""
        await self._storage.command("SET", self._sent_key(entry), number, "EX", _SENT_TTL)

    async def try_record_sent(self, entry: OutboxEntry, number: int) -> None:
        """Records it if any were sent and Redis is there. If not, the next try may send some of them again."""
        if number:
            with suppress(StorageUnavailable):
                await self.record_sent(entry, number)

    def _sent_key(self, entry: OutboxEntry) -> str:
        """In the slot of the entries."""
        return f"{self._prefix}:{{{self._key}}}:{entry.token}"


class Lease:
    """A claim on an entry. A process that redelivers it renews the claim right before each message that it sends.

    `sent`: how many messages below the live card are known to have arrived. `lost`: another process has delivered or
    claimed the entry.
    """

    def __init__(self, outbox: Outbox, entry: OutboxEntry, since: str) -> None:
        self.entry = entry
        self.sent = 0
        self.lost = False
        self._outbox = outbox
        self._since = since
        self._renewing = asyncio.Lock()

    async def renew(self) -> None:
        """LeaseLost where another process has delivered or claimed it; then nothing may be sent."""
        renewal = asyncio.ensure_future(self._renew())
        renewal.add_done_callback(look_at)  # nobody may wait for it any more
        await asyncio.shield(renewal)  # cut off, it would not know the time that the server has written

    async def _renew(self) -> None:
        async with self._renewing:
            try:
                self._since, sent = await self._outbox.renew(self.entry, self._since)
            except LeaseLost:
                self.lost = True
                raise
            self.sent = max(self.sent, sent)

    async def replace(self, entry: OutboxEntry) -> None:
        """Replaces its entry with one for the same message that has more."""
        async with self._renewing:
            self._since = (await self._outbox.replace(self.entry, entry))._since
            self.entry = entry

    def kept(self) -> Periodic:
        """Renews the lease for as long as work lasts, if it is entered. What is over soon costs nothing."""
        return Periodic(self._renew_if_possible, RENEW_INTERVAL)

    async def _renew_if_possible(self) -> bool:
        """Whether to go on."""
        try:
            await self.renew()
        except LeaseLost:
            return False
        except Exception as error:
            log.warning("a lease is not renewed: %s", error if isinstance(error, StorageUnavailable) else type(error))
        return True


class Usage:
    """What `advisor report` shows, below a key that ends in the day. It names nobody and holds no text."""

    def __init__(self, storage: Storage, base: str) -> None:
        self._storage = storage
        self._base = base

    def removal(self, entries: str, entry: str | bytes, at: int, counts: Mapping[str, int]) -> RedisCommand:
        """The command that takes an entry off the outbox and counts what its message counts for, sent at that time
        (seconds since 1970), on that day in UTC."""
        keys = [entries, self._day_key(day_of(at))]
        amounts = [value for pair in counts.items() for value in pair]
        return RedisCommand.of(_REMOVE, keys, [entry, _USAGE_TTL, *amounts])

    async def counts(self, today: date) -> Mapping[str, int]:
        """The sums of the last USAGE_DAYS days. StorageUnavailable and CorruptRecord as from `Storage`."""
        days = [self._day_key(today - timedelta(days=ago)) for ago in range(USAGE_DAYS)]
        found = await self._storage.pipeline(*[RedisCommand(("HGETALL", key)) for key in days])
        sums: Counter[str] = Counter()
        for day in found:
            for name, amount in _pairs(day):
                sums[name] += amount
        return sums

    def _day_key(self, day: date) -> str:
        return f"{self._base}:{day.isoformat()}"


def _pairs(day: object) -> list[tuple[str, int]]:
    """Names and amounts, whichever form the client gives a hash; what is no number is left out."""
    flat = list(day.items()) if isinstance(day, dict) else []
    if isinstance(day, list | tuple):
        flat = list(zip(day[::2], day[1::2], strict=False))
    return [(name.decode(), int(amount)) for name, amount in flat if amount.lstrip(b"-").isdigit()]
