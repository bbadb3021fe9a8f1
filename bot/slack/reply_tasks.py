"""Background tasks that deliver the replies to Slack's requests."""

import logging
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass
from typing import Any

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


class ReplyTasks:
    """Delivers replies in background tasks."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._background = BackgroundTasks()

    def start(
        self,
        processed: Processed,
        surface: SlackSurface,
        typed_in: str | None = None,
        pointer: View | None = None,
        file: PendingFile | None = None,
    ) -> None:
        """Starts showing the replies; then `pointer` if they appeared elsewhere than in `typed_in`, and the file of the
        message, with verdicts."""
        self._background.start(self._deliver(processed, surface, typed_in, pointer, file))

    def run(self, work: Coroutine[Any, Any, None]) -> object:
        """Runs other work in the background."""
        return self._background.start(work)

    async def join(self) -> None:
        """Returns when no delivery is running."""
        await self._background.join()

    async def _deliver(
        self,
        processed: Processed,
        surface: SlackSurface,
        typed_in: str | None,
        pointer: View | None,
        file: PendingFile | None,
    ) -> None:
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
