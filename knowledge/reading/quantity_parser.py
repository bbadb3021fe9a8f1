"""Parser of quantities: how much, of what, and for what time.

Pure and total. Which question of a framework a quantity answers is decided in `quantity_answers`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.reading.dictated_marks import punctuated
from knowledge.reading.number_parser import BREAK, NAME, Number, Numbers, tokenize
from knowledge.reading.numeral_modifiers import Lead, NumeralModifiers
from knowledge.reading.quantity import Bound, Kind, Quantity
from knowledge.reading.quantity_words import QuantityWords, english_quantities
from knowledge.reading.rate_parser import SLASH, Period, Rates, clause_around

LONGEST = 4000
"""Characters of a text that are parsed."""

_CACHED_TEXTS = 256

_DAY = 86400.0
_NOUN_WORDS = 4
_YEARS = range(1900, 2100)
_RECENT_YEARS = range(2010, 2040)
_HOURS = 24

_SEVERAL, _FARTHEST = 2, 30
"""Least count, and most characters between it and the rate for each, for which the two are multiplied."""


@lru_cache(maxsize=_CACHED_TEXTS)  # every reader of a text asks for them
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in its order; they do not overlap. Total."""
    found: list[Quantity] = []
    for quantity in _Parser(punctuated(text[:LONGEST]), english_quantities()).all():
        whole = _times(found[-1], quantity) if found else None
        if whole is None:
            found.append(quantity)
        else:
            found[-1] = whole
    return tuple(found)


