"""Delivery of replies: shown in order, recorded, and pending in the outbox until then."""

import asyncio
import logging
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from enum import StrEnum
from typing import NamedTuple
from weakref import WeakValueDictionary

from bot.storage.deduplication import AlreadyHandled
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.outbox_entry import OutboxEntry, Redraw
from bot.storage.place import Place
from bot.storage.record import Card, StoredConversation
from bot.storage.stores import Stores, conversation_in
from bot.turns.board_updates import BoardUpdate
from bot.turns.channel import Paused, SentMessage, Surface, TryLater, Undeliverable
from bot.turns.erasure_request import ErasureRequests
from bot.turns.live_card import LiveCard, LiveCards, ShownCard, supersede
from bot.turns.shared_results import SharedResults
from bot.turns.triaged_files import TriagedFiles
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message
from dialogs.parsers.board_commands import may_need_board
from dialogs.reconstruction import reconstruct
from dialogs.replies.ideas import IdeasChanged
from dialogs.replies.notices import ConversationDeleted
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import Superseded, current_view, lay_out

log = logging.getLogger(__name__)


class Processed(NamedTuple):
    """A message whose effect is durable, and what is to be delivered for it.

    `view` is the new live card, `below` are messages of their own that leave the live card where it is, `aside` is for
    the sender alone. `expanded` is a longer form of the live card for whoever asked. `old` is the form that the live
    card takes when the new one is posted below it. `live` is the live card as far as known, `recorded` the one on
    record, with the revision `delivered` on it; `in_place`: the new one replaces it rather than being posted below.
    `changed`: there was something to save.
    `counts` is what the message counts for, by name (`dialogs.usage`). `lease` is that of the outbox entry; None where
    there is none, since nothing is to be shown. `board_update`: the change of the board that is under way.
    """

    entry: OutboxEntry
    place: Place
    turn: Turn
    view: View | None
    below: tuple[View, ...]
    aside: View | None
    expanded: View | None
    old: Superseded | None
    live: Card | None
    recorded: Card | None
    delivered: int
    in_place: bool
    changed: bool
    lease: Lease | None
    counts: Mapping[str, int]
    board_update: BoardUpdate | None = None

    @property
    def message(self) -> Message:
        """The message itself."""
        return self.entry.message

    @property
    def revision(self) -> int:
        """The revision that the message led to."""
        return self.turn.conversation.revision

    @property
    def taken(self) -> bool:
        """Whether the message had its effect, by this event of it or another; False where it was refused."""
        return self.turn.conversation.has_seen(self.message.id)

    def posted_on(self, surface: Surface) -> tuple[View, ...]:
        """Messages of their own on a surface; among them what it cannot show in the card's place."""
        if self.expanded is None or surface.can_expand:
            return self.below
        return (*self.below, self.expanded.without_buttons())

    @property
    def idle(self) -> bool:
        """Whether there is nothing to show, to record or to acknowledge."""
        return self.lease is None and not self.changed and self.aside is None


class Outcome(StrEnum):
    """The outcome of a delivery: people have the replies, they are pending, or they can never be shown."""

    SHOWN = "shown"
    PENDING = "owed"
    LOST = "lost"


class Observer:
    """Is told what happens to messages and replies. This one ignores it; `bot.server.metrics` counts it."""

    def processing(self, channel: str) -> AbstractContextManager[object]:
        """Entered while a message is processed."""
        return nullcontext()

    def processed(self, processed: Processed) -> None:
        """A message had its effect."""

    def not_saved(self, channel: str) -> None:
        """A message had no effect, since Redis was out of reach."""

    def delivering(self, channel: str) -> AbstractContextManager[object]:
        """Entered while replies are delivered."""
        return nullcontext()

    def undelivered(self, channel: str, outcome: Outcome) -> None:
        """The platform did not accept a reply; each try counts."""

    def unchecked(self, channel: str) -> None:
        """A reply was sent again, and the platform did not say whether it is there already."""

    def waiting(self, entries: int, oldest: float, unreadable: int) -> None:
        """What is in the outbox: entries, seconds since the oldest message was sent, entries that cannot be read."""

    def failed(self, task: str) -> None:
        """Work in the background met what it was not made for."""

    def rate_limited(self) -> None:
        """Slack dropped events, since it had too many for this app."""


