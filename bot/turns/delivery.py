"""Replies on their way to people: shown in order, recorded, and owed until then."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from weakref import WeakValueDictionary

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, LeaseLost, OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Card, Stored
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Surface, TryLater, Undeliverable
from dialogs.advisor import Advisor
from dialogs.message import Message
from dialogs.reconstruction import reconstruct
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import current_view, lay_out


@dataclass(frozen=True, slots=True)
class Processed:
    """A message whose effect is durable, and what is to be delivered for it.

    `view` is the new live card, `below` are messages of their own that leave the live card where it is, `aside` is
    for the sender alone. `old` is the form that the live card takes when the new one is posted below it. `live` is the
    live card as far as known, `recorded` the one on record; `in_place`: the new one replaces it rather than being
    posted below. `changed`: there was something to save.
    """

    place: Place
    message: Message
    turn: Turn
    view: View | None
    below: tuple[View, ...]
    aside: View | None
    old: View | None
    live: Card | None
    recorded: Card | None
    in_place: bool
    debt: OutboxEntry
    changed: bool

    @property
    def revision(self) -> int:
        """The revision that the message led to."""
        return self.turn.conversation.revision


@dataclass(eq=False)
class ConversationLock:
    """The queue of one conversation; its head holds the lock. `card`: the live card that the last reply left."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    card: Card | None = None


