"""Writes that Redis did not confirm, and that people were told do not count.

Such a write may have been applied all the same. Then it is taken back as soon as Redis answers again, and before the
next turn of that conversation: what was refused never counts later. Unless somebody else has built on it or shown it
meanwhile: then the conversation bears another token, and it stays.
"""

import asyncio
import logging
from dataclasses import dataclass

from bot.due import Debt, Due
from bot.sessions import CorruptRecord, NewerSchema, Place, Sessions, StorageUnavailable, Stored
from dialogs.conversation import Conversation

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two tries while Redis is away."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A write that may have been applied: what stood there before, what was to be written, and for which message."""

    place: Place
    before: Conversation
    written: Conversation
    debt: Debt


class Doubts:
    """Unconfirmed writes of this process; there are only a few, and only while Redis is in trouble."""

    def __init__(self, sessions: Sessions, due: Due) -> None:
        self._sessions = sessions
        self._due = due
        self._open: dict[Place, Doubt] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, doubt: Doubt) -> None:
        """Begins to watch for the outcome."""
        self._open.setdefault(doubt.place, doubt)
        task = asyncio.get_running_loop().create_task(self._watch(doubt))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def quiet(self) -> None:
        """Returns when nothing is in doubt any more, which takes as long as Redis is away."""
        await asyncio.gather(*self._tasks)

    async def settled(self, stored: Stored) -> Stored:
        """What is stored once a refused write in it has been taken back. StorageUnavailable as from `Sessions`."""
        doubt = self._open.get(stored.place)
        if doubt is None:
            return stored
        # By its token: another process may have written the same, for another event of the same message.
        if stored.document is not None and stored.write == doubt.debt.token:
            log.warning("a write that was refused had been applied; it is taken back")
            stored = await self._take_back(stored, doubt)
        self._open.pop(stored.place, None)
        return stored

    async def _take_back(self, stored: Stored, doubt: Doubt) -> Stored:
        revision = stored.revision + 1
        # The message stays known, so that the platform's repeat of it does not count either.
        before = doubt.before.having(revision=revision, seen=doubt.written.seen)
        saved = await self._sessions.save(
            stored.place, before.to_json(), revision, expected=stored.revision, over=doubt.debt.token
        )
        return saved.current

    async def _watch(self, doubt: Doubt) -> None:
        while doubt.place in self._open:
            try:
                await self.settled(await self._sessions.load(doubt.place))
                await self._due.settle(doubt.debt)
                return
            except StorageUnavailable:
                await asyncio.sleep(PAUSE)
            except (CorruptRecord, NewerSchema) as error:
                log.error("a refused write can no longer be checked: %s", error)
                self._open.pop(doubt.place, None)
