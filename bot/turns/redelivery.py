"""Redelivery: what other processes left undelivered when they died, and what a platform did not accept at first."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import ClaimedEntry, Lease, Outbox, OutboxEntry, message_time
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.delivery import Delivery

log = logging.getLogger(__name__)

OVERDUE_AFTER = 10
"""Seconds for which a reply is left to the process that handled its message."""

GIVE_UP_AFTER = 3600
"""Seconds after which a reply is no longer of use."""

INTERVAL = 5.0
"""Seconds between two looks into the outbox."""

Surfaces = Mapping[str, Callable[[OutboxEntry], Surface]]
"""How each channel reaches the place of an entry."""


class Redelivery:
    """Delivers overdue replies, as long as the process lives. `now` gives seconds since 1970."""

    def __init__(self, delivery: Delivery, outbox: Outbox, surfaces: Surfaces, now: Callable[[], float]) -> None:
        self._delivery = delivery
        self._outbox = outbox
        self._surfaces = surfaces
        self._now = now

    async def run(self) -> None:
        """Goes on until it is cancelled; trouble with Redis only delays it."""
        while True:
            try:
                await self.deliver_overdue()
            except StorageUnavailable as error:
                log.warning("overdue replies wait: %s", error)
            await asyncio.sleep(INTERVAL)

    async def deliver_overdue(self) -> int:
        """Delivers what is overdue now; returns how many replies were shown."""
        shown = 0
        while claimed := await self._outbox.claim(self._now(), OVERDUE_AFTER):
            shown += await self._deliver_all(claimed)
        return shown

    async def _deliver_all(self, claimed: Iterable[ClaimedEntry]) -> int:
        """One after another in each space, so that a busy channel is not asked for more than it accepts; a space whose
        platform is slow holds up no other."""
        spaces: dict[str, list[Lease]] = defaultdict(list)
        for one in claimed:
            entry = await self._read(one.serialized, int(self._now()))
            if entry is not None:
                spaces[entry.place.space].append(Lease(self._outbox, entry, one.since, self._now))
        orders = [self._deliver_in_order(leases) for leases in spaces.values()]
        counts = await asyncio.gather(*orders, return_exceptions=True)
        for count in counts:
            if isinstance(count, BaseException):
                raise count
        return sum(count for count in counts if isinstance(count, int))

    async def _deliver_in_order(self, leases: Iterable[Lease]) -> int:
        return sum([await self._deliver(lease) for lease in leases])

    async def _read(self, serialized: bytes, at: int) -> OutboxEntry | None:
        """The entry; None where it cannot be read, or is too old to be of use."""
        try:
            entry = OutboxEntry.from_json(serialized)
        except (ValueError, KeyError, TypeError) as error:
            # Another version's entry: its own process, its age, or the key's time to live ends it.
            log.info("an overdue reply is of another version: %s", type(error).__name__)
            sent = message_time(serialized)
            if sent is not None and at - sent > GIVE_UP_AFTER:
                log.error("a reply of another version was given up")
                await self._outbox.remove(serialized)
            return None
        if at - entry.message.at > GIVE_UP_AFTER:
            log.error("a reply on %s was given up after %d s", entry.channel, at - entry.message.at)
            await self._outbox.remove(serialized)
            return None
        return entry

    async def _deliver(self, lease: Lease) -> bool:
        entry = lease.entry
        surface_of = self._surfaces.get(entry.channel)
        if surface_of is None:
            return False
        try:
            return await self._delivery.redeliver(lease, surface_of(entry))
        except TryLater as error:
            log.warning("a reply on %s still waits: %s", entry.channel, error)
        except (Undeliverable, CorruptRecord, NewerSchema) as error:
            log.error("a reply on %s cannot be delivered: %s", entry.channel, error)
            await self._outbox.acknowledge(entry)
        except StorageUnavailable:
            raise
        except Exception:
            # Left to a process that can handle it, for an hour: a mistake in one reply must not stop the others.
            log.exception("a reply on %s could not be worked out", entry.channel)
        return False
