"""Saves what a turn led to."""

import asyncio
import logging

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.record import Card, SaveResult, StoredConversation
from bot.storage.stores import Stores
from dialogs.message import Press
from dialogs.turn import Turn

log = logging.getLogger(__name__)


async def save_turn(
    stores: Stores,
    background: BackgroundTasks,
    entry: OutboxEntry,
    stored: StoredConversation,
    turn: Turn,
    people: frozenset[str],
    pressed: Card | None,
    deadline: float,
) -> SaveResult:
    """Saves the conversation and, in parallel, records people who take part and are not recorded yet."""
    after, content = turn.conversation, entry.message.content
    revision = content.revision if isinstance(content, Press) else None
    saving = stores.sessions.save(
        stored.place,
        after.to_json(),
        after.revision,
        expected=stored.revision,
        token=entry.token,
        pressed=(pressed, revision) if pressed and revision is not None and turn.card else None,
        within=deadline - asyncio.get_running_loop().time(),
    )
    if not people:
        return await saving
    recording = stores.participants.add(entry.channel, people, stored.place)
    # Waits for both: a save that is still running must not be applied after an error was raised.
    saved, recorded = await asyncio.gather(saving, recording, return_exceptions=True)
    if isinstance(recorded, BaseException):
        log.warning("the people of a conversation are not recorded yet: %s", recorded)
        if isinstance(recorded, StorageUnavailable):
            background.start(stores.participants.add_when_available(entry.channel, people, stored.place))
    if isinstance(saved, BaseException):
        raise saved
    return saved
