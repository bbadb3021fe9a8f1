"""Replies of one conversation go out one after another, in the order in which they were taken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from bot.sessions import Card, Place


@dataclass(eq=False)
class Lane:
    """The queue of one conversation. `card` is the live card that the last reply in it left."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    card: Card | None = None


class Lanes:
    """Lanes that anybody is in; others take no memory."""

    def __init__(self) -> None:
        self._lanes: WeakValueDictionary[Place, Lane] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, place: Place) -> AsyncIterator[Lane]:
        """Waits for the replies before this one."""
        lane = self._lanes.get(place)
        if lane is None:
            lane = self._lanes[place] = Lane()
        async with lane.lock:
            yield lane
