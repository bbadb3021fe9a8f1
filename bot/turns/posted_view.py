"""Posts a view: as a file where it has one and the place takes files, else as the messages that say the same."""

import logging
from typing import NamedTuple, Protocol, runtime_checkable

from bot.storage.record import Card
from bot.turns.channel import Surface, TryLater, Undeliverable
from dialogs.view import Paragraph, View

log = logging.getLogger(__name__)


class NamedFile(Protocol):
    """A file that is sent."""

    @property
    def name(self) -> str: ...

    @property
    def data(self) -> bytes: ...


@runtime_checkable
class FilePoster(Protocol):
    """A surface to which files can be sent; it may refuse one."""

    async def post_file(self, file: NamedFile, lead: View) -> None:
        """Posts a file, with a line about it. TryLater or Undeliverable."""


class Posted(NamedTuple):
    """The message, None for a file; and how many views, from the one that was posted on, are told by it."""

    card: Card | None
    views: int = 1


def lead_of(view: View) -> View | None:
    """What is said beside the file of a view; None where it has none."""
    return None if view.file is None else View((Paragraph(view.file.lead),))


async def post_view(surface: Surface, view: View) -> Posted:
    """Posts a view below the others. A file that cannot be sent, for whatever reason, is shown as text at once, so that
    nobody waits for a place that takes messages and no files. TryLater or Undeliverable where no text can be posted.
    """
    lead = lead_of(view)
    if view.file is not None and lead is not None and isinstance(surface, FilePoster):
        try:
            await surface.post_file(view.file, lead)
            return Posted(None, view.file.messages)
        except (TryLater, Undeliverable) as error:
            log.info("a file is shown as text: %s", error)
    return Posted(await surface.post(view))
