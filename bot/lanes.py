"""Replies of one conversation go out one after another, in the order in which they were taken."""

import asyncio
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from bot.sessions import Card, Place


@dataclass(eq=False)
class Lane:
    """The queue of one conversation; its head holds the lock. `card`: the live card that the last reply left."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    card: Card | None = None


class Lanes:
    """Lanes that anybody is in; others take no memory."""

    def __init__(self) -> None:
        self._lanes: WeakValueDictionary[Place, Lane] = WeakValueDictionary()

    def of(self, place: Place) -> Lane:
        """The lane of a conversation, to be held as long as somebody is in it."""
        lane = self._lanes.get(place)
        if lane is None:
            lane = self._lanes[place] = Lane()
        return lane
