"""Results that somebody posts elsewhere: each once, through the outbox."""

from contextlib import suppress
from dataclasses import dataclass

from bot.storage.errors import StorageUnavailable
from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import OutboxEntry, Share
from bot.storage.place import Place
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Surface, Undeliverable
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, migrate
from dialogs.flows.replay import summarise
from dialogs.replies.results import ResultSummary, SharedResult
from dialogs.view import View
from dialogs.views import lay_out


@dataclass(eq=False)
class SharedResults:
    """Finds the result of a conversation, and posts it elsewhere."""

    advisor: Advisor
    stores: Stores

    async def shown(self, place: Place, at: int, link: str | None) -> tuple[Share, Place, ResultSummary] | None:
        """The result that the conversation in a place shows: what names it, where it is kept, and the result itself."""
        stored, current = await self._current(place)
        if current is None:
            return None
        share = Share(idea=self.advisor.flows.board.shown_idea(current) or 0)
        found = await self.summary(stored, at, link, share.idea)
        return None if found is None else (share, *found)

    async def summary(
        self, place: Place, at: int, link: str | None, idea: int = 0
    ) -> tuple[Place, ResultSummary] | None:
        """The result of the conversation in a place, and where that is kept; None without one. `idea`: that of the idea
        with this number there.

        `at` is in seconds since 1970. StorageUnavailable, CorruptRecord, NewerSchema as from any load.
        """
        if idea:
            board = await self.stores.boards.load(place)
            summary = self.advisor.flows.board.cards.summary(board, idea, at, link)
            return None if summary is None else (place, summary)
        stored, current = await self._current(place)
        if current is None or not self.advisor.flows.questions.shows_result(current):
            return None
        return stored, summarise(self.advisor.knowledge, current, at, link)

    async def _current(self, place: Place) -> tuple[Place, Conversation | None]:
        """Where the conversation in a place is kept, and the conversation on this version of the pack."""
        stored = await self.stores.sessions.load(place)
        conversation = conversation_in(stored)
        return stored.place, conversation and migrate(self.advisor.pack, conversation)[0]

    async def add(self, entry: OutboxEntry) -> Lease | None:
        """Adds an entry with a `share` to the outbox; None where it was added before."""
        try:
            await self.stores.message_claims.claim(entry)
        except AlreadyHandled:
            return None
        return await self.stores.outbox.add(entry)

    async def post(self, lease: Lease, share: Share, surface: Surface) -> None:
        """Posts it. TryLater: it stays in the outbox. Undeliverable: it was not posted, and is given up."""
        try:
            with lease.kept():
                view = await self._view(lease.entry, share)
                if view is not None:
                    await surface.post(view)
        except Undeliverable:
            with suppress(StorageUnavailable):  # then `Redelivery` claims the entry, with the same result
                await self.stores.outbox.acknowledge(lease.entry)
            raise
        await self.stores.outbox.acknowledge(lease.entry)

    async def post_again(self, lease: Lease, share: Share, surface: Surface) -> bool:
        """Posts what a process that died may have posted already; returns whether anything was posted."""
        view = await self._view(lease.entry, share)
        if view is None:
            return False
        sent = await surface.sent(lease.entry.message.at)
        if surface.text(view) in {one.text for one in sent or ()}:
            return False
        await lease.renew()
        await surface.post(view)
        return True

    async def _view(self, entry: OutboxEntry, share: Share) -> View | None:
        """None where there is no result any more."""
        found = await self.summary(entry.place, entry.message.at, entry.message.link, share.idea)
        if found is None:
            return None
        return lay_out(self.advisor, (SharedResult(found[1], entry.message.sender, share.note),), 0)
