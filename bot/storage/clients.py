"""The client that suits an address: one server, Sentinel, or a Cluster, which is detected.

The clients retry nothing themselves: `storage` does, alike for all three. They speak RESP2, since nothing of RESP3 is
needed and connecting takes one round trip less.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.config.redis_url import Kind, RedisAddress
from bot.storage.batches import Batches, Words

AT_ONCE = 64
"""Commands that are on connections of their own at the same time; further ones wait for their turn."""


@dataclass(frozen=True, slots=True)
class Client:
    """An open client and whatever else has to be closed with it. `turns` is for what needs a connection of its own."""

    redis: Redis | RedisCluster
    sentinel: Sentinel | None = None
    batches: Batches | None = None
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def run(self, commands: Sequence[Words], until: float) -> list[Any]:
        """The answers to commands of the same moment; redis-py's errors, also where only one of them was refused.

        TimeoutError where they are not there by `until` (the event loop's time). On a Cluster each goes by itself, so
        that a node in trouble holds up nobody else's.
        """
        if self.batches is not None:
            sent = [self.batches.send(words, until) for words in commands]
        else:
            sent = [asyncio.ensure_future(self._alone(words, until)) for words in commands]
        try:
            return [await answer for answer in sent]
        finally:
            for answer in sent:
                if not answer.cancel() and not answer.cancelled():
                    answer.exception()  # looked at, else the event loop complains of what nobody waits for any more

    async def _alone(self, words: Words, until: float) -> Any:
        async with asyncio.timeout_at(until), self.turns:
            return await self.redis.execute_command(*words)

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
        "max_connections": 2 * AT_ONCE,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
    }
    match address.kind:
        case Kind.SENTINEL:
            return _by_sentinel(address, options, answer)
        case Kind.NODE:
            return await _by_node(address, options, answer)


async def _by_node(address: RedisAddress, options: dict[str, Any], answer: float) -> Client:
    node = Redis.from_url(address.url, **options)
    try:
        if not (await node.info("cluster")).get("cluster_enabled"):
            return Client(node, batches=Batches(node, answer))
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
    return Client(primary, sentinel, Batches(primary, answer))
