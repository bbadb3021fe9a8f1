"""How much one person may send: enough for any conversation, too little to keep the advisor from others."""

from dataclasses import dataclass
from enum import Enum, auto

BURST = 30
"""Messages that may come at once."""

PER_SECOND = 1.0
"""Messages a second that may follow for as long as anyone likes."""

PEOPLE = 10_000
"""People remembered at a time."""


class Verdict(Enum):
    """FAST: the first message too many, worth a word. SILENT: further ones."""

    FINE = auto()
    FAST = auto()
    SILENT = auto()


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False
    last: str = ""
    verdict: Verdict = Verdict.FINE


class RateLimit:
    """Counts per process: with N replicas a person may send N times as much, and a restart forgets the count."""

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND, people: int = PEOPLE) -> None:
        self._burst = burst
        self._per_second = per_second
        self._people = people
        self._buckets: dict[str, _Bucket] = {}

    def check(self, person: str, message: str, at: float) -> Verdict:
        """Counts one message of a person at a time in seconds.

        One that arrives twice in a row counts once, and is worth one word.
        """
        bucket = self._buckets.pop(person, None) or _Bucket(self._burst, at)
        self._buckets[person] = bucket
        if len(self._buckets) > self._people:
            # The one who has been quiet for longest; dictionaries keep their order.
            del self._buckets[next(iter(self._buckets))]
        if bucket.last != message:
            bucket.last, bucket.verdict = message, self._counted(bucket, at)
        elif bucket.verdict is Verdict.FAST:
            return Verdict.SILENT
        return bucket.verdict

    def _counted(self, bucket: _Bucket, at: float) -> Verdict:
        bucket.left = min(self._burst, bucket.left + max(0.0, at - bucket.at) * self._per_second)
        bucket.at = max(bucket.at, at)
        if bucket.left >= 1:
            bucket.left -= 1
            bucket.told = False
            return Verdict.FINE
        if bucket.told:
            return Verdict.SILENT
        bucket.told = True
        return Verdict.FAST
