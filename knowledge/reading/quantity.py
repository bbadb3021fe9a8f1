"""What a quantity of a text is."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a quantity counts. OTHER: digits that are no amount (a date, a version), or an amount of something else."""

    COUNT = "count"
    RATE = "rate"
    MONEY = "money"
    DURATION = "duration"
    PERCENT = "percent"
    OTHER = "other"


class Bound(StrEnum):
    """Whether the amount is what it is, or a limit: `low` is 0 for AT_MOST, `high` infinite for AT_LEAST."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text, from character `start` to before `end`.

    `low` and `high` are the least and most that it means: things, things a day (RATE), dollars by order of magnitude
    (MONEY), seconds (DURATION), percent. `noun` holds the words that it counts, `before` and `after` the other words of
    its clause. `days`: the time that MONEY is for, 0 where none is said. `each`: it is for each of something.
    """

    kind: Kind
    low: float
    high: float
    start: int
    end: int
    bound: Bound = Bound.EXACT
    approximate: bool = False
    noun: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    days: float = 0.0
    each: bool = False

    @property
    def likely(self) -> float:
        """The amount that a range or a bound most likely means."""
        if math.isinf(self.high):
            return 2 * self.low
        return math.sqrt(self.low * self.high) if self.low > 0 else self.high / 2
