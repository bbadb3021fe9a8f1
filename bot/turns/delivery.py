"""Delivery of replies: shown in order, recorded, and pending in the outbox until then."""

import logging
from contextlib import nullcontext, suppress
from dataclasses import dataclass

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.stores import Stores
from bot.turns.accepted_messages import AcceptedMessages
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.live_card import LiveCards, feedback_subjects
from bot.turns.observer import Observer, Outcome
from bot.turns.posted_view import post_view
from bot.turns.processed_message import Processed
from bot.turns.worded_answers import WordedAnswers

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Delivery:
    """Delivers the replies to messages."""

    stores: Stores
    observer: Observer
    live_cards: LiveCards
    accepted: AcceptedMessages
    worded: WordedAnswers

    async def carry_out(self, lease: Lease, surface: Surface) -> bool:
        """Does what an accepted message asks and shows the replies; False if it had its effect already, LeaseLost if it
        is left to others."""
        processed = await self.accepted.carry_out(lease, surface)
        if processed is None:
            raise LeaseLost
        if not processed.turn.duplicate:
            await self.deliver(processed, surface)
        return not processed.turn.duplicate

    async def deliver(self, processed: Processed, surface: Surface) -> Outcome:
        """Shows the replies, then records where the live card is. Replies of one conversation keep their order.

        What cannot be shown or recorded now stays pending, until `Redelivery` delivers it.
        """
        if processed.idle:
            return Outcome.SHOWN
        if processed.words is not None:
            return await self._deliver_in_parts(processed, surface)
        channel, outcome = processed.entry.channel, Outcome.SHOWN
        with self.observer.delivering(channel):
            try:
                with nullcontext() if processed.lease is None else processed.lease.kept():
                    await self._deliver(processed, surface)
            except (TryLater, StorageUnavailable) as error:
                log.warning("a reply on %s waits: %s", channel, error)
                outcome = Outcome.PENDING
            except Undeliverable as error:
                log.error("a reply on %s cannot be delivered: %s", channel, error)
                with suppress(StorageUnavailable):  # then `Redelivery` claims the entry, with the same result
                    await self._acknowledge(processed)
                outcome = Outcome.LOST
        if outcome is not Outcome.SHOWN:
            self.observer.undelivered(channel, outcome)
        return outcome

    async def _deliver_in_parts(self, processed: Processed, surface: Surface) -> Outcome:
        """Shows what is there at once, then the answers, for whose words no other reply of the conversation waits."""
        first, outcome = self.worded.at_once(processed), Outcome.SHOWN
        with nullcontext() if processed.lease is None else processed.lease.kept():
            if first.turn.shows_something or first.aside is not None:
                outcome = await self.deliver(first, surface)
            if outcome is not Outcome.SHOWN:
                return outcome
            try:
                rest = await self.worded.rest(processed, first)
            except LeaseLost:
                return Outcome.SHOWN
            except StorageUnavailable as error:
                log.warning("an answer on %s waits: %s", processed.entry.channel, error)
                return Outcome.PENDING
            return await self.deliver(rest, surface)

    async def _acknowledge(self, processed: Processed) -> None:
        """Acknowledges the entry, once the board has its changes and the replies are delivered."""
        if processed.lease is not None:
            written = None if processed.board_update is None else await processed.board_update
            if processed.entry.board_changes and written is None:
                await self.stores.apply_board_changes(processed.entry)
            await self.stores.outbox.acknowledge(processed.entry, processed.counts)

    async def _deliver(self, processed: Processed, surface: Surface) -> None:
        async with self.live_cards.lock(processed.place):
            if processed.lease is not None and processed.lease.lost and await self._taken_over(processed):
                return
            await self._whisper(processed, surface)
            sent = processed.sent
            about: dict[str, str] = {}
            try:
                views = processed.posted_on(surface)
                while sent < len(views):
                    posted = await post_view(surface, views[sent])
                    about |= feedback_subjects(surface, posted.card, views[sent])
                    sent += posted.views
                await self.live_cards.show(processed, surface, about)
            except TryLater:
                if not processed.owes:  # what is left may be counted without what was shown before
                    await self.stores.outbox.record_sent(processed.entry, sent - processed.sent)
                raise
            if not processed.owes:
                await self._acknowledge(processed)

    async def _taken_over(self, processed: Processed) -> bool:
        """Whether another process delivers it, or has: none does where a failover has lost the entry."""
        stored = await self.stores.sessions.load(processed.place)
        return stored.delivered >= processed.revision or await self.stores.outbox.holds(processed.entry)

    async def _whisper(self, processed: Processed, surface: Surface) -> None:
        """Shows what is for the sender alone. If that fails, the reply is still shown; without one it raises."""
        if processed.aside is None or not (surface.can_whisper or not processed.turn.confidential):
            return
        try:
            await surface.whisper(processed.aside)
        except (TryLater, Undeliverable) as error:
            if processed.view is None and not processed.posted_on(surface):
                raise
            log.warning("something for the sender alone on %s is not shown: %s", processed.entry.channel, error)
            self.observer.undelivered(processed.entry.channel, Outcome.LOST)
