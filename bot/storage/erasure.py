"""Erases what is stored about one person, in every conversation."""

from dataclasses import dataclass

from bot.storage.errors import CorruptRecord
from bot.storage.participants import Participants
from bot.storage.place import Place
from bot.storage.sessions import Sessions
from bot.storage.stores import conversation_in


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """How many conversations the person was found in, and how many of their answers are gone."""

    conversations: int = 0
    answers: int = 0


async def erase(sessions: Sessions, participants: Participants, channel: str, person: str) -> ErasureResult:
    """Goes through the places of a person. What others gave there stays; a conversation without others goes.

    Raises what `Sessions` raises; then it can be asked for again, since the index of places goes last.
    """
    conversations = answers = 0
    for place in await participants.places(channel, person):
        removed = await _erase_in(sessions, place, person)
        if removed is not None:
            conversations += 1
            answers += removed
    await participants.remove(channel, person)
    return ErasureResult(conversations, answers)


async def _erase_in(sessions: Sessions, place: Place, person: str) -> int | None:
    """Answers removed in one place; None where the person was not found."""
    while True:
        try:
            stored = await sessions.load(place)
            before = conversation_in(stored)
        except CorruptRecord:
            await sessions.delete(place)
            return None
        if before is None or person not in before.participants:
            return None
        given = sum(answer.by == person for answer in before.answers.values())
        after = before.without_person(person)
        if after is None:
            await sessions.delete(stored.place)
            return given
        saved = await sessions.save(stored.place, after.to_json(), after.revision, expected=stored.revision)
        if saved.done:
            return given
