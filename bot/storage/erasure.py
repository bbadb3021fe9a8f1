"""Erases what is stored about one person, in every conversation of one workspace or tenant."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.storage.errors import CorruptRecord
from bot.storage.outbox_entry import OutboxEntry, Redraw
from bot.storage.place import BOARD_THREAD, Place
from bot.storage.record import StoredConversation
from bot.storage.stores import Stores, conversation_in
from dialogs.message import Person, Typed

MAX_CONCURRENT = 64
"""Places erased at the same time: as many as the commands of one pipeline."""


WAITED = 60.0
"""Seconds that a card to redraw counts as pending already, so that the next redelivery finds it overdue."""


class ErasureResult(NamedTuple):
    """How many conversations the person was found in, and how many of their answers are gone."""

    conversations: int = 0
    answers: int = 0


@dataclass(eq=False)
class Erasure:
    """Goes through the places of a person. What others wrote stays; a conversation without others is deleted.

    It can be repeated after an interruption: only places that were dealt with are removed from the index. Their cards
    are redrawn: an outbox entry for each is added before the conversation changes. `new_token` makes the tokens of
    these entries.
    """

    stores: Stores
    new_token: Callable[[], str]

    async def run(self, wish: OutboxEntry, progress: Callable[[], Awaitable[None]] | None = None) -> ErasureResult:
        """Erases what is stored about the sender of a request, in its workspace or tenant.

        `progress` is awaited between batches. Raises what `Sessions` raises.
        """
        participants, person = self.stores.participants, wish.message.sender.id
        places = await participants.places(wish.channel, person, wish.place.scope)
        found: list[ErasureResult] = []
        for first in range(0, len(places), MAX_CONCURRENT):
            if progress is not None:
                await progress()
            found += await self._erase_in_all(wish, places[first : first + MAX_CONCURRENT])
        await self.stores.feedback.forget(wish.channel, wish.place.scope, person)
        await self.stores.reminders.resume(wish.channel, wish.place.scope, person)
        await self.stores.compact()
        return ErasureResult(sum(one.conversations for one in found), sum(one.answers for one in found))

    async def _erase_in_all(self, wish: OutboxEntry, places: Sequence[Place]) -> list[ErasureResult]:
        found: list[ErasureResult] = []
        for one in await asyncio.gather(*[self._erase_in(wish, place) for place in places], return_exceptions=True):
            if isinstance(one, BaseException):
                raise one
            found.append(one)
        await self.stores.participants.remove(wish.channel, wish.message.sender.id, places)
        return found

    async def _erase_in(self, wish: OutboxEntry, place: Place) -> ErasureResult:
        """What was removed in one place; nothing where the person is not found there any more."""
        sessions, person = self.stores.sessions, wish.message.sender.id
        if place.thread == BOARD_THREAD:
            await self.stores.reminders.forget(place.space, person)
            return ErasureResult(0, await self.stores.boards.forget(place, person))
        redrawn = False
        while True:
            try:
                stored = await sessions.load(place)
                before = conversation_in(stored)
            except CorruptRecord:
                await sessions.delete(place)
                return ErasureResult()
            if before is None or person not in before.participants:
                return ErasureResult()
            given = sum(answer.by == person for answer in before.answers.values())
            after = before.without_person(person)
            if not redrawn:
                await self._redraw_later(wish, stored, deleted=after is None)
                redrawn = True
            if after is None:
                await sessions.delete(stored.place)
                return ErasureResult(1, given)
            document, expected = after.to_json(), stored.revision
            saved = await sessions.save(stored.place, document, after.revision, expected=expected, forget_marks=True)
            if saved.done:
                return ErasureResult(1, given)

    async def _redraw_later(self, wish: OutboxEntry, stored: StoredConversation, *, deleted: bool) -> None:
        card = stored.card
        if card is None:
            return
        message = wish.message._replace(sender=Person(wish.message.sender.id), content=Typed(""), fingerprint=None)
        address = {**wish.address, **card.address}
        redraw = Redraw(card, deleted)
        entry = OutboxEntry(wish.channel, stored.place, address, message, self.new_token(), redraw=redraw)
        await self.stores.outbox.add(entry, waited=WAITED)
