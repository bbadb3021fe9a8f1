"""The request to stop reminders, or to resume them. It belongs to no conversation."""

from bot.storage.outbox_entry import OutboxEntry
from bot.storage.stores import Stores
from bot.turns.erasure_request import says
from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.turn import Turn


class ReminderRequests:
    """Recognises the request and carries it out. Idempotent."""

    def __init__(self, advisor: Advisor, stores: Stores) -> None:
        self._advisor = advisor
        self._stores = stores

    async def respond(self, entry: OutboxEntry) -> tuple[Turn, None] | None:
        """The turn for such a request; None for other messages. StorageUnavailable if it could not be stored."""
        message, phrases, reminders = entry.message, self._advisor.catalogue.phrases, self._stores.reminders
        whose = entry.channel, entry.place.scope, message.sender.id
        remark: Remark
        if says(message, phrases["reminders_stop"]):
            await reminders.stop(*whose)
            remark = "reminders_stopped"
        elif says(message, phrases["reminders_start"]):
            await reminders.resume(*whose)
            remark = "reminders_resumed"
        else:
            return None
        return await self._stores.message_claims.notice_once(entry, self._advisor.notice(remark)), None
