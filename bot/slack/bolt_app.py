"""Bolt's app, with the advisor's handler before Bolt's own dispatcher.

Bolt makes a client for each request, and each looks for a proxy in the environment. With one workspace all requests
have the same token, so here they share a client; with many, each request gets its own.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.authorization.async_multi_teams_authorization import AsyncMultiTeamsAuthorization
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

Handle = Callable[[AsyncBoltRequest], Awaitable[BoltResponse | None]]
"""Answers an authorized request; None leaves it to Bolt's listeners."""

_AUTHORIZED = BoltResponse(status=200, body="")


class AdvisorApp(AsyncApp):
    """`options` are Bolt's; with an `oauth_flow` among them each workspace has a token of its own."""

    def __init__(self, handle: Handle, authorize: AsyncAuthorize, **options: Any) -> None:
        super().__init__(authorize=authorize, **options)  # type: ignore[arg-type]
        self._handle = handle
        self._authorization = AsyncMultiTeamsAuthorization(authorize)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Authorizes by Bolt's middleware, then handles; 500 after an unexpected error, as from Bolt."""
        req.context["client"] = self._client_for(req.context)
        try:
            answer: BoltResponse | None = await self._authorization.async_process(
                req=req, resp=_AUTHORIZED, next=_authorized
            )
            if answer is _AUTHORIZED:
                answer = await self._handle(req)
        except Exception:
            log.exception("A request could not be handled.")
            return BoltResponse(status=500, body="")
        return await super().async_dispatch(req) if answer is None else answer

    def _client_for(self, context: AsyncBoltContext) -> AsyncWebClient:
        """The client that is given the token with which the request is answered."""
        client = self.client
        if self.oauth_flow is None:
            return client
        return AsyncWebClient(
            base_url=client.base_url,
            session=client.session,
            team_id=context.team_id,
            retry_handlers=client.retry_handlers,
        )


async def _authorized() -> BoltResponse:
    return _AUTHORIZED
