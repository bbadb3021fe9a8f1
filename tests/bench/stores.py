"""Servers of their own for a measurement, and conversations by the million to fill them with."""

import socket
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from redis import Redis
from redis.crc import key_slot

from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.sessions import PREFIX
from dialogs.conversation import SCHEMA, Conversation
from tests.servers import SLOTS, address, cluster, free_port, node

TTL = timedelta(days=7)
_AT_ONCE = 1000
"""Conversations that are sent before the server's answers are read: about 1.5 MB."""

BYTES_EACH = 2_200
"""More than the server needs for one, key and time to live included: by this it is seen whether memory will do."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server, or the three of a Cluster; nothing is written to a disk."""

    clients: tuple[Redis, ...]

    @property
    def url(self) -> str:
        """Where it, or any of them, answers."""
        return f"redis://{address(self.clients[0])}"

    @property
    def used(self) -> int:
        """Bytes that they have taken from the system for what is stored, altogether."""
        return sum(int(_info(client, "memory")["used_memory"]) for client in self.clients)


@contextmanager
def standalone() -> Iterator[Server]:
    """An empty server."""
    with tempfile.TemporaryDirectory() as folder, node(Path(folder) / "node", free_port()) as client:
        yield Server((client,))


@contextmanager
def three() -> Iterator[Server]:
    """An empty Cluster of three."""
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder)) as clients:
        yield Server(clients)


def pid_of(server: Server) -> int:
    """The process of the first server."""
    return int(_info(server.clients[0], "server")["process_id"])


def _info(client: Redis, section: str) -> dict[str, Any]:
    found: Any = client.info(section)
    return dict(found)


def place(number: int) -> Place:
    """Where the conversation of this number is."""
    return Place(f"slack:T01234567:C{number:010d}", "1764000000.000001")


def stored(conversation: Conversation) -> dict[str, str | int]:
    """The fields of a conversation whose card has been delivered."""
    return {
        "doc": conversation.to_json(),
        "rev": conversation.revision,
        "schema": SCHEMA,
        "write": "0" * 16,
        "card": Card("1764000001.000001", {"channel": "C0123456789"}).to_json(),
        "delivered": conversation.revision,
    }


def fill(server: Server, conversation: Conversation, count: int) -> None:
    """Stores it at so many places, each with its time to live; RuntimeError where the server refuses."""
    fields = [word for pair in stored(conversation).items() for word in pair]
    tail = b"".join(_word(str(word)) for word in fields)
    life = _word(str(int(TTL / timedelta(milliseconds=1))))
    pipes = [_Pipe(client, len(fields) // 2) for client in server.clients]
    ends = [(number + 1) * SLOTS // len(pipes) for number in range(len(pipes))]
    try:
        for number in range(count):
            key = place(number).key(PREFIX)
            word = _word(key)
            write = b"*%d\r\n$4\r\nHSET\r\n%b%b" % (2 + len(fields), word, tail)
            at = bisect_right(ends, key_slot(key.encode())) if len(pipes) > 1 else 0
            pipes[at].send(write + b"*3\r\n$7\r\nPEXPIRE\r\n%b%b" % (word, life))
        for pipe in pipes:
            pipe.flush()
    finally:
        for pipe in pipes:
            pipe.close()


def _word(text: str) -> bytes:
    raw = text.encode()
    return b"$%d\r\n%b\r\n" % (len(raw), raw)


class _Pipe:
    """Writes in bulk to one server: Redis' own client would take ten times as long."""

    def __init__(self, client: Redis, fields: int) -> None:
        host, _, port = address(client).partition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=60)
        self._answer = b":%d\r\n:1\r\n" % fields
        self._waiting: list[bytes] = []

    def send(self, command: bytes) -> None:
        self._waiting.append(command)
        if len(self._waiting) == _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        self._socket.sendall(b"".join(self._waiting))
        outbox = self._answer * len(self._waiting)
        got = b"".join(_received(self._socket, len(outbox)))
        if got != outbox:
            raise RuntimeError(f"the server refused: {got[:200]!r}")
        self._waiting.clear()

    def close(self) -> None:
        self._socket.close()


def _received(source: socket.socket, size: int) -> Iterable[bytes]:
    while size > 0 and (data := source.recv(size)):
        yield data
        size -= len(data)
