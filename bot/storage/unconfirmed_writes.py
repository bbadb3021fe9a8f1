"""Writes that Redis did not confirm, and that people were told do not count.

Such a write may have been applied all the same. Then it is taken back as soon as Redis answers again, and before the
next turn of that conversation: what was refused never counts later. Unless somebody else has built on it or shown it
meanwhile: then the conversation bears another token, and it stays.
"""

import asyncio
import logging
from dataclasses import dataclass

from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Outbox, OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Stored
from bot.storage.sessions import Sessions
from dialogs.conversation import Conversation

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two tries while Redis is away."""


@dataclass(frozen=True, slots=True)
class UnconfirmedWrite:
    """A write that may have been applied: what stood there before, what was to be written, and for which message."""

    place: Place
    before: Conversation
    written: Conversation
    debt: OutboxEntry


class UnconfirmedWrites:
    """Unconfirmed writes of this process; there are only a few, and only while Redis is in trouble."""

    def __init__(self, sessions: Sessions, outbox: Outbox) -> None:
        self._sessions = sessions
        self._outbox = outbox
        self._watched: dict[asyncio.Task[None], UnconfirmedWrite] = {}

    def add(self, doubt: UnconfirmedWrite) -> None:
        """Begins to watch for the outcome."""
        task = asyncio.get_running_loop().create_task(self._watch(doubt))
        self._watched[task] = doubt
        task.add_done_callback(self._watched.pop)

    async def quiet(self) -> None:
        """Returns when nothing is in doubt any more, which takes as long as Redis is away."""
        await asyncio.gather(*self._watched)

    async def settled(self, stored: Stored) -> Stored:
        """What is stored once a refused write in it has been taken back. StorageUnavailable as from `Sessions`."""
        # By its token: another process may have written the same, for another event of the same message.
        doubt = next((doubt for doubt in self._watched.values() if doubt.debt.token == stored.write), None)
        if doubt is None:
            return stored
        log.warning("a write that was refused had been applied; it is taken back")
        return await self._take_back(stored, doubt)

    async def _take_back(self, stored: Stored, doubt: UnconfirmedWrite) -> Stored:
        revision = stored.revision + 1
        # The message stays known, so that the platform's repeat of it does not count either.
        before = doubt.before.replace(revision=revision, seen=doubt.written.seen)
        saved = await self._sessions.save(
            stored.place, before.to_json(), revision, expected=stored.revision, over=doubt.debt.token
        )
        return saved.current

    async def _watch(self, doubt: UnconfirmedWrite) -> None:
        while True:
            try:
                await self.settled(await self._sessions.load(doubt.place))
                return await self._outbox.settle(doubt.debt)
            except StorageUnavailable:
                await asyncio.sleep(PAUSE)
            except (CorruptRecord, NewerSchema) as error:
                # What is owed for it is left to `recovery`, which meets the same.
                return log.error("a refused write can no longer be checked: %s", error)
