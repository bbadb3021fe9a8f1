"""Installing the app into many workspaces: the two pages, and whose token answers a request."""

import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from logging import Logger
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize, AsyncInstallationStoreAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.server.request_body import Unreadable, read_text
from bot.slack.web_api import CALL_ERRORS, delivery_error
from bot.storage.errors import StorageUnavailable
from bot.storage.redis import Storage
from bot.turns.channel import TryLater

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "mpim:history",
)


log = logging.getLogger(__name__)


async def authorize_token(client: AsyncWebClient, token: str) -> AuthorizeResult:
    """Asks Slack whose a token is; SlackApiError where it does not accept it.

    TryLater where it does not answer for now: for a SlackApiError Bolt acknowledges the request, and it would be lost.
    """
    try:
        answer = await client.auth_test(token=token)
    except SlackApiError as error:
        meaning = delivery_error(error)
        if isinstance(meaning, TryLater):
            log.warning("Slack did not say whose a token is, so it shall send its request again. %s.", meaning)
            raise meaning from error
        raise
    return AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=answer)


class SingleTokenAuthorize(AsyncAuthorize):
    """Answers every request with the same token. Whose it is is asked once."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._result: AuthorizeResult | None = None

    async def __call__(self, *, context: AsyncBoltContext, **_: Any) -> AuthorizeResult:
        """See `authorize_token`."""
        if self._result is None:
            self._result = await authorize_token(context.client, self._token)
        return self._result


INSTALLATION_TTL = 400 * 24 * 3600
"""Seconds for which an installation is kept after its last use."""

CACHE_TTL = 60.0
"""Seconds for which a process does not ask Redis again: so long may a replica use a token that was revoked."""

STATE_TTL = 600
"""Seconds within which an installation must be finished."""


class Installations(AsyncInstallationStore):
    """The installation store: one entry a workspace, or an organisation. `clock` never goes back, in seconds."""

    def __init__(self, storage: Storage, clock: Callable[[], float], prefix: str = "advisor") -> None:
        self._storage = storage
        self._clock = clock
        self._prefix = prefix
        self._cache: dict[str, tuple[float, Bot | None]] = {}

    @property
    def logger(self) -> Logger:
        """Where the SDK writes about this store."""
        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Keeps what the bot needs of an installation."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keeps a bot's token and ids."""
        key = self._key(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        entry = json.dumps(bot.to_dict(), default=lambda when: when.isoformat())
        await self._storage.command("SET", key, entry, "EX", INSTALLATION_TTL)
        self._cache.pop(key, None)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot in a workspace, or in the organisation as a whole; while Redis is away, as far as it is known."""
        key = self._key(enterprise_id, team_id, is_enterprise_install)
        until, cached = self._cache.get(key, (0.0, None))
        if cached is not None and self._clock() < until:
            return cached
        try:
            entry = await self._storage.command("GETEX", key, "EX", INSTALLATION_TTL)
        except StorageUnavailable:
            if cached is None:
                raise
            return cached
        bot = None if entry is None else Bot(**json.loads(entry))
        self._cache[key] = (self._clock() + CACHE_TTL, bot)
        return bot

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forgets a workspace, and the organisation's installation where that is the one."""
        for whole in (False, True):
            key = self._key(enterprise_id, team_id, whole)
            await self._storage.command("DEL", key)
            self._cache.pop(key, None)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """People's own tokens are not kept, so there is nothing to forget."""

    def _key(self, enterprise: str | None, team: str | None, whole: bool | None) -> str:
        return f"{self._prefix}:slack:bot:{enterprise or '-'}:{'-' if whole else team or '-'}"


class OAuthStates(AsyncOAuthStateStore):
    """The OAuth states: they prove that an installation that comes back from Slack was begun here. Each works once."""

    def __init__(
        self,
        storage: Storage,
        prefix: str = "advisor",
        new_state: Callable[[], str] = lambda: secrets.token_urlsafe(24),
    ) -> None:
        self._storage = storage
        self._prefix = prefix
        self._new_state = new_state

    @property
    def logger(self) -> Logger:
        """Where the SDK writes about this store."""
        return logging.getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """A new state."""
        state = self._new_state()
        await self._storage.command("SET", self._key(state), "1", "EX", STATE_TTL)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued, not long ago, and not used yet."""
        return bool(await self._storage.command("DEL", self._key(state)))

    def _key(self, state: str) -> str:
        return f"{self._prefix}:slack:state:{state}"


INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"

OAuthStep = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


def oauth_flow(
    settings: Settings, client: AsyncWebClient, installations: Installations, states: OAuthStates
) -> AsyncOAuthFlow:
    """The steps of an installation. The settings must hold SLACK_CLIENT_ID and SLACK_CLIENT_SECRET."""
    secret = settings.slack_client_secret
    return AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=SCOPES,
            user_scopes=(),
            install_path=INSTALL,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT,
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=states,
        ),
    )


class InstallationAuthorize(AsyncInstallationStoreAuthorize):
    """Finds a workspace's token. Who the token belongs to is asked once a token, not with every request."""

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **rest: Any
    ) -> AuthorizeResult | None:
        """None where the app is not installed. StorageUnavailable or TryLater where that is not known: Bolt would say
        the same then as for an app that is not installed, and the request would be lost."""
        bot = await self.installation_store.async_find_bot(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=context.is_enterprise_install
        )
        if bot is not None and bot.bot_token not in self.authorize_result_cache:
            self.authorize_result_cache[bot.bot_token] = await authorize_token(context.client, bot.bot_token)
        return await super().__call__(context=context, enterprise_id=enterprise_id, team_id=team_id, **rest)


def installation_authorize(
    settings: Settings, client: AsyncWebClient, installations: Installations
) -> InstallationAuthorize:
    """For these settings."""
    secret = settings.slack_client_secret
    return InstallationAuthorize(
        logger=log,
        installation_store=installations,
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        client=client,
        bot_only=True,
        cache_enabled=True,
    )


def oauth_routes(flow: AsyncOAuthFlow) -> tuple[web.RouteDef, ...]:
    """`GET /slack/install` leads to Slack, `GET /slack/oauth_redirect` is where Slack sends people back."""
    return (web.get(INSTALL, _handler(flow.handle_installation)), web.get(REDIRECT, _handler(flow.handle_callback)))


def _handler(step: OAuthStep) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            await read_text(request)
        except Unreadable as error:
            log.info("A request to %s was refused with %d: %s.", request.path, error.status, error)
            return web.Response(status=error.status)
        # Without the body: the pages need none, and Bolt raises where one is not of the type that it claims.
        bolt_request = AsyncBoltRequest(body="", query=request.query_string, headers=dict(request.headers))
        try:
            response = await step(bolt_request)
        except (StorageUnavailable, *CALL_ERRORS) as error:
            log.error("An installation was not saved. %s", error)
            return web.Response(text="That did not work just now. Please start again in a moment.\n", status=503)
        return await to_aiohttp_response(response)

    return handle
