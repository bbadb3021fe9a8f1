"""Writes that Redis did not confirm, and that people were told do not count.

Such a write may have been applied all the same. Then it is rolled back as soon as Redis answers again, and before the
next turn of that conversation: what was refused never counts later. Unless somebody else has built on it or shown it
meanwhile: then the conversation has another write token, and it stays.
"""

import logging
from dataclasses import dataclass, field
from functools import partial

from bot.storage.background import BackgroundTasks, retry_until_available
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.outbox import Lease, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.record import StoredConversation
from bot.storage.sessions import Sessions
from dialogs.conversation import Conversation

log = logging.getLogger(__name__)


async def add_or_withdraw(outbox: Outbox, entry: OutboxEntry, background: BackgroundTasks) -> Lease:
    """Adds an entry to the outbox. After StorageUnavailable it may be there all the same, but the person is told that
    it is not: so it is removed.
    """
    try:
        return await outbox.add(entry)
    except StorageUnavailable:
        background.start(retry_until_available(lambda: outbox.acknowledge(entry)))
        raise


@dataclass(frozen=True, slots=True)
class UnconfirmedWrite:
    """A write that may have been applied: what was there before, what was to be written, and for which message."""

    place: Place
    before: Conversation
    written: Conversation
    entry: OutboxEntry


@dataclass(eq=False)
class UnconfirmedWrites:
    """Unconfirmed writes of this process; there are only a few, and only while Redis is in trouble."""

    sessions: Sessions
    outbox: Outbox
    background: BackgroundTasks
    watched: list[UnconfirmedWrite] = field(default_factory=list, init=False)

    def add(self, write: UnconfirmedWrite) -> None:
        """Begins to look whether the write was applied."""
        self.watched.append(write)
        self.background.start(self._watch(write))

    async def roll_back(self, stored: StoredConversation) -> StoredConversation:
        """What is stored once a refused write in it has been undone. StorageUnavailable as from `Sessions`."""
        # By its token: another process may have written the same, for another event of the same message.
        write = next((write for write in self.watched if write.entry.token == stored.write), None)
        if write is None:
            return stored
        log.warning("a write that was refused had been applied; it is rolled back")
        revision = stored.revision + 1
        # The message stays known, so that the platform's repeat of it does not count either.
        before = write.before.replace(revision=revision, seen=write.written.seen)
        saved = await self.sessions.save(
            stored.place, before.to_json(), revision, expected=stored.revision, over=write.entry.token
        )
        return saved.current

    async def _watch(self, write: UnconfirmedWrite) -> None:
        try:
            await retry_until_available(partial(self._check, write))
        except (CorruptRecord, NewerSchema) as error:
            # The outbox entry is left to `Redelivery`, which meets the same.
            log.error("a refused write can no longer be checked: %s", error)
        finally:
            self.watched.remove(write)

    async def _check(self, write: UnconfirmedWrite) -> None:
        await self.roll_back(await self.sessions.load(write.place))
        await self.outbox.acknowledge(write.entry)
