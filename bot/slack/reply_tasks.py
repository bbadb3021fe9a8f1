"""Background tasks that deliver the replies to Slack's requests."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from bot.slack.surface import SlackSurface
from bot.storage.background import BackgroundTasks
from bot.storage.outbox import Lease
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.view import View

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file that is to come back with verdicts, and the lease of its entry in the outbox."""

    lease: Lease
    data: bytes


class ReplyTasks(BackgroundTasks):
    """Background tasks, among them those that deliver replies."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self._service = service

    async def deliver(
        self,
        processed: Processed,
        surface: SlackSurface,
        typed_in: str | None = None,
        pointer: View | None = None,
        file: PendingFile | None = None,
    ) -> None:
        """Shows the replies; then `pointer` if they appeared elsewhere than in `typed_in`, and the file of the message,
        with verdicts. What cannot be shown is logged."""
        try:
            await _if_possible(surface.dismiss())
            await self._service.delivery.deliver(processed, surface)
            if pointer is not None and surface.posted_in not in (None, typed_in):
                await _if_possible(surface.whisper(pointer))
            if file is not None:
                await self._service.delivery.triaged_files.send(file.lease, surface, file.data)
        except Exception:
            log.exception("A reply could not be delivered.")


async def _if_possible(call: Awaitable[None]) -> None:
    """Awaits a call whose failure must not prevent delivery of the reply itself."""
    try:
        await call
    except (TryLater, Undeliverable) as error:
        log.warning("An extra message beside a reply was not shown. %s", error)
