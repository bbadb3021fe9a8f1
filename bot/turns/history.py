"""The history of one person: recommendations, from the conversations that they take part in, and their ideas."""

import asyncio
import logging
from collections.abc import Callable

from bot.storage.errors import CorruptRecord, NewerSchema
from bot.storage.place import BOARD_THREAD, Place
from bot.storage.stores import Stores, conversation_in
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

LinkTo = Callable[[Place], str]
"""Where people open a place; "" for nowhere."""


async def history_of(stores: Stores, pack: Pack, channel: str, person: str, scope: str, link_to: LinkTo) -> History:
    """The newest MAX_SHOWN of each, within one workspace or tenant. StorageUnavailable."""
    found = await stores.participants.places(channel, person, scope)
    boards = [place for place in found if place.thread == BOARD_THREAD][:MAX_BOARDS]
    places = [place for place in found if place.thread != BOARD_THREAD][:MAX_CONVERSATIONS]
    ideas = await asyncio.gather(*[_own_ideas(stores, place, person) for place in boards])
    own = sorted(filter(None, ideas), key=lambda one: one.at, reverse=True)
    results = await asyncio.gather(*[_recommendation(stores, pack, place, person, link_to) for place in places])
    past = sorted(filter(None, results), key=lambda one: one.at, reverse=True)
    return History(tuple(past[:MAX_SHOWN]), tuple(own[:MAX_SHOWN]))


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


async def _recommendation(
    stores: Stores, pack: Pack, place: Place, person: str, link_to: LinkTo
) -> PastRecommendation | None:
    """That of the conversation in a place, where it is finished and this person answered or described the idea."""
    try:
        stored = await stores.sessions.load(place)
        # In direct messages a thread without a conversation leads to the open one, which has a place of its own.
        conversation = conversation_in(stored) if stored.place == place else None
    except (CorruptRecord, NewerSchema) as error:
        log.warning("A conversation is left out of somebody's list. %s", error)
        return None
    if conversation is None or not conversation.started or person not in conversation.participants:
        return None
    if open_question(pack, conversation) is not None:
        return None
    verdict = pack.verdict(decision.decide(pack, conversation.chosen).verdict)
    at = max((answer.at for answer in conversation.answers.values()), default=0)
    return PastRecommendation(title=conversation.title, verdict=verdict, at=at, link=link_to(place))
