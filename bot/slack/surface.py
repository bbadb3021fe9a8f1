"""The surface for replies: the Web API of one workspace, for one thread and one person."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks import MessageBody, fallback_text, has_data_table, render_message
from bot.slack.buttons import Block
from bot.slack.events import CHANNEL, Origin
from bot.slack.files import fetch
from bot.slack.rate_limits import pause_after
from bot.slack.sent_messages import sent_messages, without_buttons
from bot.slack.timed_cache import TimedCache
from bot.slack.web_api_errors import CALL_ERRORS, delivery_error, is_gone, status_and_reason
from bot.storage.record import Card
from bot.turns.channel import Paused, SentMessage, TryLater, Undeliverable, said
from dialogs.message import Message
from dialogs.view import File, View

log = logging.getLogger(__name__)

PLAIN_TABLES_TTL = 24 * 60 * 60.0
"""Seconds for which a workspace gets plain tables once it has refused one of the other kind."""

GetClient = Callable[[], Awaitable[AsyncWebClient]]
"""How to get the client of a workspace; Undeliverable where the app is not installed any more."""

SurfaceFactory = Callable[..., "SlackSurface"]
"""Makes the surface for a client and an origin."""


@dataclass(eq=False)
class SlackSurface:
    """Shows views in the thread of an origin.

    `below_whisper` are blocks below what is for the sender alone.
    """

    client: GetClient
    origin: Origin
    pauses: TimedCache[bool]
    plain_tables: TimedCache[bool]
    posted_in: str | None = field(default=None, init=False)
    below_whisper: tuple[Block, ...] = field(default=(), init=False)

    can_whisper = True
    can_expand = False
    names_subject = True

    async def post(self, view: View) -> Card:
        """A new message in the thread."""
        where = {"unfurl_links": False, "unfurl_media": False, **self._thread()}
        answer = await self._show("chat.postMessage", view, self.origin.channel, where)
        self.posted_in = str(answer["channel"])
        return Card(str(answer["ts"]), {CHANNEL: self.posted_in})

    async def update(self, card: Card, view: View) -> Card:
        """A new version of the live card."""
        try:
            await self.edit(card, view)
        except Undeliverable as failed:
            if not is_gone(failed):
                raise
            log.info("The live card is gone; it is posted anew.")
            return await self.post(view)
        return card

    async def retire(self, card: Card, record: View) -> None:
        """The last version of an older card. TryLater where Slack does not answer: it must not keep its buttons."""
        try:
            await self.edit(card, record)
        except Undeliverable as error:
            log.warning("An older card stays as it was. %s", error)

    async def edit(self, card: Card, view: View) -> None:
        """A new version of a message that is still there."""
        await self._show("chat.update", view, self._channel(card), {"ts": card.message})

    async def delete(self, card: Card, record: View) -> None:
        """Deletes an older message, unless it is the root of the thread, which would leave "This message was deleted".

        One that is not there any more is deleted; of one that cannot be, the record is left. TryLater as for `retire`.
        """
        if card.message != self.origin.thread:
            channel = self._channel(card)
            what = {"channel": channel, "ts": card.message}
            try:
                await self._call(lambda client: client.api_call("chat.delete", json=what), channel)
                return
            except (TryLater, Undeliverable) as failed:
                if is_gone(failed):
                    return
                log.info("An older card is not deleted. %s", failed)
        await self.retire(card, record)

    async def sent(self, since: int) -> Sequence[SentMessage]:
        """The bot's messages in the thread. A rate limit on this call delays no reply."""
        channel, thread = self.origin.channel, self.origin.thread
        if channel == self.origin.user:  # a command's, which does not know the channel of the direct messages
            return ()
        self._check_pause(channel)
        where = {CHANNEL: channel}
        return list(await self._call(lambda client: sent_messages(client, channel, thread, since, where), shows=False))

    def text(self, view: View) -> str:
        """The message's text beside its blocks."""
        return render_message(view).text

    async def close(self, card: Card) -> None:
        """Removes the buttons of a message, and keeps the rest."""
        channel, thread = self._channel(card), self.origin.thread
        try:
            rest = await self._call(lambda client: without_buttons(client, channel, thread, card.message), shows=False)
            if rest is not None:
                edit = {"ts": card.message, "channel": channel, **rest}
                await self._call(lambda client: client.api_call("chat.update", json=edit), shows=False)
        except Undeliverable as failed:
            log.warning("An older card keeps its buttons. %s", failed)

    async def whisper(self, view: View) -> None:
        """Something for the sender alone, by the response_url where that is the only way.

        It goes into the thread, or to the channel where nothing is in the thread yet.
        """
        body, origin = render_message(view), self.origin
        if self.below_whisper:
            body = body._replace(blocks=(*body.blocks, *self.below_whisper))
        if origin.channel == origin.user:
            await self._respond(body)
            return
        try:
            thread = {} if origin.opens and self.posted_in is None else self._thread()
            arguments = {"user": origin.user, **_arguments(body, origin.channel), **thread}
            await self._call(lambda client: client.chat_postEphemeral(**arguments))
        except Undeliverable as error:
            if origin.response_url is None:
                raise
            log.info("An ephemeral message goes by the response_url. %s", error)
            await self._respond(body)

    async def think(self, message: Message, words: str, over: asyncio.Event) -> None:
        """The status of the assistant in the thread, or below the message where that is in none. Slack itself removes
        it after two minutes. Of a command the channel is not known yet."""
        channel, _, ts = message.id.rpartition(":")
        if channel == self.origin.channel:
            client, thread = await self.client(), self.origin.thread or ts
            await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=words)
            await over.wait()
            await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status="")

    async def _show(self, method: str, view: View, channel: str, where: Mapping[str, Any]) -> Any:
        """Sends a view, with the plain table if the workspace refuses data tables. Slack rolls new blocks out workspace
        by workspace, and answers `invalid_blocks` elsewhere."""
        workspace = self.origin.workspace.owner

        async def send(client: AsyncWebClient, *, data_tables: bool) -> Any:
            body = render_message(view, data_tables=data_tables)
            return await client.api_call(method, json={**where, **_arguments(body, channel)})

        async def show(client: AsyncWebClient) -> Any:
            if not has_data_table(view) or self.plain_tables.get(workspace):
                return await send(client, data_tables=False)
            try:
                return await send(client, data_tables=True)
            except CALL_ERRORS as error:
                if status_and_reason(error)[1] != "invalid_blocks":
                    raise
            answer = await send(client, data_tables=False)  # if this is refused as well, the table is not the reason
            log.info("A workspace does not accept data tables; this process sends it plain ones for a day.")
            self.plain_tables.put(workspace, True)
            return answer

        return await self._call(show, channel)

    async def fetch(self, name: str, url: str) -> bytes:
        return await fetch(await self.client(), url)

    async def post_file(self, file: File) -> None:
        """A file in the thread, with a line beside it. A person's id is accepted only as one of several channels."""
        channel = self.origin.channel
        where = {"channels": [channel]} if channel == self.origin.user else {"channel": channel}
        try:
            await self._call(
                lambda client: client.files_upload_v2(
                    content=file.data,
                    filename=file.name,
                    title=file.name,
                    **where,
                    thread_ts=self.origin.thread,
                    initial_comment=fallback_text(said(file.lead)),
                    request_file_info=False,
                )
            )
        except SlackRequestError as error:  # the upload address from Slack refused it
            raise TryLater(f"Slack did not accept a file: {type(error).__name__}") from error

    async def dismiss(self) -> None:
        """Removes the ephemeral message whose button was pressed."""
        if self.origin.ephemeral:
            await self._send({"delete_original": True})

    async def _respond(self, body: MessageBody) -> None:
        await self._send({"response_type": "ephemeral", "replace_original": False, **_arguments(body)})

    async def _send(self, payload: dict[str, Any]) -> None:
        url = self.origin.response_url
        if url is None:
            raise Undeliverable("the request had no response_url, and there is no other way to its sender alone")
        await respond(await self.client(), url, payload)

    async def _call(
        self, call: Callable[[AsyncWebClient], Awaitable[Any]], channel: str | None = None, *, shows: bool = True
    ) -> Any:
        """A call for a channel, for which a rate limit makes a pause, unless it shows nothing: then it delays none."""
        channel = channel or self.origin.channel
        if shows:
            self._check_pause(channel)
        client = await self.client()
        try:
            return await call(client)
        except CALL_ERRORS as error:
            pause = pause_after(error) if shows else None
            if pause is not None:
                self.pauses.put(channel, True, pause)
            raise delivery_error(error) from error

    def _check_pause(self, channel: str) -> None:
        left = self.pauses.left(channel)
        if left > 0:
            raise Paused(f"Slack limits the rate there for another {left:.0f} s")

    def _channel(self, card: Card) -> str:
        return card.address.get(CHANNEL, self.origin.channel)

    def _thread(self) -> Mapping[str, str]:
        return {} if self.origin.thread is None else {"thread_ts": self.origin.thread}


async def respond(client: AsyncWebClient, url: str, payload: dict[str, Any], *, once: bool = False) -> None:
    """Sends something by a response_url; TryLater or Undeliverable where Slack does not accept it. `once`: it is not
    sent again after an error of Slack's servers, which may have shown it.
    """
    webhook = AsyncWebhookClient(url, session=client.session, retry_handlers=None if once else client.retry_handlers)
    try:
        answer = await webhook.send_dict(payload)
    except CALL_ERRORS as error:
        raise delivery_error(error) from error
    if answer.status_code != 200:
        raise Undeliverable(f"a response_url answered {answer.status_code}")


def _arguments(body: MessageBody, channel: str | None = None) -> dict[str, Any]:
    where = {} if channel is None else {"channel": channel}
    return {**where, "text": body.text, "blocks": list(body.blocks)}
