"""Feedback: after a press its sender alone is thanked, with a button to say why, which opens a modal."""

import asyncio
import logging
from collections.abc import Callable

from pydantic import ValidationError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.buttons import Block
from bot.slack.events import PlaceData
from bot.slack.forms import show_notice
from bot.slack.modals import feedback_modal, feedback_note, why_button
from bot.slack.payloads import BlockActions, ViewSubmission
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.message import NOTE_LIMIT, Rating

log = logging.getLogger(__name__)

OPEN_TIMEOUT = 1.5
"""Seconds for opening the modal, within the three for which Slack takes its trigger."""


class _Given(PlaceData):
    """The data in the button and the modal: the feedback that was given, and where."""

    about: tuple[str, ...]
    up: bool
    begun: int

    def rating(self, note: str) -> Rating:
        return Rating(self.about, self.up, note, self.begun)


class FeedbackHandler:
    """`clock` gives seconds since 1970."""

    def __init__(self, channel: str, service: Service, clock: Callable[[], float]) -> None:
        self._channel = channel
        self._service = service
        self._catalogue = service.advisor.catalogue
        self._clock = clock

    def thanks(self, processed: Processed, rating: Rating) -> tuple[Block, ...]:
        """The blocks below the thanks for feedback: the button to say why."""
        place = processed.place
        if processed.aside is None:
            return ()
        where = {"space": place.space, "thread": place.thread, "direct": place.direct}
        given = _Given(about=rating.about, up=rating.up, begun=rating.begun, **where)
        return (why_button(self._catalogue, given.model_dump_json()),)

    async def open(self, req: AsyncBoltRequest, request: BlockActions) -> BoltResponse:
        """Opens the modal for a press of that button."""
        try:
            given = _Given.model_validate_json(request.actions[0].value or "")
            view = feedback_modal(self._catalogue, given.model_dump_json())
            async with asyncio.timeout(OPEN_TIMEOUT):
                await req.context.client.api_call("views.open", json={"trigger_id": request.trigger_id, "view": view})
        except (ValidationError, TimeoutError, *CALL_ERRORS, *BAD_ANSWER) as error:
            log.warning("The modal for feedback did not open (%s).", type(error).__name__)
        return await req.context.ack()

    async def submit(self, req: AsyncBoltRequest, request: ViewSubmission, owner: str) -> BoltResponse:
        """Stores the comment from the modal, and closes it."""
        user = request.user.id
        if not self._service.allows(f"{self._channel}:{owner}:{user}", request.trigger_id):
            return await show_notice(req, self._catalogue, "too_often")
        note = " ".join(feedback_note(request.view.state.values).split())[:NOTE_LIMIT]
        try:
            given = _Given.model_validate_json(request.view.private_metadata)
            if given.place.scope != f"{self._channel}:{owner}":
                raise ValueError("another workspace")
            at = int(self._clock())
            await self._service.feedback.rate(self._channel, given.place, user, given.rating(note), at)
        except (StorageUnavailable, CorruptRecord) as error:
            log.warning("A comment on feedback was not saved: %s", error)
            return await show_notice(req, self._catalogue, "not_saved")
        except ValueError:
            return await show_notice(req, self._catalogue, "form_unknown")
        return await req.context.ack(response_action="clear")
