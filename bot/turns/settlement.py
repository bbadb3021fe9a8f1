"""Settlement: what a message owes the board of its place is given to it, beside the reply.

A conversation and its board lie in different slots, so no step changes both. The message's entry in the outbox holds
what is owed before the conversation is saved; the last click of a conversation is answered without waiting for the
board; and the entry is acknowledged only once the board has it.
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

Settlement = asyncio.Future[bool]
"""Whether the board has what it is owed; else it is tried again before the entry is acknowledged."""


class Settlements:
    """Settlements of this process that are under way, so that whoever looks at a board sees what they did before."""

    def __init__(self, stores: Stores, background: BackgroundTasks) -> None:
        self._stores = stores
        self._background = background
        self._under_way: defaultdict[Place, set[Settlement]] = defaultdict(set)

    def begin(self, entry: OutboxEntry) -> Settlement:
        """Begins to give a board what an entry owes it."""
        done: Settlement = asyncio.get_running_loop().create_future()
        place = board_place(entry.place)
        self._under_way[place].add(done)
        self._background.start(self._settle(entry, place, done))
        return done

    async def _settle(self, entry: OutboxEntry, place: Place, done: Settlement) -> None:
        result = False
        try:
            await self._stores.apply_owed(entry)
            result = True
        except StorageUnavailable as error:
            log.warning("a change of a board waits: %s", error)
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
