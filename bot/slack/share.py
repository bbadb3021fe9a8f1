"""Sharing a result: a modal asks where it goes; it is posted once, and the modal says whether that worked."""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.events import SLACK, IncomingMessage, Origin, PlaceData, Workspace
from bot.slack.forms import OPEN_TIMEOUT, open_modal, show_notice
from bot.slack.modals import notice_modal, share_fields, share_modal
from bot.slack.names import DisplayNames
from bot.slack.payloads import ViewSubmission
from bot.slack.surface import SlackSurface
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry, Share, new_token
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.message import Action, Message, Person, Press, Verb
from dialogs.replies.results import SharedResult
from dialogs.views import lay_out

log = logging.getLogger(__name__)

_NOT_MEMBER = frozenset({"not_in_channel", "channel_not_found"})


class _Target(PlaceData):
    """The data in the modal: the conversation whose result it shares, the link to it, and the idea there."""

    link: str | None = None
    idea: int = 0


@dataclass(eq=False)
class ShareHandler:
    """`start` runs something in the background; `clock` gives seconds since 1970, `new_token` one for an entry."""

    service: Service
    start: Callable[[Coroutine[Any, Any, None]], object]
    clock: Callable[[], float]
    surface: Callable[[AsyncBoltRequest, Origin], SlackSurface]
    names: DisplayNames

    @property
    def _catalogue(self) -> Catalogue:
        return self.service.advisor.catalogue

    async def open(self, req: AsyncBoltRequest, incoming: IncomingMessage, trigger: str) -> BoltResponse | None:
        """Opens the modal for a press of "share" on a result; None where it did not open."""
        message = incoming.message
        if not trigger:
            return None
        try:
            found = await self.service.shared_results.shown(incoming.place, message.at, message.link)
        except (StorageUnavailable, CorruptRecord, NewerSchema) as error:
            log.warning("The modal to share a result did not open (%s).", type(error).__name__)
            return None
        if found is None:
            return None
        share, place, summary = found
        preview = lay_out(self.service.advisor, (SharedResult(summary, message.sender),), 0)
        target = _Target.at(place, link=message.link, idea=share.idea)
        view = share_modal(self._catalogue, preview, target.model_dump_json(exclude_none=True))
        opened = await open_modal(req.context.client, trigger, view, OPEN_TIMEOUT)
        return await req.context.ack() if opened else None

    async def submit(self, req: AsyncBoltRequest, request: ViewSubmission, workspace: Workspace) -> BoltResponse:
        """What was chosen in the modal. It is in the outbox before the modal says that it is being posted."""
        where, note = share_fields(request.view.state.values)
        if not where:
            return await show_notice(req, self._catalogue, "share_failed", reason="?")
        try:
            target = _Target.model_validate_json(request.view.private_metadata)
            account = Person(request.user.id, request.user.name or request.user.username)
            sender = await self.names.named(account, target.place.scope, req.context)
            at = int(self.clock())
            if await self.service.shared_results.summary(target.place, at, target.link, target.idea) is None:
                return await show_notice(req, self._catalogue, "share_gone")
            press = Press(Action(Verb.SHARE))
            message = Message(f"share:{request.view.id}", sender, at, press, private=False, link=target.link)
            address = Origin(workspace, where, None, sender.id).address
            share = Share(note, target.idea)
            entry = OutboxEntry(SLACK, target.place, address, message, new_token(), share=share)
            lease = await self.service.shared_results.add(entry)
        except (StorageUnavailable, CorruptRecord, NewerSchema, ValidationError) as error:
            log.warning("A result was not shared (%s).", type(error).__name__)
            return await show_notice(req, self._catalogue, "not_saved")
        if lease is not None:
            self.start(self._post(req, lease, share, request.view.id))
        return await show_notice(req, self._catalogue, "share_posting")

    async def _post(self, req: AsyncBoltRequest, lease: Lease, share: Share, view_id: str) -> None:
        surface = self.surface(req, Origin.from_address(lease.entry.address))
        key, values = "share_posted", {}
        try:
            await self.service.shared_results.post(lease, share, surface)
        except (TryLater, StorageUnavailable) as error:
            log.warning("A result that is shared waits: %s", error)
            key = "share_later"
        except Undeliverable as error:
            log.info("A result was not shared: %s", error)
            key, values = "share_failed", {"reason": error.reason or "?"}
            if error.reason in _NOT_MEMBER:
                key, values = "share_not_member", {}
        view = notice_modal(self._catalogue, key, **values)
        try:
            await req.context.client.api_call("views.update", json={"view_id": view_id, "view": view})
        except (*CALL_ERRORS, *BAD_ANSWER) as error:
            log.info(
                "The modal was closed before it could say whether the result was posted (%s).", type(error).__name__
            )
