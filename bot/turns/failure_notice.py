"""The notice to a person whose message had no effect."""

import logging

from bot.storage.errors import StorageUnavailable
from dialogs.catalogue import Catalogue
from dialogs.message import Message
from dialogs.view import Line

log = logging.getLogger(__name__)


def failure_notice(catalogue: Catalogue, error: Exception, reference: str, message: Message) -> Line | None:
    """What to tell the person; the details go to the log, under a reference that the person can quote.

    None if they did not address the advisor: they are told nothing, and the platform delivers the message again.
    """
    if isinstance(error, StorageUnavailable):
        log.warning("a message was not processed: %s", error)
        return catalogue.in_channel("not_saved") if message.addressed else None
    log.error("a message was not processed, reference %s", reference, exc_info=error)
    return catalogue.in_channel("failed", reference=reference) if message.addressed else None
