"""The way to Redis: one command or one script at a time, with patience but not too much of it.

Every call either returns Redis's answer or raises StorageUnavailable within `Patience.total` seconds. Until then it is
tried again, with growing and jittered pauses, for whatever may pass: a refused or lost connection, a server that still
loads its data, a failover. So everything sent here must bear being sent twice.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha1
from typing import Any, Self, TypeVar

from redis import exceptions as failure
from redis.backoff import EqualJitterBackoff

from bot.config.redis_url import RedisAddress
from bot.storage.batches import Words
from bot.storage.clients import Client, open_client
from bot.storage.errors import CorruptRecord, StorageUnavailable

PASSING = (
    failure.ConnectionError,
    failure.TimeoutError,
    failure.ReadOnlyError,
    failure.ClusterError,
    failure.TryAgainError,
    failure.RedisClusterException,
    OSError,
)
"""What may be over a moment later."""

_FINAL = (failure.AuthenticationError, failure.AuthorizationError)
"""What is counted among these and will not pass."""

_CLOSED_MEANWHILE = (AttributeError, RuntimeError, TypeError)
"""What comes of a Cluster's connection that was closed meanwhile.

When a node fails, redis-py closes all connections, also those in use; and it writes to what the server has closed, for
which event loops have no OSError: uvloop a RuntimeError, asyncio's own a TypeError on Python 3.12 and early releases of
3.13 (python/cpython#136234).
"""

_PAUSES = EqualJitterBackoff(cap=0.25, base=0.01)
"""Seconds before the next attempt, by the number of those that failed."""

Value = str | bytes | int
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Patience:
    """Time limits in seconds. `total` for a call with all its attempts; two calls fit into the 3 s that Slack waits."""

    total: float = 1.25
    connect: float = 1.0
    answer: float = 1.0


@dataclass(frozen=True)
class Script:
    """A Lua script. It runs as one step; all its keys lie in one slot."""

    text: str

    @cached_property
    def sha(self) -> str:
        """The name under which Redis remembers the script."""
        return sha1(self.text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Call:
    """A command, or a script by its name with the text to send where Redis does not know the name."""

    words: Words
    script: Script | None = None

    @classmethod
    def of(cls, script: Script, keys: Sequence[str], values: Sequence[Value]) -> Self:
        """A script's."""
        return cls(("EVALSHA", script.sha, len(keys), *keys, *values), script)

    @property
    def whole(self) -> Words:
        """The words with the script's text."""
        return self.words if self.script is None else ("EVAL", self.script.text, *self.words[2:])


class Storage:
    """Connects on first use, so a process starts, and stays up, while Redis is away.

    `wait_replicas`: how many replicas must have a confirmed write before it counts.
    """

    def __init__(self, url: str, *, wait_replicas: int = 0, patience: Patience | None = None) -> None:
        self._address = RedisAddress.parse(url)
        self._wait_replicas = wait_replicas
        self._patience = patience or Patience()
        self._client: Client | None = None
        self._opening = asyncio.Lock()

    async def command(self, *words: Value) -> Any:
        """Runs one command."""
        (answer,) = await self.together(Call(words))
        return answer

    async def script(
        self,
        script: Script,
        keys: Sequence[str],
        values: Sequence[Value],
        confirm: bool = False,
        patience: float | None = None,
    ) -> Any:
        """Runs a script. `confirm`: it writes, and replicas may have to confirm.

        `patience` in seconds counts where it is more than usual.
        """
        call = Call.of(script, keys, values)
        if confirm and self._wait_replicas:
            # By its text: an unknown name would be answered only after waiting for the replicas in vain.
            return await self._patiently(partial(self._confirmed, keys[0], call.whole), patience or 0)
        (answer,) = await self.together(call, patience=patience or 0)
        return answer

    async def together(self, *calls: Call, patience: float = 0) -> list[Any]:
        """The answers to calls of the same moment, in one round trip (on a Cluster: side by side)."""

        async def run(client: Client, end: float) -> list[Any]:
            try:
                return await client.run([call.words for call in calls], end)
            except failure.NoScriptError:
                return await client.run([call.whole for call in calls], end)

        return await self._patiently(run, patience)

    async def ping(self) -> None:
        """Returns when Redis answers; on a Cluster, when every primary does."""

        async def run(client: Client, end: float) -> None:
            async with asyncio.timeout_at(end):
                await client.redis.ping()

        await self._patiently(run)

    async def close(self) -> None:
        """Closes all connections. A later call opens them again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _patiently(self, call: Callable[[Client, float], Awaitable[Answer]], patience: float = 0) -> Answer:
        """Tries until the time is over. `call` ends by the time it is given (the event loop's), with TimeoutError."""
        clock = asyncio.get_running_loop().time
        total = max(self._patience.total, patience)
        end = clock() + total
        last: Exception | None = None
        try:
            for failed in itertools.count(1):
                try:
                    return await call(self._client or await self._open(end), end)
                except TimeoutError:
                    last = last or failure.TimeoutError(f"no answer within {total:g} s")
                except _CLOSED_MEANWHILE as error:
                    last = failure.ConnectionError("the connection was closed meanwhile")
                    last.__cause__ = error
                except PASSING as error:
                    last = error
                pause = _PAUSES.compute(failed)
                if clock() + pause >= end or isinstance(last, _FINAL):
                    raise last
                await asyncio.sleep(pause)
        except (failure.RedisError, failure.RedisClusterException, OSError) as error:
            if isinstance(error, failure.ResponseError) and "WRONGTYPE" in str(error):
                raise CorruptRecord("another kind of value stands under its key") from error
            raise StorageUnavailable(_said(error)) from error
        raise AssertionError("unreachable: it is tried again until the time is over")

    async def _open(self, end: float) -> Client:
        async with asyncio.timeout_at(end), self._opening:
            if self._client is None:
                patience = self._patience
                self._client = await open_client(self._address, connect=patience.connect, answer=patience.answer)
            return self._client

    async def _confirmed(self, key: str, words: Words, client: Client, end: float) -> Any:
        """Writes, then waits on the same connection: WAIT knows only about the writes of its own."""
        cluster = client.cluster
        target = {} if cluster is None else {"target_nodes": cluster.get_node_from_key(key)}
        milliseconds = int(self._patience.answer * 400)  # twice fits into the patience: the script may be unknown
        pipeline: Any = client.redis.pipeline(transaction=False)
        pipeline.execute_command(*words, **target)
        pipeline.execute_command("WAIT", self._wait_replicas, milliseconds, **target)
        redirects = {} if cluster is None else {"allow_redirections": False}
        try:
            async with asyncio.timeout_at(end), client.turns:
                answer, replicas = await pipeline.execute(raise_on_error=False, **redirects)
        except PASSING:
            if cluster is not None:
                await cluster.aclose()  # makes the next attempt look for the nodes anew
            raise
        if isinstance(answer, failure.MovedError | failure.AskError):
            await client.run([words], end)  # follows the redirection and learns the way for the next attempt
            raise failure.TryAgainError("the conversation moved to another node")
        for given in (answer, replicas):
            if isinstance(given, Exception):
                raise given
        if replicas < self._wait_replicas:
            raise StorageUnavailable(f"{replicas} of {self._wait_replicas} replicas confirmed a write in time")
        return answer


def _said(error: Exception) -> str:
    """What the error says, without the words of the command that some of Redis's errors repeat."""
    return str(error).partition(", with args")[0].strip().rstrip(".") or type(error).__name__
