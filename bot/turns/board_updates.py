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
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.stores import Stores

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
