"""Delivers what other processes owed when they died, and what a platform did not take at first."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Claim, Lease, Outbox, OutboxEntry, written_at
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.service import Service

log = logging.getLogger(__name__)

PATIENCE = 10
"""Seconds for which a reply is left to the process that took its message."""

GIVEN_UP = 3600
"""Seconds after which a reply is no longer of use."""

PAUSE = 5.0
"""Seconds between two looks."""

Surfaces = Mapping[str, Callable[[OutboxEntry], Surface]]
"""How each channel reaches the place of a debt."""


class Recovery:
    """Looks for replies that are overdue, as long as the process lives."""

    def __init__(self, service: Service, outbox: Outbox, surfaces: Surfaces, now: Callable[[], float]) -> None:
        self._service = service
        self._outbox = outbox
        self._surfaces = surfaces
        self._now = now

    async def run(self) -> None:
        """Goes on until it is cancelled; trouble with Redis only delays it."""
        while True:
            try:
                await self.look()
            except StorageUnavailable as error:
                log.warning("overdue replies wait: %s", error)
            await asyncio.sleep(PAUSE)

    async def look(self) -> int:
        """Delivers what is overdue now; returns how many replies were shown."""
        shown = 0
        while entries := await self._outbox.claim(self._now(), PATIENCE):
            shown += await self._settle_all(entries)
        return shown

    async def _settle_all(self, entries: Iterable[Claim]) -> int:
        """One after another in each space, so that a busy channel is not asked for more than it takes; a space whose
        platform is slow holds up no other."""
        spaces: dict[str, list[Lease]] = defaultdict(list)
        for claimed in entries:
            debt = await self._read(claimed.entry, int(self._now()))
            if debt is not None:
                spaces[debt.place.space].append(Lease(self._outbox, debt, claimed.since, self._now))
        counts = await asyncio.gather(*[self._settle_in_turn(owed) for owed in spaces.values()], return_exceptions=True)
        for count in counts:
            if isinstance(count, BaseException):
                raise count
        return sum(count for count in counts if isinstance(count, int))

    async def _settle_in_turn(self, owed: Iterable[Lease]) -> int:
        return sum([await self._settle(hold) for hold in owed])

    async def _read(self, entry: bytes, at: int) -> OutboxEntry | None:
        """What an entry says; None where it is none of ours, or too old to be of use."""
        try:
            debt = OutboxEntry.from_json(entry)
        except (ValueError, KeyError, TypeError) as error:
            # Another version's entry: its own process, its age, or the key's time to live ends it.
            log.info("an overdue reply is of another version: %s", type(error).__name__)
            written = written_at(entry)
            if written is not None and at - written > GIVEN_UP:
                log.error("a reply of another version was given up")
                await self._outbox.drop(entry)
            return None
        if at - debt.message.at > GIVEN_UP:
            log.error("a reply on %s was given up after %d s", debt.channel, at - debt.message.at)
            await self._outbox.drop(entry)
            return None
        return debt

    async def _settle(self, hold: Lease) -> bool:
        debt = hold.debt
        surface_of = self._surfaces.get(debt.channel)
        if surface_of is None:
            return False
        try:
            return await self._service.recover(hold, surface_of(debt))
        except TryLater as error:
            log.warning("a reply on %s still waits: %s", debt.channel, error)
        except (Undeliverable, CorruptRecord, NewerSchema) as error:
            log.error("a reply on %s cannot be delivered: %s", debt.channel, error)
            await self._outbox.settle(debt)
        except StorageUnavailable:
            raise
        except Exception:
            # Left to whoever understands it, for an hour: a mistake in one reply must not end the search for others.
            log.exception("a reply on %s could not be worked out", debt.channel)
        return False
