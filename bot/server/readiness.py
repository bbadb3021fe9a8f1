"""Whether this process can work: Redis takes its writes, and it is not stopping; or the second alone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.storage.errors import StorageUnavailable

log = logging.getLogger(__name__)


class Readiness:
    """Shares one check among simultaneous requests: a balancer with many probes needs one connection to Redis.

    `check` returns when Redis has taken a write; else StorageUnavailable.
    """

    def __init__(self, check: Callable[[], Awaitable[None]]) -> None:
        self._check = check
        self._running: asyncio.Task[StorageUnavailable | None] | None = None
        self.stopping = False

    async def trouble(self) -> StorageUnavailable | None:
        """Why Redis takes no writes; None where it does."""
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await asyncio.shield(self._running)

    async def _run(self) -> StorageUnavailable | None:
        try:
            await self._check()
        except StorageUnavailable as error:
            log.warning("not ready: %s", error)
            return error
        finally:
            self._running = None
        return None

    async def serving(self, _request: web.Request) -> web.Response:
        """The answer to `GET /servingz`, which does not ask Redis."""
        if self.stopping:
            return web.Response(text="stopping\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(text="serving\n")

    async def answer(self, request: web.Request) -> web.Response:
        if self.stopping:
            return await self.serving(request)
        if await self.trouble() is not None:
            return web.Response(text="Redis takes no writes\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(text="ready\n")
