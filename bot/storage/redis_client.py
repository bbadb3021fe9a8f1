"""The Redis client for an address: one server, Sentinel, or a Cluster, which is detected.

The clients retry nothing themselves: `redis_retries` does, alike for all three. They speak RESP2: nothing of RESP3
is needed, and connecting takes one round trip less.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.config.redis_url import RedisAddress, ServerKind
from bot.storage.background import BackgroundTasks

Arguments = tuple[str | bytes | int, ...]
"""A command's name and its arguments."""

Asked = tuple[Sequence[Arguments], asyncio.Future[list[Any]]]
"""Commands that are sent together, and their answers."""

MAX_CONNECTIONS = 64
"""Commands that may be under way on a Cluster at the same time; further ones wait."""

MAX_PIPELINE_SIZE = 64
"""Requests in one pipeline: all of it has one limit of time."""

MAX_PIPELINES = 2
"""Pipelines that may be under way on one server. What is asked meanwhile goes in the next: they grow with the load."""


@dataclass(eq=False)
class Client:
    """An open client and whatever else has to be closed with it. `answer`: seconds that a server has for a pipeline.
    `connections` limits what needs a connection of its own.
    """

    redis: Redis | RedisCluster
    answer: float
    sentinel: Sentinel | None = None
    connections: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_CONNECTIONS))
    _waiting: list[Asked] = field(default_factory=list, init=False)
    _under_way: int = field(default=0, init=False)
    _pipelines: BackgroundTasks = field(default_factory=BackgroundTasks, init=False)

    async def run(self, commands: Sequence[Arguments]) -> list[Any]:
        """The answers to commands that are sent together; redis-py's errors, also where only one of them was refused.

        On a Cluster each goes by itself, so that a node in trouble holds up nobody else's.
        """
        if self.cluster is None:
            answers: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
            self._waiting.append((commands, answers))
            if self._under_way < MAX_PIPELINES:
                self._under_way += 1
                self._pipelines.start(self._send())  # begins after those who are ready now have asked as well
            found = await answers
        else:
            found = await asyncio.gather(*map(self._alone, commands), return_exceptions=True)
        for answer in found:
            if isinstance(answer, BaseException):
                raise answer
        return found

    async def _send(self) -> None:
        """Sends what waits, in one pipeline after another. What was given up before is not sent."""
        try:
            while self._waiting:
                first, self._waiting = self._waiting[:MAX_PIPELINE_SIZE], self._waiting[MAX_PIPELINE_SIZE:]
                asked = [each for each in first if not each[1].done()]
                for (_, answers), each in zip(asked, await self._answers(asked), strict=True):
                    if not answers.done():
                        answers.set_result(each)
        finally:  # at once, or what is asked before the task is gone would wait for the next to ask
            self._under_way -= 1

    async def _answers(self, asked: Sequence[Asked]) -> list[list[Any]]:
        """What one pipeline brings for each, in a list."""
        try:
            async with asyncio.timeout(self.answer), self.redis.pipeline(transaction=False) as pipeline:
                for arguments in (one for commands, _ in asked for one in commands):
                    pipeline.execute_command(*arguments)
                found = iter(await pipeline.execute(raise_on_error=False))
                return [list(islice(found, len(commands))) for commands, _ in asked]
        except Exception as error:
            return [[error]] * len(asked)

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
            return _by_sentinel(address, options, answer)
        case ServerKind.NODE:
            return await _by_node(address, options, answer)


async def _by_node(address: RedisAddress, options: dict[str, Any], answer: float) -> Client:
    node = Redis.from_url(address.url, **options)
    try:
        if not (await node.info("cluster")).get("cluster_enabled"):
            return Client(node, answer)
    except BaseException:
        await node.aclose()
        raise
    await node.aclose()
    # A node that hangs is looked up anew only after an error of redis-py's own.
    cluster = RedisCluster.from_url(address.url, **{**options, "socket_timeout": answer})
    try:
        await cluster.initialize()
    except BaseException:
        await cluster.aclose()
        raise
    return Client(cluster, answer)


def _by_sentinel(address: RedisAddress, options: dict[str, Any], answer: float) -> Client:
    shared = {**options, "ssl": address.tls} if address.tls else options
    login = {"username": address.sentinel_username, "password": address.sentinel_password}
    sentinel: Sentinel = Sentinel(  # type: ignore[no-untyped-call]
        list(address.sentinels), sentinel_kwargs={**shared, **login, "socket_timeout": answer / 2}
    )
    primary = sentinel.master_for(
        address.service, db=address.db, username=address.username, password=address.password, **shared
    )
    return Client(primary, answer, sentinel)
