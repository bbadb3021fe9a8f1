"""All that is kept in Redis, over one connection pool."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from pydantic import ValidationError

from bot.storage.deduplication import Deduplication
from bot.storage.errors import CorruptRecord
from bot.storage.outbox import Lease, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.participants import Participants
from bot.storage.record import Stored
from bot.storage.redis import Storage
from bot.storage.sessions import PREFIX, Sessions
from dialogs.conversation import SCHEMA, Conversation


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
    """Conversations, the outbox, the participants index, and the deduplication of messages."""

    storage: Storage
    sessions: Sessions
    outbox: Outbox
    participants: Participants
    deduplication: Deduplication

    @classmethod
    def on(cls, storage: Storage, *, ttl: timedelta, prefix: str = PREFIX) -> Self:
        """Everything lives for `ttl` after its last use, or shorter; all keys begin with `prefix`."""
        return cls(
            storage,
            Sessions(storage, schema=SCHEMA, ttl=ttl, prefix=prefix),
            Outbox(storage, ttl=ttl, prefix=prefix),
            Participants(storage, ttl=ttl, prefix=prefix),
            Deduplication(storage, prefix=prefix),
        )

    async def load_and_add(self, entry: OutboxEntry) -> tuple[Stored, Lease]:
        """Loads the conversation and adds the entry to the outbox, in one round trip; see `Sessions.load`.

        CorruptRecord is about the conversation alone: the outbox mends itself.
        """
        commands = self.sessions.load_command(entry.place), self.outbox.add_command(entry)
        answer, added = await self.storage.pipeline(*commands)
        return self.sessions.read_answer(entry.place, answer), self.outbox.added(entry, added)
