"""Where replies appear: the Web API of one workspace, aimed at one thread and one person."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks import Body, body
from bot.slack.origin import CHANNEL, Origin
from bot.slack.rate_limit_pauses import Holds
from bot.slack.web_api import TROUBLE, is_gone, known
from bot.storage.record import Card
from bot.turns.channel import Undeliverable
from dialogs.view import View

log = logging.getLogger(__name__)

Draw = Callable[[View], Body]
"""Makes the body of a message."""

Client = Callable[[], Awaitable[AsyncWebClient]]
"""How to get the client of a workspace; Undeliverable where the app is not installed any more."""


class Showing(Protocol):
    """How the surface for an origin is made."""

    def __call__(self, client: Client, origin: Origin, *, live: bool) -> "SlackSurface":
        """See `SlackSurface`."""


class SlackSurface:
    """Shows views in the thread of an origin.

    `live`: it edits the live card, so one that is gone is posted anew. Otherwise it edits an older card, since the
    live one was posted below it: what cannot be edited stays as it was, its buttons are recognised as late.
    """

    can_whisper = True

    def __init__(self, client: Client, origin: Origin, *, live: bool, holds: Holds, draw: Draw = body) -> None:
        self._client = client
        self._holds = holds
        self._origin = origin
        self._live = live
        self._draw = draw
        self.posted_in: str | None = None

    async def post(self, view: View) -> Card:
        """A new message in the thread."""
        made = self._draw(view)
        more = {"unfurl_links": False, "unfurl_media": False, **self._thread()}
        shown = {**_shown(made, self._origin.channel), **more}
        answer = await self._called(lambda client: client.chat_postMessage(**shown))
        self.posted_in = str(answer["channel"])
        return Card(str(answer["ts"]), {CHANNEL: self.posted_in})

    async def update(self, card: Card, view: View) -> Card:
        """A new version of a message."""
        made = self._draw(view)
        channel = card.address.get(CHANNEL, self._origin.channel)
        if self._live:
            self._holds.check(channel)
        try:
            await (await self._client()).api_call("chat.update", json={"ts": card.message, **_shown(made, channel)})
        except TROUBLE as error:
            self._holds.note(channel, error)
            if not self._live:
                log.warning("An older card stays as it was. %s", known(error))
            elif isinstance(error, SlackApiError) and is_gone(error):
                log.info("The live card is gone; it is posted anew.")
                return await self.post(view)
            else:
                raise known(error) from error
        return card

    async def whisper(self, view: View) -> None:
        """Something for the sender alone, by the response_url where that is the only way.

        It goes into the thread, or to the channel where nothing stands in the thread yet.
        """
        made, origin = self._draw(view), self._origin
        if origin.channel == origin.user:
            await self._respond(made)
            return
        try:
            where = {} if origin.opens and self.posted_in is None else self._thread()
            shown = {"user": origin.user, **_shown(made, origin.channel), **where}
            await self._called(lambda client: client.chat_postEphemeral(**shown))
        except Undeliverable as error:
            if origin.response_url is None:
                raise
            log.info("An ephemeral message goes by the response_url. %s", error)
            await self._respond(made)

    async def dismiss(self) -> None:
        """Takes away the ephemeral message whose button was pressed."""
        if self._origin.ephemeral:
            await self._send({"delete_original": True})

    async def _respond(self, made: Body) -> None:
        await self._send({"response_type": "ephemeral", "replace_original": False, **_shown(made)})

    async def _send(self, payload: dict[str, Any]) -> None:
        url = self._origin.response_url
        if url is None:
            raise Undeliverable("the request had no response_url, and there is no other way to its sender alone")
        client = await self._client()
        hook = AsyncWebhookClient(url, session=client.session, retry_handlers=client.retry_handlers)
        try:
            answer = await hook.send_dict(payload)
        except TROUBLE as error:
            raise known(error) from error
        if answer.status_code != 200:
            raise Undeliverable(f"a response_url answered {answer.status_code}")

    async def _called(self, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> Any:
        self._holds.check(self._origin.channel)
        client = await self._client()
        try:
            return await call(client)
        except TROUBLE as error:
            self._holds.note(self._origin.channel, error)
            raise known(error) from error

    def _thread(self) -> Mapping[str, str]:
        return {} if self._origin.thread is None else {"thread_ts": self._origin.thread}


def _shown(made: Body, channel: str | None = None) -> dict[str, Any]:
    where = {} if channel is None else {"channel": channel}
    return {**where, "text": made.text, "blocks": list(made.blocks)}
