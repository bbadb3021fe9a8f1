"""Real servers for tests, on free loopback ports: a Cluster of three, and a pair that a Sentinel watches."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bot.storage.embedded_server import find_binary
from tests.patience import HUNG

SLOTS = 16384


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def node(folder: Path, port: int, *options: str) -> Iterator[Redis]:
    """A server that keeps nothing, and a client of it. It is killed at the end."""
    folder.mkdir(parents=True)
    plain = ["--save", "", "--dir", str(folder), "--port", str(port), "--bind", "127.0.0.1"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([find_binary(), *options, *plain], stdout=log, stderr=log)
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
    ports = [(free_port(), free_port()) for _ in range(3)]
    with ExitStack() as stack:
        nodes = tuple(
            stack.enter_context(node(folder / str(port), port, "--cluster-enabled", "yes", "--cluster-port", str(bus)))
            for port, bus in ports
        )
        for number, member in enumerate(nodes):
            first, after = number * SLOTS // 3, (number + 1) * SLOTS // 3
            member.execute_command("CLUSTER", "ADDSLOTSRANGE", first, after - 1)
            member.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for port, bus in ports[1:]:
            nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", port, bus)
        until(lambda: all(_agreed(member) for member in nodes), "the nodes agree")
        for member in nodes:
            rest(member)
        yield nodes


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
