"""Asking an organisation's language model: whatever goes wrong, there is no answer, and no error.

After some failures in a row, of whatever use, nothing is asked for a while.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from bot.config.setting_types import ModelUse
from bot.model.endpoint import Called, Outcome, Request

log = logging.getLogger(__name__)

FAILURES, PAUSE = 3, 60.0
"""After so many failures in a row nothing is asked for so many seconds."""

Call = tuple[ModelUse, str, float, int, int, Mapping[str, int]]
"""What is counted: use, outcome, seconds, tokens in and out, and by reason what of the answer did not hold."""

Answer = TypeVar("Answer")


class Caller(Protocol):
    """An endpoint that can be called."""

    limit: float
    """Seconds for which it is usually waited for."""

    async def call(self, request: Request, name: str, limit: float | None) -> Called:
        """Never raises; ends within the limit."""


class ModelCalls:
    """Asks an endpoint and tells `count`. It pauses after `failures` in a row; `clock` gives seconds that only grow."""

    def __init__(
        self,
        endpoint: Caller,
        count: Callable[[*Call], None] = lambda *_: None,
        *,
        failures: float = FAILURES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limit = endpoint.limit
        self._endpoint, self._count, self._clock = endpoint, count, clock
        self._most, self._failed, self._until = failures, 0, 0.0

    @property
    def paused(self) -> bool:
        """Whether nothing is asked now."""
        return self._clock() < self._until

    async def ask(
        self,
        use: ModelUse,
        request: Request,
        read: Callable[[str], tuple[Answer | None, Mapping[str, int]]],
        limit: float | None = None,
    ) -> Answer | None:
        """The answer as `read` takes it; None after any error or limit. `read` gives as well what of it did not hold,
        by reason, and None for what is no answer at all. `limit` in seconds, where it is not the usual one.
        """
        if self.paused:
            return None
        answer: Answer | None = None
        dropped: Mapping[str, int] = {}
        began = self._clock()
        called = await self._endpoint.call(request, use, limit)
        outcome = called.outcome
        if outcome is Outcome.ANSWERED:
            answer, dropped = read(called.text)
            outcome = Outcome.INVALID if answer is None else outcome
        self._count(use, outcome, self._clock() - began, called.tokens_in, called.tokens_out, dropped)
        self._failed = self._failed + 1 if answer is None else 0
        if self._failed >= self._most:
            log.warning("the language model failed %d times in a row; it is not asked for %d s", self._failed, PAUSE)
            self._failed, self._until = 0, self._clock() + PAUSE
        return answer
