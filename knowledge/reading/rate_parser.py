"""Parser of rates, the time that an amount is for: "a day", "/yr", "monthly", "every 2 weeks", "msgs/s"."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reading.number_parser import BREAK, NAME, Numbers, NumberToken
from knowledge.reading.quantity_words import QuantityWords

_LONGEST_GAP = 5
"""Words that may stand between an amount and its rate."""

_CLAUSE = 12
"""Words before and after a quantity that count as its clause."""

SLASH = "/"


@dataclass(frozen=True, slots=True)
class Period:
    """The seconds that an amount is for, said by tokens from `start` to before `end`."""

    seconds: float
    start: int
    end: int


class Rates:
    """The rates among tokens."""

    def __init__(self, tokens: Sequence[NumberToken], numbers: Numbers, words: QuantityWords) -> None:
        self._tokens = tokens
        self._texts = [token.text for token in tokens]
        self._numbers = numbers
        self._words = words

    def at(self, start: int) -> Period | None:
        """The rate that begins at a token."""
        adverb = self._words.adverb_phrases.at(self._texts, start)
        if adverb is not None:
            return Period(adverb[1], start, start + adverb[0]) if adverb[1] else None
        lead = self._words.phrases["rate_leads"].at(self._texts, start)
        return self._led(start, start + lead[0]) if lead else None

    def after(self, start: int) -> Period | None:
        """The rate that follows, a few fillers skipped."""
        for at in range(start, min(start + _LONGEST_GAP, len(self._tokens))):
            period = self.at(at)
            if period is not None:
                return period
            if self._texts[at] not in self._words.rate_gaps:
                return None
        return None

    def before(self, end: int, floor: int) -> Period | None:
        """The rate that stands before an amount: "each month we get …", "daily: …"."""
        for at in range(end, max(end - _LONGEST_GAP, floor), -1):
            adverb = self._words.adverb_phrases.before(self._texts, at, floor)
            if adverb is not None and adverb[1]:
                return Period(adverb[1], at - adverb[0], at)
            if self._texts[at - 1] in self._words.durations or self._texts[at - 1] in self._words.rate_units:
                return self._opened(at, floor)
            if self._texts[at - 1] not in self._words.rate_gaps:
                return None
        return None

    def _opened(self, end: int, floor: int) -> Period | None:
        for start in range(end - 2, max(end - 5, floor - 1), -1):
            if self._words.phrases["rate_openings"].at(self._texts, start):
                period = self.at(start)
                return period if period and period.end == end else None
        return None

    def _led(self, start: int, at: int) -> Period | None:
        """The rate whose first words ("per", "every") end before `at`."""
        words, texts = self._words, self._texts
        multiple = 1.0
        if texts[at - 1] == words.every:
            at, multiple = self._multiple(at)
        while at < len(texts) and texts[at] in words.rate_adjectives:
            at += 1
        if at >= len(texts):
            return None
        seconds = words.durations.get(texts[at]) or words.rate_units.get(texts[at])
        slash = texts[at - 1] == SLASH
        if slash and texts[at] in words.slash_units:
            seconds = words.slash_units[texts[at]]
        if seconds is None or (texts[at] in words.touching and not slash and len(texts[at]) == 1):
            return None
        return Period(seconds * multiple, start, at + 1)

    def _multiple(self, at: int) -> tuple[int, float]:
        """How many units "every" skips: "every other day", "every 2 weeks"."""
        other = self._words.phrases["every_other"].at(self._texts, at)
        if other is not None:
            return at + other[0], 2.0
        number = self._numbers.at(at) if at < len(self._tokens) else None
        return (number.end, (number.low + number.high) / 2 or 1.0) if number else (at, 1.0)


def clause_around(texts: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The clause around the tokens from `start` to before `end`, at most `_CLAUSE` words on each side: its first token,
    and the one after its last.
    """
    first, last = start, end
    while first > max(start - _CLAUSE, 0) and texts[first - 1] != BREAK:
        first -= 1
    while last < min(end + _CLAUSE, len(texts)) and texts[last] != BREAK:
        last += 1
    return first, last


__all__ = ["BREAK", "NAME", "SLASH", "Period", "Rates", "clause_around"]
