"""Locks that keep the replies of one conversation in order."""

import asyncio
from weakref import WeakValueDictionary

from bot.storage.place import Place
from bot.storage.record import Card
from bot.turns.live_card import LiveCard


class ConversationLock(asyncio.Lock):
    """Keeps the replies of one conversation in order. `live`: the live card that the last reply left."""

    live: LiveCard | None = None

    def newer_than(self, revision: int) -> Card | None:
        """The live card that the last reply left, if it shows more than this recorded revision."""
        return self.live.card if self.live is not None and self.live.revision > revision else None


class ConversationLocks:
    """The locks of the conversations of this process."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Place, ConversationLock] = WeakValueDictionary()

    def of(self, place: Place) -> ConversationLock:
        """The lock of a conversation, which exists for as long as somebody uses it."""
        found = self._locks.get(place)
        if found is None:
            found = self._locks[place] = ConversationLock()
        return found
