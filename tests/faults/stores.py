"""What keeps the conversations while things are killed: one server, a Cluster of three, or one with replicas."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from redis import Redis

from tests.faults.processes import DURABLE, Process, redis, server
from tests.servers import free_cluster_port, share_slots, until

PRIMARIES = 3
NODE_TIMEOUT = 2000
"""Milliseconds after which a node counts as gone; below it, no failover follows from a restart."""


class Kind(StrEnum):
    """FAILOVER is a Cluster in which each node has a replica that confirms writes."""

    STANDALONE = "standalone"
    CLUSTER = "cluster"
    FAILOVER = "failover"


@dataclass
class Store:
    """Servers, the URL of one, and the settings that go with them."""

    url: str
    processes: list[Process]
    settings: dict[str, str] = field(default_factory=dict)
    clients: list[Redis] = field(default_factory=list)

    def start(self) -> None:
        """Starts them all; those of a Cluster find each other."""
        for process in self.processes:
            process.start()
        for client in self.clients:
            until(client.ping, "a node answers")
        if self.clients:
            _join(self.clients)

    def stop(self) -> None:
        """Ends them all."""
        for client in self.clients:
            client.close()
        for process in self.processes:
            process.stop()

    async def fail_over(self) -> None:
        """Kills the first primary, and starts it again once its replica has taken over."""
        self.processes[0].kill()
        heir = self.clients[PRIMARIES]
        await asyncio.to_thread(until, lambda: _role(heir) == "master", "the replica takes over")
        self.processes[0].start()


def store(kind: Kind, folder: Path) -> Store:
    """Not started yet."""
    if kind is Kind.STANDALONE:
        process, url = redis(folder)
        return Store(url, [process])
    ports = [free_cluster_port() for _ in range(PRIMARIES * (2 if kind is Kind.FAILOVER else 1))]
    processes = []
    for port in ports:
        own = folder / f"node-{port}"
        own.mkdir()
        options = ["--cluster-enabled", "yes", "--cluster-node-timeout", str(NODE_TIMEOUT)]
        processes.append(server(own, port, "redis", *options, "--repl-diskless-sync-delay", "0", *DURABLE))
    clients = [Redis(host="127.0.0.1", port=port, protocol=2, decode_responses=True) for port in ports]
    settings = {"ADVISOR_REDIS_WAIT_REPLICAS": "1"} if kind is Kind.FAILOVER else {}
    return Store(f"redis://127.0.0.1:{ports[1]}", processes, settings, clients)


def _join(clients: list[Redis]) -> None:
    for number, client in enumerate(clients[:PRIMARIES]):
        share_slots(client, number, PRIMARIES)
    for number, client in enumerate(clients):
        client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        place = clients[0].connection_pool.connection_kwargs
        client.execute_command("CLUSTER", "MEET", place["host"], place["port"])
    until(lambda: all(_agreed(client, len(clients)) for client in clients), "the nodes agree")
    for primary, replica in zip(clients, clients[PRIMARIES:], strict=False):
        name = primary.execute_command("CLUSTER MYID")
        replica.execute_command("CLUSTER", "REPLICATE", name)
    for replica in clients[PRIMARIES:]:
        until(lambda replica=replica: _linked(replica), "a replica follows")


def _agreed(client: Redis, nodes: int) -> bool:
    info: Any = client.execute_command("CLUSTER INFO")
    return bool(info["cluster_state"] == "ok" and info["cluster_known_nodes"] == str(nodes))


def _linked(client: Redis) -> bool:
    info: Any = client.info("replication")
    return bool(info.get("master_link_status") == "up")


def _role(client: Redis) -> str:
    info: Any = client.info("replication")
    return str(info["role"])
