"""A proxy before Redis that counts what is sent, and how often one has to wait for the other."""

import asyncio
import importlib
import time
from collections.abc import Iterator

HELD = 0.004
"""Seconds for which an answer is held back while it counts: what is sent side by side is then all there before the
first answer arrives, so that two in a row are two that waited for each other."""

_SCRIPTS = ("bot.storage.scripts.sessions", "bot.storage.scripts.outbox", "bot.storage.participants")


class Counter:
    """The proxy. All connections count together; there is one person at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._names = script_names()
        self._pause = 0.0
        self._seen = 0.0
        self._answers: list[tuple[float, int]] = []
        self.sent: list[tuple[int, str]] = []

    async def reset(self) -> None:
        """Waits until nothing is under way, and counts from there."""
        self._pause = HELD
        await self.quiet()
        self._answers.clear()
        self.sent.clear()

    def rest(self) -> None:
        """Holds nothing back any more."""
        self._pause = 0.0

    async def quiet(self) -> None:
        """Returns when nothing has been sent for a while."""
        while (left := self._seen + 5 * HELD - time.perf_counter()) > 0:
            await asyncio.sleep(left)

    def waited(self, until: float) -> int:
        """Round trips, one after the other, that had come back by this time (of time.perf_counter)."""
        return max((depth for at, depth in self._answers if at <= until), default=0)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Passes on what one client sends, and gives it the answers."""
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        depth = 0

        async def requests() -> None:
            nonlocal depth
            while data := await reader.read(1 << 16):
                self._seen = time.perf_counter()
                depth = self.waited(self._seen) + 1
                self.sent += [(depth, name) for name in commands(data, self._names)]
                to_server.write(data)
            to_server.close()

        def answer(depth: int, data: bytes) -> None:
            self._seen = time.perf_counter()
            self._answers.append((self._seen, depth))
            writer.write(data)

        async def answers() -> None:
            loop = asyncio.get_running_loop()
            while data := await from_server.read(1 << 16):
                if self._pause:
                    loop.call_later(self._pause, answer, depth, data)
                else:
                    writer.write(data)
            writer.close()

        try:
            await asyncio.gather(requests(), answers())
        except OSError:
            pass  # one side has gone; the other notices
        finally:
            to_server.close()


def commands(data: bytes, names: dict[bytes, str]) -> Iterator[str]:
    """The commands in a piece of Redis' protocol, in their order; scripts by the names that they have in the code."""
    at = 0
    while data[at : at + 1] == b"*":
        count, at = _line(data, at)
        words = []
        for _ in range(count):
            size, at = _line(data, at)
            words.append(data[at : at + size])
            at += size + 2
        name = words[0].decode().upper()
        yield names.get(words[1], name) if name == "EVAL" else name


def _line(data: bytes, at: int) -> tuple[int, int]:
    """The number in a line, and where the next begins."""
    end = data.index(b"\r\n", at)
    return int(data[at + 1 : end]), end + 2


def script_names() -> dict[bytes, str]:
    """Names of all scripts, by their texts."""
    found: dict[bytes, str] = {}
    for module in _SCRIPTS:
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, str) and "redis.call" in value:
                found[value.encode()] = f"script {name.lstrip('_').lower()}"
    return found
