"""The listener's part: what was taken is shown. Nothing that is under way is lost sight of."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from bot.service import Service
from bot.slack.surface import SlackSurface
from bot.surface import TryLater, Undeliverable
from bot.taken import Taken
from dialogs.view import View

log = logging.getLogger(__name__)

_KEY = "advisor_delivery"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Replies on their way. `pointer` is shown if they appear elsewhere than where a command was typed."""

    taken: Taken
    surface: SlackSurface
    typed_in: str | None = None
    pointer: View | None = None


class Deliveries:
    """Counts deliveries from the moment at which they are due, and holds on to the tasks that make them.

    The event loop itself keeps only weak references to tasks, and Bolt keeps none.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._due = 0
        self._tasks: set[asyncio.Task[Any] | None] = set()
        self._none_due = asyncio.Event()
        self._none_due.set()

    def begin(self, context: Any, delivery: Delivery) -> None:
        """Leaves a delivery in the context of a request; `deliver` must follow with the same context."""
        context[_KEY] = delivery
        self._due += 1
        self._none_due.clear()

    async def deliver(self, context: Any) -> None:
        """Shows what is due in this context, if anything."""
        delivery = context.get(_KEY)
        if delivery is None:
            return
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            await self._deliver(delivery)
        except Exception:
            log.exception("A reply could not be delivered.")
        finally:
            self._tasks.discard(task)
            self._due -= 1
            if self._due == 0:
                self._none_due.set()

    async def settled(self) -> None:
        """Returns when nothing is due."""
        await self._none_due.wait()

    async def _deliver(self, delivery: Delivery) -> None:
        surface = delivery.surface
        await _if_possible(surface.dismiss())
        await self._service.deliver(delivery.taken, surface)
        if delivery.pointer is not None and surface.posted_in not in (None, delivery.typed_in):
            await _if_possible(surface.whisper(delivery.pointer))


async def _if_possible(showing: Awaitable[None]) -> None:
    """What stands beside a reply must not keep the reply itself from its place."""
    try:
        await showing
    except (TryLater, Undeliverable) as error:
        log.warning("Something beside a reply was not shown. %s", error)
