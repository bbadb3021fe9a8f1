"""Socket Mode: Slack's requests over a connection that the advisor opens, for networks that let nothing in."""

import asyncio
from contextlib import suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from bot.config.proxy import proxy_for
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS, log_rejected_token


class SocketMode:
    """Connects in the background, so that the process starts, and stays up, while Slack is out of reach."""

    def __init__(self, app: AsyncApp, token: str) -> None:
        self._app = app
        self._token = token
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to connect; tries again until it works, and whenever the connection is lost."""
        self._handler = AsyncSocketModeHandler(self._app, self._token, web_client=self._app.client)
        self._connecting = asyncio.create_task(self._connect(self._handler))

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        """Fetches the first address here, so that a refused token is logged with the name of its setting."""
        client = self._app.client
        try:
            handler.client.wss_uri = (await client.apps_connections_open(app_token=self._token))["url"]
        except (*CALL_ERRORS, *BAD_ANSWER) as error:
            right = "an app-level token with the scope connections:write"
            log_rejected_token(error, client.base_url, "SLACK_APP_TOKEN", right)
        handler.client.proxy = proxy_for(handler.client.wss_uri or client.base_url)  # the SDK knows no NO_PROXY
        await handler.connect_async()  # type: ignore[no-untyped-call]

    async def connected(self) -> None:
        """Returns when the first connection is open."""
        if self._connecting is not None:
            await self._connecting

    async def stop(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]
