"""Usage: counts by day of what `advisor report` shows. They name nobody and hold no text.

A day is counted in the slot of the outbox, so that a message counts in the very step that takes its entry away: once,
and without a round trip of its own. What another process delivers after a crash is not counted.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from bot.storage.redis_retries import RedisCommand, Storage
from bot.storage.scripts import LuaScript
from dialogs.message import day_of

USAGE_DAYS = 90
"""Days for which counts are kept."""

_TTL = timedelta(days=USAGE_DAYS) // timedelta(milliseconds=1)

_REMOVE = LuaScript("""
-- KEYS: entries, counts of a day. ARGV: entry, time to live of the counts in ms, then names and amounts in turn.
-- What an entry counts for is counted once, by whoever removes it.
local removed = redis.call('ZREM', KEYS[1], ARGV[1])
if removed == 1 then
  for at = 3, #ARGV, 2 do redis.pcall('HINCRBY', KEYS[2], ARGV[at], ARGV[at + 1]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return removed
""")


class Usage:
    """Counts below a key that ends in the day."""

    def __init__(self, storage: Storage, base: str) -> None:
        self._storage = storage
        self._base = base

    def removal(self, entries: str, entry: str | bytes, at: int, counts: Mapping[str, int]) -> RedisCommand:
        """The command that takes an entry off the outbox and counts what its message counts for, sent at that time
        (seconds since 1970), on that day in UTC."""
        keys = [entries, self._day_key(day_of(at))]
        amounts = [value for pair in counts.items() for value in pair]
        return RedisCommand.of(_REMOVE, keys, [entry, _TTL, *amounts])

    async def counts(self, today: date) -> Mapping[str, int]:
        """The sums of the last USAGE_DAYS days. StorageUnavailable and CorruptRecord as from `Storage`."""
        days = [self._day_key(today - timedelta(days=ago)) for ago in range(USAGE_DAYS)]
        found = await self._storage.pipeline(*[RedisCommand(("HGETALL", key)) for key in days])
        sums: Counter[str] = Counter()
        for day in found:
            for name, amount in _pairs(day):
                sums[name] += amount
        return sums

    def _day_key(self, day: date) -> str:
        return f"{self._base}:{day.isoformat()}"


def _pairs(day: object) -> list[tuple[str, int]]:
    """Names and amounts, whichever form the client gives a hash; what is no number is left out."""
    flat = list(day.items()) if isinstance(day, dict) else []
    if isinstance(day, list | tuple):
        flat = list(zip(day[::2], day[1::2], strict=False))
    return [(name.decode(), int(amount)) for name, amount in flat if amount.lstrip(b"-").isdigit()]
