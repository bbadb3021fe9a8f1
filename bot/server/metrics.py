"""Figures for operators, in Prometheus' text form. What each counts stands in its description."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease
from bot.storage.place import Place
from bot.storage.record import Card
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.delivery import Outcome, Processed
from bot.turns.service import Service
from dialogs.message import Message, Typed
from dialogs.replies import Recommendation

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """All figures of one process, each called with its labels."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = self._histogram(
            "advisor_http_request_seconds", "Time from a request's head to its answer.", "route", "status"
        )
        self.turns = self._counter(
            "advisor_turns_total",
            "Messages taken. effect: changed (saved), none (nothing to save), repeated (had its effect before).",
            "channel",
            "content",
            "effect",
        )
        self.taking = self._histogram("advisor_take_seconds", "Time until a message's effect is in Redis.", "channel")
        self.delivering = self._histogram(
            "advisor_deliver_seconds", "Time until the platform has a message's replies.", "channel"
        )
        self.refused = self._counter(
            "advisor_not_saved_total", "Messages that were not taken since Redis was out of reach.", "channel"
        )
        self.undelivered = self._counter(
            "advisor_undelivered_total",
            "Replies that a platform did not take. outcome: owed (tried again, each try counts), lost (gone for good).",
            "channel",
            "outcome",
        )
        self.recommendations = self._counter(
            "advisor_recommendations_total", "Recommendations shown, each time one appears.", "verdict"
        )

    # The library looks labels up anew each time, which takes as long as counting; there are a few dozen in all.
    def _counter(self, name: str, meaning: str, *labels: str) -> Callable[..., Counter]:
        return cache(Counter(name, meaning, labels, registry=self.registry).labels)

    def _histogram(self, name: str, meaning: str, *labels: str) -> Callable[..., Histogram]:
        return cache(Histogram(name, meaning, labels, registry=self.registry, buckets=_SECONDS).labels)

    async def page(self, _request: web.Request) -> web.Response:
        """The answer to `GET /metrics`."""
        return web.Response(body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


class MeasuredService(Service):
    """A service that counts what it does."""

    def __init__(self, metrics: Metrics, *parts: Any) -> None:
        super().__init__(*parts)
        self._metrics = metrics

    async def process(
        self,
        place: Place,
        message: Message,
        *,
        channel: str,
        address: Mapping[str, str],
        thread: str | None = None,
        pressed: Card | None = None,
    ) -> Processed:
        """See `Service.take`."""
        try:
            with self._metrics.taking(channel).time():
                taken = await super().process(
                    place, message, channel=channel, address=address, thread=thread, pressed=pressed
                )
        except StorageUnavailable:
            self._metrics.refused(channel).inc()
            raise
        self._count(channel, taken)
        return taken

    def _count(self, channel: str, taken: Processed) -> None:
        content = "typed" if isinstance(taken.message.content, Typed) else "button"
        effect = "repeated" if taken.turn.duplicate else "changed" if taken.changed else "none"
        self._metrics.turns(channel, content, effect).inc()
        for reply in taken.turn.card:
            if isinstance(reply, Recommendation):
                self._metrics.recommendations(reply.verdict.id).inc()

    async def deliver(self, taken: Processed, surface: Surface) -> Outcome:
        """See `Service.deliver`."""
        with self._metrics.delivering(taken.debt.channel).time():
            outcome = await super().deliver(taken, surface)
        if outcome is not Outcome.SHOWN:
            self._metrics.undelivered(taken.debt.channel, outcome).inc()
        return outcome

    async def recover(self, hold: Lease, surface: Surface) -> bool:
        """See `Service.recover`."""
        try:
            return await super().recover(hold, surface)
        except (TryLater, Undeliverable) as error:
            outcome = Outcome.OWED if isinstance(error, TryLater) else Outcome.LOST
            self._metrics.undelivered(hold.debt.channel, outcome).inc()
            raise
