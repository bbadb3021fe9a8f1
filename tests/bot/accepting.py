"""Messages that are accepted, carried out, and carried out by another process after a kill."""

import asyncio
from typing import Any

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.turns.processed_message import Processed
from bot.turns.rate_limit import RateLimitResult
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from dialogs.message import Message, Person, Press, Typed
from tests.bot.harness import ADDRESS, NOON, PLACE, FakeSurface, Harness

LATER = NOON + OVERDUE_AFTER + 30


def message(content: str | Press, message_id: str = "e1", at: int = NOON, addressed: bool = True) -> Message:
    return Message(message_id, Person("ana"), at, Typed(content) if isinstance(content, str) else content, addressed)


async def accept(where: Service, said: Message, place: Place = PLACE) -> Lease | None:
    return await where.accept(place, said, channel="test", address=ADDRESS, counted=RateLimitResult.ALLOWED)


async def accepted(where: Service, said: Message, place: Place = PLACE) -> Lease:
    lease = await accept(where, said, place)
    assert lease is not None
    return lease


async def finish(where: Service, lease: Lease, surface: FakeSurface) -> Processed | None:
    """What a channel does once it has acknowledged the message."""
    processed = await where.accepted.carry_out(lease, surface)
    if processed is not None:
        await where.delivery.deliver(processed, surface)
    return processed


async def waiting(harness: Harness) -> list[OutboxEntry]:
    return [OutboxEntry.from_json(one) for one in await harness.outbox.oldest()]


async def killed(task: asyncio.Task[Any]) -> None:
    """Ends a task as the death of its process does: nothing that it would do afterwards happens."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def away(*_: object, **__: object) -> None:
    """In place of a call of Redis."""
    raise StorageUnavailable("away")
