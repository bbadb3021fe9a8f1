"""Feedback: after a press its sender alone is thanked, with a button to say why, which opens a modal."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.buttons import Block
from bot.slack.events import SLACK, PlaceData
from bot.slack.forms import OPEN_TIMEOUT, open_modal, show_notice
from bot.slack.modals import feedback_modal, feedback_note, why_button
from bot.slack.payloads import BlockActions, ViewSubmission
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.message import NOTE_LIMIT, Rating

log = logging.getLogger(__name__)


class _Given(PlaceData):
    """The data in the button and the modal: the feedback that was given, and where."""

    about: tuple[str, ...]
    up: bool
    begun: int

    def rating(self, note: str) -> Rating:
        return Rating(self.about, self.up, note, self.begun)


@dataclass(eq=False)
class FeedbackHandler:
    """`clock` gives seconds since 1970."""

    service: Service
    clock: Callable[[], float]

    def thanks(self, processed: Processed, rating: Rating) -> tuple[Block, ...]:
        """The blocks below the thanks for feedback: the button to say why."""
        if processed.aside is None:
            return ()
        given = _Given.at(processed.place, about=rating.about, up=rating.up, begun=rating.begun)
        return (why_button(self.service.advisor.catalogue, given.model_dump_json()),)

    async def open(self, req: AsyncBoltRequest, request: BlockActions) -> BoltResponse:
        """Opens the modal for a press of that button."""
        try:
            given = _Given.model_validate_json(request.actions[0].value or "")
        except ValidationError:
            log.warning("The button to comment on feedback holds no feedback.")
        else:
            view = feedback_modal(self.service.advisor.catalogue, given.model_dump_json())
            await open_modal(req.context.client, request.trigger_id, view, OPEN_TIMEOUT)
        return await req.context.ack()

    async def submit(self, req: AsyncBoltRequest, request: ViewSubmission, owner: str) -> BoltResponse:
        """Stores the comment from the modal, and closes it."""
        user = request.user.id
        if not self.service.allows(f"{SLACK}:{owner}:{user}", request.trigger_id):
            return await show_notice(req, self.service.advisor.catalogue, "too_often")
        note = " ".join(feedback_note(request.view.state.values).split())[:NOTE_LIMIT]
        try:
            given = _Given.model_validate_json(request.view.private_metadata)
            if given.place.scope != f"{SLACK}:{owner}":
                raise ValueError("another workspace")
            at = int(self.clock())
            await self.service.feedback.rate(SLACK, given.place, user, given.rating(note), at)
        except (StorageUnavailable, CorruptRecord) as error:
            log.warning("A comment on feedback was not saved: %s", error)
            return await show_notice(req, self.service.advisor.catalogue, "not_saved")
        except ValueError:
            return await show_notice(req, self.service.advisor.catalogue, "form_unknown")
        return await req.context.ack(response_action="clear")
