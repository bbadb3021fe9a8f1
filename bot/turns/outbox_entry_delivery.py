"""What is done for one overdue entry of the outbox, by what it is for: a reply, a reminder, a card to redraw, a request
to be forgotten, a file, a shared result. `redelivery.py` finds the entries.
"""

from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.outbox_entry import Redraw
from bot.storage.stores import Stores
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.conversation_lock import ConversationLocks
from bot.turns.erasure_request import ErasureRequests
from bot.turns.missing_replies import MissingReplies
from bot.turns.observer import Observer, Outcome
from bot.turns.shared_results import SharedResults
from bot.turns.triaged_files import TriagedFiles
from dialogs.advisor import Advisor
from dialogs.replies.ideas import IdeasChanged
from dialogs.replies.notices import ConversationDeleted
from dialogs.views import current_view, lay_out


class OutboxEntryDelivery:
    """Delivers an overdue entry of the outbox, whatever it is for."""

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        observer: Observer,
        erasure_requests: ErasureRequests,
        shared_results: SharedResults,
        triaged_files: TriagedFiles,
        missing_replies: MissingReplies,
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
        self._missing_replies = missing_replies
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
                shown = await self._missing_replies.show_again(lease, surface)
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
