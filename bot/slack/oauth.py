"""Installing the app into many workspaces: the two pages, and whose token answers a request."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sessions import StorageUnavailable
from bot.settings import Settings
from bot.slack.authorizing import identified
from bot.slack.installations import Installations, States
from bot.slack.scopes import SCOPES
from bot.slack.web import TROUBLE

log = logging.getLogger(__name__)

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"

Step = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


def flow(settings: Settings, client: AsyncWebClient, installations: Installations, states: States) -> AsyncOAuthFlow:
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


class Authorization(AsyncInstallationStoreAuthorize):
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
            self.authorize_result_cache[bot.bot_token] = await identified(context.client, bot.bot_token)
        return await super().__call__(context=context, enterprise_id=enterprise_id, team_id=team_id, **rest)


def authorization(settings: Settings, client: AsyncWebClient, installations: Installations) -> Authorization:
    """For these settings."""
    secret = settings.slack_client_secret
    return Authorization(
        logger=log,
        installation_store=installations,
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        client=client,
        bot_only=True,
        cache_enabled=True,
    )


def routes(steps: AsyncOAuthFlow) -> tuple[web.RouteDef, ...]:
    """`GET /slack/install` leads to Slack, `GET /slack/oauth_redirect` is where Slack sends people back."""
    return (web.get(INSTALL, _page(steps.handle_installation)), web.get(REDIRECT, _page(steps.handle_callback)))


def _page(step: Step) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            made = await step(await to_bolt_request(request))
        except (StorageUnavailable, *TROUBLE) as error:
            log.error("An installation was not kept. %s", error)
            return web.Response(text="That did not work just now. Please start again in a moment.\n", status=503)
        return await to_aiohttp_response(made)

    return answer
