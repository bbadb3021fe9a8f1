"""The request to stop reminders, or to resume them. It belongs to no conversation."""

from bot.storage.outbox_entry import OutboxEntry
from bot.storage.stores import Stores
from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation
from dialogs.limits import bounded
from dialogs.message import Typed
from dialogs.replies.notices import Notice
from dialogs.turn import Turn
from knowledge.typed_answers.word_parser import fold


class ReminderRequests:
    """Recognises the request and carries it out. Idempotent."""

    def __init__(self, advisor: Advisor, stores: Stores) -> None:
        self._advisor = advisor
        self._stores = stores

    async def respond(self, entry: OutboxEntry) -> tuple[Turn, None] | None:
        """The turn for such a request; None for other messages. StorageUnavailable if it could not be stored."""
        message, phrases = entry.message, self._advisor.catalogue.phrases
        if not message.addressed or not isinstance(message.content, Typed):
            return None
        words = " ".join(fold(bounded(message.content.text).text))
        whose = entry.channel, entry.place.scope, message.sender.id
        if words in phrases.reminders_stop:
            await self._stores.reminders.stop(*whose)
            return await self._said(entry, "reminders_stopped")
        if words in phrases.reminders_start:
            await self._stores.reminders.resume(*whose)
            return await self._said(entry, "reminders_resumed")
        return None

    async def _said(self, entry: OutboxEntry, remark: Remark) -> tuple[Turn, None]:
        turn = Turn(Conversation.fresh(self._advisor.pack), aside=(Notice(remark),))
        return await self._stores.message_claims.notice_once(entry, turn), None
