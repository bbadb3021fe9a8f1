"""Posts a view: as a file where it has one and the place takes files, else as the messages that say the same."""

import logging
from typing import NamedTuple

from bot.storage.record import Card
from bot.turns.channel import Surface, TryLater, Undeliverable
from dialogs.view import View

log = logging.getLogger(__name__)


class Posted(NamedTuple):
    """The message, None for a file; and how many views, from the one that was posted on, are told by it."""

    card: Card | None
    views: int = 1


async def post_view(surface: Surface, view: View) -> Posted:
    """Posts a view below the others. A file that cannot be sent, for whatever reason, is shown as text at once, so that
    nobody waits for a place that takes messages and no files. TryLater or Undeliverable where no text can be posted.
    """
    if view.file is not None:
        try:
            await surface.post_file(view.file)
            return Posted(None, view.file.messages)
        except (TryLater, Undeliverable) as error:
            log.info("a file is shown as text: %s", error)
    return Posted(await surface.post(view))
