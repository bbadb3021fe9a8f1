"""Metrics for operators, in Prometheus' text format. What each counts stands in its description."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.turns.delivery import Observer, Outcome, Processed
from dialogs.message import Typed
from dialogs.replies import Recommendation

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics(Observer):
    """All metrics of one process. `requests` is called with its labels; the rest counts what the service does."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = self._histogram(
            "advisor_http_request_seconds", "Time from a request's head to its answer.", "route", "status"
        )
        self._turns = self._counter(
            "advisor_turns_total",
            "Messages processed. effect: changed (saved), none (nothing to save), repeated (had its effect before).",
            "channel",
            "content",
            "effect",
        )
        self._process_seconds = self._histogram(
            "advisor_take_seconds", "Time until a message's effect is in Redis.", "channel"
        )
        self._deliver_seconds = self._histogram(
            "advisor_deliver_seconds", "Time until the platform has a message's replies.", "channel"
        )
        self._not_saved = self._counter(
            "advisor_not_saved_total", "Messages that were not processed since Redis was out of reach.", "channel"
        )
        self._undelivered = self._counter(
            "advisor_undelivered_total",
            "Replies that a platform did not accept. outcome: owed (tried again, each try counts), lost (never shown).",
            "channel",
            "outcome",
        )
        self._waiting = Gauge("advisor_outbox_entries", "Replies that wait in the outbox.", registry=self.registry)
        self._oldest = Gauge(
            "advisor_outbox_oldest_seconds",
            "Age of the oldest message whose replies wait, among the hundred not tried for longest.",
            registry=self.registry,
        )
        self._unreadable = Gauge(
            "advisor_outbox_unreadable",
            "Entries of the outbox that were set aside since they cannot be read (a hundred at most).",
            registry=self.registry,
        )
        self._failures = self._counter(
            "advisor_background_failures_total", "Errors in work beside requests that it was not made for.", "task"
        )
        self._recommendations = self._counter(
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

    def processing(self, channel: str) -> AbstractContextManager[object]:
        """See `Observer`."""
        return self._process_seconds(channel).time()

    def processed(self, processed: Processed) -> None:
        """See `Observer`."""
        content = "typed" if isinstance(processed.message.content, Typed) else "button"
        effect = "repeated" if processed.turn.duplicate else "changed" if processed.changed else "none"
        self._turns(processed.entry.channel, content, effect).inc()
        for reply in processed.turn.card:
            if isinstance(reply, Recommendation):
                self._recommendations(reply.verdict.id).inc()

    def not_saved(self, channel: str) -> None:
        """See `Observer`."""
        self._not_saved(channel).inc()

    def delivering(self, channel: str) -> AbstractContextManager[object]:
        """See `Observer`."""
        return self._deliver_seconds(channel).time()

    def undelivered(self, channel: str, outcome: Outcome) -> None:
        """See `Observer`."""
        self._undelivered(channel, outcome).inc()

    def waiting(self, entries: int, oldest: float, unreadable: int) -> None:
        """See `Observer`."""
        self._waiting.set(entries)
        self._oldest.set(oldest)
        self._unreadable.set(unreadable)

    def failed(self, task: str) -> None:
        """See `Observer`."""
        self._failures(task).inc()
