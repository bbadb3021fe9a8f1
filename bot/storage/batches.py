"""Commands that are given at the same moment travel to the server together.

A command of its own costs a connection, a write, a time limit and a read; ten commands in one pipeline cost little more
than one. While two batches are under way, what comes next is gathered for the third: so batches grow with the load, and
a server that writes to disk before it answers does so once for many.
"""

import asyncio
import math
from typing import Any

from hiredis import pack_command
from redis import exceptions as failure
from redis.asyncio import Redis

Words = tuple[str | bytes | int, ...]

UNDER_WAY = 2
"""Batches on their way at the same time, each on a connection of its own."""

MOST = 64
"""Commands in one batch."""

CHECKED_EVERY = 0.05
"""Seconds between two looks for commands whose time is over. A timer for each would cost more than sending it."""


class Batches:
    """The way to one server. Commands of a batch are independent: each gets its own answer or error.

    What breaks the connection is an error of all commands in it; none of them is tried again here. The server has
    `answer` seconds for a batch.
    """

    def __init__(self, redis: Redis, answer: float) -> None:
        self._redis = redis
        self._within = answer
        self._waiting: list[tuple[Words, asyncio.Future[Any]]] = []
        self._until: dict[asyncio.Future[Any], float] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._about_to_start = False

    def send(self, words: Words, until: float) -> asyncio.Future[Any]:
        """The answer to one command; redis-py's errors, or TimeoutError soon after `until` (the event loop's time).

        One that is given up before it was sent is not sent.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((words, answer))
        if not self._until:
            loop.call_later(CHECKED_EVERY, self._check)
        self._until[answer] = until
        if not self._about_to_start:
            self._about_to_start = True
            # A moment later, so that whatever else is ready now comes along.
            loop.call_soon(self._start)
        return answer

    def _check(self) -> None:
        """Ends what is late; looks again for as long as anything is open."""
        loop = asyncio.get_running_loop()
        self._until = {answer: until for answer, until in self._until.items() if not answer.done()}
        for answer, until in self._until.items():
            if until <= loop.time():
                _give(answer, TimeoutError())
        if self._until:
            loop.call_later(CHECKED_EVERY, self._check)

    def _start(self) -> None:
        self._about_to_start = False
        while self._waiting and len(self._under_way) < UNDER_WAY:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            wanted = [(words, answer) for words, answer in batch if not answer.done()]
            if wanted:
                task = asyncio.get_running_loop().create_task(self._run(wanted))
                self._under_way.add(task)
                task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._start()

    async def _run(self, batch: list[tuple[Words, asyncio.Future[Any]]]) -> None:
        try:
            found = await self._exchange([words for words, _ in batch])
        except asyncio.CancelledError:
            for _, answer in batch:
                answer.cancel()
            raise
        except Exception as error:
            found = [error] * len(batch)
        for (_, answer), given in zip(batch, found, strict=True):
            _give(answer, given)

    async def _exchange(self, commands: list[Words]) -> list[Any]:
        """On a connection of redis-py's pool, past its pipelines, which cost as much again as all the rest."""
        pool: Any = self._redis.connection_pool
        connection: Any = None
        try:
            async with asyncio.timeout(self._within):
                connection = await pool.get_connection()
                await connection.send_packed_command(b"".join([_packed(words) for words in commands]))
                return [await _answer(connection) for _ in commands]
        except TimeoutError as error:
            raise failure.TimeoutError("no answer in time") from error
        finally:
            if connection is not None:
                await pool.release(connection)


def _packed(words: Words) -> bytes:
    packed: bytes = pack_command(words)  # type: ignore[arg-type]  # its types know tuples of one word only
    return packed


async def _answer(connection: Any) -> Any:
    """An answer, or what the server says against the command. Any other trouble closes the connection."""
    try:
        return await connection.read_response(timeout=math.inf)
    except failure.ResponseError as error:
        return error


def _give(answer: asyncio.Future[Any], given: Any) -> None:
    if answer.done():
        return
    if not isinstance(given, Exception):
        answer.set_result(given)
        return
    answer.set_exception(given)
    answer.exception()  # whoever waited may be gone by now; then nobody else would look at it
