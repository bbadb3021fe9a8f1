"""Assembles the Slack channel. Only the composition root calls this."""

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import ClientTimeout, DummyCookieJar, TCPConnector, web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.logger import get_bolt_logger
from slack_bolt.logger.messages import warning_token_skipped
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.proxy import open_session
from bot.config.setting_types import secret_text
from bot.config.settings import Settings
from bot.slack.authorization import Authorize, Installations, listen_for_revocation, oauth_flow, oauth_routes
from bot.slack.events import SLACK, Origin, Workspace
from bot.slack.handler import SlackHandler
from bot.slack.http import PATH, EventsEndpoint
from bot.slack.names import DisplayNames
from bot.slack.rate_limits import CALL_TIMEOUT, DEFAULT_PAUSE, retry_handlers
from bot.slack.socket_mode import SocketMode
from bot.slack.surface import PLAIN_TABLES_TTL, SlackSurface, SurfaceFactory
from bot.slack.timed_cache import TimedCache
from bot.slack.token_encryption import TokenEncryption
from bot.storage.background import BackgroundTasks
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.record import to_json
from bot.storage.redis_retries import Storage
from bot.turns.channel import Undeliverable
from bot.turns.service import Service
from dialogs.catalogue import Catalogue

__all__ = ["PATH", "SLACK", "SlackChannel", "build"]

MAX_CONNECTIONS = 256
"""Calls of the Web API at the same time."""

_ANYTHING = re.compile(".*")

_APP_OPTIONS: Mapping[str, Any] = {
    "name": "advisor",
    "signing_secret": "checked at the endpoint",
    "request_verification_enabled": False,
    "url_verification_enabled": False,
    "ssl_check_enabled": False,
    "ignoring_self_events_enabled": False,
    "attaching_function_token_enabled": False,
}
"""Turns off what the endpoint and the handler do themselves: they check the signature on the raw bytes, answer Slack's
checks and ignore bots. The app has no workflow steps, which would bring tokens of their own."""


@dataclass(frozen=True)
class SlackChannel:
    """The running channel; see `bot.turns.channel.Channel`."""

    app: AsyncApp
    routes: tuple[web.RouteDef, ...]
    reply_tasks: BackgroundTasks
    socket_mode: SocketMode | None
    installations: Installations | None
    authorize: Authorize
    new_surface: SurfaceFactory

    async def start(self) -> None:
        """Opens the session for all calls, and the connection of Socket Mode."""
        self.app.client.session = open_session(
            timeout=ClientTimeout(total=CALL_TIMEOUT),
            connector=TCPConnector(limit=MAX_CONNECTIONS),
            cookie_jar=DummyCookieJar(),
            json_serialize_bytes=to_json,
        )
        if self.installations is None:
            await self.authorize.check(self.app.client)
        if self.socket_mode is not None:
            self.socket_mode.start()

    async def stop(self) -> None:
        """Waits for replies that are being delivered. What takes too long stays in the outbox."""
        if self.socket_mode is not None:
            await self.socket_mode.stop()
        try:
            await self.reply_tasks.join()
        finally:
            if self.app.client.session is not None:
                await self.app.client.session.close()

    def surface(self, entry: OutboxEntry) -> SlackSurface:
        origin = Origin.from_address(entry.address)
        if entry.reminder:  # to the person, in the direct messages
            person = entry.message.sender.id
            origin = Origin(origin.workspace, person, None, person)
        return self.new_surface(partial(self._client, origin.workspace), origin)

    async def _client(self, workspace: Workspace) -> AsyncWebClient:
        client = self.app.client
        if self.installations is None:
            return client
        for whole in (False, True):
            bot = await self.installations.async_find_bot(
                enterprise_id=workspace.enterprise, team_id=workspace.team, is_enterprise_install=whole
            )
            if bot is not None:
                return AsyncWebClient(
                    bot.bot_token, base_url=client.base_url, session=client.session, retry_handlers=retry_handlers()
                )
        raise Undeliverable("the app is not installed in that workspace any more")


def build(
    settings: Settings,
    service: Service,
    catalogue: Catalogue,
    storage: Storage | None = None,
    *,
    now: Callable[[], float] = time.time,
    clock: Callable[[], float] = time.monotonic,
) -> SlackChannel:
    """The channel for these settings, which must have Slack on (`Settings.slack_http` or `slack_socket`).

    `storage` keeps installations, where SLACK_CLIENT_ID is set. `now` is the time since
    1970, `clock` one that never goes back, both in seconds.
    """
    reply_tasks = BackgroundTasks()
    pauses, plain_tables = TimedCache[bool](clock, DEFAULT_PAUSE), TimedCache[bool](clock, PLAIN_TABLES_TTL)
    new_surface = partial(SlackSurface, pauses=pauses, plain_tables=plain_tables)
    new_reference, names = partial(secrets.token_hex, 4), DisplayNames(clock)
    handler = SlackHandler(service, catalogue, reply_tasks, now, new_reference, new_surface, names)
    token = secret_text(settings.slack_bot_token)
    routes: list[web.RouteDef] = []
    installations: Installations | None = None
    flow: AsyncOAuthFlow | None = None
    if settings.slack_oauth:
        if storage is None:
            raise ValueError("installations into many workspaces need a storage")
        installations = Installations(
            storage,
            clock,
            settings.key_prefix,
            allowed=settings.slack_teams,
            encryption=TokenEncryption(settings.encryption_keys),
        )
        client = AsyncWebClient(base_url=settings.slack_api_url, retry_handlers=retry_handlers())
        flow = oauth_flow(settings, client, installations, now)
        routes += oauth_routes(flow)
    else:
        # Bolt warns that SLACK_BOT_TOKEN is ignored; `Authorize` does use it.
        get_bolt_logger(AsyncApp).addFilter(lambda record: record.msg != warning_token_skipped())
    authorize = Authorize(token, installations)
    app = AsyncApp(authorize=authorize, oauth_flow=flow, **_APP_OPTIONS)  # type: ignore[arg-type]
    app.use(handler)
    # Requests use this client, or new ones with its address, session and retries.
    app.client.base_url, app.client.retry_handlers = settings.slack_api_url, retry_handlers()
    if flow is None:
        app.client.token = token
    _listen(app, installations)
    if settings.slack_http:
        endpoint = EventsEndpoint(app, secret_text(settings.slack_signing_secret), now, service.observer.rate_limited)
        routes.append(web.post(PATH, endpoint.handle))
    socket_mode = SocketMode(app, secret_text(settings.slack_app_token)) if settings.slack_socket else None
    return SlackChannel(app, tuple(routes), reply_tasks, socket_mode, installations, authorize, new_surface)


def _listen(app: AsyncApp, installations: Installations | None) -> None:
    """Acknowledges every event that is not for the advisor, also of unknown types: Slack counts unanswered events
    against the app."""

    async def ignore() -> None:
        """Bolt acknowledges an event that has a listener."""

    if installations is not None:
        listen_for_revocation(app, installations)
    app.event(_ANYTHING)(ignore)
