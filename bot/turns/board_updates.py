"""Writes a message's changes of ideas to the board of its place, in parallel with the reply.

A conversation and its board are in different Redis slots, so no single step changes both. The changes are stored in the
message's outbox entry before the conversation is saved. The last click of a conversation is answered without waiting
for the board, and the entry is acknowledged only once the board has the changes.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.record import StoredConversation
from bot.storage.stores import Stores
from bot.turns.workers import WorkerPool
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Idea
from dialogs.reconstruction import reconstruct
from dialogs.turn import Turn
from dialogs.turn_records import board_changes, noted

log = logging.getLogger(__name__)


BoardUpdate = asyncio.Task[bool | None]
"""Whether the board has the changes, with no later one in place of one of them; None where that is not known, and it is
tried again before the entry is acknowledged."""


@dataclass(eq=False)
class BoardUpdates:
    """Updates of this process that are under way. A reader of a board waits for them, and so sees its own changes."""

    stores: Stores
    background: BackgroundTasks
    advisor: Advisor
    texts: WorkerPool
    _under_way: dict[BoardUpdate, Place] = field(default_factory=dict, init=False)

    async def numbered(self, place: Place, before: Conversation, after: Conversation) -> Conversation:
        """Reserves the numbers of new ideas. Returns `before`, or one that leads to other numbers if some are taken."""
        board, added = before.board, after.board
        if board is None or added is None or board.next == added.next:
            return before
        first = await self.stores.boards.reserve(place, added.ideas[len(board.ideas) :])
        if first == board.next:
            return before
        again = await self.stores.with_board(before, place)
        return again.replace(board=(again.board or board).from_number(first))

    async def added(
        self, entry: OutboxEntry, lease: Lease | None, stored: StoredConversation, before: Conversation, turn: Turn
    ) -> tuple[OutboxEntry, Lease | None, Turn]:
        """The entry with the turn's board changes, added to the outbox before the conversation is saved; its lease; the
        turn with its answers in the board's order, which is that of the calls of this, or of the loads before.
        """
        after, source, stores = turn.conversation, stored.place.key(""), self.stores
        changed, ideas = board_changes(self.advisor, source, before, after, entry.message), tuple[Idea, ...]()
        if changed:
            order = stored.order or (await stores.storage.pipeline(stores.boards.order_command(stored.place)))[0]
            ideas = tuple(idea.in_order(old, order) for idea, old in changed)
            own = next((idea for idea in ideas if not idea.number), None)
            turn = turn if own is None else turn._replace(conversation=after.replace(answers=own.answers))
        if len(ideas) > 1:  # in a thread, so that nobody else waits until their texts are read
            ideas = await self.texts.run(noted, self.advisor, ideas, entry.message.at)
        else:  # the conversation's own idea was read in its turn
            ideas = noted(self.advisor, ideas, entry.message.at)
        if ideas or entry.board_changes:
            entry = entry._replace(board_changes=ideas, original=None).written
            if lease is not None:
                await lease.replace(entry)
        if lease is None and (ideas or turn.shows_something or turn.aside):
            lease = await stores.outbox.add(entry)
        return entry, lease, turn

    async def written(self, entry: OutboxEntry, turn: Turn) -> tuple[BoardUpdate, Turn]:
        """Begins to write the board changes; waits for them if the next message is likely to be about the board. Where
        somebody's later change stands there instead, the turn shows that and does not say that it noted this one.
        """
        update = self.begin(entry)
        if turn.conversation.board is not None and await update is False:
            with suppress(StorageUnavailable):
                stored = await self.stores.with_board(turn.conversation, entry.place)
                return update, reconstruct(self.advisor, stored, entry.message)
        return update, turn

    def begin(self, entry: OutboxEntry) -> BoardUpdate:
        """Begins to write an entry's changes to its board."""
        update = self.background.start(self._apply(entry))
        self._under_way[update] = entry.place.board
        update.add_done_callback(self._under_way.pop)
        return update

    async def _apply(self, entry: OutboxEntry) -> bool | None:
        try:
            return await self.stores.apply_board_changes(entry)
        except StorageUnavailable as error:
            log.warning("changes of a board were not written yet: %s", error)
            return None

    async def finished(self, place: Place) -> None:
        """Returns when nothing is under way for the board of a place."""
        waiting = [update for update, board in self._under_way.items() if board == place.board]
        if waiting:
            await asyncio.wait(waiting)
