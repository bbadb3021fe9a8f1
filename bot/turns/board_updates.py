"""Writes a message's changes of ideas to the board of its place, in parallel with the reply.

A conversation and its board are in different Redis slots, so no single step changes both. The changes are stored in the
message's outbox entry before the conversation is saved. The last click of a conversation is answered without waiting
for the board, and the entry is acknowledged only once the board has the changes.
"""

import asyncio
import logging
from collections import defaultdict

from bot.storage.background import BackgroundTasks
from bot.storage.boards import board_place
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.workers import TEXTS
from dialogs.advisor import Advisor
from dialogs.board_changes import board_changes, noted
from dialogs.conversation import Conversation
from dialogs.turn import Turn

log = logging.getLogger(__name__)

BoardUpdate = asyncio.Future[bool]
"""Whether the board has the changes. If not, they are tried again before the entry is acknowledged."""


class BoardUpdates:
    """Updates of this process that are under way. A reader of a board waits for them, and so sees its own changes."""

    def __init__(self, stores: Stores, background: BackgroundTasks) -> None:
        self._stores = stores
        self._background = background
        self._under_way: defaultdict[Place, set[BoardUpdate]] = defaultdict(set)

    def begin(self, entry: OutboxEntry) -> BoardUpdate:
        """Begins to write an entry's changes to its board."""
        done: BoardUpdate = asyncio.get_running_loop().create_future()
        place = board_place(entry.place)
        self._under_way[place].add(done)
        self._background.start(self._apply(entry, place, done))
        return done

    async def _apply(self, entry: OutboxEntry, place: Place, done: BoardUpdate) -> None:
        result = False
        try:
            await self._stores.apply_board_changes(entry)
            result = True
        except StorageUnavailable as error:
            log.warning("changes of a board were not written yet: %s", error)
        finally:
            done.set_result(result)
            self._under_way[place].discard(done)
            if not self._under_way[place]:
                del self._under_way[place]

    async def finished(self, place: Place) -> None:
        """Returns when nothing is under way for the board of a place."""
        waiting = self._under_way.get(board_place(place))
        if waiting:
            await asyncio.wait(waiting)


async def numbered(stores: Stores, place: Place, before: Conversation, after: Conversation) -> Conversation:
    """Reserves the numbers of new ideas. Returns `before`, or one that leads to other numbers if some are taken."""
    board, added = before.board, after.board
    if board is None or added is None or board.next == added.next:
        return before
    new = added.ideas[len(board.ideas) :]
    first = await stores.boards.reserve(place, new)
    if first == board.next:
        return before
    again = await stores.with_board(before, place)
    return again.replace(board=(again.board or board).from_number(first))


async def with_board_changes(
    advisor: Advisor,
    stores: Stores,
    entry: OutboxEntry,
    lease: Lease | None,
    place: Place,
    before: Conversation,
    turn: Turn,
) -> tuple[OutboxEntry, Lease | None]:
    """The entry with the turn's board changes, added to the outbox before the conversation is saved; its lease."""
    after, source = turn.conversation, place.key("")
    ideas = board_changes(advisor, source, before, after, entry.message)
    if len(ideas) > 1:  # in a thread, so that nobody else waits until their texts are read
        ideas = await TEXTS.run(noted, advisor, ideas, entry.message.at)
    else:  # the conversation's own idea was read in its turn
        ideas = noted(advisor, ideas, entry.message.at)
    extended = entry if ideas == entry.board_changes else entry._replace(board_changes=ideas, original=None).written
    if extended is not entry and lease is not None:
        return extended, await stores.outbox.replace(entry, extended)
    if lease is None and (turn.shows_something or turn.aside):
        return extended, await stores.outbox.add(extended)
    return entry, lease
