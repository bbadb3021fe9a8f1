"""The request to stop reminders, or to resume them. It belongs to no conversation."""

from bot.storage.outbox_entry import OutboxEntry
from bot.storage.stores import Stores
from bot.turns.erasure_request import says
from dialogs.advisor import Advisor
from dialogs.catalogue import Remark
from dialogs.turn import Turn


async def reminder_turn(advisor: Advisor, stores: Stores, entry: OutboxEntry) -> tuple[Turn, None] | None:
    """The turn for such a request, which is carried out; None for other messages. StorageUnavailable if it could not be
    stored."""
    message, phrases, reminders = entry.message, advisor.catalogue.phrases, stores.reminders
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
    return await stores.message_claims.notice_once(entry, advisor.notice(remark)), None
