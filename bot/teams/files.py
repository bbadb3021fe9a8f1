"""Files in a personal chat: fetched where somebody sent one, and put where the person allows it.

Both at SharePoint alone, by addresses that need no token. Teams asks the person before the bot may put a file there.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession
from pydantic import Field, ValidationError
from pydantic_core import to_json

from bot.batch.csv_columns import BadFile
from bot.storage.errors import StorageUnavailable
from bot.storage.pending_uploads import PendingUploads
from bot.teams.activities import ActivityModel, IncomingActivity
from bot.teams.cards import render_message
from bot.teams.interfaces import ConversationClient, OutgoingMessage
from bot.turns.channel import TryLater, Undeliverable, said
from bot.turns.file_message import limited_body
from dialogs.catalogue import Catalogue
from dialogs.view import File, line_text
from dialogs.views.plain_text import plain

log = logging.getLogger(__name__)

OpenSession = Callable[[], ClientSession]
"""Opens the session for outgoing requests, once."""

_HOSTS = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".sharepoint.cn", ".svc.ms")

CONSENT_TYPE = "application/vnd.microsoft.teams.card.file.consent"
INFO_TYPE = "application/vnd.microsoft.teams.card.file.info"
_FILE = "file"


def is_sharepoint(url: str) -> bool:
    where = urlsplit(url)
    return where.scheme == "https" and (where.hostname or "").endswith(_HOSTS) and where.port in (None, 443)


class _Upload(ActivityModel):
    name: str = ""
    content_url: str = ""
    upload_url: str = ""
    unique_id: str = ""
    file_type: str = ""


class _Answer(ActivityModel):
    action: str = ""
    context: dict[str, Any] = Field(default_factory=dict)
    upload_info: _Upload = _Upload()


@dataclass(eq=False)
class ChatFiles:
    """Fetches files, and asks the person in a personal chat whether one may be saved for them. `local`: what stands in
    for Teams, and for SharePoint, may be on this machine.
    """

    catalogue: Catalogue
    session: OpenSession
    waiting: PendingUploads
    local: bool = False

    def is_place(self, url: str, service: str) -> bool:
        """Whether files may be fetched from an address, and put there, for a chat at this service."""
        return is_sharepoint(url) or (self.local and url.startswith(f"{service.rstrip('/')}/files/"))

    async def fetch(self, url: str, service: str) -> bytes:
        """The content of a file at an address, "" for none. BadFile if it can't be fetched or is too long."""
        if not url:
            raise BadFile(
                "I can't open files in this kind of chat. Send it to me in a personal chat, or paste the lines."
            )
        if not self.is_place(url, service):
            raise BadFile("It is not kept in SharePoint, so I can't open it. Paste the lines instead.")
        try:
            async with self.session().get(url, allow_redirects=False) as response:
                if response.status != 200:
                    raise BadFile("SharePoint did not let me open it. Send it again, or paste the lines.")
                return await limited_body(response)
        except (ClientError, OSError) as error:
            raise BadFile("I could not fetch it from SharePoint. Send it again, or paste the lines.") from error

    async def offer(self, client: ConversationClient, conversation: str, file: File) -> None:
        """Asks; the file waits for an hour. TryLater, Undeliverable, StorageUnavailable."""
        token = await self.waiting.keep(conversation, file.name, file.data)
        ask = line_text(self.catalogue.line("file_consent"))
        card = {
            "description": f"{plain(said(file.lead))} {ask}",
            "sizeInBytes": len(file.data),
            "acceptContext": {_FILE: token},
            "declineContext": {_FILE: token},
        }
        await client.post(OutgoingMessage(to_json(card).decode(), file.name, kind=CONSENT_TYPE, name=file.name))

    async def answered(self, activity: IncomingActivity, client: ConversationClient) -> None:
        """Uploads the file if the person agreed, and shows it in place of the question."""
        try:
            answer = _Answer.model_validate(activity.value)
        except ValidationError:
            return
        where, token = activity.conversation.id, str(answer.context.get(_FILE, ""))
        try:
            kept = await self.waiting.find(where, token)
            if answer.action == "accept":
                shown = await self._upload(answer.upload_info, kept, activity.service_url)
                await client.post(shown)
                if shown.kind != INFO_TYPE and kept is not None:
                    return  # they may try again
            await self.waiting.drop(where, token)
            if activity.reply_to_id:
                await client.delete(activity.reply_to_id)
        except StorageUnavailable as error:
            log.warning("a file was not sent: %s", error)
            await client.post(self._said("not_saved"))
        except (TryLater, Undeliverable) as error:
            log.warning("The result of a file's upload is not shown. %s", error)

    async def _upload(self, to: _Upload, kept: tuple[str, bytes] | None, service: str) -> OutgoingMessage:
        """The message that shows the file, or says why there is none."""
        if kept is None:
            return self._said("file_expired")
        name, data = kept
        headers = {"Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}", "Content-Type": "application/octet-stream"}
        try:
            if not self.is_place(to.upload_url, service):
                raise BadFile("its address is not SharePoint's")
            async with self.session().put(to.upload_url, data=data, headers=headers, allow_redirects=False) as answer:
                if answer.status not in (HTTPStatus.OK, HTTPStatus.CREATED):
                    raise BadFile(f"it answered {answer.status}")
        except (BadFile, ClientError, TimeoutError, OSError) as error:
            reason = error if isinstance(error, BadFile) else type(error).__name__
            log.warning("SharePoint did not accept a file: %s", reason)
            return self._said("file_not_saved")
        content = to_json({"uniqueId": to.unique_id, "fileType": to.file_type}).decode()
        shown = to.name or name
        return OutgoingMessage(content, shown, kind=INFO_TYPE, name=shown, url=to.content_url)

    def _said(self, key: str) -> OutgoingMessage:
        return render_message(said(self.catalogue.in_channel(key)))
