"""One process over HTTP: the channels' routes, health, figures, and a page that says how to talk to it."""

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from html import escape
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.server.metrics import Metrics
from bot.storage.errors import StorageUnavailable
from bot.turns.channel import Channel

log = logging.getLogger(__name__)

REQUESTS_FINISH_WITHIN = 5.0
"""Seconds that requests in hand have after the signal to stop; the channels' own work comes after them."""

CHANNELS_STOP_WITHIN = 3.0

_CANCELLED_EVERY = 0.3
_CANCELLED_AT_MOST = 5


class CannotListen(Exception):
    """The address is taken or not ours; the message names the settings."""


def application(
    channels: Mapping[str, Channel],
    metrics: Metrics,
    ping: Callable[[], Awaitable[None]],
    background: Iterable[Callable[[], Awaitable[None]]] = (),
    page: Callable[[str], str] | None = None,
) -> web.Application:
    """All routes.

    `ping` returns when Redis answers. `background` runs as long as it serves. `page` makes what `/` shows from the
    address that was asked for.
    """
    app = web.Application(middlewares=[_measured(metrics), _composed])
    app.add_routes([web.get("/healthz", _alive), web.get("/readyz", _ready(ping)), web.get("/metrics", metrics.page)])
    if page is not None:
        app.add_routes([web.get("/", _page(page))])
    for channel in channels.values():
        app.add_routes(channel.routes)
    app.cleanup_ctx.append(_while_serving(tuple(channels.values())))
    app.cleanup_ctx.extend(_running(work) for work in background)
    return app


def _while_serving(channels: Sequence[Channel]) -> Callable[[web.Application], AsyncIterator[None]]:
    """They stop beside each other, so that all of them together have CHANNELS_STOP_WITHIN."""

    async def lifetime(_app: web.Application) -> AsyncIterator[None]:
        for channel in channels:
            await channel.start()
        yield
        await asyncio.gather(*[_stop(channel) for channel in channels])

    return lifetime


async def _stop(channel: Channel) -> None:
    try:
        async with asyncio.timeout(CHANNELS_STOP_WITHIN):
            await channel.stop()
    except TimeoutError:
        log.warning("a channel did not stop in time; what it owes is delivered after the next start")


def _running(work: Callable[[], Awaitable[None]]) -> Callable[[web.Application], AsyncIterator[None]]:
    async def lifetime(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.ensure_future(work())
        yield
        for _ in range(_CANCELLED_AT_MOST):
            # More than once: redis-py loses a cancellation that meets it while it connects.
            task.cancel()
            done, _ = await asyncio.wait([task], timeout=_CANCELLED_EVERY)
            if done:
                break

    return lifetime


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive\n")


def _ready(ping: Callable[[], Awaitable[None]]) -> Handler:
    async def answer(_request: web.Request) -> web.Response:
        try:
            await ping()
        except StorageUnavailable as error:
            log.warning("not ready: %s", error)
            return web.Response(text="Redis is out of reach\n", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(text="ready\n")

    return answer


def _page(page: Callable[[str], str]) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=page(f"http://{request.host}"), content_type="text/html")

    return answer


def _measured(metrics: Metrics) -> Middleware:
    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "other"
        begun = asyncio.get_running_loop().time()
        status = 499  # the caller went away, unless something else follows
        try:
            response = await handler(request)
            status = response.status
            return response
        except web.HTTPException as answer:
            status = answer.status
            raise
        finally:
            metrics.requests(route, status).observe(asyncio.get_running_loop().time() - begun)

    return measured


@web.middleware
async def _composed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong, the caller gets a plain answer that invites another try, and the log a reference."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("a request failed, reference %s", reference)
        return web.Response(text=f"Try again later. Reference: {reference}\n", status=HTTPStatus.SERVICE_UNAVAILABLE)


async def serve(app: web.Application, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT, then finishes what is in hand. `started` gets the address once it listens.

    A second signal ends the process at once. CannotListen where the address cannot be had.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=REQUESTS_FINISH_WITHIN)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotListen(
                f"Cannot listen on {host}, port {port}: {reason}. Set ADVISOR_PORT or ADVISOR_HOST."
            ) from None
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, stopping.set)
        started(_address(runner.addresses))
        await stopping.wait()
        for number in signals:
            loop.remove_signal_handler(number)
    finally:
        await runner.cleanup()


def _address(addresses: Sequence[tuple[str, int]]) -> str:
    host, port = addresses[0][:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def local_page(title: str, address: str) -> str:
    """What `/` shows on somebody's own machine: how to talk to the advisor there."""
    ways = {
        "In a terminal": "advisor chat",
        "As in Microsoft Teams": f"npx @microsoft/m365agentsplayground start -e {address}/api/messages -c msteams",
    }
    rows = "".join(f"<dt>{escape(what)}</dt><dd><code>{escape(how)}</code></dd>" for what, how in ways.items())
    style = "body{font:1rem/1.5 system-ui;max-width:42rem;margin:3rem auto;padding:0 1rem}dd{margin:0 0 1rem}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
        f"<h1>{escape(title)}</h1><p>The advisor runs here. Ways to talk to it:</p><dl>{rows}</dl></html>\n"
    )
