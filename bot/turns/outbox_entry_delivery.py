"""What is done for overdue entries of the outbox, by what they are for: replies, a reminder, a card to redraw, a
request to be forgotten, a file, a shared result, an accepted message. `redelivery.py` finds the entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.outbox_entry import OutboxEntry, Redraw
from bot.storage.record import Card
from bot.storage.stores import Stores
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.delivery import Delivery
from bot.turns.erasure_request import ErasureRequests
from bot.turns.missing_replies import MissingReplies
from bot.turns.observer import Observer, Outcome
from bot.turns.shared_results import SharedResults
from bot.turns.triaged_files import TriagedFiles
from dialogs.advisor import Advisor
from dialogs.replies.ideas import IdeasChanged
from dialogs.replies.notices import ConversationGone
from dialogs.views import current_view, lay_out


@dataclass(eq=False)
class OutboxEntryDelivery:
    """Delivers overdue entries of the outbox, whatever they are for; accepted messages by `delivery`."""

    advisor: Advisor
    stores: Stores
    observer: Observer
    erasure_requests: ErasureRequests
    shared_results: SharedResults
    triaged_files: TriagedFiles
    missing_replies: MissingReplies
    delivery: Delivery

    def subject(self, entry: OutboxEntry) -> str:
        """What the entry is about: entries with the same subject are replies of one conversation."""
        alone = entry.redraw or entry.share or entry.reminder or entry.file or entry.accepted
        if alone or self.erasure_requests.is_confirmed(entry.message):
            return entry.token
        return f"{entry.channel}:{entry.place}"

    async def deliver(self, leases: Sequence[Lease], surface: Surface) -> bool:
        """Delivers overdue entries of one `subject`. It prefers to edit the live card, since a repeated edit is
        invisible.

        Nothing is shown for a message without an effect that was not accepted: the platform sends it again.
        Returns whether anything was shown. TryLater or Undeliverable where the platform does not accept it.
        """
        lease = leases[-1]
        entry = lease.entry
        try:
            if entry.redraw is not None:
                shown = await self._redraw(lease, entry.redraw, surface)
            elif entry.share is not None:
                shown = await self.shared_results.post_again(lease, entry.share, surface)
            elif entry.reminder:
                shown = await self._remind(lease, surface)
            elif entry.file is not None:
                shown = await self.triaged_files.send_again(lease, entry.file, surface)
            elif self.erasure_requests.is_confirmed(entry.message):
                shown = await self._erase(lease, surface)
            elif entry.accepted and await self.delivery.carry_out(lease, surface):
                return True
            else:
                shown = await self.missing_replies.show_again(leases, surface)
        except LeaseLost:
            return False
        except (TryLater, Undeliverable) as error:
            outcome = Outcome.PENDING if isinstance(error, TryLater) else Outcome.LOST
            self.observer.undelivered(entry.channel, outcome)
            raise
        for one in leases:
            if not one.lost:
                await self.stores.outbox.acknowledge(one.entry)
        return shown

    async def _erase(self, lease: Lease, surface: Surface) -> bool:
        """Continues a request to be forgotten, and tells its sender alone what was removed."""
        try:
            turn = await self.erasure_requests.carry_out(lease, lease.renew)
        except AlreadyHandled:
            return False
        await lease.renew()
        view = lay_out(self.advisor, turn.aside, 0)
        try:
            await surface.whisper(view)
        except Undeliverable:
            if not lease.entry.message.private:
                raise
            await surface.post(view)  # as after a command, whose response_url is not kept
        return True

    async def _remind(self, lease: Lease, surface: Surface) -> bool:
        """Tells somebody what has changed about their ideas by now; does nothing if nothing has."""
        entry, judge = lease.entry, self.advisor.flows.board.judge
        board = await self.stores.boards.load(entry.place)
        today = entry.message.day
        rows = tuple(judge.row(idea, today) for idea in board.shown if idea.by == entry.message.sender.id)
        changed = tuple(row for row in rows if row.has_news)
        if not changed:
            return False
        owner = None if surface.can_whisper else entry.message.sender
        await lease.renew()
        told = lease.sent > 0  # it was told before, but that could not be stored, so it was added again
        if not told:
            await surface.post(lay_out(self.advisor, (IdeasChanged(self.advisor.pack, changed, owner),), 0))
        await self.stores.outbox.record_sent(entry, 1)
        return not told

    async def _redraw(self, lease: Lease, redraw: Redraw, surface: Surface) -> bool:
        """Redraws a card after a person was erased from its conversation."""
        card = Card(redraw.message, redraw.address)
        async with self.delivery.live_cards.lock(lease.entry.place):
            await lease.renew()
            stored = await self.stores.sessions.load(lease.entry.place)
            conversation = await self.stores.conversation_at(stored)
            live = stored.card is not None and stored.card.message == redraw.message
            if live and conversation is not None and lease.entry.message.sender.id in conversation.participants:
                raise TryLater("the person is not erased from that conversation yet")
            if redraw.deleted:
                if not live:
                    await surface.edit(card, lay_out(self.advisor, (ConversationGone(erased=True),), 0))
            elif live and conversation is not None:
                await surface.edit(card, current_view(self.advisor, conversation, lease.entry.message.at))
                await self.stores.sessions.mark_delivered(stored.place, card, stored.revision)
            return True
