"""Limits for one person: enough for any conversation, too little to keep the advisor from others or to fill Redis.

Messages count by what reading them costs (`dialogs.limits.cost`): a short one for 1, the longest text or a file for
10.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

BURST = 30
"""Cost that is allowed in a burst."""

PER_SECOND = 1.0
"""Cost a second that is allowed in the long run."""

NEW_PER_DAY = 200
"""Conversations that one person may begin in a day: about half a megabyte."""

MAX_PEOPLE = 10_000
"""People remembered at a time."""

_DAY = 86_400


class RateLimitResult(Enum):
    """EXCEEDED: the first message too many, which gets a notice. STILL_EXCEEDED: further ones, which get none."""

    ALLOWED = auto()
    EXCEEDED = auto()
    STILL_EXCEEDED = auto()


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    last: str = ""
    day: int = 0
    begun: int = 0
    result: RateLimitResult = RateLimitResult.ALLOWED


@dataclass(eq=False)
class RateLimit:
    """Counts per process: with N replicas a person may send N times as much, and a restart forgets the count."""

    burst: int = BURST
    per_second: float = PER_SECOND
    people: int = MAX_PEOPLE
    new_per_day: int = NEW_PER_DAY
    _buckets: dict[str, _Bucket] = field(default_factory=dict, init=False)

    def check(self, person: str, message: str, at: float, cost: int = 1) -> RateLimitResult:
        """Counts one message of a person at a time in seconds, for what it costs.

        One that arrives twice in a row counts once, and gets one notice.
        """
        bucket = self._buckets.pop(person, None) or _Bucket(self.burst, at)
        self._buckets[person] = bucket
        if len(self._buckets) > self.people:
            # The one who has been quiet for longest; dictionaries keep their order.
            del self._buckets[next(iter(self._buckets))]
        if bucket.last != message:
            bucket.last, bucket.result = message, self._count(bucket, at, cost)
        elif bucket.result is RateLimitResult.EXCEEDED:
            return RateLimitResult.STILL_EXCEEDED
        return bucket.result

    def may_begin(self, person: str, at: float) -> bool:
        """Counts a conversation that a person, whose message was checked, begins at a time in seconds since 1970."""
        bucket, day = self._buckets.get(person) or _Bucket(self.burst, at), int(at // _DAY)
        if bucket.day != day:
            bucket.day, bucket.begun = day, 0
        bucket.begun += 1
        return bucket.begun <= self.new_per_day

    def _count(self, bucket: _Bucket, at: float, cost: int) -> RateLimitResult:
        bucket.left = min(self.burst, bucket.left + max(0.0, at - bucket.at) * self.per_second)
        bucket.at = max(bucket.at, at)
        if bucket.left >= cost:
            bucket.left -= cost
            return RateLimitResult.ALLOWED
        first = bucket.result is RateLimitResult.ALLOWED
        return RateLimitResult.EXCEEDED if first else RateLimitResult.STILL_EXCEEDED
