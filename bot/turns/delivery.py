"""Delivery of replies: shown in order, recorded, and pending in the outbox until then."""

import logging
from collections.abc import Callable
from contextlib import nullcontext, suppress

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.stores import Stores
from bot.turns.accepted_messages import AcceptedMessages
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.erasure_request import ErasureRequests
from bot.turns.live_card import LiveCards, feedback_subjects
from bot.turns.missing_replies import MissingReplies
from bot.turns.observer import Observer, Outcome
from bot.turns.outbox_entry_delivery import OutboxEntryDelivery
from bot.turns.posted_view import post_view
from bot.turns.processed_message import Processed
from bot.turns.shared_results import SharedResults
from bot.turns.triaged_files import TriagedFiles
from bot.turns.worded_answers import WordedAnswers
from bot.turns.workers import Workers
from dialogs.advisor import Advisor

log = logging.getLogger(__name__)


class Delivery:
    """Delivers the replies to messages. `overdue` does it for an entry of the outbox that waited for too long."""

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        observer: Observer,
        erasure_requests: ErasureRequests,
        accepted: AcceptedMessages,
        worded: WordedAnswers,
        workers: Workers,
        new_token: Callable[[], str],
    ) -> None:
        self._stores = stores
        self._accepted, self._worded = accepted, worded
        self._outbox = stores.outbox
        self._observer = observer
        self.triaged_files = TriagedFiles(advisor, stores, workers.files)
        self._live_cards = LiveCards(advisor, stores, new_token)
        self.overdue = OutboxEntryDelivery(
            advisor,
            stores,
            observer,
            erasure_requests,
            SharedResults(advisor, stores),
            self.triaged_files,
            MissingReplies(advisor, stores, observer, self._live_cards, workers.texts, worded),
            self._carry_out,
        )

    async def _carry_out(self, lease: Lease, surface: Surface) -> bool:
        processed = await self._accepted.carry_out(lease, surface)
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
        channel = processed.entry.channel
        with self._observer.delivering(channel):
            outcome = await self._try(processed, surface)
        if outcome is not Outcome.SHOWN:
            self._observer.undelivered(channel, outcome)
        return outcome

    async def _deliver_in_parts(self, processed: Processed, surface: Surface) -> Outcome:
        """Shows what is there at once, then the answers, for whose words no other reply of the conversation waits."""
        first, outcome = self._worded.at_once(processed), Outcome.SHOWN
        with nullcontext() if processed.lease is None else processed.lease.kept():
            if first.turn.shows_something or first.aside is not None:
                outcome = await self.deliver(first, surface)
            if outcome is not Outcome.SHOWN:
                return outcome
            try:
                rest = await self._worded.rest(processed, first)
            except LeaseLost:
                return Outcome.SHOWN
            except StorageUnavailable as error:
                log.warning("an answer on %s waits: %s", processed.entry.channel, error)
                return Outcome.PENDING
            return await self.deliver(rest, surface)

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
            with suppress(StorageUnavailable):  # then `Redelivery` claims the entry, with the same result
                await self._acknowledge(processed)
            return Outcome.LOST

    async def _acknowledge(self, processed: Processed) -> None:
        """Acknowledges the entry, once the board has its changes and the replies are delivered."""
        if processed.lease is not None:
            update = processed.board_update
            written = None if update is None else await update
            if processed.entry.board_changes and written is None:
                await self._stores.apply_board_changes(processed.entry)
            await self._outbox.acknowledge(processed.entry, processed.counts)

    async def _deliver(self, processed: Processed, surface: Surface) -> None:
        async with self._live_cards.lock(processed.place):
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
                await self._live_cards.show(processed, surface, about)
            except TryLater:
                if not processed.owes:  # what is left may be counted without what was shown before
                    await self._outbox.record_sent(processed.entry, sent - processed.sent)
                raise
            if not processed.owes:
                await self._acknowledge(processed)

    async def _taken_over(self, processed: Processed) -> bool:
        """Whether another process delivers it, or has: none does where a failover has lost the entry."""
        stored = await self._stores.sessions.load(processed.place)
        return stored.delivered >= processed.revision or await self._outbox.holds(processed.entry)

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
            self._observer.undelivered(processed.entry.channel, Outcome.LOST)
