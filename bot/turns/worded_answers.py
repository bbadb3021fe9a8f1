"""Answers that a language model words: begun when a message had its effect, shown in a part of their own.

What is there at once is shown at once. The words are stored before they are posted, so whoever takes the message over
posts the same. Where none come in time, the built-in answers are shown in their place.
"""

from contextlib import nullcontext, suppress
from dataclasses import dataclass

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import LeaseLost
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.sessions import Sessions
from bot.turns.listener import Speaker, within
from bot.turns.processed_message import Processed
from dialogs.advisor import Advisor
from dialogs.conversation import hashed
from dialogs.reconstruction import asked
from dialogs.replies.receipts import Receipts
from dialogs.turn import Turn
from dialogs.wording.draft import Drafts
from dialogs.wording.eligibility import Form
from dialogs.wording.placement import Words, apart, worded


@dataclass
class WordedAnswers:
    """Has answers worded that were heard by a language model as well. Without a `speaker` none are."""

    advisor: Advisor
    sessions: Sessions
    background: BackgroundTasks
    speaker: Speaker | None

    def begun(self, processed: Processed) -> Processed:
        """The same with its words under way, if there are to be any."""
        turn, message = processed.turn, processed.message
        if self.speaker is None or message.heard is None or not apart(turn)[1]:
            return processed
        words = within(self.speaker.limit, self.speaker.words(processed.before, turn, message))
        return processed._replace(words=self.background.start(words))

    async def in_place(self, processed: Processed) -> Processed:
        """The same once there are words, or will be none: for a channel that shows all of it at once."""
        with nullcontext() if processed.lease is None else processed.lease.kept():
            words = None if (begun := self.begun(processed).words) is None else await begun
        if words is None:
            return processed
        await self._keep(processed, words)
        return self._showing(processed, worded(processed.turn, words))

    def at_once(self, processed: Processed) -> Processed:
        """What of it is shown before the words are there; the rest is owed."""
        first, _ = apart(processed.turn)
        return self._showing(processed, _joined(first))._replace(owes=True)

    async def rest(self, processed: Processed, first: Processed) -> Processed:
        """What is left of it after the first part, once there are words, which are then stored. LeaseLost where another
        process shows it, or its conversation was erased; StorageUnavailable.
        """
        words, lease = None if processed.words is None else await processed.words, processed.lease
        if words is not None and lease is not None:
            await lease.renew()
            await lease.replace(lease.entry._replace(words=words, original=None).written)
            processed = processed._replace(entry=lease.entry)
            await self._keep(processed, words)
        turn = in_parts(processed.turn, words)
        stored = await self.sessions.load(processed.place)
        if stored.revision < processed.revision:
            raise LeaseLost
        if stored.revision > processed.revision and not first.turn.card:  # the card is a newer message's
            turn = turn._replace(below=(*turn.below, *turn.card), card=())
        rest = self._showing(processed, turn)._replace(sent=len(first.below), aside=None, expanded=None)
        return rest._replace(view=None) if first.turn.card else rest

    def shown(self, entry: OutboxEntry, turn: Turn) -> Turn:
        """The turn of a message as it is shown, if in parts."""
        spoken = self.speaker is not None and entry.accepted and entry.message.heard is not None
        if not spoken and entry.words is None:
            return turn
        if not apart(turn)[1]:
            turn = turn._replace(below=(*turn.below, *asked(self.advisor, turn.conversation, entry.message)))
        return in_parts(turn, entry.words)

    async def _keep(self, processed: Processed, words: Words) -> None:
        """Keeps texts, so that the next line can change them; where storage is away, that cannot."""
        if words.drafts:
            kept = Drafts.of(processed.before.draft, hashed(processed.message.sender.id))
            with suppress(StorageUnavailable):
                await self.sessions.keep_draft(processed.place, kept.stored_with(*words.drafts))

    def _showing(self, processed: Processed, turn: Turn) -> Processed:
        return processed.showing(self.advisor, turn)._replace(words=None)


def in_parts(turn: Turn, words: Words | None) -> Turn:
    """The turn with its answers last: in these words, or as they are."""
    first, taken = apart(turn)
    if words is not None and not taken:  # reconstructed, it does not tell any more what they stood for
        said = (each for form in (Form.ANSWER, Form.TEXT) for each in words.instead_of(form, ()))
        return turn._replace(below=(*turn.below, *said))
    if not taken or (words is None and not first.shows_something):
        return turn
    whole = worded(turn, words or Words())
    return _joined(whole) if first.card else whole


def _joined(turn: Turn) -> Turn:
    """Receipts above the card that comes with them are one message with it."""
    if not turn.card or not turn.below or not isinstance(turn.below[0], Receipts):
        return turn
    return turn._replace(card=(turn.below[0], *turn.card), below=turn.below[1:])
