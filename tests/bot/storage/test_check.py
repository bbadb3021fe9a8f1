"""What `advisor doctor` says about Redis, on each kind of server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot.config.findings import Status
from bot.storage.check import check
from bot.storage.redis_retries import Storage, Timeouts
from tests import servers
from tests.patience import UNHURRIED


@pytest.fixture
def own(tmp_path: Path) -> Iterator[redis.Redis]:
    """A server that a test may set up as it likes."""
    with servers.node(tmp_path / "own", servers.free_port()) as client:
        yield client


async def codes(url: str, prefix: str) -> dict[str, Status]:
    storage = Storage(url, timeouts=UNHURRIED)
    try:
        return {finding.code: finding.status async for finding in check(storage, prefix)}
    finally:
        await storage.close()


@pytest.mark.parametrize("kind", ["redis_url", "cluster_url", "sentinel_url"])
async def test_a_server_of_each_kind_is_looked_at(kind: str, key_prefix: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    found = await codes(url, key_prefix)
    assert {found[code] for code in ("redis_writable", "redis_rights", "redis_keeps")} == {Status.OK}
    assert "redis_settings_unknown" not in found


@pytest.mark.parametrize(
    ("policy", "limit", "evicts"),
    [
        ("noeviction", "0", False),
        ("noeviction", "100mb", False),
        ("allkeys-lru", "0", False),
        ("allkeys-lru", "100mb", True),
        ("volatile-ttl", "100mb", True),
    ],
)
async def test_it_evicts_only_where_it_has_a_limit_and_may(
    own: redis.Redis, policy: str, limit: str, evicts: bool
) -> None:
    own.config_set("maxmemory-policy", policy)
    own.config_set("maxmemory", limit)
    found = await codes(f"redis://{servers.address(own)}", "advisor")
    assert ("redis_evicts" in found, "redis_keeps" in found) == (evicts, not evicts)
    own.config_set("appendonly", "no")
    assert (await codes(f"redis://{servers.address(own)}", "advisor"))["redis_no_append_only"] is Status.LOOK
    own.config_set("appendonly", "yes")
    assert (await codes(f"redis://{servers.address(own)}", "advisor"))["redis_append_only"] is Status.OK


async def test_nothing_of_a_look_is_left(own: redis.Redis) -> None:
    await codes(f"redis://{servers.address(own)}", "mine")
    assert own.keys("*") == []


async def test_of_a_server_that_is_away_nothing_else_is_said() -> None:
    storage = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    assert [finding.code async for finding in check(storage, "advisor")] == ["redis_unreachable"]
    await storage.close()
