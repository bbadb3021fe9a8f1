"""Tests of what is stored run on each kind of server that their module names: `SERVERS`, fixtures of addresses."""

from collections.abc import AsyncIterator

import pytest

from bot.storage.redis_retries import Storage
from tests.patience import UNHURRIED

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
    storage = Storage(url, timeouts=UNHURRIED)
    yield storage
    await storage.close()
