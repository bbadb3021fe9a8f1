"""The Redis client for an address: one server, Sentinel, or a Cluster, which is detected.

The clients retry nothing themselves: `redis_retries` does, alike for all three. They speak RESP2: nothing of RESP3
is needed, and connecting takes one round trip less.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.config.redis_url import RedisAddress, ServerKind

Arguments = tuple[str | bytes | int, ...]
"""A command's name and its arguments."""

MAX_CONNECTIONS = 64
"""Commands and pipelines that may be under way at the same time; further ones wait."""


@dataclass(frozen=True, slots=True)
class Client:
    """An open client and whatever else has to be closed with it. `connections` limits what is under way."""

    redis: Redis | RedisCluster
    sentinel: Sentinel | None = None
    connections: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_CONNECTIONS))

    async def run(self, commands: Sequence[Arguments]) -> list[Any]:
        """The answers to commands that are sent together; redis-py's errors, also where only one of them was refused.

        On a Cluster each goes by itself, so that a node in trouble holds up nobody else's.
        """
        if self.cluster is not None:
            answers = await asyncio.gather(*map(self._alone, commands), return_exceptions=True)
        elif len(commands) == 1:
            return [await self._alone(commands[0])]
        else:
            async with self.connections, self.redis.pipeline(transaction=False) as pipeline:
                for arguments in commands:
                    pipeline.execute_command(*arguments)
                answers = await pipeline.execute(raise_on_error=False)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        return answers

    async def _alone(self, arguments: Arguments) -> Any:
        async with self.connections:
            return await self.redis.execute_command(*arguments)

    @property
    def cluster(self) -> RedisCluster | None:
        return self.redis if isinstance(self.redis, RedisCluster) else None

    async def close(self) -> None:
        await self.redis.aclose()
        if self.sentinel is not None:
            await self.sentinel.aclose()


async def open_client(address: RedisAddress, *, connect: float, answer: float) -> Client:
    """Connects within `connect` seconds; redis-py's errors where it does not work out.

    What is sent has no limit of its own, for which redis-py would make a timer each; each Sentinel has half of
    `answer`, so that the next one can be asked as well.
    """
    options: dict[str, Any] = {
        "socket_connect_timeout": connect,
        "socket_timeout": None,
        "max_connections": 2 * MAX_CONNECTIONS,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
    }
    match address.kind:
        case ServerKind.SENTINEL:
            return _by_sentinel(address, options, answer / 2)
        case ServerKind.NODE:
            return await _by_node(address, options)


async def _by_node(address: RedisAddress, options: dict[str, Any]) -> Client:
    node = Redis.from_url(address.url, **options)
    try:
        if not (await node.info("cluster")).get("cluster_enabled"):
            return Client(node)
    except BaseException:
        await node.aclose()
        raise
    await node.aclose()
    cluster = RedisCluster.from_url(address.url, **options)
    try:
        await cluster.initialize()
    except BaseException:
        await cluster.aclose()
        raise
    return Client(cluster)


def _by_sentinel(address: RedisAddress, options: dict[str, Any], within: float) -> Client:
    shared = {**options, "ssl": address.tls} if address.tls else options
    login = {"username": address.sentinel_username, "password": address.sentinel_password}
    sentinel: Sentinel = Sentinel(  # type: ignore[no-untyped-call]
        list(address.sentinels), sentinel_kwargs={**shared, **login, "socket_timeout": within}
    )
    primary = sentinel.master_for(
        address.service, db=address.db, username=address.username, password=address.password, **shared
    )
    return Client(primary, sentinel)
