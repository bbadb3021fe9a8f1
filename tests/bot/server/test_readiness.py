"""Ready means able to work: Redis takes writes. However many ask, it is asked once."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import redis
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.server.readiness import Readiness
from bot.storage.errors import StorageUnavailable
from bot.storage.redis_retries import Storage, Timeouts
from tests import servers
from tests.patience import BRIEF, HUNG, UNHURRIED

SOON = Timeouts(total=1.0, connect=HUNG, answer=HUNG)
"""For errors that are tried again until the time is over."""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[redis.Redis]:
    """A server of this test alone."""
    with servers.node(tmp_path / "own", servers.free_port()) as node:
        yield node


def url_of(server: redis.Redis, login: str = "") -> str:
    return f"redis://{login}{servers.address(server)}"


@asynccontextmanager
async def asked(url: str, timeouts: Timeouts = UNHURRIED, wait_replicas: int = 0) -> AsyncIterator[TestClient]:
    storage = Storage(url, timeouts=timeouts, wait_replicas=wait_replicas)
    app = web.Application()
    app.add_routes([web.get("/readyz", Readiness(partial(storage.check_write, "test")).answer)])
    async with TestClient(TestServer(app)) as client:
        yield client
    await storage.close()


async def status(client: TestClient) -> int:
    async with client.get("/readyz") as response:
        return response.status


@pytest.mark.parametrize("url", ["redis_url", "cluster_url", "sentinel_url"])
async def test_ready_where_redis_takes_writes(request: pytest.FixtureRequest, url: str) -> None:
    async with asked(request.getfixturevalue(url)) as client:
        assert await status(client) == 200


async def test_nothing_is_left_of_asking(own: redis.Redis) -> None:
    async with asked(url_of(own)) as client:
        assert await status(client) == 200
    assert own.keys() == []


async def test_not_ready_while_redis_is_full(own: redis.Redis, caplog: pytest.LogCaptureFixture) -> None:
    async with asked(url_of(own)) as client:
        own.config_set("maxmemory", 1)
        assert await status(client) == 503
        assert "OOM" in caplog.text and "maxmemory" in caplog.text
        own.config_set("maxmemory", 0)
        assert await status(client) == 200


async def test_not_ready_on_a_replica(own: redis.Redis, caplog: pytest.LogCaptureFixture) -> None:
    own.replicaof("127.0.0.1", servers.free_port())
    async with asked(url_of(own), SOON) as client:
        assert await status(client) == 503
    assert "READONLY" in caplog.text and "REDIS_URL leads to a replica" in caplog.text


@pytest.mark.parametrize("rights", ["~* +info +eval +get", "~other:* +@all"])
async def test_not_ready_without_the_right_to_write(
    own: redis.Redis, caplog: pytest.LogCaptureFixture, rights: str
) -> None:
    own.execute_command("ACL", "SETUSER", "weak", "on", ">p", *rights.split())
    async with asked(url_of(own, "weak:p@")) as client:
        assert await status(client) == 503
    assert "NOPERM" in caplog.text and "docs/operations.md" in caplog.text


async def test_not_ready_while_replicas_have_to_confirm_and_are_away(own: redis.Redis) -> None:
    async with asked(url_of(own), BRIEF, wait_replicas=1) as client:
        assert await status(client) == 503


async def test_a_primary_of_a_cluster_that_is_full_is_found(tmp_path: Path) -> None:
    with servers.cluster(tmp_path / "nodes") as nodes:
        async with asked(f"redis://{servers.address(nodes[0])}") as client:
            for node in nodes:
                node.config_set("maxmemory", 1)
                assert await status(client) == 503
                node.config_set("maxmemory", 0)
            assert await status(client) == 200


async def test_many_who_ask_at_once_share_one_answer(caplog: pytest.LogCaptureFixture) -> None:
    checks, may_end = 0, asyncio.Event()

    async def check() -> None:
        nonlocal checks
        checks += 1
        await may_end.wait()
        raise StorageUnavailable("away")

    caplog.set_level(logging.WARNING)
    readiness = Readiness(check)
    all_of_them = [asyncio.ensure_future(readiness.trouble()) for _ in range(300)]
    await asyncio.sleep(0)
    all_of_them[0].cancel()  # one who goes away takes nothing from the others
    await asyncio.sleep(0)
    may_end.set()
    answers = await asyncio.gather(*all_of_them[1:])
    assert checks == 1
    assert len(caplog.records) == 1
    assert all(isinstance(answer, StorageUnavailable) for answer in answers)
    assert await readiness.trouble() is not None
    assert checks == 2