class ConversationLocks:
    """Lanes that anybody is in; others take no memory."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Place, ConversationLock] = WeakValueDictionary()

    def of(self, place: Place) -> ConversationLock:
        """The lane of a conversation, to be held as long as somebody is in it."""
        lane = self._locks.get(place)
        if lane is None:
            lane = self._locks[place] = ConversationLock()
        return lane


log = logging.getLogger(__name__)

RECORDED_WITHIN = 6.0
"""Seconds for which the record of a delivery is tried: until others may take over the reply (`recovery.PATIENCE`)."""

PAUSE = 0.5
"""Seconds between two tries."""


class Outcome(StrEnum):
    """What became of replies: people have them, they are owed, or they can never be shown."""

    SHOWN = "shown"
    OWED = "owed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Shown:
    """A view on the live card; `card` is None where the channel showed it in its answer and knows no message."""

    view: View
    card: Card | None


class Delivery:
    """Delivers what messages led to, and what other processes left undelivered."""

    def __init__(self, advisor: Advisor, stores: Stores) -> None:
        self._advisor = advisor
        self._sessions = stores.sessions
        self._outbox = stores.outbox
        self._locks = ConversationLocks()

    async def deliver(self, taken: Processed, surface: Surface) -> Outcome:
        """Shows the replies, then records where the live card is. Replies of one conversation keep their order.

        What cannot be shown or recorded now stays owed, and `recovery` sees to it.
        """
        try:
            await self._deliver(taken, surface)
            return Outcome.SHOWN
        except (TryLater, StorageUnavailable) as error:
            log.warning("a reply on %s waits: %s", taken.debt.channel, error)
            return Outcome.OWED
        except Undeliverable as error:
            log.error("a reply on %s cannot be delivered: %s", taken.debt.channel, error)
            with suppress(StorageUnavailable):  # then `recovery` meets the entry, and finds the same
                await self._outbox.settle(taken.debt)
            return Outcome.LOST

    async def _deliver(self, taken: Processed, surface: Surface) -> None:
        lane = self._locks.of(taken.place)
        async with lane.lock:
            card = lane.card or taken.live
            if taken.aside is not None and (surface.discreet or not taken.turn.confidential):
                await surface.whisper(taken.aside)
            sent = 0
            try:
                for view in taken.below:
                    await surface.post(view)
                    sent += 1
                if taken.view is not None:
                    card = lane.card = await self._show(taken.view, taken.old, card, surface, in_place=taken.in_place)
            except TryLater:
                await self._keep_sent(taken.debt, sent)
                raise
            lane.card = await self.delivered(taken, card if taken.view is not None else None, surface) or lane.card

    async def _keep_sent(self, debt: OutboxEntry, sent: int) -> None:
        """So that the next try goes on behind what has arrived."""
        if sent:
            with suppress(StorageUnavailable):
                await self._outbox.keep_sent(debt, sent)

    async def _show(self, view: View, old: View | None, card: Card | None, surface: Surface, *, in_place: bool) -> Card:
        """Edits the live card, or posts the new one below it and lets the old one become a record."""
        if in_place and card is not None:
            return await surface.update(card, view)
        posted = await surface.post(view)
        if card is not None and old is not None:
            await surface.update(card, old)
        return posted

    async def delivered(self, taken: Processed, card: Card | None, surface: Surface) -> Card | None:
        """Records the delivery, and the live card where it is known. Returns the live card, see `_mark`."""
        live = None
        if taken.changed:
            shown = Shown(taken.view, card) if taken.view is not None else None
            live = await self._record(taken.place, shown, taken.revision, taken.message.at, surface)
        await self._outbox.settle(taken.debt)
        return live

    async def _record(self, place: Place, shown: Shown | None, revision: int, at: int, surface: Surface) -> Card | None:
        """Marks a revision as delivered, and sees to it that the live card shows the newest.

        It is tried again while Redis is away: nobody else knows of a card that was posted and is not on record, and if
        another one takes its place, it goes on asking what is not open any more.
        """
        clock = asyncio.get_running_loop().time
        last = clock() + RECORDED_WITHIN
        while True:
            try:
                return await self._mark(place, shown, revision, at, surface)
            except StorageUnavailable:
                if clock() >= last:
                    raise
                await asyncio.sleep(PAUSE)

    async def _mark(self, place: Place, shown: Shown | None, revision: int, at: int, surface: Surface) -> Card | None:
        """A card shown too late, over a newer one, is shown anew until it is the newest.

        Where the live card has moved on to another message, this one loses its buttons, and that one shows the newest.
        Returns the live card; None where the reply has none that is known.
        """
        while True:
            now = await self._sessions.mark(place, shown.card if shown else None, revision)
            if shown is None or shown.card is None:
                return None
            if now <= revision:
                return shown.card
            stored = await self._sessions.adopt(place)
            conversation = conversation_in(stored)
            if conversation is None:
                return None
            view = current_view(self._advisor, conversation, at)
            live = shown.card
            if stored.card is not None and stored.card.message != shown.card.message:
                await surface.update(shown.card, shown.view.without_buttons())
                live = stored.card
            revision = stored.revision
            shown = Shown(view, await surface.update(live, view))

    async def recover(self, hold: Lease, surface: Surface) -> bool:
        """Delivers what a process that died owed. An edit of the live card is preferred: a repeat is then invisible.

        A message without an effect is owed nothing: it was not acknowledged, so the platform sends it again. Returns
        whether anything was shown.
        """
        debt = hold.debt
        stored = await self._sessions.load(debt.place)
        if stored.document is None:
            await self._outbox.settle(debt)
            return False
        lane = self._locks.of(stored.place)
        async with lane.lock:
            try:
                await hold.renew()  # whoever was before us in the lane may have delivered it
                stored = await self._sessions.adopt(stored.place)
                shown = await self._pay(hold, stored, surface, lane)
            except LeaseLost:
                return False
            except TryLater:
                await self._keep_sent(debt, hold.sent)
                raise
        await self._outbox.settle(debt)
        return shown

    async def _pay(self, hold: Lease, stored: Stored, surface: Surface, lane: ConversationLock) -> bool:
        debt = hold.debt
        conversation = conversation_in(stored)
        if conversation is None:
            return False
        if not conversation.has_seen(debt.message.id):
            return False
        said = reconstruct(self._advisor, conversation, debt.message)
        for reply in said.below[hold.sent :]:
            await surface.post(lay_out(self._advisor, (reply,), conversation.revision))
            hold.sent += 1
            await hold.renew()
        if stored.delivered >= stored.revision and stored.card is None:
            return bool(said.below)
        # Also where a delivery is on record: what the dead process sent last may have arrived after it.
        view = lay_out(self._advisor, said.card, conversation.revision)
        card = lane.card = await self._show(view, None, lane.card or stored.card, surface, in_place=True)
        shown = Shown(view, card)
        lane.card = await self._record(stored.place, shown, stored.revision, debt.message.at, surface) or card
        return True
