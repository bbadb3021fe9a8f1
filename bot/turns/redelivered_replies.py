"""Overdue entries of the outbox: left by a process that died, not accepted by a platform at first, or meant for
redelivery (redraws, reminders).
"""

import logging
from collections.abc import Container, Sequence

from bot.storage.handled_messages import AlreadyHandled
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.outbox_entry import OutboxEntry, Redraw
from bot.storage.record import Card, StoredConversation
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Paused, SentMessage, Surface, TryLater, Undeliverable
from bot.turns.conversation_lock import ConversationLock, ConversationLocks
from bot.turns.erasure_request import ErasureRequests
from bot.turns.live_card import LiveCard, LiveCards, ShownCard, feedback_subjects, show_card
from bot.turns.observer import Observer, Outcome
from bot.turns.shared_results import SharedResults
from bot.turns.triaged_files import TriagedFiles
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.parsers.board_commands import may_need_board
from dialogs.reconstruction import reconstruct
from dialogs.replies.ideas import IdeasChanged
from dialogs.replies.notices import ConversationDeleted
from dialogs.views import current_view, lay_out

log = logging.getLogger(__name__)


class RedeliveredReplies:
    """Delivers overdue entries of the outbox, whatever they are for."""

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        observer: Observer,
        erasure_requests: ErasureRequests,
        shared_results: SharedResults,
        triaged_files: TriagedFiles,
        live_cards: LiveCards,
        locks: ConversationLocks,
    ) -> None:
        self._advisor = advisor
        self._stores = stores
        self._sessions = stores.sessions
        self._outbox = stores.outbox
        self._observer = observer
        self._erasure_requests = erasure_requests
        self._shared_results = shared_results
        self._triaged_files = triaged_files
        self._live_cards = live_cards
        self._locks = locks

    async def deliver(self, lease: Lease, surface: Surface) -> bool:
        """Delivers an overdue entry. It prefers to edit the live card, since a repeated edit is invisible.

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
                shown = await self._triaged_files.send_again(lease, surface)
            elif self._erasure_requests.is_confirmed(entry.message):
                shown = await self._erase(lease, surface)
            else:
                shown = await self._reply(lease, surface)
        except LeaseLost:
            return False
        except (TryLater, Undeliverable) as error:
            outcome = Outcome.PENDING if isinstance(error, TryLater) else Outcome.LOST
            self._observer.undelivered(entry.channel, outcome)
            raise
        await self._outbox.acknowledge(entry)
        return shown

    async def _erase(self, lease: Lease, surface: Surface) -> bool:
        """Continues a request to be forgotten, and tells its sender alone what was removed."""
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
        """Tells somebody what has changed about their ideas by now; does nothing if nothing has."""
        entry, judge = lease.entry, self._advisor.flows.board.judge
        board = await self._stores.boards.load(entry.place)
        today = entry.message.day
        rows = tuple(judge.row(idea, today) for idea in board.shown if idea.by == entry.message.sender.id)
        changed = tuple(row for row in rows if row.has_news)
        if not changed:
            return False
        owner = None if surface.can_whisper else entry.message.sender
        await lease.renew()
        told = lease.sent > 0  # it was told before, but that could not be stored, so it was added again
        if not told:
            await surface.post(lay_out(self._advisor, (IdeasChanged(self._advisor.pack, changed, owner),), 0))
        await self._outbox.record_sent(entry, 1)
        return not told

    async def _redraw(self, lease: Lease, redraw: Redraw, surface: Surface) -> bool:
        """Redraws a card after a person was erased from its conversation."""
        stored = await self._sessions.load(lease.entry.place)
        lock = self._locks.of(stored.place)
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

    async def _reply(self, lease: Lease, surface: Surface) -> bool:
        stored = await self._sessions.load(lease.entry.place)
        if stored.document is None:
            return False
        lock = self._locks.of(stored.place)
        async with lock:
            await lease.renew()  # the one that held the lock before may have delivered it
            stored = await self._sessions.adopt(stored.place)
            try:
                return await self._show_again(lease, stored, surface, lock)
            except TryLater:
                await self._outbox.try_record_sent(lease.entry, lease.sent)
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
                about |= feedback_subjects(surface, await surface.post(view), view)
            lease.sent += 1
            await lease.renew()
        if stored.delivered >= stored.revision and stored.card is None:
            return bool(below)
        # Also where a delivery is on record: what the dead process sent last may have arrived after it.
        view = lay_out(self._advisor, replies.card, conversation.revision)
        texts = {surface.text(one) for one in below}
        before = await self._newest(sent, texts, stored, lock, surface)
        await lease.renew()  # asking the platform may have taken long
        card = await show_card(view, None, before, surface, in_place=True)
        lock.live = LiveCard(card, stored.revision)
        known = frozenset(one.message for one in (before, stored.card) if one is not None)
        live = await self._live_cards.record(
            stored.place,
            ShownCard(view, card, known),
            stored.revision,
            message.at,
            surface,
            about | feedback_subjects(surface, card, view),
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
        """The messages that were posted already, as far as the platform tells. They must not be repeated, and a card
        may have been posted and not recorded."""
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
        """Removes the buttons of older cards that were posted and never recorded: their questions are closed."""
        for one in sent:
            if one.asks and (one.revision or 0) <= delivered and one.card.message != live.message:
                await surface.close(one.card)
