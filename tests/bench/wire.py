"""The smallest HTTP that will do: the platforms' side must not be what a figure shows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

_END = b"\r\n\r\n"

Handler = Callable[[str, str, bytes], bytes]
"""Method, path and body of a request; the JSON to answer it with."""

Framed = tuple[bytes, bytes]
"""Head and body of a message."""


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    return int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


class Frames:
    """Cuts a stream into messages with a head and a body; bodies have a length."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Framed]:
        """The messages that are whole by now."""
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
        self._frames = Frames()
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


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What goes on over one connection."""


@asynccontextmanager
async def talking(talk: Talk, port: int) -> AsyncIterator[None]:
    """Has this talk with everybody who connects to this port of the loopback interface; ends them all at the end."""
    talks: set[asyncio.Future[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running = asyncio.ensure_future(talk(reader, writer))
        talks.add(running)
        await asyncio.wait([running])
        talks.discard(running)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(one, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()
        for running in talks:
            running.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await server.wait_closed()


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body."""

    status: int
    body: bytes


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self._frames = Frames()
        self._waiting: asyncio.Future[Framed] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        for framed in self._frames.feed(data):
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_result(framed)

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError("the bot closed the connection"))

    async def ask(self, raw: bytes) -> Framed:
        assert self.transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self.transport.write(raw)
        return await self._waiting


class Link:
    """A connection that is kept, one request at a time; made anew after a request without an answer, so that a late
    answer is never taken for that of the next."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: _Connection | None = None

    async def post(self, path: str, headers: str, body: bytes) -> Answer:
        """Sends a request and waits for its answer; OSError where there is none."""
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        said, answer = await self.ask(head.encode() + body)
        return Answer(int(said[9:12]), answer)

    async def ask(self, raw: bytes) -> Framed:
        """Sends a whole request as it is, and waits for the whole answer."""
        connection = self._connection
        if connection is None or connection.transport is None:
            loop = asyncio.get_running_loop()
            _, connection = await loop.create_connection(_Connection, "127.0.0.1", self._port)
            self._connection = connection
        try:
            return await connection.ask(raw)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the connection."""
        if self._connection is not None and self._connection.transport is not None:
            self._connection.transport.abort()
        self._connection = None


class Balancer:
    """A server before several others: each request of a kept connection goes to the next of `ports`, round and round.
    They may be exchanged between requests."""

    def __init__(self, *ports: int) -> None:
        self.ports = ports
        self._opened = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Passes on what one client sends, and gives it the answers."""
        links: dict[int, Link] = {}
        at, self._opened = self._opened, self._opened + 1
        frames = Frames()
        try:
            while data := await reader.read(1 << 16):
                for head, body in frames.feed(data):
                    port, at = self.ports[at % len(self.ports)], at + 1
                    said, answer = await links.setdefault(port, Link(port)).ask(head + _END + body)
                    writer.write(said + _END + answer)
        except OSError:
            pass  # the person sees a closed connection, and counts it
        finally:
            for link in links.values():
                link.close()
