"""The smallest HTTP that will do: the platforms' side must not be what a figure shows."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

_END = b"\r\n\r\n"

Handler = Callable[[str, str, bytes], bytes]
"""Method, path and body of a request; the JSON to answer it with."""


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    return int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


class _Frames:
    """Cuts a stream into messages with a head and a body; bodies have a length."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[tuple[bytes, bytes]]:
        self._rest += data
        whole = []
        while (end := self._rest.find(_END)) >= 0:
            head = self._rest[:end]
            stop = end + 4 + _length(head)
            if len(self._rest) < stop:
                break
            whole.append((head, self._rest[end + 4 : stop]))
            self._rest = self._rest[stop:]
        return whole


class _Server(asyncio.Protocol):
    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._frames = _Frames()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        for head, body in self._frames.feed(data):
            method, path, _ = head.split(b" ", 2)
            answer = self._handler(method.decode(), path.decode(), body)
            said = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
            self._transport.write(said % len(answer) + answer)


async def serve(handler: Handler, port: int) -> asyncio.Server:
    """Serves on this port of the loopback interface."""
    return await asyncio.get_running_loop().create_server(lambda: _Server(handler), "127.0.0.1", port)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body."""

    status: int
    body: bytes


class Link(asyncio.Protocol):
    """One kept-alive connection; one request at a time."""

    def __init__(self) -> None:
        self._frames = _Frames()
        self._waiting: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, port: int) -> "Link":
        """Connects to a port of the loopback interface."""
        _, link = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return link

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head, body in self._frames.feed(data):
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_result(Answer(int(head[9:12]), body))

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError("the bot closed the connection"))

    async def post(self, path: str, headers: str, body: bytes) -> Answer:
        """Sends a request and waits for its answer."""
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
        return await self._waiting

    def close(self) -> None:
        """Ends the connection."""
        if self._transport is not None:
            self._transport.close()
