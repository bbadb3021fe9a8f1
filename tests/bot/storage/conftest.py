"""Tests of what is stored run on each kind of server that their module names: `SERVERS`, fixtures of addresses."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import redis

from bot.storage.redis_retries import Storage
from tests import servers
from tests.bot.harness import opened

STANDALONE = "redis_url"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test with a server, once for each kind."""
    servers = getattr(metafunc.module, "SERVERS", None)
    if servers and "url" in metafunc.fixturenames:
        metafunc.parametrize("url", servers, indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(getattr(request, "param", STANDALONE)))


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    async with opened(url) as storage:
        yield storage


@pytest.fixture
def own(tmp_path: Path) -> Iterator[redis.Redis]:
    """A server that a test may maltreat."""
    with servers.node(tmp_path / "own", servers.free_port()) as client:
        yield client
