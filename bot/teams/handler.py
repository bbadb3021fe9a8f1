"""Handles activities: one turn for each, shown where it happened."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic_core import to_json

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.record import Card
from bot.teams.activities import IncomingActivity
from bot.teams.cards import first_line
from bot.teams.files import ChatFiles, OpenSession
from bot.teams.forms import INVOKES, TeamsForms
from bot.teams.interfaces import CARD_TYPE, ConversationClient, InvokeAnswer
from bot.teams.messages import from_execute_action, from_feedback, from_installation, from_message_activity
from bot.teams.surface import AnsweredSurface, TeamsSurface, stack_views, surface_hint
from bot.turns.channel import TryLater, Undeliverable, said
from bot.turns.failure_notice import failure_notice
from bot.turns.file_message import FileSource
from bot.turns.processed_message import Processed
from bot.turns.service import Incoming, Service
from dialogs.catalogue import Catalogue
from dialogs.conversation import hashed
from dialogs.message import Message, Press, Verb, text_of
from dialogs.view import Line, View, as_line, line_text
from dialogs.views import current_view

log = logging.getLogger(__name__)

Kind = TypeVar("Kind", bound=TeamsSurface)

TEAMS = "teams"
"""This channel's name in the outbox."""

CARD_TIMEOUT = 3.0
"""Seconds that the answer to a press waits for everybody's card, so that what comes next finds it in place."""

MESSAGE_TYPE = "application/vnd.microsoft.activity.message"
ERROR_TYPE = "application/vnd.microsoft.error"


class NotProcessed(Exception):
    """The message had no effect and the person could or should not be told: Teams should deliver it again. It says why,
    for the log.
    """


