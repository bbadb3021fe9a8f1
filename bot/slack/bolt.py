"""Bolt's app: who may call, and what takes what they send."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.logger import get_bolt_logger
from slack_bolt.logger.messages import warning_token_skipped
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from bot.config.settings import Settings
from bot.slack.authorization import Installations, OneToken, authorization
from bot.slack.handler import Taking
from bot.slack.web_api import retry_handlers

log = logging.getLogger(__name__)

_ANYTHING = re.compile(".*")
_NAME = "advisor"


def one_workspace(settings: Settings) -> AsyncApp:
    """The app with a token of its own."""
    secret = settings.slack_bot_token
    token = secret.get_secret_value() if secret else ""
    get_bolt_logger(AsyncApp).addFilter(_is_true)
    app = _reaching(settings, AsyncApp(**_COMMON, authorize=OneToken(token)))
    app.client.token = token
    return app


def _is_true(record: logging.LogRecord) -> bool:
    """Bolt warns that SLACK_BOT_TOKEN in the environment will be ignored; `OneToken` holds it."""
    return record.msg != warning_token_skipped()


def many_workspaces(settings: Settings, flow: AsyncOAuthFlow, installations: Installations) -> AsyncApp:
    """The app with the tokens of its installations; once `listen` is called it forgets those that are given back."""
    authorize = authorization(settings, flow.client, installations)
    return _reaching(settings, AsyncApp(**_COMMON, oauth_flow=flow, authorize=authorize))  # type: ignore[arg-type]


_COMMON: Mapping[str, Any] = {
    "name": _NAME,
    "signing_secret": "checked at the edge",
    "request_verification_enabled": False,
    "url_verification_enabled": False,
}
"""The edge has checked the signature, on the raw bytes, before Bolt sees a request."""


def _reaching(settings: Settings, app: AsyncApp) -> AsyncApp:
    """Bolt makes a new client for each request, after the app's own."""
    app.client.base_url = settings.slack_api_url
    app.client.retry_handlers = retry_handlers()
    return app


def listen(app: AsyncApp, taking: Taking) -> None:
    """All that is for the advisor is taken by a middleware. Every other event is acknowledged, what nobody knows as
    well: an unanswered event counts against the app."""

    async def ignore() -> None:
        """Its being found is what acknowledges."""

    app.middleware(taking)
    if app.installation_store is not None:
        app.enable_token_revocation_listeners()
    app.event(_ANYTHING)(ignore)
