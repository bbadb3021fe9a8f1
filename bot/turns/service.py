"""The service: one turn for every channel alike. Load → respond → save if unchanged → deliver."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import NamedTuple

from bot.config.setting_types import Unanswered
from bot.storage.background import BackgroundTasks
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry, new_token
from bot.storage.participants import unrecorded
from bot.storage.place import Place
from bot.storage.record import Card, StoredConversation
from bot.storage.stores import Stores, conversation_in
from bot.storage.unconfirmed_writes import UnconfirmedWrite, UnconfirmedWrites
from bot.turns.accepted_messages import AcceptedMessages
from bot.turns.board_updates import BoardUpdate, BoardUpdates
from bot.turns.channel import Surface
from bot.turns.delivery import Delivery
from bot.turns.erasure_request import ErasureRequests
from bot.turns.feedback import FeedbackRecords
from bot.turns.file_message import FileMessages, FileSource
from bot.turns.history import LinkTo, history_of
from bot.turns.listener import Listener, Speaker
from bot.turns.live_card import LiveCards
from bot.turns.missing_replies import MissingReplies
from bot.turns.observer import Observer
from bot.turns.outbox_entry_delivery import OutboxEntryDelivery
from bot.turns.processed_message import Processed, misses_card, processed_message
from bot.turns.rate_limit import RateLimit, RateLimitResult
from bot.turns.reminder_request import reminder_turn
from bot.turns.shared_results import SharedResults
from bot.turns.triaged_files import TriagedFiles
from bot.turns.worded_answers import WordedAnswers
from bot.turns.workers import Workers, is_long, responded
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.limits import MAX_COST, cost
from dialogs.message import Message, Typed, Verb, text_of
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.turn_records import usage
from dialogs.views.home import History

log = logging.getLogger(__name__)

SAVE_TIMEOUT = 2.3
"""Seconds after which a person is told that Redis is away: enough is left of the three that Slack waits."""


class Incoming(NamedTuple):
    """A message as a channel has it from a platform; see `Service.process`. `file` came with it."""

    channel: str
    place: Place
    address: Mapping[str, str]
    message: Message
    pressed: Card | None = None
    file: FileSource | None = None


class Service:
    """Processes messages. It holds no conversation: any number of services may run at the same time.

    `delivery` shows the replies, `overdue` those of entries of the outbox that waited for too long; `files` reads files
    that come with messages, `triaged_files` sends them back; `background` holds tasks, such as calls
    that are repeated until Redis is back; `workers` do what takes long; `observer` is notified of what happens;
    `pending_uploads` are files that wait for consent; `accepted` carries out what `accept` has stored. `listener` and
    `speaker` are an organisation's language model.
    """

    def __init__(
        self,
        advisor: Advisor,
        stores: Stores,
        limit: RateLimit | None = None,
        now: Callable[[], float] = time.time,
        observer: Observer | None = None,
        unanswered: Unanswered = Unanswered.SHARED,
        listener: Listener | None = None,
        speaker: Speaker | None = None,
    ) -> None:
        self.observer = observer or Observer()
        self.background = BackgroundTasks()
        self.workers = Workers()
        self._erasure_requests = ErasureRequests(advisor, stores, self.background)
        self.accepted = AcceptedMessages(advisor.catalogue, stores, self.background, listener, self._process_accepted)
        self.worded = WordedAnswers(advisor, stores.sessions, self.background, speaker)
        live_cards = LiveCards(advisor, stores)
        self.delivery = Delivery(stores, self.observer, live_cards, self.accepted, self.worded)
        self.files = FileMessages(advisor, self.workers.files)
        self.triaged_files = TriagedFiles(advisor, stores, self.workers.files)
        self.shared_results = SharedResults(advisor, stores)
        self.overdue = OutboxEntryDelivery(
            advisor,
            stores,
            self.observer,
            self._erasure_requests,
            self.shared_results,
            self.triaged_files,
            MissingReplies(advisor, stores, self.observer, live_cards, self.workers.texts, self.worded),
            self.delivery,
        )
        self.feedback = FeedbackRecords(advisor, stores, self.background, unanswered)
        self.advisor = advisor
        self.pending_uploads = stores.pending_uploads
        self._stores = stores
        self._sessions = stores.sessions
        self._unconfirmed_writes = UnconfirmedWrites(stores.sessions, stores.outbox, self.background)
        self._board_updates = BoardUpdates(stores, self.background, advisor, self.workers.texts)
        self._limit = limit or RateLimit()
        self._now = now

    async def take(self, came: Incoming, surface: Surface) -> Processed | Lease:
        """Counts a message, reads the file that came with it, and applies its effect (`process`); or stores it, where
        it may take long (`accept`): then its lease is for `accepted.carry_out`.
        """
        channel, place, address, message, pressed, file = came
        counted, pending = self.count(channel, place, message, file=file is not None), None
        if file is not None and message.addressed and counted is RateLimitResult.ALLOWED:
            message, data = await self.files.with_file(message, file, surface)
            if data is not None:
                pending = await self.triaged_files.note(channel, place, address, message, file, data)
        accepted = await self.accept(place, message, channel=channel, address=address, counted=counted)
        if accepted is not None:
            return accepted
        processed = await self.process(
            place, message, channel=channel, address=address, pressed=pressed, counted=counted
        )
        return processed._replace(file=pending)

    async def process(
        self,
        place: Place,
        message: Message,
        *,
        channel: str,
        address: Mapping[str, str],
        pressed: Card | None = None,
        counted: RateLimitResult | None = None,
    ) -> Processed:
        """Applies the effect of the message, once.

        `channel` and `address` say where replies go if another process has to deliver them. `pressed` is the message
        whose button was pressed. `counted` is what `count` said of the message, where it was asked before. What is not
        addressed to the advisor is processed only where there is a conversation already.
        StorageUnavailable if Redis was out of reach, or did not confirm the save: then a message that is addressed to
        the advisor does not count. If its save was applied all the same, it is rolled back (`UnconfirmedWrites`).
        """
        entry = OutboxEntry(channel, place, address, message, new_token()).written
        if self.accepted.listener is not None:
            await self._stores.queue.wait(place)
        try:
            with self.observer.processing(channel):
                counted = self.count(channel, place, message) if counted is None else counted
                processed = await self._process(entry, pressed, counted)
        except StorageUnavailable:
            self.observer.not_saved(channel)
            raise
        self.observer.processed(processed)
        return processed if self.worded.speaker is None else await self.worded.in_place(processed)

    async def accept(
        self, place: Place, message: Message, *, channel: str, address: Mapping[str, str], counted: RateLimitResult
    ) -> Lease | None:
        """Stores a message that may take long, so that it can be acknowledged at once: `accepted.carry_out` then
        applies its effect. None for all others, and without a listener: they are for `process`.

        StorageUnavailable if Redis was out of reach: then it does not count.
        """
        typed = message.content if isinstance(message.content, Typed) else None
        with_file = typed and (typed.ideas or typed.problems)
        if self.accepted.listener is None or not message.addressed or with_file:
            return None
        entry = OutboxEntry(channel, place, address, message, new_token())
        if self._too_many(entry, counted) is not None:
            return None
        try:
            conversation = Conversation.fresh(self.advisor.pack)
            if typed:  # about a press the listener is not asked
                conversation = await self._conversation_for(entry, await self._sessions.load(place))
            return await self.accepted.accept(entry, conversation)
        except (CorruptRecord, NewerSchema):
            return None
        except StorageUnavailable:
            self.observer.not_saved(channel)
            raise

    async def _process_accepted(self, entry: OutboxEntry, pressed: Card | None, lease: Lease) -> Processed:
        with self.observer.processing(entry.channel):
            processed = await self._process(entry, pressed, RateLimitResult.ALLOWED, lease)
        self.observer.processed(processed)
        return self.worded.begun(processed)

    async def history(self, channel: str, person: str, scope: str, link_to: LinkTo) -> History | None:
        """Somebody's newest recommendations and ideas within a workspace or tenant; None where Redis is away."""
        try:
            return await history_of(self._stores, self.advisor.pack, channel, person, scope, link_to)
        except StorageUnavailable as error:
            log.warning("somebody's recommendations could not be looked up: %s", error)
            return None

    def allows(self, sender: str, request: str, text: str = "") -> bool:
        """Counts a request without a conversation, and the text to be read for it, like a message: False if it is one
        too many. `sender` names the channel and the place as well."""
        return self._limit.check(sender, request, self._now(), cost(text)) is RateLimitResult.ALLOWED

    def count(self, channel: str, place: Place, message: Message, *, file: bool = False) -> RateLimitResult:
        """Counts a message before it is processed, so that the `file` of one too many is not fetched."""
        costs = MAX_COST if file else cost(text_of(message)) if isinstance(message.content, Typed) else 1
        return self._limit.check(_who(channel, place, message), message.id, message.at, costs)

    async def has_conversation(self, place: Place) -> bool:
        """Whether there is one, as far as Redis can say."""
        return (await self._as_far_as_known(place)).revision > 0

    async def live_card(self, processed: Processed) -> Card | None:
        """The live card after the replies were delivered."""
        return (await self._as_far_as_known(processed.place)).card or processed.live

    async def _as_far_as_known(self, place: Place) -> StoredConversation:
        try:
            return await self._sessions.load(place)
        except (StorageUnavailable, CorruptRecord, NewerSchema):
            return StoredConversation(place)

    async def _process(
        self, entry: OutboxEntry, pressed: Card | None, counted: RateLimitResult, accepted: Lease | None = None
    ) -> Processed:
        """`accepted` is the lease of the message if it was accepted: then it is not refused any more."""
        deadline = asyncio.get_running_loop().time() + SAVE_TIMEOUT
        found: tuple[Turn, Lease | None] | None = None if accepted else self._too_many(entry, counted)
        typed = isinstance(entry.message.content, Typed)
        if found is None and (typed or entry.message.verb is Verb.FORGET):
            found = await self._erasure_requests.respond(entry) or await reminder_turn(
                self.advisor, self._stores, entry
            )
        if found is not None:
            turn, lease = found[0], found[1] or accepted
            return self._processed(entry, lease, StoredConversation(entry.place), turn.conversation, turn, pressed)
        try:
            stored, before, lease = await self._load(entry, accepted)
            if entry.message.verb is Verb.FEEDBACK:
                entry = await self.feedback.with_subject(entry, stored, pressed)
            if typed:
                entry = await self.accepted.listened(entry, lease, before)
            # To read a text may take long; the press of an answer has none.
            with nullcontext() if lease is None or entry.message.verb is Verb.ANSWER else lease.kept():
                return await self._respond(entry, lease, stored, before, pressed, deadline)
        except NewerSchema as error:
            log.warning("%s", error)
            turn = Turn(Conversation.fresh(self.advisor.pack))
            if entry.message.addressed:
                turn = await self._stores.message_claims.notice_once(entry, self.advisor.notice("newer_version"))
            return self._processed(entry, accepted, StoredConversation(entry.place), turn.conversation, turn, pressed)

    async def _respond(
        self,
        entry: OutboxEntry,
        lease: Lease | None,
        stored: StoredConversation,
        before: Conversation,
        pressed: Card | None,
        deadline: float,
    ) -> Processed:
        """Responds until the effect is saved; again if the conversation has changed since it was loaded."""
        typed, asks = isinstance(entry.message.content, Typed), self.advisor.flows.questions.prompt
        while True:
            begun = asyncio.get_running_loop().time()
            if typed:
                turn = await responded(self.workers.texts, self.advisor, before, entry.message)
            else:
                turn = respond(self.advisor, before, entry.message)
            deadline += asyncio.get_running_loop().time() - begun  # it is for Redis
            if turn.conversation is before:
                turn = await self._stores.message_claims.notice_once(entry, turn)
                turn = await self.feedback.keep(entry, stored.place, turn)
                if misses_card(stored, before, turn, entry.message, pressed):
                    turn = turn._replace(card=self.advisor.flows.replay(before, entry.message.at))
                return self._processed(entry, lease, stored, before, turn, pressed)
            if before.board is not None:
                renumbered = await self._board_updates.numbered(stored.place, before, turn.conversation)
                if renumbered is not before:
                    before = renumbered
                    continue
            who = _who(entry.channel, stored.place, entry.message)
            if before.revision == 0 and not self._limit.may_begin(who, entry.message.at):
                turn = self.advisor.notice("too_many")._replace(conversation=before)
                return self._processed(entry, lease, stored, before, turn, pressed)
            after, people = unrecorded(before, turn.conversation, self._now())
            if after is not turn.conversation:
                turn = turn._replace(conversation=after)
            if after.board is not None or entry.board_changes or lease is None or asks(after) is None:
                entry, lease, turn = await self._board_updates.added(entry, lease, stored, before, turn)
            after = turn.conversation
            try:
                saved = await self._stores.save(entry, stored, turn, people, pressed, deadline, self.background)
            except StorageUnavailable:
                if entry.message.addressed and not entry.accepted:  # what is accepted counts, if not now, then later
                    self._unconfirmed_writes.add(UnconfirmedWrite(stored.place, before, after, entry))
                raise
            if saved.done:
                if typed:
                    self.feedback.note_unanswered(entry, turn, before)
                board_update: BoardUpdate | None = None
                if entry.board_changes:
                    board_update, turn = await self._board_updates.written(entry, turn)
                return self._processed(entry, lease, saved.current, before, turn, pressed, board_update, stored.card)
            stored, before = saved.current, await self._conversation_for(entry, saved.current)
            entry = entry.without_reading

    async def _load(
        self, entry: OutboxEntry, accepted: Lease | None = None
    ) -> tuple[StoredConversation, Conversation, Lease | None]:
        """The stored record, the conversation in it, and the lease of the outbox entry; a damaged record is deleted.

        A message that is not addressed to the advisor is written nowhere before it is known to have an effect.
        """
        lease = accepted
        try:
            if entry.message.addressed and lease is None:
                stored, lease = await self._stores.load_and_add(entry, ordered=self.advisor.may_finish(entry.message))
            else:
                stored = await self._sessions.load(entry.place)
            if self._unconfirmed_writes.watched:
                stored = await self._unconfirmed_writes.roll_back(stored)
            return stored, await self._conversation_for(entry, stored), lease
        except CorruptRecord as error:
            log.error("%s", error)
            place = error.place or entry.place
            await self._sessions.delete(place)
        if entry.message.addressed and lease is None:
            lease = await self._stores.outbox.add(entry)
        return StoredConversation(place), await self._conversation_for(entry, StoredConversation(place)), lease

    def _too_many(self, entry: OutboxEntry, counted: RateLimitResult) -> tuple[Turn, None] | None:
        """The turn for one message too many, of which the first gets a notice; None for others."""
        busy = isinstance(entry.message.content, Typed) and self.workers.texts.full and is_long(entry.message)
        if counted is RateLimitResult.ALLOWED and not busy:
            return None
        told = entry.message.addressed and counted is not RateLimitResult.STILL_EXCEEDED
        return self.advisor.notice("too_fast") if told else Turn(Conversation.fresh(self.advisor.pack)), None

    async def _conversation_for(self, entry: OutboxEntry, stored: StoredConversation) -> Conversation:
        """The stored conversation, with the ideas of the place if the message may be about them."""
        conversation = conversation_in(stored) or Conversation.fresh(self.advisor.pack)
        if not (entry.message.addressed or stored.revision):
            return conversation
        if not self.advisor.may_need_board(conversation, entry.message) or conversation.has_seen(entry.message.id):
            return conversation
        await self._board_updates.finished(stored.place)
        return await self._stores.with_board(conversation, stored.place)

    def _processed(
        self,
        entry: OutboxEntry,
        lease: Lease | None,
        stored: StoredConversation,
        before: Conversation,
        turn: Turn,
        pressed: Card | None,
        update: BoardUpdate | None = None,
        recorded: Card | None = None,
    ) -> Processed:
        processed = processed_message(self.advisor, entry, lease, stored, before, turn, pressed, recorded)
        if turn.conversation is before:
            return processed
        kept = isinstance(entry.message.content, Typed) and self.feedback.keeps_text(entry.message)
        return processed._replace(counts=usage(self.advisor, before, turn, kept=kept), board_update=update)


def _who(channel: str, place: Place, message: Message) -> str:
    return f"{channel}:{place.scope}:{message.sender.id}"
