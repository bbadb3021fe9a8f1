"""Event loops that tests run on, and services on a real server for what is around them."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

import pytest

from bot.commands.serve import new_event_loop
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.stores import Stores
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.bot import server_clock
from tests.bot.harness import AWAY, NOON, WEEK, Harness, opened
from tests.bot.scripted_listener import ScriptedListener
from tests.shipped import shipped

BOTH_LOOPS = ("test_redis_retries.py",)
"""Where loops differ in what they raise: asyncio's own, on which tests run, and the one that `advisor serve` uses."""


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """By name."""
    loops: dict[str, Callable[[], AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
    if item.path.name in BOTH_LOOPS:
        loops["serving"] = new_event_loop
    return loops


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    """As it is shipped, with its encoder."""
    return shipped()


@pytest.fixture
async def storage(redis_url: str) -> AsyncIterator[Storage]:
    async with opened(redis_url) as storage:
        yield storage


@pytest.fixture
def stores(storage: Storage, key_prefix: str) -> Stores:
    return Stores.on(storage, ttl=WEEK, prefix=key_prefix)


@pytest.fixture
def service(advisor: Advisor, stores: Stores) -> Service:
    return Service(advisor, stores, RateLimit(burst=1000))


@pytest.fixture
async def no_service(advisor: Advisor) -> AsyncIterator[Service]:
    """A service whose Redis is away."""
    async with opened(AWAY, timeouts=Timeouts(total=0.05)) as storage:
        yield Service(advisor, Stores.on(storage, ttl=WEEK))


@pytest.fixture(autouse=True)
def clock_goes_right_again() -> Iterator[None]:
    with server_clock.restored():
        yield


@pytest.fixture
def now() -> list[float]:
    """The clock on the wall, to be moved on."""
    return [NOON]


@pytest.fixture
async def harness(advisor: Advisor, redis_url: str, key_prefix: str, now: list[float]) -> AsyncIterator[Harness]:
    """A process, and whoever talks to it."""
    async with opened(redis_url) as storage:
        yield Harness.on(advisor, Stores.on(storage, ttl=WEEK, prefix=key_prefix), lambda: now[0])


@pytest.fixture
async def elsewhere(advisor: Advisor, redis_url: str, key_prefix: str) -> AsyncIterator[Service]:
    """Another process on the same server."""
    async with opened(redis_url) as storage:
        yield Service(advisor, Stores.on(storage, ttl=WEEK, prefix=key_prefix), now=lambda: NOON)


@pytest.fixture
def listener(service: Service) -> ScriptedListener:
    """What the service asks about what is typed."""
    listener = ScriptedListener()
    service.accepted.listener = listener
    return listener
