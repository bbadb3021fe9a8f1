"""One turn for every channel alike: load → respond → save if unchanged since loaded → deliver → mark delivered."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.storage.erasure import forget
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Lease, OutboxEntry
from bot.storage.participants import RetryQueue, unnoted
from bot.storage.place import Place
from bot.storage.record import Card, Saved, Stored
from bot.storage.stores import Stores, conversation_in
from bot.storage.unconfirmed_writes import UnconfirmedWrite, UnconfirmedWrites
from bot.turns.channel import Surface
from bot.turns.delivery import Delivery, Outcome, Processed
from bot.turns.rate_limit import RateLimit, Verdict
from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation
from dialogs.message import Message, Press, Typed
from dialogs.replies import Notice
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.view import View
from dialogs.views import current_view, lay_out, superseded_view
from knowledge.answer_parser import fold

log = logging.getLogger(__name__)

REACTS_WITHIN = 2.3
"""Seconds after which a person is told that Redis is away: enough is left of the three that Slack waits."""


class Service:
    """Holds no conversation: any number of them may run beside each other."""

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        limit: RateLimit | None = None,
        new_token: Callable[[], str] = lambda: secrets.token_hex(6),
        now: Callable[[], float] = time.time,
    ) -> None:
        self._advisor = advisor
        self._stores = stores
        self._sessions = stores.sessions
        self._participants = stores.participants
        self._unconfirmed_writes = UnconfirmedWrites(stores.sessions, stores.outbox)
        self._retry_queue = RetryQueue(stores.participants)
        self._limit = limit or RateLimit()
        self._new_token = new_token
        self._now = now
        self._delivery = Delivery(advisor, stores)

    async def process(
        self,
        place: Place,
        message: Message,
        *,
        channel: str,
        address: Mapping[str, str],
        thread: str | None = None,
        pressed: Card | None = None,
    ) -> Processed:
        """Lets the message have its effect, once.

        `channel` and `address` say where a reply goes, should this process not live to deliver it. `thread` is the one
        that a new conversation gets in a direct message. `pressed` is the message whose button was pressed. What is
        not addressed to the advisor is taken only where there is a conversation already.
        StorageUnavailable where the effect could not be saved: then it does not count.
        """
        deadline = asyncio.get_running_loop().time() + REACTS_WITHIN
        debt = OutboxEntry(channel, place, address, message, self._new_token())
        instead = await self._instead(debt)
        if instead is not None:
            return self._processed(Stored(place), instead.conversation, instead, pressed, debt)
        try:
            stored, before = await self._begin(debt)
            if stored.place.thread is None and thread is not None:
                stored = Stored(stored.place.within(thread))
            return await self._settle(stored, before, pressed, debt, deadline)
        except NewerSchema as error:
            log.warning("%s", error)
            newer = await self._stores.deduplication.reply_once(debt, self._aside("newer_version"))
            return self._processed(Stored(place), newer.conversation, newer, pressed, debt)

    async def _settle(
        self, stored: Stored, before: Conversation, pressed: Card | None, debt: OutboxEntry, deadline: float
    ) -> Processed:
        """Responds until the effect is saved on the very document that it was worked out for."""
        while True:
            turn = respond(self._advisor, before, debt.message)
            if turn.conversation is before:
                turn = await self._stores.deduplication.reply_once(debt, turn)
                return self._processed(stored, before, turn, pressed, debt)
            after, people = unnoted(before, turn.conversation, self._now())
            turn = replace(turn, conversation=after)
            patience = deadline - asyncio.get_running_loop().time()
            try:
                saved = await self._save(stored, after, debt, people, patience)
            except StorageUnavailable:
                self._unconfirmed_writes.add(UnconfirmedWrite(stored.place, before, after, debt))
                raise
            if saved.done:
                return self._processed(saved.current, before, turn, pressed, debt)
            stored, before = saved.current, self._conversation(saved.current)

    async def _save(
        self, stored: Stored, after: Conversation, debt: OutboxEntry, people: frozenset[str], patience: float
    ) -> Saved:
        """Saves, and beside that notes who takes part, where that is not known yet."""
        saving = self._sessions.save(
            stored.place,
            after.to_json(),
            after.revision,
            expected=stored.revision,
            token=debt.token,
            patience=patience,
        )
        if not people:
            return await saving
        noting = self._participants.note(debt.channel, people, stored.place)
        # Both run to their end: a save that is still under way must not be applied after it was refused.
        saved, noted = await asyncio.gather(saving, noting, return_exceptions=True)
        if isinstance(noted, BaseException):
            log.warning("where people take part was not noted yet: %s", noted)
            if isinstance(noted, StorageUnavailable):
                self._retry_queue.add(debt.channel, people, stored.place)
        if isinstance(saved, BaseException):
            raise saved
        return saved

    async def _begin(self, debt: OutboxEntry) -> tuple[Stored, Conversation]:
        """What is stored; a damaged record is removed, and the conversation begins anew."""
        place = debt.place
        try:
            stored = await self._unconfirmed_writes.settled(await self._stores.begin(debt, self._now()))
            return stored, self._conversation(stored)
        except CorruptRecord as error:
            log.error("%s", error)
            await self._sessions.forget(error.place or place)
            stored = Stored(error.place or place)
        return stored, self._conversation(stored)

    async def _instead(self, debt: OutboxEntry) -> Turn | None:
        """What happens to a message that is no turn of a conversation: one too many, or the wish to be forgotten."""
        channel, message = debt.channel, debt.message
        match self._limit.check(f"{channel}:{message.sender.id}", message.id, message.at):
            case Verdict.SILENT:
                return Turn(Conversation.fresh(self._advisor.pack))
            case Verdict.FAST:
                return self._aside("too_fast") if message.addressed else Turn(Conversation.fresh(self._advisor.pack))
            case Verdict.FINE:
                pass
        forgets = self._advisor.catalogue.phrases.forget
        if not isinstance(message.content, Typed) or not message.addressed:
            return None
        if " ".join(fold(message.content.text)) not in forgets:
            return None
        # Once: what begins after that stays, whatever the platform repeats.
        gone = await self._stores.deduplication.run_once(
            debt, lambda: forget(self._sessions, self._participants, channel, message.sender.id)
        )
        if gone is None:
            return Turn(Conversation.fresh(self._advisor.pack), duplicate=True)
        return self._aside("forgotten", conversations=str(gone.conversations), answers=str(gone.answers))

    def _aside(self, remark: Remark, **values: str) -> Turn:
        """A word to the sender that belongs to no conversation."""
        return Turn(Conversation.fresh(self._advisor.pack), aside=(Notice(remark, values),))

    def _conversation(self, stored: Stored) -> Conversation:
        return conversation_in(stored) or Conversation.fresh(self._advisor.pack)

    def _processed(
        self, stored: Stored, before: Conversation, turn: Turn, pressed: Card | None, debt: OutboxEntry
    ) -> Processed:
        message = debt.message
        in_place = isinstance(message.content, Press) and not turn.apart
        revision = turn.conversation.revision
        return Processed(
            place=stored.place,
            message=message,
            turn=turn,
            view=lay_out(self._advisor, turn.card, revision) if turn.card else None,
            below=tuple(lay_out(self._advisor, (reply,), revision) for reply in turn.below),
            aside=lay_out(self._advisor, turn.aside, revision) if turn.aside else None,
            old=None if in_place else superseded_view(self._advisor, before, turn.conversation, message.at),
            # What was pressed and shows something new is the live card, even if it is not on record yet.
            live=(pressed if turn.card else None) or stored.card or pressed,
            recorded=stored.card,
            in_place=in_place,
            debt=debt,
            changed=turn.conversation is not before,
        )

    async def quiet(self) -> None:
        """Returns when no refused write is in doubt any more, and all that was to be noted is."""
        await self._unconfirmed_writes.quiet()
        await self._retry_queue.quiet()

    def current_view(self, taken: Processed, at: int) -> View:
        """The live card as it stands now: what a late press on it gets back."""
        return current_view(self._advisor, taken.turn.conversation, at)

    async def deliver(self, taken: Processed, surface: Surface) -> Outcome:
        """Shows the replies, see `Delivery.deliver`."""
        return await self._delivery.deliver(taken, surface)

    async def delivered(self, taken: Processed, card: Card | None, surface: Surface) -> None:
        """Records a delivery that the channel made itself, see `Delivery.delivered`."""
        await self._delivery.delivered(taken, card, surface)

    async def recover(self, hold: Lease, surface: Surface) -> bool:
        """Delivers what another process owed, see `Delivery.recover`."""
        return await self._delivery.recover(hold, surface)
