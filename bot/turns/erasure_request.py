"""The request to be forgotten: confirmed by the person, carried out once, and not lost if the process dies.

A confirmed request is an entry of the outbox, like a message whose reply is pending. A process that finds it overdue
carries it out and tells the person.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.storage.background import BackgroundTasks
from bot.storage.erasure import erase
from bot.storage.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.stores import Stores
from bot.storage.unconfirmed_writes import add_or_withdraw
from bot.turns.channel import TryLater
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.limits import bounded
from dialogs.message import Message, Typed, Verb
from dialogs.replies.notices import ForgettingAsked
from dialogs.turn import Turn
from knowledge.typed_answers.word_parser import fold

log = logging.getLogger(__name__)


@dataclass(eq=False)
class ErasureRequests:
    """Recognises requests and carries them out."""

    advisor: Advisor
    stores: Stores
    background: BackgroundTasks

    def is_confirmed(self, message: Message) -> bool:
        return says(message, self.advisor.catalogue.phrases["forget_confirmed"])

    async def respond(self, entry: OutboxEntry) -> tuple[Turn, Lease | None] | None:
        """The turn for a request, and the lease of its entry where that is to be acknowledged; None for other messages.

        StorageUnavailable if the request could not be stored: then it is not carried out.
        """
        entry = await self._written_out(entry)
        if says(entry.message, self.advisor.catalogue.phrases["forget"]):
            await self.stores.message_claims.note_asked(entry, await self._point(entry))
            asked = Turn(Conversation.fresh(self.advisor.pack), aside=(ForgettingAsked(),))
            return await self.stores.message_claims.notice_once(entry, asked), None
        if not self.is_confirmed(entry.message):
            return None
        lease = await add_or_withdraw(self.stores.outbox, entry, self.background)
        try:
            with lease.kept():
                return await self.carry_out(lease), lease
        except AlreadyHandled:
            return Turn(Conversation.fresh(self.advisor.pack), duplicate=True), lease
        except (StorageUnavailable, TryLater) as error:
            log.warning("a request to be forgotten waits: %s", error)
            return self.advisor.notice("forget_later"), None

    async def _written_out(self, entry: OutboxEntry) -> OutboxEntry:
        """The entry with the confirmation in full, where the button was pressed, or where a bare yes is the next thing
        said after the question. The other event of the same message is written out as well.
        """
        phrases, claims = self.advisor.catalogue.phrases, self.stores.message_claims
        confirmed = entry.message._replace(content=Typed(phrases["forget_confirmed"][0]), addressed=True)
        if entry.message.verb is not Verb.FORGET:
            yes = phrases["confirm"][0]
            if not says(entry.message, tuple(said for said in phrases["confirm"] if said.split()[0] == yes)):
                return entry
            asked, own = await claims.asked_at(entry), entry.message.ids[-1]
            if not asked or asked not in (own, await self._point(entry)):
                return entry
            await claims.note_asked(entry, own)
        return entry._replace(message=confirmed, original=None).written

    async def _point(self, entry: OutboxEntry) -> str:
        """Where the conversation at a place is: another one after each message that it has answered."""
        try:
            return f"at {(await self.stores.sessions.load(entry.place)).revision}"
        except (CorruptRecord, NewerSchema):
            return "unreadable"

    async def carry_out(self, lease: Lease, progress: Callable[[], Awaitable[None]] | None = None) -> Turn:
        """Carries out the request of an entry, unless that is done already, and says what was removed.

        AlreadyHandled where another event of the same message is carried out, StorageUnavailable or TryLater where it
        has to wait.
        """
        entry, claims = lease.entry, self.stores.message_claims
        done = await claims.claim(entry)
        if done is None:
            try:
                erased = await erase(self.stores, entry, progress)
            except NewerSchema as error:
                raise TryLater(f"a newer version has to do it. {error}") from error
            done = f"{erased.conversations} {erased.answers}"
            await claims.finish(entry, done)
        conversations, answers = done.split()
        return self.advisor.notice("forgotten", conversations=conversations, answers=answers)


def says(message: Message, phrases: tuple[str, ...]) -> bool:
    """Whether a typed message to the advisor is one of these phrases, and nothing else."""
    if not message.addressed or not isinstance(message.content, Typed):
        return False
    return " ".join(fold(bounded(message.content.text).text)) in phrases
