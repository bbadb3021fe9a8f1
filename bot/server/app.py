"""The web application: the channels' routes, health checks and metrics."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web

from bot.server.metrics import Metrics, observed
from bot.server.readiness import Readiness
from bot.turns.channel import Channel

log = logging.getLogger(__name__)

REQUESTS_STOP_TIMEOUT = 5.0
"""Seconds that running requests have after the signal to stop; the channels stop after them."""

CHANNELS_STOP_TIMEOUT = 3.0

_UNREAD_TIMEOUT = 0.1
"""Seconds for which a body that nobody reads is taken in, so that its sender gets the answer before the end."""

_CANCEL_PAUSE = 0.3
_CANCEL_TRIES = 5


BACKGROUND_ENDED = web.AppKey("background_ended", asyncio.Event)
"""Set when work in the background has ended by itself."""
READINESS = web.AppKey("READINESS", Readiness)
ADMIN = web.AppKey("ADMIN", tuple[web.Application, int])
"""The application for operators and its port, where they have one of their own."""


class CannotListen(Exception):
    """The address is in use or not this machine's; the message names the settings."""


class BackgroundEnded(Exception):
    """Work in the background ended by itself. The process ends, so that whoever runs it starts it again."""


def build_application(
    channels: Mapping[str, Channel],
    metrics: Metrics,
    readiness: Readiness,
    background: Iterable[Callable[[], Awaitable[None]]] = (),
    admin_port: int | None = None,
) -> web.Application:
    """All routes; with an `admin_port` those for operators are there, and not among the others.

    `background` runs as long as it serves.
    """
    app = web.Application(middlewares=[observed(metrics)])
    app[READINESS] = readiness
    admin = app
    if admin_port is not None:
        admin = web.Application()
        app[ADMIN] = admin, admin_port
    admin.add_routes([web.get("/healthz", _healthz), web.get("/metrics", metrics.page)])
    admin.add_routes([web.get("/readyz", readiness.answer), web.get("/servingz", readiness.serving)])
    for channel in channels.values():
        app.add_routes(channel.routes)
    app.cleanup_ctx.append(_run_channels(tuple(channels.values())))
    app[BACKGROUND_ENDED] = asyncio.Event()
    app.cleanup_ctx.extend(_run_background(work, metrics) for work in background)
    return app


def _run_channels(channels: Sequence[Channel]) -> Callable[[web.Application], AsyncIterator[None]]:
    """Starts the channels; at the end stops them at the same time, all within CHANNELS_STOP_TIMEOUT."""

    async def lifetime(_app: web.Application) -> AsyncIterator[None]:
        for channel in channels:
            await channel.start()
        yield
        await asyncio.gather(*[_stop(channel) for channel in channels])

    return lifetime


async def _stop(channel: Channel) -> None:
    try:
        async with asyncio.timeout(CHANNELS_STOP_TIMEOUT):
            await channel.stop()
    except TimeoutError:
        log.warning("a channel did not stop in time; what is pending is delivered after the next start")


def _run_background(
    work: Callable[[], Awaitable[None]], metrics: Metrics
) -> Callable[[web.Application], AsyncIterator[None]]:
    async def lifetime(app: web.Application) -> AsyncIterator[None]:
        stopping = False

        def on_end(ended: asyncio.Future[None]) -> None:
            if stopping:
                return
            error = None if ended.cancelled() else ended.exception()
            log.critical("work in the background has ended; the process ends as well", exc_info=error)
            metrics.failed("background")
            app[BACKGROUND_ENDED].set()

        task = asyncio.ensure_future(work())
        task.add_done_callback(on_end)
        yield
        stopping = True
        for _ in range(_CANCEL_TRIES):
            # More than once: redis-py loses a cancellation that arrives while it connects.
            task.cancel()
            done, _ = await asyncio.wait([task], timeout=_CANCEL_PAUSE)
            if done:
                break

    return lifetime


async def _healthz(_request: web.Request) -> web.Response:
    return web.Response(text="alive\n")


def build_runner(app: web.Application, stop_timeout: float) -> web.AppRunner:
    """Serves an application, whose bodies stay as they were sent: a few compressed bytes may be a million."""
    return web.AppRunner(
        app, access_log=None, shutdown_timeout=stop_timeout, auto_decompress=False, lingering_time=_UNREAD_TIMEOUT
    )


async def serve(
    app: web.Application,
    host: str,
    port: int,
    started: Callable[[str], None],
    drain: int = 0,
) -> None:
    """Serves until SIGTERM or SIGINT, then finishes what is running. `started` gets the address once it listens.

    After the signal it goes on serving for `drain` seconds, and says that it is not ready. A second signal ends the
    process at once. CannotListen where it cannot listen on the address, BackgroundEnded where work in the background
    has ended by itself.
    """
    stopping = asyncio.Event()
    ended = app[BACKGROUND_ENDED]

    def stop() -> None:
        app[READINESS].stopping = True
        stopping.set()

    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        if ADMIN in app:
            await stack.enter_async_context(_listening(app[ADMIN][0], host, app[ADMIN][1], "ADVISOR_ADMIN_PORT"))
        runner = await stack.enter_async_context(_listening(app, host, port, "ADVISOR_PORT"))
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, stop)
        started(_address(runner.addresses))
        waits = [asyncio.ensure_future(event.wait()) for event in (stopping, ended)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        for number in signals:
            loop.remove_signal_handler(number)
        if drain:  # a load balancer notices meanwhile that it is not ready any more
            log.info("stopping: serving goes on for %s s", drain)
            await asyncio.sleep(drain)
    if ended.is_set():
        raise BackgroundEnded("Work in the background has ended by itself; the log says why.")


@asynccontextmanager
async def _listening(app: web.Application, host: str, port: int, setting: str) -> AsyncIterator[web.AppRunner]:
    runner = build_runner(app, REQUESTS_STOP_TIMEOUT)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotListen(
                f"Cannot listen on {host}, port {port}: {reason}. Set {setting} or ADVISOR_HOST."
            ) from None
        yield runner
    finally:
        await runner.cleanup()


def _address(addresses: Sequence[tuple[str, int]]) -> str:
    host, port = addresses[0][:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
