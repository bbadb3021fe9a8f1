"""Checks Slack's credentials for `advisor doctor`."""

import re
from collections.abc import AsyncIterator, Awaitable

from aiohttp import ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.config.findings import Finding, bad, look, ok
from bot.config.proxy import open_session
from bot.config.settings import Settings
from bot.slack.authorization import SCOPES, granted_scopes
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS, status_and_reason

AREA = "Slack"

TIMEOUT = 8
"""Seconds for a call."""

REQUIRED = frozenset({"app_mentions:read", "chat:write", "commands"})
"""Scopes without which it does not work at all."""

_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")


async def check(settings: Settings) -> AsyncIterator[Finding]:
    secret, token, app_token = settings.slack_signing_secret, settings.slack_bot_token, settings.slack_app_token
    if secret is not None:
        yield _check_signing_secret(secret.get_secret_value())
    async with open_session(timeout=ClientTimeout(total=TIMEOUT)) as session:
        client = AsyncWebClient(base_url=settings.slack_api_url, session=session, retry_handlers=[])
        if token is not None:
            async for finding in _check_bot_token(client, token.get_secret_value()):
                yield finding
        if app_token is not None:
            yield await _check_app_token(client, app_token.get_secret_value())
    if settings.slack_oauth:
        yield look(AREA, "slack_oauth_untried", "SLACK_CLIENT_ID and its secret are checked by the first installation")


def _check_signing_secret(secret: str) -> Finding:
    if _SIGNING_SECRET.fullmatch(secret):
        return ok(AREA, "slack_signing_secret", "SLACK_SIGNING_SECRET has a valid form")
    return bad(
        AREA,
        "slack_signing_secret_form",
        "SLACK_SIGNING_SECRET must be 32 characters, digits and a to f: every request is refused until then. "
        "Copy it from Basic Information, Signing Secret.",
    )


async def _check_bot_token(client: AsyncWebClient, token: str) -> AsyncIterator[Finding]:
    right = "the bot token of the installed app: OAuth & Permissions, Bot User OAuth Token"
    answer = await _asked(client, client.auth_test(token=token), "SLACK_BOT_TOKEN", right)
    if isinstance(answer, Finding):
        yield answer
        return
    yield ok(AREA, "slack_bot_token", f"SLACK_BOT_TOKEN works, for the workspace {answer.get('team') or 'unnamed'}")
    yield _check_scopes(answer.headers)


def _check_scopes(headers: dict[str, str]) -> Finding:
    granted = granted_scopes(headers)
    if granted is None:
        return look(AREA, "slack_scopes_unknown", "Slack did not say which scopes the token has")
    missing = sorted(set(SCOPES).difference(granted))
    names = ", ".join(missing)
    how = "Add what is missing under OAuth & Permissions, or paste `advisor slack-manifest`, and install the app again."
    if REQUIRED.intersection(missing):
        return bad(AREA, "slack_scope_missing", f"The token lacks {names}. {how}")
    if missing:
        return look(AREA, "slack_scope_optional", f"The token lacks {names}: docs/slack.md says what for. {how}")
    return ok(AREA, "slack_scopes", "The token has every scope")


async def _check_app_token(client: AsyncWebClient, token: str) -> Finding:
    right = "an app-level token with the scope connections:write"
    answer = await _asked(client, client.apps_connections_open(app_token=token), "SLACK_APP_TOKEN", right)
    return answer if isinstance(answer, Finding) else ok(AREA, "slack_app_token", "SLACK_APP_TOKEN works")


async def _asked(
    client: AsyncWebClient, call: Awaitable[AsyncSlackResponse], setting: str, right: str
) -> AsyncSlackResponse | Finding:
    """What Slack answers, or what is wrong: out of reach, or the token in `setting`, which must be `right`."""
    try:
        return await call
    except SlackApiError as error:
        _, reason = status_and_reason(error)
        if reason:
            said = f"Slack does not accept {setting} ({reason}). It must be {right}."
            return bad(AREA, "slack_token_refused", said)
        said = "Something other than Slack answered: check SLACK_API_URL and the proxy."
    except (*CALL_ERRORS, *BAD_ANSWER) as error:
        where = f"{client.base_url} ({type(error).__name__})"
        said = f"Slack is out of reach at {where}. Check the network, HTTPS_PROXY and SLACK_API_URL."
    return bad(AREA, "slack_unreachable", said)
