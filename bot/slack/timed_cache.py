"""What a process knows for a while."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class TimedCache(Generic[Value]):
    """Values by key, each for so many `seconds`, or for as long as is said. `clock` never goes back, in seconds.

    When it holds `most` values it begins anew.
    """

    def __init__(self, clock: Callable[[], float], seconds: float, most: int = 10_000) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._known: dict[Hashable, tuple[float, Value]] = {}

    def get(self, key: Hashable) -> Value | None:
        return self._known[key][1] if self.left(key) > 0 else None

    def left(self, key: Hashable) -> float:
        """The seconds for which a key is known yet; 0 or less if it is not."""
        return self._known[key][0] - self._clock() if key in self._known else 0.0

    def put(self, key: Hashable, value: Value, seconds: float | None = None) -> None:
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[key] = self._clock() + (self._seconds if seconds is None else seconds), value

    def drop(self, key: Hashable) -> None:
        self._known.pop(key, None)
