"""The live card of a conversation: recorded once it is shown, and kept the only one while deliveries overlap. Locks
keep the replies of one conversation in order.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from weakref import WeakValueDictionary

from bot.storage.background import retry_until_available
from bot.storage.outbox_entry import new_token
from bot.storage.place import Place
from bot.storage.record import Card, DeliveryResult
from bot.storage.stores import Stores
from bot.turns.channel import Surface
from bot.turns.processed_message import Processed
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.replies.notices import ConversationGone
from dialogs.view import View
from dialogs.views import Superseded, current_view, lay_out, superseded_card

RECORD_TIMEOUT = 6.0
"""Seconds for which recording a delivery is tried: until others may claim the entry (`redelivery.OVERDUE_AFTER`)."""


class LiveCard(NamedTuple):
    """The live card, and the revision that it shows."""

    card: Card
    revision: int


class ConversationLock(asyncio.Lock):
    """Keeps the replies of one conversation in order. `live`: the live card that the last reply left."""

    live: LiveCard | None = None


class ShownCard(NamedTuple):
    """A view, and the live card that shows it.

    `conversation`: what the view shows, `before`: what it was led to from. `known`: ids of messages that this delivery
    knew to have been the live card.
    `old`: what they become if this card was posted below them. `in_place`: this card was edited rather than posted
    below. `deleted`: id of the message deleted when it was posted.
    """

    view: View
    card: Card
    conversation: Conversation
    known: frozenset[str] = frozenset()
    old: Superseded | None = None
    in_place: bool = True
    deleted: str | None = None
    before: Conversation | None = None


async def supersede(surface: Surface, card: Card, old: Superseded) -> None:
    """Deletes an older card, or turns it into a record, once the new one is below it."""
    if old.deleted:
        await surface.delete(card, old.view)
    else:
        await surface.retire(card, old.view)


def feedback_subjects(surface: Surface, card: Card | None, view: View) -> dict[str, str]:
    """The subject of feedback on a message, by the platform's id of the message, if a press will not contain it."""
    return {card.message: view.about} if card is not None and view.about and not surface.names_subject else {}


