"""Metrics for operators, in Prometheus' text format. Each description says what is counted."""

import logging
import math
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from http import HTTPStatus
from itertools import product
from time import perf_counter
from types import MappingProxyType

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics import disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

from bot.turns.observer import Observer, Outcome
from bot.turns.processed_message import Processed
from dialogs.message import Typed
from dialogs.replies.results import Recommendation

log = logging.getLogger(__name__)

_CONTENTS, _EFFECTS = ("typed", "button"), ("changed", "none", "repeated")
_TASKS, _DIRECTIONS = ("redelivery", "background"), ("in", "out")
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_COUNTERS = {
    ("advisor_turns_total", "channel", "content", "effect"):
        "Messages processed. effect: changed (saved), none (nothing to save), repeated (had its effect before).",
    ("advisor_not_saved_total", "channel"): "Messages that were not processed since Redis was out of reach.",
    ("advisor_undelivered_total", "channel", "outcome"):
        "Replies that a platform did not accept. outcome: owed (tried again, each try counts), lost (never shown).",
    ("advisor_unchecked_repeats_total", "channel"):
        "Replies delivered again where the platform did not say what of them is there already.",
    ("advisor_background_failures_total", "task"): "Unexpected errors in background tasks.",
    ("advisor_recommendations_total", "verdict"): "Recommendations shown, each time one appears.",
    ("advisor_model_tokens_total", "use", "direction"):
        "Tokens that its endpoint has counted. direction: in, out.",
    ("advisor_model_dropped_total", "use", "reason"):
        "Commands and sentences of its answers that did not hold, and why.",
}  # fmt: skip
"""Names and labels of counters, and what they count."""

_TIMES = {
    ("advisor_http_request_seconds", "route", "status"): "Time from a request's head to its answer.",
    ("advisor_take_seconds", "channel"): "Time until a message's effect is in Redis.",
    ("advisor_deliver_seconds", "channel"): "Time until the platform has a message's replies.",
    ("advisor_model_seconds", "use", "outcome"):
        "Time that a language model was asked for. use: listen, speak. outcome: what came of it.",
}  # fmt: skip


