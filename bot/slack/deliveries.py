"""What was taken is shown, after the request has been answered. Nothing that is under way is lost sight of."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from bot.slack.surface import SlackSurface
from bot.storage.background import BackgroundTasks
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.delivery import Processed
from bot.turns.service import Service
from dialogs.view import View

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Replies on their way. `pointer` is shown if they appear elsewhere than where a command was typed."""

    taken: Processed
    surface: SlackSurface
    typed_in: str | None = None
    pointer: View | None = None


class Deliveries:
    """Makes deliveries in background tasks."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.background = BackgroundTasks()

    def start(self, delivery: Delivery) -> None:
        """Shows the replies, from the next moment on."""
        self.background.start(self._deliver(delivery))

    async def _deliver(self, delivery: Delivery) -> None:
        surface = delivery.surface
        try:
            await _if_possible(surface.dismiss())
            await self._service.delivery.deliver(delivery.taken, surface)
            if delivery.pointer is not None and surface.posted_in not in (None, delivery.typed_in):
                await _if_possible(surface.whisper(delivery.pointer))
        except Exception:
            log.exception("A reply could not be delivered.")


async def _if_possible(showing: Awaitable[None]) -> None:
    """What stands beside a reply must not keep the reply itself from its place."""
    try:
        await showing
    except (TryLater, Undeliverable) as error:
        log.warning("Something beside a reply was not shown. %s", error)