@dataclass(eq=False)
class TeamsHandler:
    """The bot. `now` is the time in seconds since 1970; files are fetched by `session`. `local`: unsigned."""

    service: Service
    catalogue: Catalogue
    now: Callable[[], float]
    session: OpenSession
    local: bool = False

    def __post_init__(self) -> None:
        self._background = BackgroundTasks()
        self._forms = TeamsForms(self.service)
        self.files = ChatFiles(self.catalogue, self.session, self.service.pending_uploads, self.local)

    async def message(self, activity: IncomingActivity, client: ConversationClient) -> None:
        """A typed message, or a press of a button as Action.Submit."""
        message = from_message_activity(activity, int(self.now()))
        pressed = activity.pressed_card if message is not None and isinstance(message.content, Press) else None
        surface = self.surface(TeamsSurface, activity.address, client, pressed)
        if message is None:
            await self._tell(surface, self.catalogue.in_channel("unknown_button"))
            return
        form_command = line_text(self.catalogue.in_channel("form_command"))
        if message.addressed and text_of(message).strip().lower() == form_command:
            await self._offer_form(activity, client)
            return
        file = FileSource(activity.files[0].name, activity.files[0].download_url) if activity.files else None
        try:
            came = Incoming(TEAMS, activity.place, activity.address, message, activity.pressed_card, file)
            taken = await self.service.take(came, surface)
        except Exception as error:
            line = failure_notice(self.catalogue, error, hashed(message.id), message)
            if line is None:
                raise NotProcessed(type(error).__name__) from error
            await self._tell(surface, line)
            return
        if isinstance(taken, Lease):
            self._background.start(self._carry_out(taken, activity.pressed_card, surface))
            return
        surface = self.surface(TeamsSurface, activity.address, client, pressed, pressed and taken.recorded)
        await self._show(taken, surface)
        if taken.file is not None:
            self._background.start(self.service.triaged_files.settle(taken.file, surface, taken.taken))

    async def _carry_out(self, accepted: Lease, pressed: Card | None, surface: TeamsSurface) -> None:
        processed = await self.service.accepted.carry_out(accepted, surface, pressed)
        if processed is not None:
            await self._show(processed, surface)

    async def invoke(self, activity: IncomingActivity, client: ConversationClient) -> InvokeAnswer:
        """Answers a press as Action.Execute with the next card, and feedback with nothing, as Teams requires."""
        match activity.name:
            case "adaptiveCard/action":
                return await self._execute(activity, client)
            case "message/submitAction":
                return await self._feedback(activity, client)
            case "fileConsent/invoke":
                self._background.start(self.files.answered(activity, client))
                return InvokeAnswer(HTTPStatus.OK)
            case name if name in INVOKES:
                return await self._forms.invoke(activity, client, int(self.now()))
            case _:
                return InvokeAnswer(HTTPStatus.NOT_FOUND)

    async def added(self, activity: IncomingActivity, client: ConversationClient) -> None:
        """The welcome: the same as for "help", once for a conversation."""
        message = from_installation(activity, self.catalogue.commands["help"][0], int(self.now()))
        try:
            processed = await self._process(activity, message)
        except StorageUnavailable as error:
            raise NotProcessed(str(error)) from error
        await self._show(processed, self.surface(TeamsSurface, activity.address, client))

    async def stop(self) -> None:
        """Waits until the cards that are under way have been shown."""
        await self._background.join()

    async def _offer_form(self, activity: IncomingActivity, client: ConversationClient) -> None:
        person = activity.address["person"] if activity.targeted else None
        try:
            await client.post(replace(self._forms.opening(), targeted=person))
        except (TryLater, Undeliverable) as error:
            raise NotProcessed(str(error)) from error

    async def _execute(self, activity: IncomingActivity, client: ConversationClient) -> InvokeAnswer:
        try:
            message = from_execute_action(activity, int(self.now()))
        except ValueError:
            return _bad("The action is not an Action.Execute with a verb and an object as data.")
        if message is None:
            return _text(self.catalogue.in_channel("unknown_button"))
        try:
            processed = await self._process(activity, message)
        except Exception as error:
            line = failure_notice(self.catalogue, error, hashed(message.id), message)
            return _text(line or self.catalogue.in_channel("not_saved"))
        surface = self.surface(AnsweredSurface, activity.address, client, activity.pressed_card, processed.recorded)
        showing = self._background.start(self._show(processed, surface))
        # Waits for the card, not for its record; a press that changes no card ends with its task.
        either: set[asyncio.Future[Any]] = {showing, surface.shown}
        await asyncio.wait(either, timeout=CARD_TIMEOUT, return_when=asyncio.FIRST_COMPLETED)
        # A typed message may have made another card the live one meanwhile.
        live = surface.shown.result() if surface.shown.done() else await self.service.live_card(processed)
        return self._answer(processed, activity, surface, live)

    async def _feedback(self, activity: IncomingActivity, client: ConversationClient) -> InvokeAnswer:
        """Teams itself thanks the person; the answer must be empty."""
        try:
            message = from_feedback(activity, int(self.now()))
        except ValueError:
            return _bad("The action is not feedback with a reaction.")
        try:
            processed = await self._process(activity, message)
        except Exception as error:
            raise NotProcessed(type(error).__name__) from error
        surface = self.surface(AnsweredSurface, activity.address, client)
        self._background.start(self._show(processed, surface))
        return InvokeAnswer(HTTPStatus.OK)

    async def _process(self, activity: IncomingActivity, message: Message) -> Processed:
        return await self.service.process(
            activity.place, message, channel=TEAMS, address=activity.address, pressed=activity.pressed_card
        )

    def _answer(
        self, processed: Processed, activity: IncomingActivity, surface: TeamsSurface, live: Card | None
    ) -> InvokeAnswer:
        """What replaces the pressed card for the person who pressed: the live card, with a notice on top where the
        press came late.

        A message that is not the live card keeps what it shows, or the person would have two; there the notice stands
        alone, and a text answers what happened elsewhere. But one on which an answer can be pressed was posted by a
        process that died before it could record it: whoever answers there goes on there. A press that reached no
        conversation (too many at once, or an expired one) leaves every card as it is.
        """
        if processed.turn.apart and processed.old is not None:
            return _card(processed.old.view, surface)
        if processed.expanded is not None:
            return _card(processed.expanded, surface)
        pressed = activity.pressed_card
        elsewhere = pressed is not None and live is not None and pressed.message != live.message
        if elsewhere and not _is_answered_elsewhere(processed, live):
            if processed.aside is not None:
                return _card(processed.aside, surface)
            happened = next(iter([*processed.below, *([processed.view] if processed.view else [])]), None)
            return _text(as_line(first_line(happened)) if happened else self.catalogue.remark("outdated"))
        if not processed.revision:
            return _text(
                as_line(first_line(processed.aside)) if processed.aside else self.catalogue.in_channel("not_saved")
            )
        view = processed.view or current_view(self.service.advisor, processed.turn.conversation, processed.message.at)
        return _card(view if processed.aside is None else stack_views(processed.aside, view), surface)

    async def _show(self, processed: Processed, surface: TeamsSurface) -> None:
        """Shows the card to everybody. The effect is durable; what Teams does not accept stays in the outbox."""
        try:
            await self.service.delivery.deliver(processed, surface)
        except Exception:
            log.exception("A reply could not be delivered.")

    async def _tell(self, surface: TeamsSurface, line: Line) -> None:
        try:
            await surface.post(said(line))
        except (TryLater, Undeliverable) as error:
            raise NotProcessed(str(error)) from error

    def surface(
        self, kind: type[Kind], address: Mapping[str, str], client: ConversationClient, *names: Card | None
    ) -> Kind:
        """A surface of this kind; see `TeamsSurface` for the rest."""
        known = tuple(name.message for name in names if name is not None)
        return kind(client, address, surface_hint(self.catalogue, address), self.files, known)


def _is_answered_elsewhere(processed: Processed, live: Card | None) -> bool:
    """Whether an answer was pressed, also once more, on a card that is not the one on record."""
    press = processed.message.content
    on_record = live is not None and live == processed.recorded and processed.aside is None
    shown = on_record and processed.view is not None
    return shown and isinstance(press, Press) and press.action.verb in (Verb.ANSWER, Verb.CONFIRM)


def _invoke_answer(status: HTTPStatus, content_type: str, value: str) -> InvokeAnswer:
    """`value` is JSON text."""
    return InvokeAnswer(status, f'{{"statusCode":{int(status)},"type":"{content_type}","value":{value}}}')


def _card(view: View, surface: TeamsSurface) -> InvokeAnswer:
    return _invoke_answer(HTTPStatus.OK, CARD_TYPE, surface.render(view).card)


def _text(line: Line) -> InvokeAnswer:
    """A text for the person; the card stays, so that the button can be pressed again."""
    return _invoke_answer(HTTPStatus.OK, MESSAGE_TYPE, to_json(line_text(line)).decode())


def _bad(reason: str) -> InvokeAnswer:
    return _invoke_answer(
        HTTPStatus.BAD_REQUEST, ERROR_TYPE, to_json({"code": "BadRequest", "message": reason}).decode()
    )
