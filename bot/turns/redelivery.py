"""Redelivery of replies that a dead process left undelivered, or that a platform did not accept at first.

It looks for overdue entries in the outbox and claims them; what is done for one is in `outbox_entry_delivery.py`.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from bot.storage.background import repeat
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Lease, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.observer import Observer
from bot.turns.outbox_entry_delivery import OutboxEntryDelivery

log = logging.getLogger(__name__)

OVERDUE_AFTER = 6
"""Seconds for which a reply is left to whoever renewed its lease last: three may be killed over it within 30 s."""

GIVE_UP_AFTER = 3600
"""Seconds after which a reply is no longer of use, and an entry that cannot be read is dropped."""

INTERVAL = 2.0
"""Seconds between two looks into the outbox."""

AT_ONCE = 40
"""Entries that a process delivers at the same time."""

Surfaces = Mapping[str, Callable[[OutboxEntry], Surface]]
"""How each channel reaches the place of an entry."""


@dataclass(eq=False)
class Redelivery:
    """Delivers overdue replies, as long as the process lives. `now` gives seconds since 1970."""

    overdue: OutboxEntryDelivery
    outbox: Outbox
    surfaces: Surfaces
    now: Callable[[], float]
    observer: Observer = field(default_factory=Observer)
    _unreadable: int = field(default=0, init=False)

    async def run(self) -> None:
        """Runs until it is cancelled."""
        await repeat(
            self.deliver_overdue, "a look into the outbox", INTERVAL, lambda: self.observer.failed("redelivery")
        )

    async def deliver_overdue(self) -> int:
        """Delivers what is overdue, also what becomes so meanwhile; returns for how many conversations it was.

        In each space one after another, so that a busy channel is not overloaded; but accepted messages side by side,
        since most of their time is a language model's. One that takes long holds up no other: the next is claimed as
        soon as any is done.
        """
        shown, running, last = 0, set[asyncio.Task[bool]](), dict[str, asyncio.Task[bool]]()
        inspected = float("-inf")
        try:
            while True:
                if self.now() - inspected >= INTERVAL:  # a busy outbox may keep this loop going for long
                    await self._inspect()
                    inspected = self.now()
                last = {space: task for space, task in last.items() if not task.done()}
                for leases in await self._claimed(AT_ONCE - len(running)):
                    space, alone = leases[0].entry.place.space, leases[0].entry.accepted
                    task = asyncio.create_task(self._deliver(leases, None if alone else last.get(space)))
                    if not alone:
                        last[space] = task
                    running.add(task)
                if not running:
                    return shown
                done, running = await asyncio.wait(running, timeout=INTERVAL, return_when=asyncio.FIRST_COMPLETED)
                shown += sum(task.result() for task in done)
        except asyncio.CancelledError:
            for task in running:
                task.cancel()
            raise
        finally:  # what is being shown is recorded, whatever became of the rest
            await asyncio.gather(*running, return_exceptions=True)

    async def _inspect(self) -> None:
        """Reports what is pending to operators."""
        found = [_read(serialized) for serialized in await self.outbox.oldest()]
        sent = [at for entry, at in found if entry is not None]
        age, unreadable = max(0.0, self.now() - min(sent)) if sent else 0.0, len(found) - len(sent)
        self.observer.waiting(await self.outbox.size(), age, unreadable)
        if unreadable > self._unreadable:
            log.error("%d replies cannot be read; they are left to another version", unreadable)
        self._unreadable = unreadable

    async def _claimed(self, most: int) -> Sequence[Sequence[Lease]]:
        """What this process may deliver, with what is delivered together, in the order of the first of each. Entries of
        another version are left to it; what is too old to be of use, or damaged, is dropped."""
        found: dict[str, list[Lease]] = {}
        while most and not found and (claimed := await self.outbox.claim(OVERDUE_AFTER, most)):
            for serialized, since in claimed:
                entry, at = _read(serialized)
                waited = int(self.now()) - at
                if waited > GIVE_UP_AFTER:
                    log.error("a reply was given up after %d s", waited)
                    await self.outbox.acknowledge(serialized)
                elif entry is not None:
                    found.setdefault(self.overdue.subject(entry), []).append(Lease(self.outbox, entry, since))
        return tuple(found.values())

    async def _deliver(self, leases: Sequence[Lease], before: "asyncio.Task[bool] | None") -> bool:
        """Delivers what others may take while it waits for its turn, and leave alone from then on."""
        if before is not None:
            await asyncio.wait([before])
        with ExitStack() as kept:
            for lease in leases:
                kept.enter_context(lease.kept())
            return await self._try(leases)

    async def _try(self, leases: Sequence[Lease]) -> bool:
        entry = leases[-1].entry
        surface_of = self.surfaces.get(entry.channel)
        try:
            return surface_of is not None and await self.overdue.deliver(leases, surface_of(entry))
        except (TryLater, StorageUnavailable) as error:  # one node of a Cluster may be away
            log.warning("a reply on %s still waits: %s", entry.channel, error)
        except (Undeliverable, CorruptRecord, NewerSchema) as error:
            log.error("a reply on %s cannot be delivered: %s", entry.channel, error)
            for lease in leases:
                await self.outbox.acknowledge(lease.entry)
        except Exception:
            # Left to a process that can handle it, for an hour: an error in one reply must not stop the others.
            log.exception("an unexpected error while a pending reply on %s was delivered", entry.channel)
        return False


def _read(serialized: bytes) -> tuple[OutboxEntry | None, int]:
    """The entry, None where it cannot be read (another version wrote it, or it is damaged); and when its message was
    sent, in seconds since 1970, 0 where it does not say."""
    try:
        entry = OutboxEntry.from_json(serialized)
        return entry, entry.message.at
    except ValueError:
        pass
    with suppress(ValueError, LookupError, TypeError, OverflowError):
        return None, int(json.loads(serialized)["at"])
    return None, 0
