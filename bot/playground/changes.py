"""Tells the page's streams that something may look different now."""

import asyncio
from collections.abc import AsyncIterator, Callable


class Changes:
    """Any number may wait; each is told of every change at least once, several at once count as one."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self._ended = False

    def notify(self) -> None:
        for event in self._waiting:
            event.set()

    def end(self) -> None:
        """Nothing will change any more."""
        self._ended = True
        self.notify()

    async def each(self) -> AsyncIterator[None]:
        """Once at first, then after every change, until the end."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            while not self._ended:
                event.clear()
                yield
                await event.wait()
        finally:
            self._waiting.discard(event)

    async def until(self, holds: Callable[[], object], seconds: float) -> bool:
        """Waits until it holds, at most so long. Whether it does."""
        try:
            async with asyncio.timeout(seconds):
                async for _ in self.each():
                    if holds():
                        return True
        except TimeoutError:
            pass
        return bool(holds())
