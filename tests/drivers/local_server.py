"""Serves routes of a test on a free port of this machine."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer


@asynccontextmanager
async def serving(served: web.Application | Iterable[web.AbstractRouteDef]) -> AsyncIterator[str]:
    """The address of an application, or of routes on their own, without a slash at its end."""
    app = served
    if not isinstance(app, web.Application):
        app = web.Application()
        app.add_routes(served)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()
