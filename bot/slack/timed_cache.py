"""What a process knows for a while."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class TimedCache(Generic[Value]):
    """Values by key, each for so many `seconds`. `clock` never goes back, in seconds.

    When it holds `most` values it begins anew.
    """

    def __init__(self, clock: Callable[[], float], seconds: float, most: int = 10_000) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._known: dict[Hashable, tuple[float, Value]] = {}

    def get(self, key: Hashable) -> Value | None:
        until, value = self._known.get(key, (0.0, None))
        return value if self._clock() < until else None

    def put(self, key: Hashable, value: Value) -> None:
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[key] = self._clock() + self._seconds, value

    def drop(self, key: Hashable) -> None:
        self._known.pop(key, None)
