"""The outbox: one entry for each message whose replies are not delivered yet.

An entry is in another slot than the conversation, so no single step covers both. It is added before the conversation is
saved, and acknowledged after delivery; an entry left over without an effect is harmless.

All times are the server's, so that processes whose clocks disagree never claim the same entry. If a key of the outbox
holds another type of value, the next entry replaces it, so that nothing is blocked and no conversation is lost.

Usage is counted by days in the slot of the outbox, so that a message counts in the very step that takes its entry away:
once, and without a round trip of its own. What another process delivers after a crash is not counted.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta

from bot.storage.background import look_at
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.redis_client import Arguments
from bot.storage.redis_retries import Storage, eval_command
from bot.storage.scripts import outbox as scripts
from dialogs.message import day_of

log = logging.getLogger(__name__)

RENEW_INTERVAL = 2.0
"""Seconds after which unfinished work renews its lease: a third of the time for which others leave it alone."""

_MAX_INSPECTED = 100
"""Entries looked at for the age of the oldest."""

_SENT_TTL = 3600
"""Seconds for which the number of messages sent is kept: about as long as the reply is of use."""

USAGE_DAYS = 90
"""Days for which counts are kept."""

_USAGE_TTL = timedelta(days=USAGE_DAYS) // timedelta(milliseconds=1)


class LeaseLost(Exception):
    """The reply was delivered meanwhile, or another process is about to deliver it."""


class Outbox:
    """The entries of all processes, in one sorted set by the server's time, and the counts of each day (`usage`).

    What `advisor report` shows of those names nobody and holds no text.
    """

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._key = f"{prefix}:due"
        self._slot = f"{prefix}:{{{self._key}}}"
        self._ttl = int(ttl / timedelta(milliseconds=1))

    def add_command(self, entry: OutboxEntry, waited: float = 0, instead_of: str | bytes = "") -> Arguments:
        """The command that adds an entry, pending from now on, or as if for `waited` seconds already."""
        return eval_command(scripts.PUT, [self._key], [entry.serialized, f"{waited:.6f}", self._ttl, instead_of])

    def added(self, entry: OutboxEntry, answer: tuple[bytes, int]) -> "Lease":
        """The lease that comes with the answer to `add_command`."""
        since, usable = answer
        if not usable:
            log.error("the outbox held something that is not the advisor's; it was replaced, pending replies are lost")
        return Lease(self, entry, since.decode())

    async def add(self, entry: OutboxEntry, waited: float = 0, instead_of: OutboxEntry | None = None) -> "Lease":
        """Adds an entry; see `add_command`. It may replace one for the same message that has less.

        Board changes and accepted messages are stored nowhere else, so replicas confirm them, as they do the
        conversation.
        """
        command = self.add_command(entry, waited, "" if instead_of is None else instead_of.serialized)
        confirm = bool(entry.board_changes or entry.accepted)
        return self.added(entry, await self._storage.command(*command, confirm=confirm))

    async def acknowledge(self, entry: OutboxEntry | bytes, counts: Mapping[str, int] | None = None) -> None:
        """Removes an entry, or the stored form of an unreadable one: its replies are delivered, or there are none.
        `counts` is what its message counts for."""
        serialized, at = (entry, 0) if isinstance(entry, bytes) else (entry.serialized, entry.message.at)
        amounts = [value for pair in (counts or {}).items() for value in pair]
        try:
            keys = [self._key, self._day_key(day_of(at))]
            await self._storage.script(scripts.REMOVE, keys, [serialized, _USAGE_TTL, *amounts])
        except CorruptRecord:
            log.error("an entry cannot be removed: the outbox holds something that is not the advisor's")

    async def size(self) -> int:
        """How many entries there are, of all processes."""
        return int(await self._storage.command("ZCARD", self._key))

    async def holds(self, entry: OutboxEntry) -> bool:
        return await self._storage.command("ZSCORE", self._key, entry.serialized) is not None

    async def claim(self, older_than: float, most: int = 100) -> tuple[tuple[bytes, str], ...]:
        """Up to `most` entries that have waited longer than `older_than` seconds, each with its time in the outbox,
        which each claim changes; each is given to one process at a time."""
        keys = [self._key, f"{self._slot}:unreadable"]
        found = await self._storage.script(scripts.CLAIM, keys, [f"{older_than:.6f}", most])
        return tuple((entry, since.decode()) for entry, since in zip(found[::2], found[1::2], strict=True))

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

    async def oldest(self) -> Sequence[bytes]:
        """Those that nobody has tried for longest, a hundred at most."""
        found: Sequence[bytes] = await self._storage.command("ZRANGE", self._key, 0, _MAX_INSPECTED - 1)
        return found

    async def record_sent(self, entry: OutboxEntry, number: int) -> None:
        """Records how many messages of a reply were sent before one was refused, if any were and Redis is there. If
        not, the next try may send some of them again."""
        if number:
            with suppress(StorageUnavailable):
                await self._storage.command("SET", self._sent_key(entry), number, "EX", _SENT_TTL)

    async def usage(self, today: date) -> Mapping[str, int]:
        """The sums of the last USAGE_DAYS days. StorageUnavailable and CorruptRecord as from `Storage`."""
        days = [self._day_key(today - timedelta(days=ago)) for ago in range(USAGE_DAYS)]
        sums: Counter[str] = Counter()
        for day in await self._storage.pipeline(*[("HGETALL", key) for key in days]):
            for name, amount in day.items():
                sums[name.decode()] += int(amount) if amount.lstrip(b"-").isdigit() else 0
        return sums

    def _sent_key(self, entry: OutboxEntry) -> str:
        return f"{self._slot}:{entry.token}"

    def _day_key(self, day: date) -> str:
        return f"{self._slot}:usage:{day.isoformat()}"


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
            self._since = (await self._outbox.add(entry, instead_of=self.entry))._since
            self.entry = entry

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renews the lease for as long as work lasts."""
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            keeping.cancel()

    async def _keep(self) -> None:
        while not self.lost:
            await asyncio.sleep(RENEW_INTERVAL)
            try:
                await self.renew()
            except LeaseLost:
                pass
            except Exception as error:
                said = error if isinstance(error, StorageUnavailable) else type(error)
                log.warning("a lease is not renewed: %s", said)
