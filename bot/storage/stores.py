"""All that is kept in Redis, over one connection pool."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from pydantic import ValidationError

from bot.storage.background import retry_until_available
from bot.storage.deduplication import Deduplication
from bot.storage.errors import CorruptRecord
from bot.storage.outbox import Lease, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.participants import Participants
from bot.storage.record import Stored
from bot.storage.redis import Storage
from bot.storage.sessions import PREFIX, Sessions
from dialogs.conversation import SCHEMA, Conversation

COMPACT_WITHIN = 5.0
"""Seconds for which a server that already writes its file anew is asked again."""


def conversation_in(stored: Stored) -> Conversation | None:
    """What is stored, read; None where nothing is. CorruptRecord where it is no conversation."""
    if stored.document is None:
        return None
    try:
        return Conversation.from_json(stored.document)
    except ValidationError:
        raise CorruptRecord("its document is no conversation", stored.place) from None


@dataclass(frozen=True, slots=True)
class Stores:
    """Conversations, the outbox, the participants index, and the deduplication of messages.

    `own_server`: it is the embedded one, whose files are this user's alone.
    """

    storage: Storage
    sessions: Sessions
    outbox: Outbox
    participants: Participants
    deduplication: Deduplication
    own_server: bool = False

    @classmethod
    def on(cls, storage: Storage, *, ttl: timedelta, prefix: str = PREFIX, own_server: bool = False) -> Self:
        """Everything lives for `ttl` after its last use, or shorter; all keys begin with `prefix`."""
        return cls(
            storage,
            Sessions(storage, schema=SCHEMA, ttl=ttl, prefix=prefix),
            Outbox(storage, ttl=ttl, prefix=prefix),
            Participants(storage, ttl=ttl, prefix=prefix),
            Deduplication(storage, prefix=prefix),
            own_server,
        )

    async def load_and_add(self, entry: OutboxEntry) -> tuple[Stored, Lease]:
        """Loads the conversation and adds the entry to the outbox, in one round trip; see `Sessions.load`.

        CorruptRecord is about the conversation alone: the outbox mends itself.
        """
        commands = self.sessions.load_command(entry.place), self.outbox.add_command(entry)
        answer, added = await self.storage.pipeline(*commands)
        return self.sessions.read_answer(entry.place, answer), self.outbox.added(entry, added)

    async def compact(self) -> None:
        """Has the embedded server write its append-only file anew, without what was deleted.

        Another server's files are its operator's. StorageUnavailable where it does not begin within some seconds, as
        while it does just that for somebody else.
        """
        if self.own_server:
            await retry_until_available(lambda: self.storage.command("BGREWRITEAOF"), COMPACT_WITHIN)
