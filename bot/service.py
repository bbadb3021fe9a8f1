"""One turn for every channel alike: load → respond → save if unchanged since loaded → deliver → mark delivered."""

import logging
from dataclasses import dataclass
from typing import Protocol

from bot.sessions import Card, Place, Sessions, Stored
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Press
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import current, lay_out, settled

log = logging.getLogger(__name__)


class Surface(Protocol):
    """A place on a channel where replies appear: one thread, and the sender in it."""

    async def post(self, view: View) -> Card:
        """Posts a message below the others and says where it is."""

    async def update(self, card: Card, view: View) -> None:
        """Edits a message in place."""

    async def whisper(self, view: View) -> None:
        """Shows something to the sender only."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message whose effect is durable, and what is to be delivered for it.

    `view` is the new live card, `below` are messages of their own that leave the live card where it is, `aside` is
    for the sender alone. `old` is the form that the live card takes when the new one is posted below it. `target` is
    the message to edit in place; None: post below.
    """

    place: Place
    turn: Turn
    view: View | None
    below: tuple[View, ...]
    aside: View | None
    old: View | None
    live: Card | None
    target: Card | None


class Service:
    """Holds no conversation: any number of them may run beside each other."""

    def __init__(self, advisor: Advisor, sessions: Sessions) -> None:
        self._advisor = advisor
        self._sessions = sessions

    async def take(self, place: Place, message: Message, pressed: Card | None = None) -> Taken:
        """Lets the message have its effect, once. `pressed` is the message whose button was pressed.

        StorageUnavailable where the effect could not be saved: then it does not count.
        """
        stored = await self._sessions.load(place)
        while True:
            before = self._conversation(stored)
            turn = respond(self._advisor, before, message)
            if turn.conversation is before:
                break
            saved = await self._sessions.save(
                stored.place, turn.conversation.to_json(), turn.conversation.revision, expected=stored.revision
            )
            if saved.done:
                break
            stored = saved.current
        return self._taken(stored, before, turn, message, pressed)

    def _conversation(self, stored: Stored) -> Conversation:
        if stored.document is None:
            return Conversation.fresh(self._advisor.pack)
        return Conversation.from_json(stored.document)

    def _taken(self, stored: Stored, before: Conversation, turn: Turn, message: Message, pressed: Card | None) -> Taken:
        live = stored.card or pressed
        in_place = isinstance(message.content, Press)
        revision = turn.conversation.revision
        return Taken(
            place=stored.place,
            turn=turn,
            view=lay_out(self._advisor, turn.card, revision) if turn.card else None,
            below=tuple(lay_out(self._advisor, (reply,), revision) for reply in turn.below),
            aside=lay_out(self._advisor, turn.aside, revision) if turn.aside else None,
            old=None if in_place else settled(self._advisor, before, turn.conversation, message.at),
            live=live,
            target=live if in_place else None,
        )

    def current_view(self, taken: Taken, at: int) -> View | None:
        """The live card as it stands now: what a late press on it gets back."""
        return current(self._advisor, taken.turn.conversation, at)

    async def deliver(self, taken: Taken, surface: Surface) -> None:
        """Shows the replies, then records where the live card is."""
        if taken.aside is not None:
            await surface.whisper(taken.aside)
        for view in taken.below:
            await surface.post(view)
        if taken.view is None:
            return
        if taken.target is not None:
            await surface.update(taken.target, taken.view)
            card = taken.target
        else:
            card = await surface.post(taken.view)
            if taken.live is not None and taken.old is not None:
                await surface.update(taken.live, taken.old)
        await self.delivered(taken, card, surface)

    async def delivered(self, taken: Taken, card: Card, surface: Surface) -> None:
        """Records the live card; one that was overtaken meanwhile loses its buttons."""
        revision = await self._sessions.mark(taken.place, card, taken.turn.conversation.revision)
        if revision > taken.turn.conversation.revision and taken.target is None and taken.view is not None:
            await surface.update(card, taken.view.without_buttons())
