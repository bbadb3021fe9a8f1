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
        self._unchecked = self._counter(
            "advisor_unchecked_repeats_total",
            "Replies delivered again where the platform did not say what of them is there already.",
            "channel",
        )
        self._oldest = Gauge(
            "advisor_outbox_oldest_seconds",
            "Age of the oldest message whose replies wait, among the hundred not tried for longest.",
            registry=self.registry,
        )
        self._failures = self._counter(
            "advisor_background_failures_total", "Unexpected errors in background tasks.", "task"
        )
        self._recommendations = self._counter(
            "advisor_recommendations_total", "Recommendations shown, each time one appears.", "verdict"
        )

        self._model_calls = self._histogram(
            "advisor_model_seconds",
            "Time that a language model was asked for. use: listen, speak. outcome: what came of it.",
            "use",
            "outcome",
        )
        self._model_tokens = self._counter(
            "advisor_model_tokens_total",
            "Tokens that its endpoint has counted. direction: in, out.",
            "use",
            "direction",
        )
        self._model_dropped = self._counter(
            "advisor_model_dropped_total",
            "Commands and sentences of its answers that did not hold, and why.",
            "use",
            "reason",
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
            self._failures(task)

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
                self._model_calls(use, outcome)
            for direction in _DIRECTIONS:
                self._model_tokens(use, direction)
            for reason in reasons:
                self._model_dropped(use, reason)
        for verdict in verdicts:
            self._recommendations(verdict)
        for channel in channels:
            for count in (self._process_seconds, self._deliver_seconds, self._not_saved, self._unchecked):
                count(channel)
            for outcome in (Outcome.PENDING, Outcome.LOST):
                self._undelivered(channel, outcome)
            for content, effect in product(_CONTENTS, _EFFECTS):
                self._turns(channel, content, effect)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self.registry)

    # The library looks labels up anew each time, which takes as long as counting; there are a few dozen in all.
    def _counter(self, name: str, meaning: str, *labels: str) -> Callable[..., Counter]:
        return cache(Counter(name, meaning, labels, registry=self.registry).labels)

    def _histogram(self, name: str, meaning: str, *labels: str) -> Callable[..., Histogram]:
        return cache(Histogram(name, meaning, labels, registry=self.registry, buckets=_SECONDS).labels)

    async def page(self, _request: web.Request) -> web.Response:
        if self._look is not None:
            entries = await self._look()
            self._redis_up.set(entries is not None)
            self._outbox.set(math.nan if entries is None else entries)
        return web.Response(body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def processing(self, channel: str) -> AbstractContextManager[object]:
        return self._process_seconds(channel).time()

    def processed(self, processed: Processed) -> None:
        content = "typed" if isinstance(processed.message.content, Typed) else "button"
        effect = "repeated" if processed.turn.duplicate else "changed" if processed.changed else "none"
        self._turns(processed.entry.channel, content, effect).inc()
        for reply in processed.turn.card:
            if isinstance(reply, Recommendation):
                self._recommendations(reply.verdict.id).inc()

    def not_saved(self, channel: str) -> None:
        self._not_saved(channel).inc()

    def delivering(self, channel: str) -> AbstractContextManager[object]:
        return self._deliver_seconds(channel).time()

    def undelivered(self, channel: str, outcome: Outcome) -> None:
        self._undelivered(channel, outcome).inc()

    def unchecked(self, channel: str) -> None:
        self._unchecked(channel).inc()

    def waiting(self, entries: int, oldest: float) -> None:
        self._outbox.set(entries)
        self._oldest.set(oldest)

    def asked_model(
        self, use: str, outcome: str, seconds: float, tokens_in: int, tokens_out: int, dropped: Mapping[str, int]
    ) -> None:
        self._model_calls(use, outcome).observe(seconds)
        for direction, count in zip(_DIRECTIONS, (tokens_in, tokens_out), strict=True):
            self._model_tokens(use, direction).inc(count)
        for reason, count in dropped.items():
            self._model_dropped(use, reason).inc(count)

    def failed(self, task: str) -> None:
        self._failures(task).inc()

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
