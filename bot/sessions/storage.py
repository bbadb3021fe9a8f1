"""The way to Redis: one command or one script at a time, with patience but not too much of it.

Every call either returns Redis's answer or raises StorageUnavailable within `Patience.total` seconds. Until then it is
tried again, with growing and jittered pauses, for whatever may pass: a refused or lost connection, a server that still
loads its data, a failover. So everything sent here must bear being sent twice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1
from typing import Any

from redis import exceptions as failure
from redis.asyncio.retry import Retry
from redis.backoff import EqualJitterBackoff

from bot.redis_address import RedisAddress
from bot.sessions.clients import Client, open_client
from bot.sessions.errors import CorruptRecord, StorageUnavailable

AT_ONCE = 64
"""Calls in hand at the same time; further ones wait for their turn (within their patience)."""

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

Value = str | bytes | int


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
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._retry = Retry(EqualJitterBackoff(cap=0.25, base=0.01), -1, PASSING)  # type: ignore[arg-type]

    async def command(self, *words: Value) -> Any:
        """Runs one command."""
        return await self._patiently(lambda client: client.run(words))

    async def script(
        self,
        script: Script,
        keys: Sequence[str],
        values: Sequence[Value],
        confirm: bool = False,
        patience: float | None = None,
    ) -> Any:
        """Runs a script, by its name where Redis knows it. `confirm`: it writes, and replicas may have to confirm.

        `patience` in seconds counts where it is more than usual.
        """
        rest = (len(keys), *keys, *values)

        async def run(client: Client) -> Any:
            if confirm and self._wait_replicas:
                # By its text: an unknown name would be answered only after waiting for the replicas in vain.
                return await self._confirmed(client, keys[0], ("EVAL", script.text, *rest))
            try:
                return await client.run(("EVALSHA", script.sha, *rest))
            except failure.NoScriptError:
                return await client.run(("EVAL", script.text, *rest))

        return await self._patiently(run, patience or 0)

    async def ping(self) -> None:
        """Returns when Redis answers; on a Cluster, when every primary does."""
        await self._patiently(lambda client: client.redis.ping())

    async def close(self) -> None:
        """Closes all connections. A later call opens them again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _patiently(self, call: Callable[[Client], Awaitable[Any]], patience: float = 0) -> Any:
        last: list[Exception] = []
        total = max(self._patience.total, patience)
        clock = asyncio.get_running_loop().time
        end = clock() + total

        async def attempt() -> Any:
            client = await self._open()
            try:
                return await call(client)
            except (AttributeError, RuntimeError) as error:
                # When a node fails, redis-py closes all connections of a Cluster, also those on which others wait; and
                # it writes to what the server has closed, for which uvloop has an error that is no OSError.
                raise failure.ConnectionError("the connection was closed meanwhile") from error

        async def failed(error: Exception) -> None:
            last[:] = [error]

        def again(error: Exception) -> bool:
            # The clock as well: a cancellation that meets the end of a wait_for can get lost (Python 3.11).
            return clock() < end and not isinstance(error, failure.AuthenticationError | failure.AuthorizationError)

        try:
            async with asyncio.timeout(total), self._turns:
                return await self._retry.call_with_retry(attempt, failed, is_retryable=again)
        except TimeoutError as error:
            reason = _said(last[0]) if last else f"no answer within {total:g} s"
            raise StorageUnavailable(reason) from error
        except (failure.RedisError, failure.RedisClusterException, OSError) as error:
            if isinstance(error, failure.ResponseError) and "WRONGTYPE" in str(error):
                raise CorruptRecord("another kind of value stands under its key") from error
            raise StorageUnavailable(_said(error)) from error

    async def _open(self) -> Client:
        if self._client is not None:
            return self._client
        async with self._opening:
            if self._client is None:
                patience = self._patience
                self._client = await open_client(
                    self._address, connect=patience.connect, answer=patience.answer, at_most=2 * AT_ONCE
                )
            return self._client

    async def _confirmed(self, client: Client, key: str, words: Sequence[Value]) -> Any:
        """Writes, then waits on the same connection: WAIT knows only about the writes of its own."""
        cluster = client.cluster
        target = {} if cluster is None else {"target_nodes": cluster.get_node_from_key(key)}
        milliseconds = int(self._patience.answer * 400)  # twice fits into the patience: the script may be unknown
        pipeline: Any = client.redis.pipeline(transaction=False)
        pipeline.execute_command(*words, **target)
        pipeline.execute_command("WAIT", self._wait_replicas, milliseconds, **target)
        redirects = {} if cluster is None else {"allow_redirections": False}
        try:
            answer, replicas = await pipeline.execute(raise_on_error=False, **redirects)
        except PASSING:
            if cluster is not None:
                await cluster.aclose()  # makes the next attempt look for the nodes anew
            raise
        if isinstance(answer, failure.MovedError | failure.AskError):
            await client.run(words)  # follows the redirection and learns the way for the next attempt
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
