"""The replies to the messages of a conversation, shown again after a process died or a platform did not accept them.

They are reconstructed. What the platform shows already is not posted again, and of several cards one stays live, which
shows the newest once for all of them.
"""

import logging
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.storage.outbox import Lease, LeaseLost
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.record import Card, StoredConversation
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Paused, SentMessage, Surface, TryLater, Undeliverable
from bot.turns.live_card import (
    ConversationLock,
    ConversationLocks,
    LiveCard,
    LiveCards,
    ShownCard,
    feedback_subjects,
    show_card,
)
from bot.turns.observer import Observer
from bot.turns.workers import WorkerPool
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Typed, Verb
from dialogs.reconstruction import reconstruct, unanswered
from dialogs.views import lay_out, superseded_card

log = logging.getLogger(__name__)


@dataclass(eq=False)
class MissingReplies:
    """Shows replies again, under the lock of their conversation."""

    advisor: Advisor
    stores: Stores
    observer: Observer
    live_cards: LiveCards
    locks: ConversationLocks
    texts: WorkerPool

    async def show_again(self, leases: Sequence[Lease], surface: Surface) -> bool:
        """Shows what is missing of the replies to messages of one conversation. Returns whether anything was shown.

        LeaseLost where others deliver all of them.
        """
        stored = await self.stores.sessions.load(leases[0].entry.place)
        if stored.document is None:
            return False
        lock = self.locks.of(stored.place)
        async with lock:
            leases = await _renewed(leases)  # the one that held the lock before may have delivered them
            stored = await self.stores.sessions.adopt(stored.place)
            leases = _owed(leases, conversation_in(stored))
            if not leases:
                return False
            sent = await self._sent(leases, stored, surface)  # may take long, so what is stored is read again
            stored = await self.stores.sessions.adopt(stored.place)
            try:
                return await self._show_missing(leases, stored, sent, surface, lock)
            except TryLater:
                for lease in leases:
                    await self.stores.outbox.try_record_sent(lease.entry, lease.sent)
                raise

    async def _show_missing(
        self,
        leases: Sequence[Lease],
        stored: StoredConversation,
        sent: Sequence[SentMessage] | None,
        surface: Surface,
        lock: ConversationLock,
    ) -> bool:
        found = conversation_in(stored)
        if found is None:
            return False
        told, texts, about = {one.text for one in sent or ()}, set[str](), dict[str, str]()
        for lease in leases:
            message = lease.entry.message
            conversation = await self._effect(lease.entry, found, stored)
            replies = await self.texts.run(reconstruct, self.advisor, conversation, message)
            newest = found.ends_with(message.ids)
            revision = found.revision - (not newest)
            below = [lay_out(self.advisor, (reply,), revision) for reply in replies.below]
            texts |= {surface.text(one) for one in below}
            for view in below[lease.sent :]:
                if surface.text(view) not in told:
                    told.add(surface.text(view))
                    about |= feedback_subjects(surface, await surface.post(view), view)
                lease.sent += 1
                await lease.renew()
        before = await self._newest(sent or (), texts, stored, lock, surface)
        if not newest:  # the card is left to the newest message's own entry
            if before is not None:
                await self._close_older(sent or (), before.card, stored.delivered, surface)
                if stored.delivered < revision:
                    await self.stores.sessions.mark_delivered(stored.place, before.card, revision)
            return bool(below)
        if stored.delivered >= stored.revision and stored.card is None:
            return bool(below)
        # Also where a delivery is on record: what the dead process sent last may have arrived after it.
        view = lay_out(self.advisor, replies.card, conversation.revision)
        # Where the platform does not tell, a card that is shown twice is better than a reply above what was typed.
        posts = sent is None and isinstance(message.content, Typed) and not below and not _is_shown(stored)
        old = superseded_card(self.advisor, unanswered(found, message), found, message.at) if posts else None
        await _renewed(leases)  # asking the platform may have taken long
        shown = await show_card(view, old, None if before is None else before.card, surface, in_place=not posts)
        lock.live = LiveCard(shown, stored.revision)
        known = frozenset(one.message for one in (before and before.card, stored.card) if one is not None)
        live = await self.live_cards.record(
            stored.place,
            ShownCard(view, shown, conversation, known, old, in_place=not posts),
            stored.revision,
            message.at,
            surface,
            about | feedback_subjects(surface, shown, view),
        )
        lock.live = live or lock.live
        await self._close_older(sent or (), lock.live.card, stored.delivered, surface)
        return True

    async def _effect(self, entry: OutboxEntry, conversation: Conversation, stored: StoredConversation) -> Conversation:
        """The conversation that a message had its effect on, after its board changes are written."""
        if entry.board_changes:
            await self.stores.apply_board_changes(entry)
        if entry.board_changes or self.advisor.may_need_board(conversation, entry.message):
            return await self.stores.with_board(conversation, stored.place)
        return conversation

    async def _sent(
        self, leases: Sequence[Lease], stored: StoredConversation, surface: Surface
    ) -> Sequence[SentMessage] | None:
        """The messages that were posted already; None where the platform does not tell. They must not be repeated, and
        a card may have been posted and not recorded. The card of an answer that is pressed is on record."""
        if stored.card is not None and all(lease.entry.message.verb is Verb.ANSWER for lease in leases):
            return ()
        try:
            return await surface.sent(min(lease.entry.message.at for lease in leases))
        except Paused:
            raise
        except (TryLater, Undeliverable) as error:
            channel = leases[0].entry.channel
            log.info("a reply on %s may be shown twice: %s", channel, error)
            self.observer.unchecked(channel)
            return ()

    async def _newest(
        self,
        sent: Sequence[SentMessage],
        below: Container[str],
        stored: StoredConversation,
        lock: ConversationLock,
        surface: Surface,
    ) -> LiveCard | None:
        """The newest card that is on record, was shown here, or was posted and never recorded; all others lose their
        buttons."""
        cards = [lock.live] if lock.live is not None else []
        cards += [LiveCard(stored.card, stored.delivered)] if stored.card is not None else []
        for one in sent:
            if (one.revision or 0) > stored.delivered and one.text not in below:
                cards.append(LiveCard(one.card, one.revision or 0))
        if not cards:
            return None
        newest = sorted(cards, key=lambda one: one.revision)[-1]  # of one revision: the lowest, else the recorded
        for message, card in {one.card.message: one.card for one in cards}.items():
            if message != newest.card.message:
                await surface.close(card)
        return newest

    async def _close_older(self, sent: Sequence[SentMessage], live: Card, delivered: int, surface: Surface) -> None:
        """Removes the buttons of older cards that were posted and never recorded: their questions are closed."""
        for one in sent:
            if one.asks and (one.revision or 0) <= delivered and one.card.message != live.message:
                await surface.close(one.card)


def _is_shown(stored: StoredConversation) -> bool:
    """Whether a card is on record that shows the newest."""
    return stored.card is not None and stored.delivered >= stored.revision


def _owed(leases: Sequence[Lease], conversation: Conversation | None) -> Sequence[Lease]:
    """Those whose replies may be missing, the newest message's last: not of a message without effect, nor of an answer
    that was pressed before the newest message, whose reply shows the card."""
    if conversation is None:
        return ()
    seen = [one for one in leases if conversation.has_seen(one.entry.message.id)]
    newest = [one for one in seen if conversation.ends_with(one.entry.message.ids)]
    others = [one for one in seen if one.entry.board_changes or one.entry.message.verb is not Verb.ANSWER]
    return [*(one for one in others if one not in newest), *newest]


async def _renewed(leases: Sequence[Lease]) -> Sequence[Lease]:
    """Those that are still this process's, renewed."""
    held = list[Lease]()
    for lease in leases:
        with suppress(LeaseLost):
            await lease.renew()
            held.append(lease)
    if not held:
        raise LeaseLost
    return held
