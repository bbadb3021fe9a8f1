"""A service on a real server, for a room of Teams around it."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot.assembly import open_advisor
from bot.config.settings import Settings
from bot.storage.redis import Storage
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.bot.teams.world import NOON
from tests.patience import UNHURRIED

WEEK = timedelta(days=7)
DAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    """As it is shipped."""
    return open_advisor(Settings.from_environment({}), DAY)[0]


@pytest.fixture
async def storage(redis_url: str) -> AsyncIterator[Storage]:
    storage = Storage(redis_url, timeouts=UNHURRIED)
    yield storage
    await storage.close()


@pytest.fixture
def stores(storage: Storage, key_prefix: str) -> Stores:
    return Stores.on(storage, ttl=WEEK, prefix=key_prefix)


@pytest.fixture
def service(advisor: Advisor, stores: Stores) -> Service:
    return Service(advisor, stores, now=NOON.timestamp)
