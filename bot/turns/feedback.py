"""Feedback on results and answers, and questions without an answer: stored in addition to the turn."""

import logging
from dataclasses import dataclass, replace
from functools import cached_property

from bot.config.setting_types import Unanswered
from bot.storage.background import BackgroundTasks
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Card, StoredConversation
from bot.storage.stores import Stores
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Press, Rating, Typed
from dialogs.redaction import Redaction
from dialogs.turn import Turn
from dialogs.turn_records import is_unanswered

log = logging.getLogger(__name__)


@dataclass
class FeedbackRecords:
    """Stores feedback, and questions without an answer as far as `unanswered` allows."""

    advisor: Advisor
    stores: Stores
    background: BackgroundTasks
    unanswered: Unanswered = Unanswered.SHARED

    @cached_property
    def _redaction(self) -> Redaction:
        return Redaction(self.advisor.knowledge, self.advisor.catalogue)

    async def with_subject(self, entry: OutboxEntry, stored: StoredConversation, pressed: Card | None) -> OutboxEntry:
        """The entry of a press of feedback, with the subject if only the pressed message tells it."""
        content = entry.message.content
        if pressed is None or not isinstance(content, Press) or content.about:
            return entry
        about = await self.stores.sessions.subject(stored.place, pressed.message)
        return entry._replace(message=entry.message._replace(content=content._replace(about=about)))

    async def keep(self, entry: OutboxEntry, place: Place, turn: Turn) -> Turn:
        """Stores the rating of a turn; the turn without its thanks if the same rating was stored before."""
        if turn.rating is None:
            return turn
        message = entry.message
        changed = await self.rate(entry.channel, place, message.sender.id, turn.rating, message.at)
        return turn if changed else turn._replace(aside=())

    async def rate(self, channel: str, place: Place, person: str, rating: Rating, at: int) -> bool:
        """Stores somebody's feedback in place of their previous one; False if that was the same.

        `at` is in seconds since 1970. StorageUnavailable if it could not be stored.
        """
        note = self._redaction.redact(rating.note) if rating.note else ""
        return await self.stores.feedback.rate(channel, place, person, replace(rating, note=note), at)

    def keeps_text(self, message: Message) -> bool:
        """Whether the text of a question is stored if there is no answer to it."""
        match self.unanswered:
            case Unanswered.ALL:
                return True
            case Unanswered.SHARED:
                return not message.private
            case Unanswered.OFF:
                return False

    def note_unanswered(self, entry: OutboxEntry, turn: Turn, before: Conversation) -> None:
        """Begins to store the text of a question without an answer, if the settings allow it."""
        message = entry.message
        if self.keeps_text(message) and isinstance(message.content, Typed) and is_unanswered(turn, message):
            names = {answer.name for answer in before.answers.values() if answer.name} | {message.sender.name or ""}
            text = self._redaction.redact(message.content.text, frozenset(names))
            self.background.start(self._keep_text(entry, text))

    async def _keep_text(self, entry: OutboxEntry, text: str) -> None:
        message = entry.message
        try:
            await self.stores.feedback.add_unanswered(
                entry.channel, entry.place, message.sender.id, message.ids[-1], text, message.at
            )
        except (StorageUnavailable, CorruptRecord) as error:
            log.warning("a question without an answer was not stored: %s", error)
