"""Erases what is stored about one person, in every conversation of one workspace or tenant."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.storage.errors import CorruptRecord
from bot.storage.outbox_entry import OutboxEntry, Redraw, new_token
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


async def erase(
    stores: Stores, wish: OutboxEntry, progress: Callable[[], Awaitable[None]] | None = None
) -> ErasureResult:
    """Erases what is stored about the sender of a request, in its workspace or tenant. What others wrote stays; a
    conversation without others is deleted.

    It can be repeated after an interruption: only places that were dealt with are removed from the index. Their cards
    are redrawn: an outbox entry for each is added before the conversation changes. `progress` is awaited between
    batches. Raises what `Sessions` raises.
    """
    participants, person, found = stores.participants, wish.message.sender.id, list[ErasureResult]()
    places = await participants.places(wish.channel, person, wish.place.scope)
    for first in range(0, len(places), MAX_CONCURRENT):
        if progress is not None:
            await progress()
        batch = places[first : first + MAX_CONCURRENT]
        for one in await asyncio.gather(*[_erase_in(stores, wish, place) for place in batch], return_exceptions=True):
            if isinstance(one, BaseException):
                raise one
            found.append(one)
        await participants.remove(wish.channel, person, batch)
    await stores.feedback.forget(wish.channel, wish.place.scope, person)
    await stores.reminders.resume(wish.channel, wish.place.scope, person)
    await stores.compact()
    return ErasureResult(sum(one.conversations for one in found), sum(one.answers for one in found))


async def _erase_in(stores: Stores, wish: OutboxEntry, place: Place) -> ErasureResult:
    """What was removed in one place; nothing where the person is not found there any more."""
    sessions, person = stores.sessions, wish.message.sender.id
    if place.thread == BOARD_THREAD:
        await stores.reminders.forget(place.space, person)
        return ErasureResult(0, await stores.boards.forget(place, person))
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
            await _redraw_later(stores, wish, stored, deleted=after is None)
            redrawn = True
        if after is None:
            await sessions.delete(stored.place)
            return ErasureResult(1, given)
        document, expected = after.to_json(), stored.revision
        saved = await sessions.save(stored.place, document, after.revision, expected=expected, forget_marks=True)
        if saved.done:
            return ErasureResult(1, given)


async def _redraw_later(stores: Stores, wish: OutboxEntry, stored: StoredConversation, *, deleted: bool) -> None:
    card = stored.card
    if card is None:
        return
    message = wish.message._replace(sender=Person(wish.message.sender.id), content=Typed(""), fingerprint=None)
    address = {**wish.address, **card.address}
    redraw = Redraw(card.message, dict(card.address), deleted)
    entry = OutboxEntry(wish.channel, stored.place, address, message, new_token(), redraw=redraw)
    await stores.outbox.add(entry, waited=WAITED)
