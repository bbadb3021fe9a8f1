"""Real servers for tests, on free loopback ports: a Cluster of three, and a pair that a Sentinel watches.

`REDIS_SERVER=/path/to/redis-server` has the tests use another server than the one in the wheel: Redis 6.2 or newer.
"""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError, ResponseError

from bot.storage.embedded_server import find_binary
from tests.patience import HUNG

SLOTS = 16384

BUS = 10_000
"""How far above its port a node of a Cluster listens for the others."""


def program() -> Path:
    """The server that tests start."""
    chosen = os.environ.get("REDIS_SERVER")
    return Path(chosen) if chosen else find_binary()


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_cluster_port() -> int:
    """A port that was free a moment ago, and so was the one for the bus: before Redis 7 nobody can choose that one."""
    while True:
        port = free_port()
        with socket.socket() as probe, suppress(OSError, OverflowError):
            probe.bind(("127.0.0.1", port + BUS))
            return port


@contextmanager
def node(folder: Path, port: int, *options: str) -> Iterator[Redis]:
    """A server that keeps nothing, and a client of it. It is killed at the end."""
    folder.mkdir(parents=True)
    plain = ["--save", "", "--dir", str(folder), "--port", str(port), "--bind", "127.0.0.1"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program(), *options, *plain], stdout=log, stderr=log)
    try:
        with Redis(host="127.0.0.1", port=port, protocol=2, decode_responses=True) as client:
            until(lambda: client.ping(), "the server answers")
            yield client
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[Redis, ...]]:
    """Three primaries that share the slots."""
    ports = [free_cluster_port() for _ in range(3)]
    with ExitStack() as stack:
        nodes = tuple(stack.enter_context(node(folder / str(port), port, "--cluster-enabled", "yes")) for port in ports)
        for number, member in enumerate(nodes):
            share_slots(member, number, len(nodes))
            member.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for port in ports[1:]:
            nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", port)
        until(lambda: all(_agreed(member) for member in nodes), "the nodes agree")
        for member in nodes:
            rest(member)
        yield nodes


def share_slots(member: Redis, number: int, of: int) -> None:
    """Gives a node its share of the slots."""
    member.execute_command("CLUSTER", "ADDSLOTS", *range(number * SLOTS // of, (number + 1) * SLOTS // of))


def _agreed(member: Redis) -> bool:
    info: Any = member.execute_command("CLUSTER INFO")
    return bool(info["cluster_state"] == "ok" and info["cluster_known_nodes"] == "3")


@contextmanager
def watched(folder: Path, *, away: int = 60_000) -> Iterator[tuple[Redis, Redis, Redis]]:
    """A primary, its replica, and the Sentinel that watches them under the name `main`.

    After `away` milliseconds without an answer the replica takes over.
    """
    ports = [free_port() for _ in range(3)]
    with ExitStack() as stack:
        primary = stack.enter_context(node(folder / "primary", ports[0], "--repl-diskless-sync-delay", "0"))
        replica = stack.enter_context(node(folder / "replica", ports[1], "--replicaof", "127.0.0.1", str(ports[0])))
        until(lambda: _linked(replica), "the replica follows")
        rest(primary)
        rest(replica)
        rules = folder / "sentinel.conf"
        lines = f"monitor main 127.0.0.1 {ports[0]} 1", f"down-after-milliseconds main {away}"
        rules.write_text("".join(f"sentinel {line}\n" for line in lines))
        sentinel = stack.enter_context(node(folder / "sentinel", ports[2], str(rules), "--sentinel"))
        # On a busy machine it would do nothing for half a minute whenever it had to wait for two seconds.
        with suppress(ResponseError):  # before Redis 7 that cannot be set
            sentinel.execute_command("SENTINEL", "DEBUG", "tilt-trigger", int(HUNG * 1000))
        yield primary, replica, sentinel


def _linked(replica: Redis) -> bool:
    info: Any = replica.info("replication")
    return bool(info["master_link_status"] == "up")


def rest(server: Redis) -> None:
    """Has it wake up once a second, not ten times: a run has a dozen servers, most of which have nothing to do."""
    server.config_set("hz", 1)


def address(client: Redis) -> str:
    """Host and port, as a URL has them."""
    place = client.connection_pool.connection_kwargs
    return f"{place['host']}:{place['port']}"


def until(holds: Callable[[], object], what: str) -> None:
    """Returns as soon as it holds; AssertionError when it still does not after HUNG."""
    last = time.monotonic() + HUNG
    while True:
        try:
            if holds():
                return
        except RedisError:
            pass
        assert time.monotonic() < last, f"waited in vain: {what}"
        time.sleep(0.02)
