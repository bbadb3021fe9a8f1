"""Puts the channel together. Only the composition root calls this."""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from pydantic_core import to_json
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.slack import authorization
from bot.slack.authorization import Installations, States
from bot.slack.bolt import listen, many_workspaces, one_workspace
from bot.slack.deliveries import Deliveries
from bot.slack.handler import SLACK, Taking
from bot.slack.http import PATH, Edge
from bot.slack.messages import Messages
from bot.slack.origin import Origin, Workspace
from bot.slack.rate_limit_pauses import Holds
from bot.slack.socket_mode import Socket
from bot.slack.surface import Showing, SlackSurface
from bot.slack.web_api import CALL, STUMBLES, TROUBLE, report, retry_handlers
from bot.storage.outbox import OutboxEntry
from bot.storage.redis import Storage
from bot.turns.channel import Undeliverable
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.view import Element

__all__ = ["PATH", "SLACK", "Slack", "build"]

log = logging.getLogger(__name__)

AT_ONCE = 256
"""Calls of the Web API at the same time."""


@dataclass(frozen=True)
class Slack:
    """The channel that is on."""

    app: AsyncApp
    routes: tuple[web.RouteDef, ...]
    deliveries: Deliveries
    socket: Socket | None
    installations: Installations | None
    showing: Showing

    async def start(self) -> None:
        """Opens the session for all calls, and the connection of Socket Mode."""
        self.app.client.session = ClientSession(
            timeout=ClientTimeout(total=CALL),
            connector=TCPConnector(limit=AT_ONCE),
            cookie_jar=DummyCookieJar(),
            json_serialize=_json,
        )
        if self.installations is None and await _is_taken(self.app.client):
            await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=_NOTHING))
        if self.socket is not None:
            self.socket.start()

    async def stop(self) -> None:
        """Waits for what is being delivered. What takes too long stays owed."""
        if self.socket is not None:
            await self.socket.stop()
        try:
            await self.deliveries.background.join()
        finally:
            if self.app.client.session is not None:
                await self.app.client.session.close()

    def surface(self, entry: OutboxEntry) -> SlackSurface:
        """Where the replies of an outbox entry go."""
        origin = Origin.from_address(entry.address)

        async def client() -> AsyncWebClient:
            return await self._client(origin.workspace)

        return self.showing(client, origin, live=True)

    async def _client(self, workspace: Workspace) -> AsyncWebClient:
        ours = self.app.client
        if self.installations is None:
            return ours
        for whole in (False, True):
            bot = await self.installations.async_find_bot(
                enterprise_id=workspace.enterprise, team_id=workspace.team, is_enterprise_install=whole
            )
            if bot is not None:
                return AsyncWebClient(
                    bot.bot_token, base_url=ours.base_url, session=ours.session, retry_handlers=retry_handlers()
                )
        raise Undeliverable("the app is not installed in that workspace any more")


_NOTHING = {"type": "event_callback", "event": {"type": "advisor_started"}}
"""An event that nothing follows from. After it Bolt knows whose token it has and need not ask at the first message."""


def _json(value: Any) -> str:
    """As `json.dumps`, but short, and in a third of the time."""
    return to_json(value).decode()


async def _is_taken(client: AsyncWebClient) -> bool:
    """Says at the start what is wrong with the token, rather than with the first message."""
    try:
        await client.auth_test()
    except (*TROUBLE, *STUMBLES) as error:
        report(error, client.base_url, "SLACK_BOT_TOKEN", "the bot token of the installed app")
        return False
    return True


def build(
    settings: Settings,
    service: Service,
    catalogue: Catalogue,
    storage: Storage | None = None,
    *,
    fixed: Callable[[Element], bool] = lambda _: False,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
    new_reference: Callable[[], str] = lambda: secrets.token_hex(4),
) -> Slack:
    """The channel for these settings, which must have Slack on (`Settings.slack_http` or `slack_socket`).

    `storage` keeps installations, where SLACK_CLIENT_ID is set. `fixed` says which parts of views are the same in every
    conversation (`dialogs.views.once`). `now` is the time since 1970, `clock` one that never
    goes back, both in seconds.
    """
    deliveries = Deliveries(service)
    routes: list[web.RouteDef] = []
    installations: Installations | None = None
    if settings.slack_oauth:
        if storage is None:
            raise ValueError("installations into many workspaces need a storage")
        installations = Installations(storage, clock)
        client = AsyncWebClient(base_url=settings.slack_api_url, retry_handlers=retry_handlers())
        flow = authorization.flow(settings, client, installations, States(storage))
        routes += authorization.routes(flow)
        app = many_workspaces(settings, flow, installations)
    else:
        app = one_workspace(settings)
    showing = partial(SlackSurface, holds=Holds(clock), draw=Messages(fixed).of)
    listen(app, Taking(service, catalogue, deliveries, now, new_reference, showing))
    if settings.slack_http and settings.slack_signing_secret is not None:
        routes.append(web.post(PATH, Edge(app, settings.slack_signing_secret.get_secret_value(), now).events))
    token = settings.slack_app_token
    socket = Socket(app, token.get_secret_value()) if settings.slack_socket and token is not None else None
    return Slack(app, tuple(routes), deliveries, socket, installations, showing)
