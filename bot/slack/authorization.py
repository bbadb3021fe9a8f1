"""Installing the app into many workspaces: the two pages, and whose token answers a request."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from logging import Logger
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.setting_types import secret_text
from bot.config.settings import Settings
from bot.slack.oauth_state import STATE_TTL, OAuthStates
from bot.slack.token_encryption import TokenEncryption
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS, delivery_error, log_rejected_token
from bot.storage.errors import StorageUnavailable
from bot.storage.redis_retries import Storage
from bot.turns.channel import TryLater

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "mpim:history",
    "users:read",
)


log = logging.getLogger(__name__)

_REPLACE = """
-- KEYS: installation. ARGV: value that must still be there, new value, time to live in s. Answer: none.
-- Only what is still there: a workspace may be uninstalled, or installed anew, in between.
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
"""


async def whose_token(client: AsyncWebClient, token: str) -> AuthorizeResult:
    """Asks Slack whose token it is; SlackApiError if Slack does not accept it, and as from any call."""
    answer = await client.auth_test(token=token)
    scopes = granted_scopes(answer.headers)
    return AuthorizeResult.from_auth_test_response(bot_token=token, bot_scopes=scopes, auth_test_response=answer)


async def authorize_token(client: AsyncWebClient, token: str) -> AuthorizeResult:
    """The same for a request. TryLater if Slack cannot answer now: after a SlackApiError Bolt acknowledges the request,
    which would then be lost."""
    try:
        return await whose_token(client, token)
    except SlackApiError as error:
        meaning = delivery_error(error)
        if isinstance(meaning, TryLater):
            log.warning(
                "Slack could not check the bot token for now, so nothing was processed. "
                "Slack sends events again; other actions must be repeated. %s.",
                meaning,
            )
            raise meaning from error
        raise


def granted_scopes(headers: Mapping[str, str]) -> list[str] | None:
    """The scopes of the token that a call was made with; None where Slack does not say."""
    said = next((str(value) for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    return None if said is None else [scope.strip() for scope in said.split(",")]


INSTALLATION_TTL = 400 * 24 * 3600
"""Seconds for which an installation is kept after its last use."""

CACHE_TTL = 60.0
"""Seconds for which a process does not ask Redis again: so long may a replica use a token that was revoked."""


class WorkspaceNotAllowed(Exception):
    """ADVISOR_SLACK_TEAMS has neither the workspace nor its organisation."""


@dataclass(eq=False)
class Installations(AsyncInstallationStore):
    """The installation store: one entry a workspace, or an organisation. `clock` never goes back, in seconds.

    `allowed` are the ids of workspaces and organisations that may use the advisor; empty: all may.
    """

    storage: Storage
    clock: Callable[[], float]
    prefix: str = "advisor"
    allowed: tuple[str, ...] = ()
    encryption: TokenEncryption = field(default_factory=TokenEncryption)
    _cache: dict[str, tuple[float, Bot | None]] = field(default_factory=dict, init=False)

    @property
    def logger(self) -> Logger:
        """The logger of this store, as the SDK requires."""
        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Stores what the bot needs of an installation."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Stores a bot's token and ids; WorkspaceNotAllowed."""
        if not self._may_use(bot.enterprise_id, None if bot.is_enterprise_install else bot.team_id):
            raise WorkspaceNotAllowed
        key = self._key(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        entry = json.dumps(bot.to_dict(), default=lambda when: when.isoformat())
        await self.storage.command("SET", key, self.encryption.encrypt(entry), "EX", INSTALLATION_TTL)
        self._cache.pop(key, None)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot in a workspace, or in the organisation as a whole; while Redis is away, as far as it is known.

        None also where the workspace is not allowed (any more). TokenUnreadable where no key decrypts it.
        """
        if not self._may_use(enterprise_id, team_id):
            return None
        key = self._key(enterprise_id, team_id, is_enterprise_install)
        until, cached = self._cache.get(key, (0.0, None))
        if cached is not None and self.clock() < until:
            return cached
        try:
            entry = await self.storage.command("GETEX", key, "EX", INSTALLATION_TTL)
        except StorageUnavailable:
            if cached is None:
                raise
            return cached
        bot = None if entry is None else await self._read(key, entry)
        self._cache[key] = (self.clock() + CACHE_TTL, bot)
        return bot

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Deletes a workspace's installation; without a workspace, the organisation's."""
        key = self._key(enterprise_id, team_id, whole=team_id is None)
        await self.storage.command("DEL", key)
        self._cache.pop(key, None)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """User tokens are not stored, so there is nothing to delete."""

    async def _read(self, key: str, entry: str | bytes) -> Bot:
        """The bot in a stored entry; the entry is encrypted again if it was not encrypted with the first key."""
        stored = entry if isinstance(entry, str) else entry.decode()
        text = self.encryption.decrypt(stored)
        if not self.encryption.is_current(stored):
            try:
                await self.storage.script(_REPLACE, [key], [stored, self.encryption.encrypt(text), INSTALLATION_TTL])
            except StorageUnavailable as error:
                log.warning("A bot token was not encrypted with the new key; its next use tries again. %s", error)
        return Bot(**json.loads(text))

    def _may_use(self, enterprise: str | None, team: str | None) -> bool:
        return not self.allowed or enterprise in self.allowed or team in self.allowed

    def _key(self, enterprise: str | None, team: str | None, whole: bool | None) -> str:
        return f"{self.prefix}:slack:bot:{enterprise or '-'}:{'-' if whole else team or '-'}"


INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"

NOT_ALLOWED = (
    "This workspace may not use the advisor: whoever runs it has a list of those that may. You can remove the app from "
    "the workspace again.\n"
)


def oauth_flow(
    settings: Settings, client: AsyncWebClient, installations: Installations, now: Callable[[], float]
) -> AsyncOAuthFlow:
    """The steps of an installation. The settings must hold SLACK_CLIENT_ID and SLACK_CLIENT_SECRET; `now` is the time
    since 1970 in seconds."""
    secret = secret_text(settings.slack_client_secret)
    return AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret,
            scopes=SCOPES,
            user_scopes=(),
            install_path=INSTALL,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT,
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=OAuthStates(secret, now),
            state_expiration_seconds=STATE_TTL,
        ),
    )


