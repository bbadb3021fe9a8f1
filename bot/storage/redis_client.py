"""The Redis client for an address: one server, Sentinel, or a Cluster, which is detected.

The clients retry nothing themselves: `redis_retries` does, alike for all three. They speak RESP2: nothing of RESP3
is needed, and connecting takes one round trip less. Commands that are given at the same moment travel in one pipeline.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hiredis import pack_command
from redis import exceptions as failure
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.config.redis_url import RedisAddress, ServerKind
from bot.storage.background import look_at

Arguments = tuple[str | bytes | int, ...]
"""A command's name and its arguments."""

MAX_PIPELINES = 2
"""Pipelines that are sent at the same time, each on its own connection."""

MAX_PIPELINE_SIZE = 64
"""Commands in one pipeline."""

CHECK_INTERVAL = 0.05
"""Seconds between two checks for commands that have timed out. A timer for each would cost more than sending it."""

MAX_SINGLE_COMMANDS = 64
"""Commands that may have their own connection at the same time; further ones wait."""


class AutoPipeline:
    """Sends commands that are given at the same moment in one pipeline.

    A command of its own costs a connection, a write, a time limit and a read; ten commands in one pipeline cost little
    more than one. While two pipelines are on their way, what comes next is gathered for the third: so they grow with
    the load, and a server that writes to disk before it answers does so once for many.

    Each command gets its own answer or error. What breaks the connection is an error of all commands in the pipeline;
    none of them is tried again here. The server has `answer` seconds for a pipeline.

    Its connections are redis-py's, and go back to the pool only where something went wrong.
    """

    def __init__(self, redis: Redis, answer: float) -> None:
        self._redis = redis
        self._timeout = answer
        self._waiting: list[tuple[Arguments, asyncio.Future[Any]]] = []
        self._until: dict[asyncio.Future[Any], float] = {}
        self._running: dict[asyncio.Task[None], _Running] = {}
        self._idle: list[Any] = []
        self._scheduled = False
        self._next_look: asyncio.TimerHandle | None = None

    def send(self, arguments: Arguments, until: float) -> asyncio.Future[Any]:
        """The answer to one command; redis-py's errors, or TimeoutError soon after `until` (the event loop's time).

        One that is given up before it was sent is not sent.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((arguments, answer))
        if self._next_look is None:
            self._next_look = loop.call_later(CHECK_INTERVAL, self._expire)
        self._until[answer] = until
        if not self._scheduled:
            self._scheduled = True
            # Deferred, so that commands of other tasks that are ready now join the pipeline.
            loop.call_soon(self._start)
        return answer

    def _expire(self) -> None:
        """Ends commands that are late; checks again as long as any is open."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for task, running in self._running.items():
            if running.until <= now:
                for answer in running.answers:
                    _resolve(answer, failure.TimeoutError("no answer in time"))
                task.cancel()
        self._until = {answer: until for answer, until in self._until.items() if not answer.done()}
        for answer, until in self._until.items():
            if until <= now:
                _resolve(answer, TimeoutError())
        is_open = self._until or self._running
        self._next_look = loop.call_later(CHECK_INTERVAL, self._expire) if is_open else None

    def _start(self) -> None:
        self._scheduled = False
        loop = asyncio.get_running_loop()
        while self._waiting and len(self._running) < MAX_PIPELINES:
            pipeline, self._waiting = self._waiting[:MAX_PIPELINE_SIZE], self._waiting[MAX_PIPELINE_SIZE:]
            wanted = [(arguments, answer) for arguments, answer in pipeline if not answer.done()]
            if wanted:
                commands, answers = zip(*wanted, strict=True)
                task = loop.create_task(self._run(commands, answers))
                self._running[task] = _Running(answers, loop.time() + self._timeout)
                task.add_done_callback(self._on_end)

    def _on_end(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        if self._waiting:
            self._start()

    async def _run(self, commands: Sequence[Arguments], answers: Sequence[asyncio.Future[Any]]) -> None:
        try:
            found = await self._send_all(commands)
        except asyncio.CancelledError:
            for answer in answers:
                answer.cancel()
            raise
        except Exception as error:
            found = [error] * len(answers)
        for answer, given in zip(answers, found, strict=True):
            _resolve(answer, given)

    async def _send_all(self, commands: Sequence[Arguments]) -> list[Any]:
        """Uses a connection of redis-py, but not its pipelines, which would double the cost."""
        pool: Any = self._redis.connection_pool
        connection = self._idle.pop() if self._idle else await pool.get_connection()
        try:
            if not connection.is_connected or await connection.can_read():  # the server may have closed it since
                await pool.ensure_connection(connection)
            await connection.send_packed_command(b"".join(map(_pack, commands)))
            answers: list[Any] = []
            for _ in commands:
                try:
                    answers.append(await connection.read_response(timeout=math.inf))
                except failure.ResponseError as error:  # the server's refusal of the command, unlike other errors
                    answers.append(error)
        except BaseException:
            # After a failover none of them may lead to the primary: the pool sees to that as it connects anew.
            gone, self._idle = [connection, *self._idle], []
            for one in gone:
                await pool.release(one)
            raise
        self._idle.append(connection)
        return answers


class _Running(NamedTuple):
    """A pipeline that was sent, and the event loop's time at which it is given up."""

    answers: Sequence[asyncio.Future[Any]]
    until: float


def _pack(arguments: Arguments) -> bytes:
    packed: bytes = pack_command(arguments)  # type: ignore[arg-type]  # its types know tuples of one type only
    return packed


def _resolve(answer: asyncio.Future[Any], given: Any) -> None:
    if answer.done():
        return
    if isinstance(given, Exception):
        answer.set_exception(given)
    else:
        answer.set_result(given)


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
        return self.redis if isinstance(self.redis, RedisCluster) else None

    async def close(self) -> None:
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
