"""Whose a token is: asked before the first request that needs it. Slack in trouble is told apart from a bad token."""

import logging
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.web import known
from bot.surface import TryLater

log = logging.getLogger(__name__)


async def identified(client: AsyncWebClient, token: str) -> AuthorizeResult:
    """What Slack says of a token; SlackApiError where it does not take it.

    TryLater where it says nothing for now: for a SlackApiError Bolt acknowledges the request, and it would be lost.
    """
    try:
        answer = await client.auth_test(token=token)
    except SlackApiError as error:
        trouble = known(error)
        if isinstance(trouble, TryLater):
            log.warning("Whose a token is was not said, so Slack shall send its request again. %s.", trouble)
            raise trouble from error
        raise
    return AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=answer)


class OneToken(AsyncAuthorize):
    """Answers every request with the same token. Whose it is is asked once."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._found: AuthorizeResult | None = None

    async def __call__(self, *, context: AsyncBoltContext, **_: Any) -> AuthorizeResult:
        """See `identified`."""
        if self._found is None:
            self._found = await identified(context.client, self._token)
        return self._found
