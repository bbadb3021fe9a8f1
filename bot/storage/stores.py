"""All that is kept in Redis, over one connection pool."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from pydantic import ValidationError

from bot.storage.background import BackgroundTasks, retry_until_available
from bot.storage.boards import BoardAddress, Boards
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.feedback import FeedbackStore
from bot.storage.message_claims import MessageClaims
from bot.storage.outbox import Lease, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.participants import Participants
from bot.storage.pending_uploads import PendingUploads
from bot.storage.place import Place
from bot.storage.record import Card, SaveResult, StoredConversation
from bot.storage.redis_retries import Storage
from bot.storage.reminders import Reminders
from bot.storage.sessions import PREFIX, Sessions
from bot.storage.thread_queue import ThreadQueue
from dialogs.conversation import SCHEMA, Conversation
from dialogs.flows.board import BoardFlow
from dialogs.ideas.board import Board, Idea, idea_id
from dialogs.message import Press, Verb
from dialogs.turn import Turn

log = logging.getLogger(__name__)

RECORD_TTL = timedelta(days=365)
"""For how long an idea is kept, unless set."""

COMPACT_TIMEOUT = 5.0
"""Seconds for which a server that already writes its file anew is asked again."""


def conversation_in(stored: StoredConversation) -> Conversation | None:
    """What is stored, read; None where nothing is. CorruptRecord where it is no conversation."""
    if stored.document is None:
        return None
    try:
        read = Conversation.from_json(stored.document)
    except ValidationError:
        raise CorruptRecord("its document is no conversation", stored.place) from None
    return read.replace(draft=stored.draft) if stored.draft else read


@dataclass(frozen=True, slots=True)
class Stores:
    """Conversations, the outbox, the participants index, messages that were handled, the boards of ideas, feedback,
    files that wait to be sent, who was reminded of what, and the order of accepted messages.

    `own_server`: it is the embedded one, whose files are this user's alone.
    """

    storage: Storage
    sessions: Sessions
    outbox: Outbox
    participants: Participants
    message_claims: MessageClaims
    boards: Boards
    feedback: FeedbackStore
    pending_uploads: PendingUploads
    reminders: Reminders
    queue: ThreadQueue
    own_server: bool = False

    @classmethod
    def on(
        cls,
        storage: Storage,
        *,
        ttl: timedelta,
        record_ttl: timedelta = RECORD_TTL,
        prefix: str = PREFIX,
        own_server: bool = False,
    ) -> Self:
        """Everything lives for `ttl` after its last use, or shorter; an idea for `record_ttl` after it was added; all
        keys begin with `prefix`."""
        outbox = Outbox(storage, ttl=ttl, prefix=prefix)
        return cls(
            storage,
            Sessions(storage, schema=SCHEMA, ttl=ttl, prefix=prefix),
            outbox,
            Participants(storage, ttl=max(ttl, record_ttl), prefix=prefix),
            MessageClaims(storage, prefix=prefix),
            Boards(storage, ttl=record_ttl, prefix=prefix),
            FeedbackStore(storage, prefix=prefix),
            PendingUploads(storage, prefix=prefix),
            Reminders(storage, outbox, ttl=record_ttl, prefix=prefix),
            ThreadQueue(storage, prefix=prefix),
            own_server,
        )

    async def load_and_add(self, entry: OutboxEntry, *, ordered: bool) -> tuple[StoredConversation, Lease]:
        """Loads the conversation and adds the entry to the outbox, in one round trip; see `Sessions.load`. `ordered`:
        it takes a number for a change of the board as well.

        CorruptRecord is about the conversation alone: the outbox mends itself, and a board that is none has no numbers.
        """
        commands = [self.sessions.load_command(entry.place), self.outbox.add_command(entry)]
        if ordered:
            commands.append(self.boards.order_command(entry.place))
        answer, added, *order = await self.storage.pipeline(*commands)
        stored = self.sessions.read_answer(entry.place, answer)
        return stored._replace(order=order[0]) if ordered else stored, self.outbox.added(entry, added)

    async def save(
        self,
        entry: OutboxEntry,
        stored: StoredConversation,
        turn: Turn,
        people: frozenset[str],
        pressed: Card | None,
        deadline: float,
        background: BackgroundTasks,
    ) -> SaveResult:
        """Saves what a turn led to and, in parallel, records people who take part and are not recorded yet."""
        after, content = turn.conversation, entry.message.content
        revision = content.revision if isinstance(content, Press) else None
        saving = self.sessions.save(
            stored.place,
            after.to_json(),
            after.revision,
            expected=stored.revision,
            token=entry.token,
            pressed=(pressed, revision) if pressed and revision is not None and turn.card else None,
            answered=entry.message.verb in (Verb.ANSWER, Verb.CONFIRM),
            within=deadline - asyncio.get_running_loop().time(),
        )
        if not people:
            return await saving
        recording = self.participants.add(entry.channel, people, stored.place)
        # Waits for both: a save that is still running must not be applied after an error was raised.
        saved, recorded = await asyncio.gather(saving, recording, return_exceptions=True)
        if isinstance(recorded, BaseException):
            log.warning("the people of a conversation are not recorded yet: %s", recorded)
            if isinstance(recorded, StorageUnavailable):
                background.start(self.participants.add_when_available(entry.channel, people, stored.place))
        if isinstance(saved, BaseException):
            raise saved
        return saved

    async def conversation_at(self, stored: StoredConversation) -> Conversation | None:
        """What is stored, read, with the ideas of its place where its card shows them."""
        conversation = conversation_in(stored)
        shows = conversation is not None and conversation.listing is not None and conversation.flow == BoardFlow.name
        return await self.with_board(conversation, stored.place) if conversation is not None and shows else conversation

    async def with_board(self, conversation: Conversation, place: Place) -> Conversation:
        """A conversation with the ideas of its place at hand. A board that is no board is left alone."""
        try:
            board = await self.boards.load(place)
        except CorruptRecord as error:
            log.error("a board cannot be read: %s", error)
            return conversation.replace(board=Board())
        told = idea_id(place.key(""), conversation.begun) if conversation.revision else ""
        own = next((idea.number for idea in board.shown if idea.id == told), 0)
        return conversation.replace(board=board, own=own)

    async def apply_board_changes(self, entry: OutboxEntry) -> bool:
        """Writes a message's changes to the board, and records who is there. Returns what `Boards.apply` does."""
        place = entry.place.board
        ideas = entry.board_changes
        try:
            address = BoardAddress(entry.channel, entry.address).without_person()
            whole = await self.boards.apply(entry.place, ideas, address)
            await self.participants.add(entry.channel, Board(ideas=ideas).participants, place)
            return whole
        except CorruptRecord as error:
            log.error("a board cannot be changed: %s", error)
            return True

    async def told_in_private(self, board: Place, ideas: Iterable[Idea]) -> tuple[Idea, ...]:
        """Those of a shared board's ideas that were probably told in private, in a thread of its channel.

        Earlier versions put them there. No link leads to such an idea, and its owner has talked in private there.
        """
        unlinked, private = [idea for idea in ideas if idea.by and not idea.link], set[str]()
        for person in {idea.by for idea in unlinked}:
            own, channel = board.targeted(person).board, board.space.split(":")[0]
            places = await self.participants.places(channel, person, board.scope)
            private |= {person for place in places if place.board == own and place.space != own.space}
        return tuple(idea for idea in unlinked if idea.by in private)

    async def compact(self) -> None:
        """Has the embedded server write its append-only file anew, without what was deleted.

        Another server's files are its operator's. StorageUnavailable where it does not begin within some seconds, as
        while it does just that for somebody else.
        """
        if self.own_server:
            await retry_until_available(lambda: self.storage.command("BGREWRITEAOF"), COMPACT_TIMEOUT)