@dataclass(frozen=True)
class LiveCards:
    """Shows live cards, and records where they are."""

    advisor: Advisor
    stores: Stores
    _locks: WeakValueDictionary[Place, ConversationLock] = field(default_factory=WeakValueDictionary)

    def lock(self, place: Place) -> ConversationLock:
        """The lock of a conversation, which exists for as long as somebody uses it."""
        return self._locks.setdefault(place, ConversationLock())

    async def show(self, processed: Processed, surface: Surface, about: Mapping[str, str]) -> None:
        """Edits the live card, or posts the new one below it and supersedes the old one; then records it, and what
        feedback is `about`, by message. The caller holds the lock: what the last reply here left counts where it shows
        more than what is on record, or all that is to be shown, as an overtaken one may have brought it up to date.
        """
        view, old, after = processed.view, processed.old, processed.turn.conversation
        if view is None:
            if processed.changed:
                await self.mark(processed.place, None, after.revision, about)
            return
        lock, deleted = self.lock(processed.place), None
        live = processed.live if lock.live is None or lock.live.revision <= processed.delivered else lock.live.card
        in_place = processed.in_place or (lock.live is not None and lock.live.revision >= after.revision)
        if in_place and live is not None:
            card = await surface.update(live, view)
        else:
            card = await surface.post(view)
            if live is not None and old is not None:
                await supersede(surface, live, old)
                deleted = live.message if old.deleted else None
        lock.live = LiveCard(card, after.revision)
        known = frozenset(one.message for one in (live, processed.recorded) if one is not None)
        shown = ShownCard(view, card, after, known, old, in_place, deleted, processed.before)
        about = {**about, **feedback_subjects(surface, card, view)}
        lock.live = await self.record(processed.place, shown, processed.message.at, surface, about) or lock.live

    async def mark(
        self, place: Place, card: Card | None, revision: int, about: Mapping[str, str] | None = None
    ) -> DeliveryResult:
        """Marks a revision as delivered. `about`: by message, the subject of feedback on it.

        It continues once Redis is back: no other process knows of a card that was posted and not recorded. If another
        card took its place, it would go on asking a question that is not open any more.
        """
        mark = partial(self.stores.sessions.mark_delivered, place, card, revision, about, new_token())
        return await retry_until_available(mark, RECORD_TIMEOUT)

    async def record(
        self, place: Place, shown: ShownCard, at: int, surface: Surface, about: Mapping[str, str] | None = None
    ) -> LiveCard | None:
        """Marks what is shown as delivered, and makes sure that the live card shows the newest.

        Until no other delivery has come between: of those that overlap, the last to mark puts right what the others
        left. A newer revision that nobody has marked is left to its own delivery, which finds this card on record.
        Returns the live card; None if it is not known.
        """
        while True:
            revision = shown.conversation.revision
            marked = await self.mark(place, shown.card, revision, about)
            if not marked.revision:  # somebody asked to be forgotten meanwhile
                await surface.update(shown.card, lay_out(self.advisor, (ConversationGone(erased=True),), 0))
                return None
            if marked.left is not None and marked.left.message not in shown.known and shown.old is not None:
                await supersede(surface, marked.left, shown.old)
            other = None if marked.before is None or marked.before.message == shown.card.message else marked.before
            if marked.delivered > revision:
                newest = await retry_until_available(partial(self._newest, place), RECORD_TIMEOUT)
                if newest is None:
                    return None
                caught_up = await self._catch_up(shown, newest, other, at, surface)
                if caught_up is None:
                    return None if other is None else LiveCard(other, marked.delivered)
                shown = caught_up
            elif other is not None and other.message not in shown.known:
                shown = await self._give_way(shown, other, at, surface)
            elif marked.behind or (other is not None and marked.delivered >= revision):
                shown = await self._repeat(shown, other, surface)
            else:
                return LiveCard(shown.card, revision)

    async def _newest(self, place: Place) -> Conversation | None:
        return await self.stores.conversation_at(await self.stores.sessions.adopt(place))

    async def _catch_up(
        self, shown: ShownCard, newest: Conversation, other: Card | None, at: int, surface: Surface
    ) -> ShownCard | None:
        """Shows the newest on the card that this delivery may have overwritten; None if it has touched no live card.

        If another card is the live one, this one becomes what it would be, had the other been posted below it.
        """
        live = shown.card
        if other is not None and other.message != shown.deleted:
            old = superseded_card(self.advisor, shown.conversation, newest, at)
            bare = Superseded(shown.view.without_buttons(), deleted=_is_new(shown))
            await supersede(surface, shown.card, old or bare)
            if other.message not in shown.known:
                return None
            live = other
        view = current_view(self.advisor, newest, at)
        known = shown.known | {shown.card.message, live.message}
        return ShownCard(view, await surface.update(live, view), newest, known, shown.old, deleted=shown.deleted)

    async def _repeat(self, shown: ShownCard, other: Card | None, surface: Surface) -> ShownCard:
        """Shows this delivery's part again: what another process has shown on the same message may have come after."""
        if other is None:
            return shown._replace(card=await surface.update(shown.card, shown.view))
        if shown.old is not None and not shown.in_place:
            await supersede(surface, other, shown.old)
        return shown

    async def _give_way(self, shown: ShownCard, other: Card, at: int, surface: Surface) -> ShownCard:
        """Keeps the lower of two live cards: this one if this delivery posted it, else `other`, with a record here."""
        known = shown.known | {shown.card.message, other.message}
        # In place, and new: the pressed card was deleted when the other was posted.
        pressed = Superseded(shown.view.without_buttons(), deleted=True) if shown.in_place else shown.old
        if _is_new(shown):
            if pressed is not None:
                await supersede(surface, other, pressed)
            return shown._replace(known=known)
        before = shown.before or shown.conversation
        old = superseded_card(self.advisor, before, shown.conversation, at)
        await supersede(surface, shown.card, old or Superseded(shown.view.without_buttons()))
        return shown._replace(card=await surface.update(other, shown.view), known=known)


def _is_new(shown: ShownCard) -> bool:
    """Whether this delivery posted the card: below, or in place of a deleted one."""
    return not shown.in_place or shown.card.message not in shown.known
