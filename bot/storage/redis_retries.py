"""Redis with retries: one command, one script or one pipeline at a time, each within a time limit.

Every call either returns Redis's answer or raises StorageUnavailable within `Timeouts.total` seconds. Until then it is
tried again, with growing and jittered pauses, after any temporary error: a refused or lost connection, a server
that still loads its data, a failover. So everything sent here must be safe to send twice.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from redis import exceptions as failure
from redis.asyncio import RedisCluster
from redis.backoff import EqualJitterBackoff

from bot.config.redis_url import RedisAddress
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.redis_client import Arguments, Client, open_client

_TRANSIENT = (
    failure.ConnectionError,
    failure.TimeoutError,
    failure.ReadOnlyError,
    failure.ClusterError,
    failure.TryAgainError,
    failure.RedisClusterException,
    OSError,
)
"""Temporary errors."""

_FINAL = (failure.AuthenticationError, failure.AuthorizationError)
"""Subclasses of these that are permanent."""

_CLOSED_MEANWHILE = (AttributeError, RuntimeError, TypeError)
"""Errors of a Cluster connection that was closed meanwhile.

When a node fails, redis-py closes all connections, also those in use; and it writes to what the server has closed, for
which event loops have no OSError: uvloop a RuntimeError, asyncio's own a TypeError on Python 3.12 and early releases of
3.13 (python/cpython#136234).
"""

_PAUSES = EqualJitterBackoff(cap=0.25, base=0.01)
"""Seconds before the next attempt, by the number of those that failed."""

_ADVICE: tuple[tuple[type[Exception], str, str], ...] = (
    (failure.OutOfMemoryError, "OOM", "It is full: give it more memory (maxmemory), or remove what is not needed."),
    (failure.NoPermissionError, "NOPERM", "Give its user the rights that docs/operations.md lists."),
    (failure.ReadOnlyError, "READONLY", "REDIS_URL leads to a replica: it has to lead to the primary."),
    (failure.AuthenticationError, "WRONGPASS", "Check the user and the password in REDIS_URL."),
)
"""What to do about a refusal, by the client's error and the server's error code."""

Value = str | bytes | int
Answer = TypeVar("Answer")

_TAKE = """
-- KEYS: what is taken. ARGV: token, time to live in s. Answer: what stands there then: the token, or another's.
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return owner end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return ARGV[1]
"""

_PROBE = """
-- KEYS: probe. ARGV: time to live in s.
redis.call('SET', KEYS[1], '1', 'EX', ARGV[1])
return redis.call('DEL', KEYS[1])
"""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Time limits in seconds. `total` for a call with all its attempts; two calls fit into the 3 s that Slack waits."""

    total: float = 1.25
    connect: float = 1.0
    answer: float = 1.0


PATIENT = Timeouts(total=15.0, connect=5.0, answer=10.0)
"""For what nobody waits for but an operator."""


_PLACE = re.compile(r" script: (?:[0-9a-f]{40}, )?on @")
"""How the place of an error in a script begins."""

_WITHIN_SCRIPT = re.compile(r"Error running script [^@]*(?:@user_script: ?\d+: )+(?P<said>.*)", re.DOTALL)
"""How Redis 6 tells what a command in a script was refused for: as text of an error of its own."""

_REFUSALS: tuple[tuple[str, type[failure.ResponseError]], ...] = (
    ("-READONLY ", failure.ReadOnlyError),
    ("-OOM ", failure.OutOfMemoryError),
    ("The user executing the script can't ", failure.NoPermissionError),  # Redis 6 and 7.0
    ("ACL failure in script", failure.NoPermissionError),  # newer ones
)
"""Refusals in scripts that the client does not recognise: the start of the text, and the error that it means."""

_PROBE_TTL = 60

_PROBE_TRIES = 4096
"""Most names to try for a key on each primary of a Cluster."""


def eval_command(script: str, keys: Sequence[str], values: Sequence[Value]) -> Arguments:
    """The command that runs a Lua script. It runs atomically; all its keys are in one slot."""
    return "EVAL", script, len(keys), *keys, *values


class Storage:
    """Connects on first use, so a process starts, and stays up, while Redis is away.

    `wait_replicas`: how many replicas must have a confirmed write before it counts.
    """

    def __init__(self, url: str, *, wait_replicas: int = 0, timeouts: Timeouts | None = None) -> None:
        self._address = RedisAddress.parse(url)
        self._wait_replicas = wait_replicas
        self._timeouts = timeouts or Timeouts()
        self._client: Client | None = None
        self._opening = asyncio.Lock()

    async def command(self, *arguments: Value, confirm: bool = False, within: float = 0) -> Any:
        """The answer to a command. `confirm`: it is a script that writes, and replicas may have to confirm.

        `within` in seconds counts where it is more than usual.
        """
        if confirm and self._wait_replicas:
            return await self._retry(partial(self._confirmed, arguments), within)
        (answer,) = await self.pipeline(arguments, within=within)
        return answer

    async def script(
        self, script: str, keys: Sequence[str], values: Sequence[Value], confirm: bool = False, within: float = 0
    ) -> Any:
        """The answer of a Lua script; see `command`."""
        return await self.command(*eval_command(script, keys, values), confirm=confirm, within=within)

    async def pipeline(self, *commands: Arguments, within: float = 0) -> list[Any]:
        """The answers to commands that are sent together, in one round trip (on a Cluster: side by side)."""
        return await self._retry(lambda client: client.run(commands), within)

    async def taken(self, key: str, token: str, seconds: int) -> str:
        """Takes a key for so long, or renews it, unless another token has it; what stands there then."""
        found: bytes = await self.script(_TAKE, [key], [token, seconds])
        return found.decode()

    async def ping(self) -> None:
        """Returns when Redis answers; on a Cluster, when every primary does."""
        await self._retry(lambda client: asyncio.wait_for(client.redis.ping(), self._timeouts.answer))

    async def check_write(self, prefix: str) -> None:
        """Returns when Redis has run a script, taken a write and, where replicas must confirm, had it confirmed.

        On a Cluster each primary has to. Every key that is written, and deleted again, begins with `prefix`.
        """

        async def run(client: Client) -> None:
            keys = [f"{prefix}:ready"] if client.cluster is None else _key_of_each_primary(client.cluster, prefix)
            commands = [eval_command(_PROBE, [key], [_PROBE_TTL]) for key in keys]
            if self._wait_replicas:
                for command in commands:
                    await self._confirmed(command, client)
            else:
                await client.run(commands)

        await self._retry(run)

    async def close(self) -> None:
        """Closes all connections. A later call opens them again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _retry(self, call: Callable[[Client], Awaitable[Answer]], within: float = 0) -> Answer:
        """Tries until the time is over. `call` gives up a dead connection in time for another try: what an attempt is
        given up for may have been done, and not everything can be done twice."""
        clock = asyncio.get_running_loop().time
        total = max(self._timeouts.total, within)
        end = clock() + total
        failed = 0
        last: Exception | None = None
        try:
            while True:
                try:
                    async with asyncio.timeout_at(end):
                        return await call(self._client or await self._open())
                except TimeoutError:
                    last = last or failure.TimeoutError(f"no answer within {total:g} s")
                except _CLOSED_MEANWHILE as error:
                    last = failure.ConnectionError("the connection was closed meanwhile")
                    last.__cause__ = error
                except (failure.ResponseError, *_TRANSIENT) as error:
                    last = _refusal_within_script(error) or error
                failed += 1
                pause = _PAUSES.compute(failed)
                if clock() + pause >= end or isinstance(last, _FINAL) or not isinstance(last, _TRANSIENT):
                    raise last
                await asyncio.sleep(pause)
        except (failure.RedisError, failure.RedisClusterException, OSError) as error:
            if isinstance(error, failure.ResponseError) and "WRONGTYPE" in str(error):
                raise CorruptRecord("the key holds another type of value") from error
            raise _unavailable(error) from error

    async def _open(self) -> Client:
        async with self._opening:
            if self._client is None:
                timeouts = self._timeouts
                self._client = await open_client(self._address, connect=timeouts.connect, answer=timeouts.answer)
            return self._client

    async def _confirmed(self, script: Arguments, client: Client) -> Any:
        """Writes, then waits on the same connection: WAIT knows only about the writes of its own."""
        cluster, (_, _, _, key, *_) = client.cluster, script
        target = {} if cluster is None else {"target_nodes": cluster.get_node_from_key(str(key))}
        milliseconds = int(self._timeouts.answer * 400)
        pipeline: Any = client.redis.pipeline(transaction=False)
        pipeline.execute_command(*script, **target)
        pipeline.execute_command("WAIT", self._wait_replicas, milliseconds, **target)
        redirects = {} if cluster is None else {"allow_redirections": False}
        try:
            async with asyncio.timeout(self._timeouts.answer), client.connections:
                answer, replicas = await pipeline.execute(raise_on_error=False, **redirects)
        except _TRANSIENT:
            if cluster is not None:
                await cluster.aclose()  # makes the next attempt look up the nodes again
            raise
        if isinstance(answer, failure.MovedError | failure.AskError):
            await client.run([script])  # follows the redirection, and remembers it for the next attempt
            raise failure.TryAgainError("the conversation moved to another node")
        for given in (answer, replicas):
            if isinstance(given, Exception):
                raise given
        if replicas < self._wait_replicas:
            raise StorageUnavailable(f"{replicas} of {self._wait_replicas} replicas confirmed a write in time")
        return answer


def _key_of_each_primary(cluster: RedisCluster, prefix: str) -> list[str]:
    """A key on each primary that has slots."""
    wanted, keys = len(cluster.get_primaries()), dict[str, str]()
    for number in range(_PROBE_TRIES):
        key = f"{prefix}:{{ready:{number}}}"
        node = cluster.get_node_from_key(key)
        if node is not None:
            keys.setdefault(node.name, key)
        if len(keys) == wanted:
            break
    return list(keys.values())


def _refusal_within_script(error: Exception) -> failure.ResponseError | None:
    """The refusal that the error of a script stands for; None where there is none."""
    found = _WITHIN_SCRIPT.search(str(error))
    said = found["said"] if found else str(error)
    for begin, kind in _REFUSALS:
        if said.startswith(begin):
            return kind(said.removeprefix(begin) if begin.startswith("-") else said)
    return None


def _unavailable(error: Exception) -> StorageUnavailable:
    """What the error says, without the arguments of the command, which some of Redis's errors repeat."""
    said = _PLACE.split(str(error).partition(", with args")[0])[0].strip().rstrip(".")
    for kind, word, advice in _ADVICE:
        if isinstance(error, kind):
            return StorageUnavailable(f"{word} {said}", advice)
    return StorageUnavailable(said or type(error).__name__)
