"""The apology to a person whose message had no effect."""

import logging

from bot.storage.errors import StorageUnavailable
from dialogs.catalogue import Catalogue
from dialogs.view import Line

log = logging.getLogger(__name__)


def apology(catalogue: Catalogue, error: Exception, reference: str) -> Line:
    """What to tell the person; the details go to the log, under a reference that the person can quote."""
    if isinstance(error, StorageUnavailable):
        log.warning("a message was not processed: %s", error)
        return catalogue.in_channel("not_saved")
    log.error("a message was not processed, reference %s", reference, exc_info=error)
    return catalogue.in_channel("failed", reference=reference)
