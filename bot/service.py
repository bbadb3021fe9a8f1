"""One turn for every channel alike: load → respond → save if unchanged since loaded → deliver → mark delivered."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping

from bot.due import Debt
from bot.forgetting import forget
from bot.lanes import Lanes
from bot.limits import RateLimit, Verdict
from bot.sessions import Card, Place, StorageUnavailable, Stored
from bot.stores import Stores
from bot.surface import Surface, TryLater, Undeliverable
from bot.taken import Taken
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Press, Typed
from dialogs.reply import Notice
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import current, lay_out, settled
from knowledge.answering import fold

log = logging.getLogger(__name__)


class Service:
    """Holds no conversation: any number of them may run beside each other."""

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        limit: RateLimit | None = None,
        new_token: Callable[[], str] = lambda: secrets.token_hex(6),
    ) -> None:
        self._advisor = advisor
        self._sessions = stores.sessions
        self._due = stores.due
        self._traces = stores.traces
        self._limit = limit or RateLimit()
        self._new_token = new_token
        self._lanes = Lanes()

    async def take(
        self,
        place: Place,
        message: Message,
        *,
        channel: str,
        address: Mapping[str, str],
        thread: str | None = None,
        pressed: Card | None = None,
    ) -> Taken:
        """Lets the message have its effect, once.

        `channel` and `address` say where a reply goes, should this process not live to deliver it. `thread` is the one
        that a new conversation gets in a direct message. `pressed` is the message whose button was pressed.
        StorageUnavailable where the effect could not be saved: then it does not count.
        """
        debt = Debt(channel, place, address, message, self._new_token())
        instead = await self._instead(channel, message)
        if instead is not None:
            return self._taken(Stored(place), instead.conversation, instead, message, pressed, debt)
        stored, _, _ = await asyncio.gather(
            self._sessions.load(place),
            self._due.note(debt, message.at),
            self._traces.note(channel, message.sender.id, place if thread is None else place.within(thread)),
        )
        if stored.document is None and stored.place.thread is None and thread is not None:
            stored = Stored(stored.place.within(thread))
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
            stored = Stored(stored.place) if saved.current.document is None else saved.current
        return self._taken(stored, before, turn, message, pressed, debt)

    async def _instead(self, channel: str, message: Message) -> Turn | None:
        """What happens to a message that is no turn of a conversation: one too many, or the wish to be forgotten."""
        fresh = Conversation.fresh(self._advisor.pack)
        match self._limit.check(f"{channel}:{message.sender.id}", message.at):
            case Verdict.SILENT:
                return Turn(fresh)
            case Verdict.FAST:
                return Turn(fresh, aside=(Notice("too_fast"),))
            case Verdict.FINE:
                pass
        forgets = self._advisor.catalogue.hearing.forget
        if not isinstance(message.content, Typed) or " ".join(fold(message.content.text)) not in forgets:
            return None
        gone = await forget(self._sessions, self._traces, channel, message.sender.id)
        counts = {"conversations": str(gone.conversations), "answers": str(gone.answers)}
        return Turn(fresh, aside=(Notice("forgotten", counts),))

    def _conversation(self, stored: Stored) -> Conversation:
        if stored.document is None:
            return Conversation.fresh(self._advisor.pack)
        return Conversation.from_json(stored.document)

    def _taken(
        self, stored: Stored, before: Conversation, turn: Turn, message: Message, pressed: Card | None, debt: Debt
    ) -> Taken:
        in_place = isinstance(message.content, Press)
        revision = turn.conversation.revision
        return Taken(
            place=stored.place,
            message=message,
            turn=turn,
            view=lay_out(self._advisor, turn.card, revision) if turn.card else None,
            below=tuple(lay_out(self._advisor, (reply,), revision) for reply in turn.below),
            aside=lay_out(self._advisor, turn.aside, revision) if turn.aside else None,
            old=None if in_place else settled(self._advisor, before, turn.conversation, message.at),
            live=stored.card or pressed,
            in_place=in_place,
            debt=debt,
            changed=turn.conversation is not before,
        )

    def current_view(self, taken: Taken, at: int) -> View:
        """The live card as it stands now: what a late press on it gets back."""
        return current(self._advisor, taken.turn.conversation, at)

    async def deliver(self, taken: Taken, surface: Surface) -> None:
        """Shows the replies, then records where the live card is. Replies of one conversation keep their order.

        What cannot be shown or recorded now stays owed, and `recovery` sees to it.
        """
        try:
            await self._deliver(taken, surface)
        except (TryLater, StorageUnavailable) as error:
            log.warning("a reply on %s waits: %s", taken.debt.channel, error)
        except Undeliverable as error:
            log.error("a reply on %s cannot be delivered: %s", taken.debt.channel, error)
            await self._due.settle(taken.debt)

    async def _deliver(self, taken: Taken, surface: Surface) -> None:
        async with self._lanes.of(taken.place) as lane:
            card = lane.card or taken.live
            if taken.aside is not None:
                await surface.whisper(taken.aside)
            for view in taken.below:
                await surface.post(view)
            if taken.view is not None:
                card = await self._show(taken.view, taken.old, card, surface, in_place=taken.in_place)
                lane.card = card
            await self.delivered(taken, card if taken.view is not None else None, surface)

    async def _show(self, view: View, old: View | None, card: Card | None, surface: Surface, *, in_place: bool) -> Card:
        """Edits the live card, or posts the new one below it and lets the old one become a record."""
        if in_place and card is not None:
            return await surface.update(card, view)
        posted = await surface.post(view)
        if card is not None and old is not None:
            await surface.update(card, old)
        return posted

    async def delivered(self, taken: Taken, card: Card | None, surface: Surface) -> None:
        """Records the delivery, and the live card where it is known; one that was overtaken loses its buttons."""
        if taken.changed:
            revision = await self._sessions.mark(taken.place, card, taken.revision)
            if revision > taken.revision and card is not None and taken.view is not None and not taken.in_place:
                await surface.update(card, taken.view.without_buttons())
        await self._due.settle(taken.debt)

    async def recover(self, debt: Debt, surface: Surface) -> bool:
        """Delivers what a process that died owed. An edit of the live card is preferred: a repeat is then invisible.

        A message without an effect is owed nothing: it was not acknowledged, so the platform sends it again. Returns
        whether anything was shown.
        """
        stored = await self._sessions.load(debt.place)
        conversation = self._conversation(stored)
        if not conversation.has_seen(debt.message.id):
            await self._due.settle(debt)
            return False
        again = respond(self._advisor, conversation.having(seen=()), debt.message)
        for reply in again.below:
            await surface.post(lay_out(self._advisor, (reply,), conversation.revision))
        card = None
        if stored.delivered < stored.revision:
            view = current(self._advisor, conversation, debt.message.at)
            card = await self._show(view, None, stored.card, surface, in_place=True)
        await self._sessions.mark(stored.place, card, stored.revision)
        await self._due.settle(debt)
        return bool(again.below) or card is not None
