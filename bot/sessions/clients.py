"""The client that suits an address: one server, Sentinel, or a Cluster, which is detected.

The clients retry nothing themselves: `storage` does, alike for all three. They speak RESP2, since nothing of RESP3 is
needed and connecting takes one round trip less.
"""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.redis_address import Kind, RedisAddress
from bot.sessions.batches import Batches, Words


@dataclass(frozen=True, slots=True)
class Client:
    """An open client and whatever else has to be closed with it."""

    redis: Redis | RedisCluster
    sentinel: Sentinel | None = None
    batches: Batches | None = None

    async def run(self, words: Words) -> Any:
        """One command. On a Cluster each goes by itself, so that a node in trouble holds up nobody else's."""
        if self.batches is not None:
            return await self.batches.send(words)
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


async def open_client(address: RedisAddress, *, connect: float, answer: float, at_most: int) -> Client:
    """Connects. `connect` and `answer` are time limits in seconds, `at_most` the number of connections (to each node).

    redis-py's errors where it does not work out.
    """
    options: dict[str, Any] = {
        "socket_connect_timeout": connect,
        "socket_timeout": answer,
        "max_connections": at_most,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
    }
    match address.kind:
        case Kind.SENTINEL:
            return _by_sentinel(address, options)
        case Kind.NODE:
            return await _by_node(address, options)


async def _by_node(address: RedisAddress, options: dict[str, Any]) -> Client:
    node = Redis.from_url(address.url, **options)
    try:
        if not (await node.info("cluster")).get("cluster_enabled"):
            return Client(node, batches=Batches(node))
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


def _by_sentinel(address: RedisAddress, options: dict[str, Any]) -> Client:
    shared = {**options, "ssl": address.tls} if address.tls else options
    login = {"username": address.sentinel_username, "password": address.sentinel_password}
    sentinel: Sentinel = Sentinel(  # type: ignore[no-untyped-call]
        list(address.sentinels), sentinel_kwargs={**shared, **login}
    )
    primary = sentinel.master_for(
        address.service, db=address.db, username=address.username, password=address.password, **shared
    )
    return Client(primary, sentinel, Batches(primary))