class Metrics(Observer):
    """All metrics of one process. `requests` is called with its labels; the rest counts what the service does.

    `version`, `commit` and `encoder` say what runs: the advisor's version, where it is from, and whether text is
    understood by meaning. `look` says how many entries the outbox has at that moment, None where Redis takes no writes.
    """

    def __init__(
        self,
        *,
        version: str = "",
        commit: str = "",
        encoder: bool = False,
        look: Callable[[], Awaitable[int | None]] | None = None,
    ) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._look = look
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        # The library looks labels up anew each time, which takes as long as counting; there are a few dozen in all.
        self._count: dict[str, Callable[..., Counter]] = {
            name: cache(Counter(name, meaning, labels, registry=self.registry).labels)
            for (name, *labels), meaning in _COUNTERS.items()
        }
        self._time: dict[str, Callable[..., Histogram]] = {
            name: cache(Histogram(name, meaning, labels, registry=self.registry, buckets=_SECONDS).labels)
            for (name, *labels), meaning in _TIMES.items()
        }
        self.requests = self._time["advisor_http_request_seconds"]
        self._oldest = self._gauge(
            "advisor_outbox_oldest_seconds",
            "Age of the oldest message whose replies wait, among the hundred not tried for longest.",
        )
        self._unreadable = self._gauge(
            "advisor_outbox_unreadable", "Messages among these hundred that this version cannot read."
        )
        self._rate_limited = Counter(
            "advisor_slack_rate_limited_total",
            "Minutes for which Slack said that it dropped events of this app.",
            registry=self.registry,
        )
        self._redis_up = self._gauge("advisor_redis_up", "1 where Redis takes writes, 0 where it does not.")
        self._outbox = self._gauge(
            "advisor_outbox_entries", "Messages in hand, of all processes; not a number while Redis is away."
        )
        self._gauge("advisor_encoder_on", "1 where text is understood by meaning, 0 by its words alone.").set(encoder)
        what = "1, with the version that runs and its commit."
        build = Gauge("advisor_build_info", what, ["version", "commit"], registry=self.registry)
        build.labels(version, commit).set(1)
        for task in _TASKS:
            self._count["advisor_background_failures_total"](task)

    def expect(
        self,
        channels: Iterable[str],
        verdicts: Iterable[str],
        outcomes: Iterable[str] = (),
        drops: Mapping[str, Iterable[str]] = MappingProxyType({}),
    ) -> None:
        """Has counts of these channels and verdicts begin at 0: what appears with its first event shows no increase.

        `outcomes` are those of calls of a language model, `drops` what is dropped of its answers, by use.
        """
        for use, reasons in drops.items():
            for outcome in outcomes:
                self._time["advisor_model_seconds"](use, outcome)
            for direction in _DIRECTIONS:
                self._count["advisor_model_tokens_total"](use, direction)
            for reason in reasons:
                self._count["advisor_model_dropped_total"](use, reason)
        for verdict in verdicts:
            self._count["advisor_recommendations_total"](verdict)
        for channel in channels:
            for name in ("advisor_not_saved_total", "advisor_unchecked_repeats_total"):
                self._count[name](channel)
            for name in ("advisor_take_seconds", "advisor_deliver_seconds"):
                self._time[name](channel)
            for outcome in (Outcome.PENDING, Outcome.LOST):
                self._count["advisor_undelivered_total"](channel, outcome)
            for content, effect in product(_CONTENTS, _EFFECTS):
                self._count["advisor_turns_total"](channel, content, effect)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self.registry)

    async def page(self, _request: web.Request) -> web.Response:
        if self._look is not None:
            entries = await self._look()
            self._redis_up.set(entries is not None)
            self._outbox.set(math.nan if entries is None else entries)
        return web.Response(body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def processing(self, channel: str) -> AbstractContextManager[object]:
        return self._time["advisor_take_seconds"](channel).time()

    def processed(self, processed: Processed) -> None:
        content = "typed" if isinstance(processed.message.content, Typed) else "button"
        effect = "repeated" if processed.turn.duplicate else "changed" if processed.changed else "none"
        self._count["advisor_turns_total"](processed.entry.channel, content, effect).inc()
        for reply in processed.turn.card:
            if isinstance(reply, Recommendation):
                self._count["advisor_recommendations_total"](reply.verdict.id).inc()

    def not_saved(self, channel: str) -> None:
        self._count["advisor_not_saved_total"](channel).inc()

    def delivering(self, channel: str) -> AbstractContextManager[object]:
        return self._time["advisor_deliver_seconds"](channel).time()

    def undelivered(self, channel: str, outcome: Outcome) -> None:
        self._count["advisor_undelivered_total"](channel, outcome).inc()

    def unchecked(self, channel: str) -> None:
        self._count["advisor_unchecked_repeats_total"](channel).inc()

    def waiting(self, entries: int, oldest: float, unreadable: int) -> None:
        self._outbox.set(entries)
        self._oldest.set(oldest)
        self._unreadable.set(unreadable)

    def asked_model(
        self, use: str, outcome: str, seconds: float, tokens_in: int, tokens_out: int, dropped: Mapping[str, int]
    ) -> None:
        self._time["advisor_model_seconds"](use, outcome).observe(seconds)
        for direction, count in zip(_DIRECTIONS, (tokens_in, tokens_out), strict=True):
            self._count["advisor_model_tokens_total"](use, direction).inc(count)
        for reason, count in dropped.items():
            self._count["advisor_model_dropped_total"](use, reason).inc(count)

    def failed(self, task: str) -> None:
        self._count["advisor_background_failures_total"](task).inc()

    def rate_limited(self) -> None:
        self._rate_limited.inc()


def observed(metrics: Metrics) -> Middleware:
    """Measures requests. After an unexpected error the caller is asked to try again, with a reference that is also in
    the log."""

    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "other"
        begun = perf_counter()  # uvloop's own clock counts whole milliseconds
        status = 499  # the caller went away, unless something else follows
        try:
            response = await handler(request)
            status = response.status
            return response
        except web.HTTPException as answer:
            status = answer.status
            raise
        except Exception:
            status, reference = HTTPStatus.SERVICE_UNAVAILABLE.value, secrets.token_hex(4)
            log.exception("a request failed, reference %s", reference)
            return web.Response(text=f"Try again later. Reference: {reference}\n", status=status)
        finally:
            metrics.requests(route, status).observe(perf_counter() - begun)

    return measured