class ConversationLock(asyncio.Lock):
    """Keeps the replies of one conversation in order. `live`: the live card that the last reply left."""

    live: LiveCard | None = None

    def newer_than(self, revision: int) -> Card | None:
        """The live card that the last reply left, where it shows more than what another process may have recorded."""
        return self.live.card if self.live is not None and self.live.revision > revision else None


class Delivery:
    """Delivers the replies to messages, and those that other processes left undelivered."""

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        observer: Observer,
        erasure_requests: ErasureRequests,
        new_token: Callable[[], str],
    ) -> None:
        self._advisor = advisor
        self._stores = stores
        self._sessions = stores.sessions
        self._outbox = stores.outbox
        self._observer = observer
        self._erasure_requests = erasure_requests
        self._shared_results = SharedResults(advisor, stores)
        self.triaged_files = TriagedFiles(advisor, stores)
        self._live_cards = LiveCards(advisor, stores, new_token)
        self._locks: WeakValueDictionary[Place, ConversationLock] = WeakValueDictionary()

    async def deliver(self, processed: Processed, surface: Surface) -> Outcome:
        """Shows the replies, then records where the live card is. Replies of one conversation keep their order.

        What cannot be shown or recorded now stays pending, until `Redelivery` delivers it.
        """
        if processed.idle:
            return Outcome.SHOWN
        channel = processed.entry.channel
        with self._observer.delivering(channel):
            outcome = await self._try(processed, surface)
        if outcome is not Outcome.SHOWN:
            self._observer.undelivered(channel, outcome)
        return outcome

    async def _try(self, processed: Processed, surface: Surface) -> Outcome:
        entry, lease = processed.entry, processed.lease
        try:
            with nullcontext() if lease is None else lease.kept():
                await self._deliver(processed, surface)
            return Outcome.SHOWN
        except (TryLater, StorageUnavailable) as error:
            log.warning("a reply on %s waits: %s", entry.channel, error)
            return Outcome.PENDING
        except Undeliverable as error:
            log.error("a reply on %s cannot be delivered: %s", entry.channel, error)
            with suppress(StorageUnavailable):  # then `Redelivery` claims the entry, and finds the same
                await self._acknowledge(processed)
            return Outcome.LOST

    async def _acknowledge(self, processed: Processed) -> None:
        """Acknowledges the entry, once the board has its changes and the replies are delivered."""
        if processed.lease is not None:
            updated = processed.board_update is not None and await processed.board_update
            if processed.entry.board_changes and not updated:
                await self._stores.apply_board_changes(processed.entry)
            await self._outbox.acknowledge(processed.entry, processed.counts)

    async def _deliver(self, processed: Processed, surface: Surface) -> None:
        lock = self._lock(processed.place)
        async with lock:
            if processed.lease is not None and processed.lease.lost:
                return  # it waited here for so long that another process has delivered it
            card = before = lock.newer_than(processed.delivered) or processed.live
            await self._whisper(processed, surface)
            sent = 0
            shown: ShownCard | None = None
            about: dict[str, str] = {}
            try:
                for view in processed.posted_on(surface):
                    posted = await surface.post(view)
                    about |= _about(surface, posted, view)
                    sent += 1
                if processed.view is not None:
                    card = await self._show(processed.view, processed.old, card, surface, in_place=processed.in_place)
                    lock.live = LiveCard(card, processed.revision)
                    about |= _about(surface, card, processed.view)
                    known = frozenset(one.message for one in (before, processed.recorded) if one is not None)
                    went = processed.old is not None and processed.old.deleted and not processed.in_place
                    deleted = before.message if went and before is not None else None
                    shown = ShownCard(processed.view, card, known, processed.old, processed.in_place, deleted)
            except TryLater:
                await self._record_sent(processed.entry, sent)
                raise
            if processed.changed:
                at = processed.message.at
                live = await self._live_cards.record(processed.place, shown, processed.revision, at, surface, about)
                lock.live = live or lock.live
            await self._acknowledge(processed)

    async def _whisper(self, processed: Processed, surface: Surface) -> None:
        """What is for the sender alone stands beside the reply, and never keeps it."""
        if processed.aside is None or not (surface.can_whisper or not processed.turn.confidential):
            return
        try:
            await surface.whisper(processed.aside)
        except (TryLater, Undeliverable) as error:
            if processed.view is None and not processed.posted_on(surface):
                raise
            log.warning("something for the sender alone on %s is not shown: %s", processed.entry.channel, error)
            self._observer.undelivered(processed.entry.channel, Outcome.LOST)

    def _lock(self, place: Place) -> ConversationLock:
        """The lock of a conversation, which exists for as long as somebody uses it."""
        found = self._locks.get(place)
        if found is None:
            found = self._locks[place] = ConversationLock()
        return found

    async def _record_sent(self, entry: OutboxEntry, sent: int) -> None:
        """So that the next try goes on after what has arrived."""
        if sent:
            with suppress(StorageUnavailable):
                await self._outbox.record_sent(entry, sent)

    async def _show(
        self, view: View, old: Superseded | None, card: Card | None, surface: Surface, *, in_place: bool
    ) -> Card:
        """Edits the live card, or posts the new one below it and lets the old one become a record."""
        if in_place and card is not None:
            return await surface.update(card, view)
        posted = await surface.post(view)
        if card is not None and old is not None:
            await supersede(surface, card, old)
        return posted

    async def redeliver(self, lease: Lease, surface: Surface) -> bool:
        """Delivers what a process that died left pending. An edit of the live card is preferred: a repeat of it cannot
        be seen.

        Nothing is shown for a message without an effect: it was not acknowledged, so the platform sends it again.
        Returns whether anything was shown. TryLater or Undeliverable where the platform does not accept it.
        """
        entry = lease.entry
        try:
            if entry.redraw is not None:
                shown = await self._redraw(lease, entry.redraw, surface)
            elif entry.share is not None:
                shown = await self._shared_results.post_again(lease, surface)
            elif entry.reminder:
                shown = await self._remind(lease, surface)
            elif entry.file is not None:
                shown = await self.triaged_files.send_again(lease, surface)
            elif self._erasure_requests.is_confirmed(entry.message):
                shown = await self._erase(lease, surface)
            else:
                shown = await self._redeliver(lease, surface)
        except LeaseLost:
            return False
        except (TryLater, Undeliverable) as error:
            outcome = Outcome.PENDING if isinstance(error, TryLater) else Outcome.LOST
            self._observer.undelivered(entry.channel, outcome)
            raise
        await self._outbox.acknowledge(entry)
        return shown

    async def _erase(self, lease: Lease, surface: Surface) -> bool:
        """Goes on with a request to be forgotten, and says to its sender alone what was removed."""
        try:
            turn = await self._erasure_requests.carry_out(lease, lease.renew)
        except AlreadyHandled:
            return False
        await lease.renew()
        view = lay_out(self._advisor, turn.aside, 0)
        try:
            await surface.whisper(view)
        except Undeliverable:
            if not lease.entry.message.private:
                raise
            await surface.post(view)  # as after a command, whose response_url is not kept
        return True

    async def _remind(self, lease: Lease, surface: Surface) -> bool:
        """Tells somebody what has changed about their ideas, as it is now; nothing where nothing is left of it."""
        entry, judge = lease.entry, self._advisor.flows.board.judge
        board = await self._stores.boards.load(entry.place)
        today = entry.message.day
        rows = tuple(judge.row(idea, today) for idea in board.shown if idea.by == entry.message.sender.id)
        changed = tuple(row for row in rows if row.has_news)
        if not changed:
            return False
        owner = None if surface.can_whisper else entry.message.sender
        await lease.renew()
        told = lease.sent > 0  # the same reminder was added once more, since it could not be noted that it was told
        if not told:
            await surface.post(lay_out(self._advisor, (IdeasChanged(self._advisor.pack, changed, owner),), 0))
        await self._outbox.record_sent(entry, 1)
        return not told

    async def _redraw(self, lease: Lease, redraw: Redraw, surface: Surface) -> bool:
        """Shows on a card what is left of its conversation once a person was erased from it."""
        stored = await self._sessions.load(lease.entry.place)
        lock = self._lock(stored.place)
        async with lock:
            await lease.renew()
            stored = await self._sessions.load(lease.entry.place)
            conversation = await self._stores.conversation_at(stored)
            live = stored.card is not None and stored.card.message == redraw.card.message
            if live and conversation is not None and lease.entry.message.sender.id in conversation.participants:
                raise TryLater("the person is not erased from that conversation yet")
            if redraw.deleted:
                if not live:
                    await surface.edit(redraw.card, lay_out(self._advisor, (ConversationDeleted(),), 0))
            elif live and conversation is not None:
                await surface.edit(redraw.card, current_view(self._advisor, conversation, lease.entry.message.at))
                await self._sessions.mark_delivered(stored.place, redraw.card, stored.revision)
            return True

    async def _redeliver(self, lease: Lease, surface: Surface) -> bool:
        stored = await self._sessions.load(lease.entry.place)
        if stored.document is None:
            return False
        lock = self._lock(stored.place)
        async with lock:
            await lease.renew()  # the one that held the lock before may have delivered it
            stored = await self._sessions.adopt(stored.place)
            try:
                return await self._show_again(lease, stored, surface, lock)
            except TryLater:
                await self._record_sent(lease.entry, lease.sent)
                raise

    async def _show_again(
        self, lease: Lease, stored: StoredConversation, surface: Surface, lock: ConversationLock
    ) -> bool:
        message = lease.entry.message
        conversation = await self._effect(lease.entry, stored)
        if conversation is None:
            return False
        replies = reconstruct(self._advisor, conversation, message)
        below = [lay_out(self._advisor, (reply,), conversation.revision) for reply in replies.below]
        sent = await self._sent(lease, surface)
        about: dict[str, str] = {}
        for view in below[lease.sent :]:
            if surface.text(view) not in {one.text for one in sent}:
                about |= _about(surface, await surface.post(view), view)
            lease.sent += 1
            await lease.renew()
        if stored.delivered >= stored.revision and stored.card is None:
            return bool(below)
        # Also where a delivery is on record: what the dead process sent last may have arrived after it.
        view = lay_out(self._advisor, replies.card, conversation.revision)
        texts = {surface.text(one) for one in below}
        before = await self._newest(sent, texts, stored, lock, surface)
        await lease.renew()  # asking the platform may have taken long
        card = await self._show(view, None, before, surface, in_place=True)
        lock.live = LiveCard(card, stored.revision)
        known = frozenset(one.message for one in (before, stored.card) if one is not None)
        live = await self._live_cards.record(
            stored.place,
            ShownCard(view, card, known),
            stored.revision,
            message.at,
            surface,
            about | _about(surface, card, view),
        )
        lock.live = live or lock.live
        await self._close_older(sent, lock.live.card, stored.delivered, surface)
        return True

    async def _effect(self, entry: OutboxEntry, stored: StoredConversation) -> Conversation | None:
        """The conversation that a message had its effect on, after its board changes are written. None: it had none."""
        conversation = conversation_in(stored)
        if conversation is None or not conversation.has_seen(entry.message.id):
            return None
        if entry.board_changes:
            await self._stores.apply_board_changes(entry)
        if entry.board_changes or may_need_board(self._advisor, conversation, entry.message):
            return await self._stores.with_board(conversation, stored.place)
        return conversation

    async def _sent(self, lease: Lease, surface: Surface) -> Sequence[SentMessage]:
        """What was posted already, as far as the platform tells: a message might be repeated, and a card may have been
        posted and never recorded."""
        try:
            return await surface.sent(lease.entry.message.at)
        except Paused:
            raise
        except (TryLater, Undeliverable) as error:
            log.info("a reply on %s may be shown twice: %s", lease.entry.channel, error)
            self._observer.unchecked(lease.entry.channel)
            return ()

    async def _newest(
        self,
        sent: Sequence[SentMessage],
        below: Container[str],
        stored: StoredConversation,
        lock: ConversationLock,
        surface: Surface,
    ) -> Card | None:
        """The newest card that is on record, was shown here, or was posted and never recorded; all others lose their
        buttons."""
        cards = [lock.live] if lock.live is not None else []
        cards += [LiveCard(stored.card, stored.delivered)] if stored.card is not None else []
        for one in sent:
            if (one.revision or 0) > stored.delivered and one.text not in below:
                cards.append(LiveCard(one.card, one.revision or 0))
        if not cards:
            return None
        newest = sorted(cards, key=lambda one: one.revision)[-1].card  # of one revision: the lowest, else the recorded
        for message, card in {one.card.message: one.card for one in cards}.items():
            if message != newest.message:
                await surface.close(card)
        return newest

    async def _close_older(self, sent: Sequence[SentMessage], live: Card, delivered: int, surface: Surface) -> None:
        """Cards that were posted and could not be recorded before newer ones were shown ask what is settled."""
        for one in sent:
            if one.asks and (one.revision or 0) <= delivered and one.card.message != live.message:
                await surface.close(one.card)


def _about(surface: Surface, card: Card, view: View) -> dict[str, str]:
    """What feedback on a message is about, by the platform's id of the message, where a press will not say it."""
    return {card.message: view.about} if view.about and not surface.names_subject else {}