def _times(one: Quantity, other: Quantity) -> Quantity | None:
    """A rate for each of so many: "40 hotels, each 30 chats a day", "30 chats a day per hotel, 40 hotels"."""
    rate, count = (one, other) if one.kind is Kind.RATE else (other, one)
    if (rate.kind, count.kind) != (Kind.RATE, Kind.COUNT) or not (rate.each and count.noun):
        return None
    if count.low < _SEVERAL or math.isinf(count.high) or other.start - one.end > _FARTHEST:
        return None
    low, high = rate.low * count.low, rate.high * count.high
    return replace(rate, low=low, high=high, start=one.start, end=other.end, each=count.each)


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit of a number. `end`: the token after it."""

    kind: Kind
    factor: float
    end: int


class _Parser:
    def __init__(self, text: str, words: QuantityWords) -> None:
        self._words = words
        self._tokens = tokenize(text, words)
        self._texts = [token.text for token in self._tokens]
        self._numbers = Numbers(self._tokens, words)
        self._modifiers = NumeralModifiers(self._texts, words)
        self._rates = Rates(self._tokens, self._numbers, words)

    def all(self) -> Iterator[Quantity]:
        at = floor = 0
        while at < len(self._tokens):
            found = self._at(at, floor)
            if found is None:
                at += 1
            else:
                quantity, floor = found
                at = max(floor, at + 1)
                yield quantity

    def _at(self, at: int, floor: int) -> tuple[Quantity, int] | None:
        """The quantity whose number or first word stands at a token, and the token after it."""
        text = self._texts[at]
        idiom = self._words.phrases["idioms"].at(self._texts, at)
        if idiom is not None:
            return self._made(Kind.OTHER, Number(0, 0, at, at + idiom[0]), Lead(at), at + idiom[0])
        if text == NAME:
            return self._made(Kind.OTHER, Number(0, 0, at, at + 1), Lead(at), at + 1)
        if text == self._words.every:
            return self._periodic(at, floor)
        term = self._words.term_phrases.at(self._texts, at)
        if term is not None:
            number = Number(term[1], term[1], at, at + term[0], approximate=True)
            return self._made(Kind.DURATION, number, self._modifiers.before(at, floor), number.end)
        number_or_none = self._numbers.at(at) or self._frequency(at)
        if number_or_none is None:
            return self._without_number(at, floor)
        return self._numbered(self._ranged(number_or_none), floor)

    def _frequency(self, at: int) -> Number | None:
        count = self._words.frequencies.get(self._texts[at])
        return Number(count, count, at, at + 1) if count and self._rates.after(at + 1) else None

    def _ranged(self, number: Number) -> Number:
        """The number, with the second one of "5-10k", "5 to 10", "between $5 and $10"."""
        words, texts = self._words, self._texts
        at = number.end + (number.end < len(texts) and texts[number.end] in words.currencies)
        joins = words.joins
        if words.between in texts[max(number.start - 2, 0) : number.start]:
            joins = joins | words.between_joins
        if at + 1 >= len(texts) or texts[at] not in joins:
            return number
        at += 1 + (texts[at + 1] in words.before)
        second = self._numbers.at(at) if at < len(texts) else None
        if second is None or (at > number.end + 1 and self._is_year(second)):
            return number
        low, raw = number.low, second.low / second.factor
        if number.factor == 1.0 and second.factor != 1.0 and low < raw:
            low *= second.factor
        low, high = min(low, second.low), max(low, second.high)
        return Number(low, high, number.start, second.end, True, second.factor, number.figure and second.figure)

    def _is_year(self, number: Number) -> bool:
        """Whether what follows a currency is a year: "900 EUR until 2031"."""
        paid = number.end < len(self._texts) and self._texts[number.end] in self._words.currencies
        return not paid and number.bare and number.low == number.high and number.low in _RECENT_YEARS

    def _numbered(self, number: Number, floor: int) -> tuple[Quantity, int] | None:
        lead = self._modifiers.before(number.start, floor)
        unit = self._unit(number, lead)
        noun, end = ((), unit.end) if unit.kind is Kind.OTHER else self._noun(unit.end)
        later = None if noun or unit.kind is Kind.OTHER else self._modifiers.after(unit.end)
        if later is not None:
            noun, end = self._noun(later[0])  # "10k+ rows"
        period = self._rates.after(unit.end) or self._rates.after(end)
        if unit.kind is Kind.COUNT and period is None and not self._each(end, unit.kind):
            period = self._rates.before(lead.start, floor)
        if unit.kind is Kind.COUNT and not lead.bound and self._is_name(number, noun, period):
            return self._made(Kind.OTHER, number, lead, unit.end)
        if period is None and self._texts[number.start : number.end] in (["one"], ["a"]) and unit.kind is Kind.COUNT:
            return None
        after = self._modifiers.after(number.end) or self._modifiers.after(unit.end) or self._modifiers.after(end)
        if period is not None and period.start >= number.end:
            noun = noun if period.start >= end else ()
            end = period.end
            after = after or self._modifiers.after(end)
        if unit.kind is Kind.DURATION and self._calendar(lead.start, unit.end):
            return self._made(Kind.OTHER, number, lead, unit.end)
        if after is not None:
            end, lead = (
                max(end, after[0]),
                Lead(lead.start, lead.bound or after[1], lead.approximate or not after[1], 0),
            )
        kind, factor, days = unit.kind, unit.factor, 0.0
        if kind is Kind.COUNT and period is not None:
            kind, factor = Kind.RATE, _DAY / period.seconds
        elif period is not None:
            days = period.seconds / _DAY
        return self._made(kind, number, lead, end, noun, factor, days, self._each(end, kind))

    def _calendar(self, start: int, end: int) -> bool:
        """Whether a time is an age or a stretch of the calendar: "3 years ago", "the last 2 weeks"."""
        phrases = self._words.phrases
        return bool(
            phrases["calendar_after"].at(self._texts, end) or phrases["calendar_before"].before(self._texts, start)
        )

    def _unit(self, number: Number, lead: Lead) -> _Unit:
        words, texts, end = self._words, self._texts, number.end
        if self._minutes(number, lead):
            return _Unit(Kind.DURATION, 60 / number.factor, end)
        following = texts[end] if end < len(texts) else ""
        percent = words.phrases["percent"].at(texts, end)
        if percent is not None:
            return _Unit(Kind.PERCENT, 1.0, end + percent[0])
        if lead.worth or following in words.currencies:
            worth = lead.worth or 1.0
            while end < len(texts) and texts[end] in words.currencies:  # "2 grand", "5 lakh rupees", "$5 USD"
                worth, end = (worth if lead.worth else worth * words.currencies[texts[end]]), end + 1
            return _Unit(Kind.MONEY, worth, end)
        if following in words.other_units:
            return _Unit(Kind.OTHER, 1.0, end + 1)
        glued = bool(following) and self._tokens[end].glued and number.figure and following.isalpha()
        if following in words.durations and (glued or following not in words.touching):
            return _Unit(Kind.DURATION, words.durations[following], end + 1)
        known = self._rates.at(end) or words.later_bound_phrases.at(texts, end)
        return _Unit(Kind.OTHER, 1.0, end + 1) if glued and not known else _Unit(Kind.COUNT, 1.0, end)

    def _minutes(self, number: Number, lead: Lead) -> bool:
        """Whether the letter after a number is minutes: "within 5m"."""
        words = self._words
        if self._texts[number.end - 1] != words.minutes or number.end < len(self._texts) - 1:
            return False
        return not words.waits.isdisjoint(self._texts[max(lead.start - 1, 0) : number.start])

    def _noun(self, at: int) -> tuple[tuple[str, ...], int]:
        """The words that a number counts ("pieces of data", "q & a pairs"), and the token after them."""
        words, texts = self._words, self._texts
        noun: list[str] = []
        while at < len(texts) and len(noun) < _NOUN_WORDS:
            if texts[at] == words.of:
                following = at + 1
                while following < len(texts) and texts[following] in words.of_skips:
                    following += 1
                if following < len(texts) and texts[following] in words.of_nouns:
                    return (texts[following],), following + 1
                if noun and (following >= len(texts) or self._ends_noun(following)):
                    break
                at = following
            elif noun and texts[at] in words.between_joins and texts[at] not in words.stops:
                at += 2
            elif self._ends_noun(at):
                break
            else:
                noun.append(texts[at])
                at += 1
        return tuple(noun), min(at, len(texts))

    def _ends_noun(self, at: int) -> bool:
        token, words = self._tokens[at], self._words
        paid = token.text in words.before and at + 1 < len(self._tokens) and self._tokens[at + 1].figure
        if paid or token.figure or token.text in words.stops or not token.text[0].isalpha():
            return True
        return bool(self._rates.at(at) or self._numbers.at(at) or words.later_bound_phrases.at(self._texts, at))

    def _each(self, at: int, kind: Kind) -> bool:
        words, texts = self._words, self._texts
        if at >= len(texts):
            return False
        if texts[at] in words.each_alone:
            return True
        led = texts[at] in words.each_leads and (kind is Kind.MONEY or texts[at] in (*words.rate_openings, SLASH))
        return led and at + 1 < len(texts) and texts[at + 1][0].isalpha() and self._rates.at(at) is None

    def _for_each(self, first: int, start: int) -> bool:
        """Whether an amount is that of one of several: "each machine sends …", but not "each month we get …"."""
        openings = (at for at in range(first, start) if self._texts[at] in self._words.each_for)
        return any(self._rates.at(at) is None for at in openings)

    def _is_name(self, number: Number, noun: tuple[str, ...], period: Period | None) -> bool:
        """Whether digits are a year, a time of day, a model's size or the number of something."""
        words, texts = self._words, self._texts
        before = texts[number.start - 1] if number.start else ""
        if period is not None:
            return False
        if texts[number.end - 1] == "b" and number.factor == 1e9:
            return not noun or noun[0] in words.model_nouns or before in words.labels
        if not number.bare:
            return False
        if before in words.labels or (number.high <= _HOURS and not noun and before in words.clock_leads):
            return True
        figures = [text for text in texts[number.start : number.end] if text[0].isdigit()]
        if not figures or any(len(figure) != 4 or not figure.isdecimal() for figure in figures):
            return False
        led = before in words.year_leads or before in words.months or len(figures) > 1
        years = _YEARS if led else _RECENT_YEARS
        plural = bool(noun) and noun[-1].endswith("s")
        return not plural and all(int(figure) in years for figure in figures)

    def _periodic(self, at: int, floor: int) -> tuple[Quantity, int] | None:
        """ "A ticket every 5 minutes" is a rate; "it fails every 5 minutes" is not."""
        period = self._rates.at(at)
        if period is None:
            return None
        first = max(clause_around(self._texts, at, at)[0], floor, at - _NOUN_WORDS)
        start = next((i for i in range(at - 2, first - 1, -1) if self._texts[i] in self._words.singles), None)
        if start is None:
            if period.end == at + 2:
                return None  # "every day" is the rate of what follows
            return self._made(Kind.OTHER, Number(0, 0, at, period.end), Lead(at), period.end)
        noun = tuple(self._texts[start + 1 : at])
        factor = _DAY / period.seconds
        return self._made(Kind.RATE, Number(1, 1, start, at), Lead(start), period.end, noun, factor)

    def _without_number(self, at: int, floor: int) -> tuple[Quantity, int] | None:
        """ "Within a minute", "sub-second", "in seconds", or "a second" that opens a clause."""
        words, texts = self._words, self._texts
        lead = words.phrases["duration_leads"].at(texts, at)
        start = at + (lead[0] if lead else 0)
        article = start < len(texts) and texts[start] in words.articles
        unit = start + article
        if unit >= len(texts) or texts[unit] not in words.durations or len(texts[unit]) == 1:
            return None
        opens = article and (at == 0 or texts[at - 1] == BREAK)
        if not lead and not opens:
            return None
        low, high = (2.0, 10.0) if texts[unit] in words.plural_units else (1.0, 1.0)
        number = Number(low, high, start, unit + 1, approximate=low != high)
        return self._made(
            Kind.DURATION, number, self._modifiers.before(start, floor), unit + 1, (), words.durations[texts[unit]]
        )

    def _made(
        self,
        kind: Kind,
        number: Number,
        lead: Lead,
        end: int,
        noun: tuple[str, ...] = (),
        factor: float = 1.0,
        days: float = 0.0,
        each: bool = False,
    ) -> tuple[Quantity, int]:
        first, last = clause_around(self._texts, lead.start, end)
        bound = {-1: Bound.AT_MOST, 1: Bound.AT_LEAST}.get(lead.bound, Bound.EXACT)
        low = 0.0 if bound is Bound.AT_MOST else number.low * factor
        high = math.inf if bound is Bound.AT_LEAST else number.high * factor
        approximate = lead.approximate or number.approximate
        before, after = tuple(self._texts[first : lead.start]), tuple(self._texts[end:last])
        span = self._tokens[lead.start].start, self._tokens[end - 1].end
        each = each or (kind is Kind.RATE and self._for_each(first, lead.start))
        return Quantity(kind, low, high, *span, bound, approximate, noun, before, after, days, each), end
