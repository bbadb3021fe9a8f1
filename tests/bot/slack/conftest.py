"""The channel as it is served."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from bot.playground.slack.workspace import WorkspaceChannel
from bot.storage.redis_retries import Storage
from bot.turns.redelivery import OVERDUE_AFTER
from bot.turns.service import Service
from tests.bot.server_clock import ClockedRedelivery
from tests.drivers.slack import Rig, opened, user

Opened = Callable[..., AbstractAsyncContextManager[Rig]]


@pytest.fixture
def open_rig(service: Service, storage: Storage) -> Opened:
    """Opens the channel; what is given replaces parts of it."""
    return partial(opened, service, storage=storage)


@pytest.fixture
async def rig(open_rig: Opened) -> AsyncIterator[Rig]:
    async with open_rig() as rig:
        yield rig


@pytest.fixture
def general(rig: Rig) -> WorkspaceChannel:
    """Where Ana and Ben are."""
    return rig.workspace.channel([user("ana"), user("ben")])


@pytest.fixture
def direct(rig: Rig) -> WorkspaceChannel:
    """Ana's direct messages."""
    return rig.workspace.direct(user("ana"))


async def say(rig: Rig, channel: WorkspaceChannel, *texts: str) -> None:
    """Types as Ana."""
    for text in texts:
        await rig.settled(rig.people.say(user("ana"), channel, text))


async def recover(rig: Rig, after: float = 60.0) -> int:
    """Redelivers pending replies, so many seconds later than the last time; returns how many replies were shown."""
    rig.clock.skipped += after
    later, surfaces = time.time() + OVERDUE_AFTER + rig.clock.skipped, {"slack": rig.slack.surface}
    outbox = rig.service._stores.outbox
    return await ClockedRedelivery(rig.service.overdue, outbox, surfaces, lambda: later).deliver_overdue()
