"""Background work: tasks that are held until they end, and calls that are repeated until Redis is back."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot.storage.errors import StorageUnavailable

log = logging.getLogger(__name__)

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


async def repeat(
    call: Callable[[], Awaitable[object]],
    what: str,
    every: float,
    failed: Callable[[], None] = lambda: None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Repeats a call until it is cancelled, also after an unexpected error: every process would have the same error.

    `what` names it in the log; `failed` is called after such an error.
    """
    while True:
        try:
            await call()
        except StorageUnavailable as error:
            log.warning("%s waits: %s", what, error)
        except Exception:
            log.exception("%s failed; the next one follows", what)
            failed()
        await sleep(every)
