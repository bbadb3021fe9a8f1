"""The replies to the messages of a conversation, shown again after a process died or a platform did not accept them.

They are reconstructed. What the platform shows already is not posted again, and of several cards one stays live, which
shows the newest once for all of them.
"""

import logging
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.record import Card, StoredConversation
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Paused, SentMessage, Surface, TryLater, Undeliverable, said
from bot.turns.live_card import ConversationLock, LiveCard, LiveCards, feedback_subjects
from bot.turns.observer import Observer
from bot.turns.posted_view import Posted, post_view
from bot.turns.processed_message import processed_message
from bot.turns.worded_answers import WordedAnswers
from bot.turns.workers import WorkerPool
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Typed, Verb
from dialogs.reconstruction import reconstruct, unanswered
from dialogs.replies import Reply
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import lay_out

log = logging.getLogger(__name__)


@dataclass(eq=False)
class MissingReplies:
    """Shows replies again, under the lock of their conversation."""

    advisor: Advisor
    stores: Stores
    observer: Observer
    live_cards: LiveCards
    texts: WorkerPool
    worded: WordedAnswers

    async def show_again(self, leases: Sequence[Lease], surface: Surface) -> bool:
        """Shows what is missing of the replies to messages of one conversation. Returns whether anything was shown.

        LeaseLost where others deliver all of them.
        """
        stored = await self.stores.sessions.load(leases[0].entry.place)
        if stored.document is None:
            return False
        lock = self.live_cards.lock(stored.place)
        async with lock:
            leases = await _renewed(leases)  # the one that held the lock before may have delivered them
            stored = await self.stores.sessions.adopt(stored.place)
            conversation = conversation_in(stored)
            leases = [one for one in leases if conversation and conversation.has_seen(one.entry.message.id)]
            if conversation is None or not leases:
                return False
            leases.sort(key=lambda one: conversation.ends_with(one.entry.message.ids))  # the newest message's last
            sent = await self._sent(leases, stored, surface)  # may take long, so what is stored is read again
            stored = await self.stores.sessions.adopt(stored.place)
            try:
                return await self._show_missing(leases, _Thread(surface, lock, stored, sent))
            except (TryLater, StorageUnavailable):
                for lease in leases:
                    await self.stores.outbox.record_sent(lease.entry, lease.sent)
                raise

    async def _show_missing(self, leases: Sequence[Lease], thread: "_Thread") -> bool:
        conversation, stored = conversation_in(thread.stored), thread.stored
        if conversation is None:
            return False
        owed = [await self._owed(lease, conversation, stored) for lease in leases]
        told, about = {one.text for one in thread.sent or ()}, dict[str, str]()
        for one in owed:
            about |= await _post_below(one, told, thread.surface)
        last, posted = owed[-1], any(one.below for one in owed)
        live = await thread.live_card({thread.surface.text(view) for one in owed for view in one.below})
        newest = conversation.ends_with(last.lease.entry.message.ids)
        if not newest:  # the card is left to the newest message's own entry
            if live is not None:
                await thread.close_older(live.card)
                shown = max(live.revision, conversation.revision - 1)  # as what was posted below says
                marked = await self.stores.sessions.mark_delivered(stored.place, live.card, shown)
                if marked.left is not None:
                    await thread.surface.close(marked.left)
            return posted
        if stored.delivered >= stored.revision and stored.card is None:
            return posted
        # Also where a delivery is on record: what the dead process sent last may have arrived after it.
        await _renewed(leases)  # asking the platform may have taken long
        await self._show_card(last, None if live is None else live.card, about, thread)
        return True

    async def _show_card(self, owed: "_Owed", live: Card | None, about: Mapping[str, str], thread: "_Thread") -> None:
        """Shows the newest on the live card, or below it, and records it."""
        stored, entry, conversation = thread.stored, owed.lease.entry, owed.conversation
        # Where the platform does not tell, a card that is shown twice is better than a reply above what was typed.
        shown = stored.card is not None and stored.delivered >= stored.revision
        posts = thread.sent is None and isinstance(entry.message.content, Typed) and not owed.below and not shown
        before, turn = unanswered(conversation, entry.message), Turn(conversation, owed.card)
        shows = processed_message(self.advisor, entry, owed.lease, stored, before, turn)
        shows = shows._replace(live=live, delivered=conversation.revision)
        shows = shows if posts else shows._replace(in_place=True, old=None)
        await self.live_cards.show(shows, thread.surface, about)
        if thread.lock.live is not None:
            await thread.close_older(thread.lock.live.card)

    async def _owed(self, lease: Lease, found: Conversation, stored: StoredConversation) -> "_Owed":
        """What a message is owed, after its board changes are written."""
        entry, conversation = lease.entry, found
        if entry.board_changes:
            await self.stores.apply_board_changes(entry)
        if entry.board_changes or self.advisor.may_need_board(found, entry.message):
            conversation = await self.stores.with_board(found, stored.place)
        found_again = await self.texts.run(reconstruct, self.advisor, conversation, entry.message)
        replies = self.worded.shown(entry, found_again)
        revision = found.revision - (not found.ends_with(entry.message.ids))
        below = tuple(lay_out(self.advisor, (reply,), revision) for reply in replies.below)
        return _Owed(lease, conversation, replies.card, below)

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


class _Owed(NamedTuple):
    """What a message is owed: `below` are messages of their own; `card` shows the newest of the conversation."""

    lease: Lease
    conversation: Conversation
    card: tuple[Reply, ...]
    below: Sequence[View]


class _Thread(NamedTuple):
    """Where the replies appear. `sent` is what was posted already, None where the platform does not tell."""

    surface: Surface
    lock: ConversationLock
    stored: StoredConversation
    sent: Sequence[SentMessage] | None

    async def live_card(self, below: Container[str]) -> LiveCard | None:
        """The newest card that is on record, was shown here, or was posted and never recorded; all others lose their
        buttons. `below`: texts of messages that are no card."""
        cards, stored = [self.lock.live] if self.lock.live is not None else [], self.stored
        cards += [LiveCard(stored.card, stored.delivered)] if stored.card is not None else []
        for one in self.sent or ():
            if (one.revision or 0) > stored.delivered and one.text not in below:
                cards.append(LiveCard(one.card, one.revision or 0))
        if not cards:
            return None
        newest = sorted(cards, key=lambda one: one.revision)[-1]  # of one revision: the lowest, else the recorded
        for message, card in {one.card.message: one.card for one in cards}.items():
            if message != newest.card.message:
                await self.surface.close(card)
        return newest

    async def close_older(self, live: Card) -> None:
        """Removes the buttons of older cards that were posted and never recorded: their questions are closed."""
        for one in self.sent or ():
            if one.asks and (one.revision or 0) <= self.stored.delivered and one.card.message != live.message:
                await self.surface.close(one.card)


async def _post_below(owed: _Owed, told: set[str], surface: Surface) -> dict[str, str]:
    """Posts what is missing of the messages below the card; returns what feedback on them is about."""
    about = dict[str, str]()
    while owed.lease.sent < len(owed.below):
        view = owed.below[owed.lease.sent]
        posted = Posted(None)
        if view.file is not None and surface.text(said(view.file.lead)) in told:
            posted = Posted(None, view.file.messages)
        elif surface.text(view) not in told:
            told.add(surface.text(view))
            posted = await post_view(surface, view)
            about |= feedback_subjects(surface, posted.card, view)
        owed.lease.sent += posted.views
        await owed.lease.renew()
    return about


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
