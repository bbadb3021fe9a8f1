"""`POST /mcp`: Streamable HTTP, stateless, with JSON answers. An adapter from aiohttp to the SDK's ASGI application,
in the same process. The SDK is loaded at the first request, unless it is loaded already.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.config.extras import ExtraMissing
from bot.server.local_token import LocalToken, remote_reason
from bot.server.request_body import Unreadable, read_body

log = logging.getLogger(__name__)

PATH = "/mcp"

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
"""An ASGI application."""


class McpEndpoint:
    """The endpoint. `token` lets in who sends it as a bearer token, `local_token` who sends that from this machine.

    `load` imports and builds the SDK's session manager, which takes about a second; ExtraMissing where it is not
    installed.
    """

    def __init__(self, load: Callable[[], Any], *, token: str | None, local_token: str | None) -> None:
        self._load = load
        self._token = LocalToken(token) if token else None
        self._local = LocalToken(local_token) if local_token else None
        self._loading = asyncio.Lock()
        self._manager: Any = None
        self._running: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    def attach(self, app: web.Application) -> None:
        """Only POST is served: there are no sessions to listen to, or to end."""
        app.router.add_post(PATH, self.handle)
        app.on_cleanup.append(self._stop)

    async def _stop(self, _app: web.Application) -> None:
        self._stopping.set()
        if self._running is not None:
            await asyncio.wait([self._running])

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """401 without a token, 413, 408 or 400 for a body that cannot be read, 501 where the SDK is not installed; the
        rest is the protocol's."""
        if not self._may(request):
            return web.Response(
                status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"}, text="A token is needed.\n"
            )
        try:
            body = await read_body(request)
        except Unreadable as error:
            return web.Response(status=error.status, text=f"{error}\n")
        try:
            application = await self._application()
        except ExtraMissing as error:
            return web.Response(status=HTTPStatus.NOT_IMPLEMENTED, text=f"{error}\n")
        return await _answer(application, request, body)

    def _may(self, request: web.Request) -> bool:
        if self._token is not None and self._token.is_bearer(request):
            return True
        return self._local is not None and self._local.is_sent(request) and remote_reason(request) is None

    async def _application(self) -> Application:
        async with self._loading:
            if self._manager is None:
                manager = await asyncio.to_thread(self._load)
                ready = asyncio.Event()
                self._running = asyncio.create_task(self._run(manager, ready))
                await ready.wait()
                if self._running.done():
                    await self._running
                self._manager = manager
        application: Application = self._manager.handle_request
        return application

    async def _run(self, manager: Any, ready: asyncio.Event) -> None:
        """Runs in its own task: what it opens must be closed by the task that opened it."""
        try:
            async with manager.run():
                ready.set()
                await self._stopping.wait()
        finally:
            ready.set()


async def _answer(application: Application, request: web.Request, body: bytes) -> web.Response:
    """Calls an ASGI application with one request, and returns its answer, which is small, in one piece."""
    received = False
    status, headers, content = HTTPStatus.INTERNAL_SERVER_ERROR.value, [], bytearray()

    async def receive() -> Message:
        nonlocal received
        if received:
            # Whoever asks again waits for the caller to go away; then this request is cancelled as a whole.
            await asyncio.Future()
        received = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        elif message["type"] == "http.response.body":
            content.extend(message.get("body", b""))

    await application(_scope(request), receive, send)
    kept = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
    return web.Response(
        status=status,
        headers=[(name, value) for name, value in kept if name.lower() != "content-length"],
        body=bytes(content),
    )


def _scope(request: web.Request) -> Message:
    server = request.get_extra_info("sockname") or ("", 0)
    client = request.get_extra_info("peername") or ("", 0)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": f"{request.version.major}.{request.version.minor}",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.raw_path.encode(),
        "query_string": request.query_string.encode(),
        "root_path": "",
        "headers": [
            (name.lower(), value) for name, value in request.raw_headers if name.lower() != b"transfer-encoding"
        ],
        "server": tuple(server[:2]),
        "client": tuple(client[:2]),
        "state": {},
    }
