"""The history of one person: recommendations, from the conversations that they take part in, and their ideas."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from bot.storage.errors import CorruptRecord, NewerSchema
from bot.storage.place import BOARD_THREAD, Place
from bot.storage.stores import Stores, conversation_in
from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question
from dialogs.views.home import History, OwnIdeas, PastRecommendation
from knowledge import decision
from knowledge.pack import Pack

log = logging.getLogger(__name__)

MAX_SHOWN = 10
"""Recommendations that are listed."""

MAX_NEWEST = 4
"""Ideas of a place that are named."""

MAX_BOARDS = 20
"""Boards that are read."""

MAX_CONVERSATIONS = 200
"""Conversations that are read; more than anybody has at a time."""

MAX_CONCURRENT = 32
"""Conversations that are read at the same time."""


LinkTo = Callable[[Place], str]
"""Where people open a place; "" for nowhere."""


async def history_of(stores: Stores, pack: Pack, channel: str, person: str, scope: str, link_to: LinkTo) -> History:
    """The newest MAX_SHOWN of each, within one workspace or tenant. StorageUnavailable."""
    found = await stores.participants.places(channel, person, scope)
    boards = [place for place in found if place.thread == BOARD_THREAD][:MAX_BOARDS]
    places = [place for place in found if place.thread != BOARD_THREAD][:MAX_CONVERSATIONS]
    ideas = await asyncio.gather(*[_own_ideas(stores, place, person) for place in boards])
    own = sorted(filter(None, ideas), key=lambda one: one.at, reverse=True)
    return History(await _recommended(stores, pack, places, person, link_to), tuple(own[:MAX_SHOWN]))


async def _own_ideas(stores: Stores, place: Place, person: str) -> OwnIdeas | None:
    """Only the person's own ideas: somebody who has left a channel must not see those of others."""
    try:
        ideas = [idea for idea in (await stores.boards.load(place)).shown if idea.by == person]
    except CorruptRecord as error:
        log.warning("A board is left out of somebody's list. %s", error)
        return None
    if not ideas:
        return None
    newest = sorted(ideas, key=lambda idea: (idea.at, idea.number), reverse=True)[:MAX_NEWEST]
    where = place.space.rpartition(":")[2].removeprefix(person)
    return OwnIdeas(len(ideas), tuple((idea.title, idea.link) for idea in newest), newest[0].at, where)


async def _recommended(
    stores: Stores, pack: Pack, places: Sequence[Place], person: str, link_to: LinkTo
) -> tuple[PastRecommendation, ...]:
    found: list[PastRecommendation] = []
    for start in range(0, len(places), MAX_CONCURRENT):
        part = places[start : start + MAX_CONCURRENT]
        some = await asyncio.gather(*[_conversation(stores, place) for place in part])
        found += _recommendations(pack, zip(map(link_to, part), some, strict=True), person)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MAX_SHOWN])


async def _conversation(stores: Stores, place: Place) -> Conversation | None:
    try:
        stored = await stores.sessions.load(place)
        # In direct messages a thread without a conversation leads to the open one, which has a place of its own.
        return conversation_in(stored) if stored.place == place else None
    except (CorruptRecord, NewerSchema) as error:
        log.warning("A conversation is left out of somebody's list. %s", error)
        return None


def _recommendations(
    pack: Pack, conversations: Iterable[tuple[str, Conversation | None]], person: str
) -> list[PastRecommendation]:
    """Recommendations of finished conversations in which this person answered or described the idea."""
    return [
        PastRecommendation(
            title=conversation.title,
            verdict=pack.verdict(decision.decide(pack, conversation.chosen).verdict),
            at=max((answer.at for answer in conversation.answers.values()), default=0),
            link=link,
        )
        for link, conversation in conversations
        if conversation is not None
        and conversation.started
        and person in conversation.participants
        and open_question(pack, conversation) is None
    ]
