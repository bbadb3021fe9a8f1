"""What `advisor doctor` says about Redis, on each kind of server."""

import pytest
import redis

from bot.config.findings import Status
from bot.storage.check import check
from bot.storage.redis_retries import Timeouts
from tests import servers
from tests.bot.harness import AWAY, opened


async def codes(url: str, prefix: str) -> dict[str, Status]:
    async with opened(url) as storage:
        return {finding.code: finding.status async for finding in check(storage, prefix)}


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
    async with opened(AWAY, timeouts=Timeouts(total=0.05)) as storage:
        assert [finding.code async for finding in check(storage, "advisor")] == ["redis_unreachable"]