@dataclass(eq=False, repr=False)
class Authorize(AsyncAuthorize):
    """Whose token answers a request: the one there is, or that of its workspace. Each is checked once."""

    token: str
    installations: Installations | None
    _checked: dict[str, AuthorizeResult] = field(default_factory=dict, init=False)

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        """None if the app is not installed. StorageUnavailable or TryLater if that is not known: with None, Bolt would
        treat the app as not installed, and the request would be lost."""
        token = self.token
        if self.installations is not None:
            bot = await self.installations.async_find_bot(
                enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=context.is_enterprise_install
            )
            if bot is None:
                return None
            token = bot.bot_token
        if token not in self._checked:
            self._checked[token] = await authorize_token(context.client, token)
        return self._checked[token]

    async def check(self, client: AsyncWebClient) -> None:
        """Checks the one token before the first message, and logs if it does not work."""
        try:
            self._checked[self.token] = await whose_token(client, self.token)
        except (*CALL_ERRORS, *BAD_ANSWER) as error:
            log_rejected_token(error, client.base_url, "SLACK_BOT_TOKEN", "the bot token of the installed app")


def listen_for_revocation(app: AsyncApp, installations: Installations) -> None:
    """Deletes installations whose tokens were revoked: a workspace's or its organisation's, which Bolt mixes up."""

    async def forget(context: AsyncBoltContext) -> None:
        team = None if context.is_enterprise_install else context.team_id
        await installations.async_delete_bot(enterprise_id=context.enterprise_id, team_id=team)

    async def revoked(event: dict[str, Any], context: AsyncBoltContext) -> None:
        """User tokens are not stored."""
        tokens = event.get("tokens")
        if isinstance(tokens, dict) and tokens.get("bot"):
            await forget(context)

    app.event("app_uninstalled")(forget)
    app.event("tokens_revoked")(revoked)


def oauth_routes(flow: AsyncOAuthFlow) -> tuple[web.RouteDef, ...]:
    """`GET /slack/install` leads to Slack, `GET /slack/oauth_redirect` is where Slack sends people back."""
    return (web.get(INSTALL, _handler(flow.handle_installation)), web.get(REDIRECT, _handler(flow.handle_callback)))


def _handler(
    step: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        # The body is never read: the pages need none, and Bolt raises where one is not of the type that it claims.
        bolt_request = AsyncBoltRequest(body="", query=request.query_string, headers=dict(request.headers))
        try:
            response = await step(bolt_request)
        except WorkspaceNotAllowed:
            log.warning("An installation was refused: the workspace is not among ADVISOR_SLACK_TEAMS.")
            return web.Response(text=NOT_ALLOWED, status=403)
        except (StorageUnavailable, *CALL_ERRORS) as error:
            log.error("An installation was not saved. %s", error)
            return web.Response(text="That did not work just now. Please start again in a moment.\n", status=503)
        return await to_aiohttp_response(response)

    return handle
