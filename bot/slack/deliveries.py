"""What was taken is shown, after the request has been answered. Nothing that is under way is lost sight of."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from bot.slack.surface import SlackSurface
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
    """Makes deliveries, and holds on to the tasks that make them: the event loop itself keeps only weak references."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, delivery: Delivery) -> None:
        """Shows the replies, from the next moment on."""
        task = asyncio.get_running_loop().create_task(self._deliver(delivery))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def settled(self) -> None:
        """Returns when nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _deliver(self, delivery: Delivery) -> None:
        surface = delivery.surface
        try:
            await _if_possible(surface.dismiss())
            await self._service.deliver(delivery.taken, surface)
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
