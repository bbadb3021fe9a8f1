"""Background work: tasks that are held until they end, and calls that are repeated until Redis is back."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot.storage.errors import StorageUnavailable

Result = TypeVar("Result")

RETRY_PAUSE = 0.5
"""Seconds between two tries while Redis is away."""


def look_at(answer: asyncio.Future[Any]) -> None:
    """Retrieves the error. Otherwise the event loop logs it, with its text, even where nobody waits for the answer."""
    if not answer.cancelled():
        answer.exception()


class BackgroundTasks:
    """Running tasks. The event loop keeps only weak references, so tasks must be held or they may be lost."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Starts the work as a task, and holds it until it ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def join(self) -> None:
        """Returns when no task is running."""
        while self._tasks:
            await asyncio.wait(self._tasks)


async def retry_until_available(call: Callable[[], Awaitable[Result]], within: float = math.inf) -> Result:
    """Repeats a call until Redis answers it. StorageUnavailable if it still does not after `within` seconds."""
    clock = asyncio.get_running_loop().time
    end = clock() + within
    while True:
        try:
            return await call()
        except StorageUnavailable:
            if clock() >= end:
                raise
        await asyncio.sleep(RETRY_PAUSE)
