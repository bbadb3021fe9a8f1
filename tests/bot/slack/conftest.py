"""A service on a real server, and the channel as it is served."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.assembly import open_advisor
from bot.config.settings import Settings
from bot.storage.outbox import Outbox
from bot.storage.redis import Storage, Timeouts
from bot.storage.stores import Stores
from bot.turns.rate_limit import RateLimit
from bot.turns.redelivery import OVERDUE_AFTER, Redelivery
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.drivers.slack import Rig, opened
from tests.patience import UNHURRIED

DAY = datetime(2026, 11, 25, tzinfo=UTC).date()

Opened = Callable[..., AbstractAsyncContextManager[Rig]]


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return open_advisor(Settings.from_environment({}), DAY)[0]


@pytest.fixture
async def storage(redis_url: str) -> AsyncIterator[Storage]:
    storage = Storage(redis_url, timeouts=UNHURRIED)
    yield storage
    await storage.close()


@pytest.fixture
def stores(storage: Storage, key_prefix: str) -> Stores:
    return Stores.on(storage, ttl=timedelta(days=1), prefix=key_prefix)


@pytest.fixture
def service(advisor: Advisor, stores: Stores) -> Service:
    return Service(advisor, stores, RateLimit(burst=1000))


@pytest.fixture
async def no_service(advisor: Advisor) -> AsyncIterator[Service]:
    """A service whose Redis is away."""
    storage = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    yield Service(advisor, Stores.on(storage, ttl=timedelta(days=1)))
    await storage.close()


@pytest.fixture
def open_rig(service: Service, storage: Storage) -> Opened:
    """Opens the channel; what is given replaces parts of it."""
    return partial(opened, service, storage=storage)


@pytest.fixture
async def rig(open_rig: Opened) -> AsyncIterator[Rig]:
    async with open_rig() as rig:
        yield rig


async def recover(rig: Rig, service: Service, outbox: Outbox, after: float = 60.0) -> int:
    """Looks for what is owed, so many seconds later than the last time; returns how many replies were shown."""
    rig.clock.skipped += after
    later = time.time() + OVERDUE_AFTER + rig.clock.skipped
    return await Redelivery(service.delivery, outbox, {"slack": rig.slack.surface}, lambda: later).deliver_overdue()
