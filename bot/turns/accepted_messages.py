"""Messages that are stored and acknowledged before they are worked on, since a language model is asked about them.

A platform waits a few seconds for an event to be acknowledged, a model may take longer. An accepted message is in the
outbox, so it is not lost if its process dies: `redelivery.py` finds it. Those of one thread are carried out in their
order.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease, LeaseLost
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.record import Card
from bot.storage.stores import Stores
from bot.storage.unconfirmed_writes import add_or_withdraw
from bot.turns.channel import Surface, TryLater, Undeliverable, said
from bot.turns.failure_notice import failure_notice
from bot.turns.listener import Listener, within
from bot.turns.processed_message import Processed
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation, hashed
from dialogs.message import Message, Typed
from dialogs.view import line_text

log = logging.getLogger(__name__)


@dataclass(eq=False)
class AcceptedMessages:
    """Accepts messages and carries them out. Without a `listener` nothing is accepted, but what another process has
    accepted is carried out all the same. `process` applies the effect of a message, which may have pressed a card."""

    catalogue: Catalogue
    stores: Stores
    background: BackgroundTasks
    listener: Listener | None
    process: Callable[[OutboxEntry, Card | None, Lease], Awaitable[Processed]]

    async def accept(self, entry: OutboxEntry, conversation: Conversation) -> Lease | None:
        """Stores a message about which the listener is to be asked, or that comes after an accepted one of its thread;
        None for others. StorageUnavailable where it could not be stored: then it does not count."""
        if not self._wants(conversation, entry.message) and not await self.stores.queue.before(entry.place):
            return None
        entry = entry._replace(accepted=True, original=None).written
        lease = await add_or_withdraw(self.stores.outbox, entry, self.background)
        with suppress(StorageUnavailable):  # it joins again when it is carried out
            await self.stores.queue.join(entry.place, entry.token)
        return lease

    async def carry_out(self, lease: Lease, surface: Surface, pressed: Card | None = None) -> Processed | None:
        """Applies the effect of an accepted message, once those before it in its thread had theirs.

        None where nothing is to be delivered here: it is carried out for another of its events, by another process, or
        later, when Redis is back; or there was an unexpected error, which the sender is told.
        """
        entry, over = lease.entry, asyncio.Event()
        processed: Processed | None = None
        try:
            with lease.kept():
                await self.stores.message_claims.claim(entry)
                self.background.start(self._show_thinking(surface, entry.message, over))
                await self.stores.queue.join(entry.place, entry.token)
                await self.stores.queue.wait(entry.place, entry.token)
                await lease.renew()
                processed = await self.process(entry, pressed, lease)
        except LeaseLost:
            return None
        except StorageUnavailable as error:
            log.warning("an accepted message waits: %s", error)
            return None
        except Exception as error:
            with suppress(StorageUnavailable):
                await self.stores.outbox.acknowledge(lease.entry)
            if not isinstance(error, AlreadyHandled):
                line = failure_notice(self.catalogue, error, hashed(entry.message.id), entry.message)
                with suppress(TryLater, Undeliverable):
                    await surface.whisper(said(line or ()))
        finally:
            if processed is None or processed.words is None:
                over.set()
            else:
                processed.words.add_done_callback(lambda _: over.set())
        with suppress(StorageUnavailable):
            await self.stores.queue.leave(entry.place, entry.token)
        return processed

    async def listened(self, entry: OutboxEntry, lease: Lease | None, before: Conversation) -> OutboxEntry:
        """The entry with what the listener hears in its message. It is stored with an accepted one, so the listener is
        asked once; where the conversation has changed since it was asked, what it heard is dropped."""
        if entry.message.heard is not None:
            return entry if entry.heard_at == before.revision else entry.without_reading
        if self.listener is None or not self._wants(before, entry.message):
            return entry
        heard = await within(self.listener.limit, self.listener.heard(before, entry.message))
        read = entry._replace(message=entry.message._replace(heard=heard), heard_at=before.revision)
        if heard is None or lease is None or not entry.accepted:
            return read
        read = read._replace(original=None).written
        await lease.replace(read)
        return read

    def _wants(self, conversation: Conversation, message: Message) -> bool:
        """Whether the listener is to be asked: about what is typed to the advisor, and new."""
        if self.listener is None or not message.addressed or not isinstance(message.content, Typed):
            return False
        return not conversation.has_seen(message.id) and self.listener.wanted(conversation, message)

    async def _show_thinking(self, surface: Surface, message: Message, over: asyncio.Event) -> None:
        """Has the platform show that a reply takes a while; nobody waits for that, nor needs it."""
        with suppress(Exception):
            await surface.think(message, line_text(self.catalogue.in_channel("thinking")), over)
