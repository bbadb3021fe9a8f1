"""What the advisor does with each activity: one turn, shown where it happened."""

import asyncio
import logging
from collections.abc import Callable
from http import HTTPStatus

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.teams.activities import Incoming
from bot.teams.activity_content import executed, installed, typed_or_pressed
from bot.teams.cards import first_line
from bot.teams.elements import Draw
from bot.teams.interfaces import CARD, Chat, InvokeAnswer
from bot.teams.json_text import Written, holding, written
from bot.teams.renderer import Drawing
from bot.teams.surface import AnsweredSurface, LiveSurface, TeamsSurface, hint, joined
from bot.turns.apology import apology
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.delivery import Processed
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.conversation import hashed
from dialogs.message import Message, Press
from dialogs.view import Line, Paragraph, View, said, words

log = logging.getLogger(__name__)

CHANNEL = "teams"
"""The name under which owed replies of this channel are noted."""

GRACE = 3.0
"""Seconds that the answer to a press waits for everybody's card, so that what comes next finds it in place."""

TEXT = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


class NotTaken(Exception):
    """The message had no effect and the person could not be told: Teams should deliver it again."""


class Turns:
    """The bot. `now` is the time in seconds since 1970."""

    def __init__(self, service: Service, catalogue: Catalogue, now: Callable[[], float], draw: Draw) -> None:
        self._service = service
        self._catalogue = catalogue
        self._now = now
        self._draw = draw
        self._background = BackgroundTasks()

    async def message(self, incoming: Incoming, chat: Chat) -> None:
        """A typed message, or a press of a button as Action.Submit."""
        surface = self._surface(incoming, chat)
        message = typed_or_pressed(incoming, int(self._now()))
        if message is None:
            await self._tell(surface, self._catalogue.in_channel("unknown_button"))
            return
        try:
            taken = await self._take(incoming, message)
        except Exception as error:
            await self._tell(surface, apology(self._catalogue, error, hashed(message.id)))
            return
        if isinstance(message.content, Press):
            surface = LiveSurface(
                chat, incoming.address, self._drawing(incoming), incoming.pressed_card, taken.recorded
            )
        await self._show(taken, surface)

    async def invoke(self, incoming: Incoming, chat: Chat) -> InvokeAnswer:
        """A press as Action.Execute is answered by the next card, feedback by nothing, as Teams wants it."""
        match incoming.name:
            case "adaptiveCard/action":
                return await self._execute(incoming, chat)
            case "message/submitAction":
                return InvokeAnswer(HTTPStatus.OK)
            case _:
                return InvokeAnswer(HTTPStatus.NOT_FOUND)

    async def added(self, incoming: Incoming, chat: Chat) -> None:
        """The welcome: the same as for "help", once for a conversation."""
        message = installed(incoming, self._catalogue.commands["help"][0], int(self._now()))
        try:
            taken = await self._take(incoming, message)
        except StorageUnavailable as error:
            raise NotTaken from error
        await self._show(taken, self._surface(incoming, chat))

    async def stop(self) -> None:
        """Waits until the cards that are under way have been shown."""
        await self._background.join()

    async def _execute(self, incoming: Incoming, chat: Chat) -> InvokeAnswer:
        try:
            message = executed(incoming, int(self._now()))
        except ValueError:
            return _bad("The action is not an Action.Execute with a verb and an object as data.")
        if message is None:
            return _text(self._catalogue.in_channel("unknown_button"))
        try:
            taken = await self._take(incoming, message)
        except Exception as error:
            return _text(apology(self._catalogue, error, hashed(message.id)))
        drawing = self._drawing(incoming)
        answer = self._answer(taken, incoming, drawing)
        surface = AnsweredSurface(chat, incoming.address, drawing, incoming.pressed_card, taken.recorded)
        showing = self._background.start(self._show(taken, surface))
        # Once the card is there, not only when that is on record; a press that changes no card is over with its task.
        await asyncio.wait({showing, surface.shown}, timeout=GRACE, return_when=asyncio.FIRST_COMPLETED)
        return answer

    async def _take(self, incoming: Incoming, message: Message) -> Processed:
        return await self._service.process(
            incoming.place, message, channel=CHANNEL, address=incoming.address, pressed=incoming.pressed_card
        )

    def _answer(self, taken: Processed, incoming: Incoming, drawing: Drawing) -> InvokeAnswer:
        """What takes the pressed card's place for the person who pressed: the live card, with a notice on top where the
        press came late.

        A message that is not the live card keeps what it shows, or the person would have two; there the notice stands
        alone, and a word answers what happened elsewhere. A press that reached no conversation (too many at once, or an
        expired one) leaves every card as it is.
        """
        if taken.turn.apart and taken.old is not None:
            return _card(taken.old, drawing)
        pressed = incoming.pressed_card
        if pressed is not None and taken.live is not None and pressed.message != taken.live.message:
            if taken.aside is not None:
                return _card(taken.aside, drawing)
            happened = next(iter([*taken.below, *([taken.view] if taken.view else [])]), None)
            return _text(said(first_line(happened)) if happened else self._catalogue.remark("outdated"))
        if not taken.revision:
            return _text(said(first_line(taken.aside)) if taken.aside else self._catalogue.in_channel("not_saved"))
        view = taken.view or self._service.current_view(taken)
        return _card(view if taken.aside is None else joined(taken.aside, view), drawing)

    async def _show(self, taken: Processed, surface: TeamsSurface) -> None:
        """Everybody's card, on every device. The effect is durable by now, and what Teams does not take stays owed."""
        try:
            await self._service.delivery.deliver(taken, surface)
        except Exception:
            log.exception("A reply could not be delivered.")

    async def _tell(self, surface: TeamsSurface, line: Line) -> None:
        try:
            await surface.post(View((Paragraph(line),)))
        except (TryLater, Undeliverable) as error:
            log.warning("Nobody could be told that a message was not processed. %s", error)
            raise NotTaken from error

    def _surface(self, incoming: Incoming, chat: Chat) -> TeamsSurface:
        return TeamsSurface(chat, incoming.address, self._drawing(incoming))

    def _drawing(self, incoming: Incoming) -> Drawing:
        return Drawing(hint(self._catalogue, incoming.scope), self._draw)


def _invoke_answer(status: HTTPStatus, kind: str, value: Written) -> InvokeAnswer:
    return InvokeAnswer(status, holding({"statusCode": int(status), "type": kind}, "value", value))


def _card(view: View, drawing: Drawing) -> InvokeAnswer:
    return _invoke_answer(HTTPStatus.OK, CARD, drawing.of(view).card)


def _text(line: Line) -> InvokeAnswer:
    """A word to the person; the card stays, so that the button can be pressed again."""
    return _invoke_answer(HTTPStatus.OK, TEXT, written(words(line)))


def _bad(reason: str) -> InvokeAnswer:
    return _invoke_answer(HTTPStatus.BAD_REQUEST, ERROR, written({"code": "BadRequest", "message": reason}))
