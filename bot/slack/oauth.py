"""Installing the app into many workspaces: the two pages, and whose token answers a request."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.installations import Installations, States
from bot.slack.scopes import SCOPES

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
            redirect_uri_path=REDIRECT,
            installation_store=installations,
            installation_store_bot_only=True,
            state_store=states,
        ),
    )


def authorization(
    settings: Settings, client: AsyncWebClient, installations: Installations
) -> AsyncInstallationStoreAuthorize:
    """Finds a workspace's token. Who the token belongs to is asked once a token, not with every request."""
    secret = settings.slack_client_secret
    return AsyncInstallationStoreAuthorize(
        logger=log,
        installation_store=installations,
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        client=client,
        bot_only=True,
        cache_enabled=True,
    )


def routes(steps: AsyncOAuthFlow) -> tuple[web.RouteDef, ...]:
    """`GET /slack/install` shows the button, `GET /slack/oauth_redirect` is where Slack sends people back."""
    return (web.get(INSTALL, _page(steps.handle_installation)), web.get(REDIRECT, _page(steps.handle_callback)))


def _page(step: Step) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        made = await step(await to_bolt_request(request))
        if made.status >= 500:
            return web.Response(text="The installation could not be kept. Please try again in a moment.\n", status=503)
        return await to_aiohttp_response(made)

    return answer
