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
from bot.storage.auto_pipeline import Arguments, AutoPipeline, look_at

MAX_SINGLE_COMMANDS = 64
"""Commands that may have their own connection at the same time; further ones wait."""


@dataclass(frozen=True, slots=True)
class Client:
    """An open client and whatever else has to be closed with it. `connections` limits what needs one of its own."""

    redis: Redis | RedisCluster
    sentinel: Sentinel | None = None
    pipeline: AutoPipeline | None = None
    connections: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_SINGLE_COMMANDS))

    async def run(self, commands: Sequence[Arguments], until: float) -> list[Any]:
        """The answers to commands that are sent together; redis-py's errors, also where only one of them was refused.

        TimeoutError where they are not there by `until` (the event loop's time). On a Cluster each goes by itself, so
        that a node in trouble holds up nobody else's.
        """
        if self.pipeline is not None:
            sent = [self.pipeline.send(arguments, until) for arguments in commands]
        else:
            sent = [asyncio.ensure_future(self._alone(arguments, until)) for arguments in commands]
        try:
            for answer in sent:
                await answer
        except BaseException:
            for answer in sent:
                answer.add_done_callback(look_at)
                answer.cancel()
            raise
        return [answer.result() for answer in sent]

    async def _alone(self, arguments: Arguments, until: float) -> Any:
        async with asyncio.timeout_at(until), self.connections:
            return await self.redis.execute_command(*arguments)

    @property
    def cluster(self) -> RedisCluster | None:
        """The client where it is a Cluster's."""
        return self.redis if isinstance(self.redis, RedisCluster) else None

    async def close(self) -> None:
        """Closes every connection."""
        await self.redis.aclose()
        if self.sentinel is not None:
            await self.sentinel.aclose()


async def open_client(address: RedisAddress, *, connect: float, answer: float) -> Client:
    """Connects. `connect` and `answer` are time limits in seconds.

    redis-py's errors where it does not work out.
    """
    options: dict[str, Any] = {
        "socket_connect_timeout": connect,
        "socket_timeout": answer,
        "max_connections": 2 * MAX_SINGLE_COMMANDS,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
    }
    match address.kind:
        case ServerKind.SENTINEL:
            return _by_sentinel(address, options, answer)
        case ServerKind.NODE:
            return await _by_node(address, options, answer)


async def _by_node(address: RedisAddress, options: dict[str, Any], answer: float) -> Client:
    # A limit for each write would be a task for each; `AutoPipeline` has one for all that it sends.
    node = Redis.from_url(address.url, **{**options, "socket_timeout": None})
    try:
        if not (await node.info("cluster")).get("cluster_enabled"):
            return Client(node, pipeline=AutoPipeline(node, answer))
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


def _by_sentinel(address: RedisAddress, options: dict[str, Any], answer: float) -> Client:
    shared = {**options, "ssl": address.tls} if address.tls else options
    login = {"username": address.sentinel_username, "password": address.sentinel_password}
    sentinel: Sentinel = Sentinel(  # type: ignore[no-untyped-call]
        list(address.sentinels), sentinel_kwargs={**shared, **login}
    )
    primary = sentinel.master_for(
        address.service, db=address.db, username=address.username, password=address.password, **shared
    )
    return Client(primary, sentinel, AutoPipeline(primary, answer))
