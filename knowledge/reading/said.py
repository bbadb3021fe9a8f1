"""Amounts as they were said, with their units and the words around them: which numbers of a sum they can be."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from knowledge.costs import IN_MONTHS, MONEY, MONTH, ONCE, PRICES, Amount, Given
from knowledge.reading.factors import amount_words, factor_of, multiplied_numbers

TIMES = "times"

RATED = frozenset({Given.CALLS, Given.HOSTING, Given.SAVING, Given.OWN, Given.TODAY})
"""Numbers that come in a time."""

TOKENS = frozenset({Given.TOKENS_IN, Given.TOKENS_OUT, Given.SAVED, Given.TUNED_IN})

MILLION, _SMALL = Decimal(1_000_000), 100
"""Of tokens that a price is for; below what a whole number may be a price."""

_BESIDE, _FARTHER, _FARTHEST, _ELSEWHERE = 3.0, 0.3, 1.0, 0.7
"""What a word of a list says beside an amount, less for each word in between, at least; and in another clause."""

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Said:
    """An amount: a count, or `money`, `tokens`, `words` or pages, a `time`, a `percent`. `per`: for so many tokens;
    `each`: for every call. `apiece`: a count for each of others, `several`: for all of them, so a number of calls.

    `before` and `after` are the words of its clause around it, `elsewhere` those of its sentence that are no other
    amount's. `joined`: no clause ends before the next amount. `typed` is the text; `exact`: it is neither a range nor a
    percentage; `rough`: it is about that; `things`: it is of something that no sum has. `work`: money for so many days.
    `added`: it comes on top of what there is; `gone`: another amount takes its place.
    """

    amount: Amount
    typed: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    money: bool = False
    tokens: bool = False
    time: bool = False
    each: bool = False
    per: Decimal | None = None
    words: str = ""
    joined: bool = False
    exact: bool = True
    rough: bool = False
    percent: bool = False
    things: bool = False
    apiece: bool = False
    several: bool = False
    work: bool = False
    added: bool = False
    gone: bool = False

    @property
    def unit(self) -> str:
        """What it is of, by which a number of a sum can be ruled out; a price is for tokens, `paid` is for a time."""
        short = self.time and self.amount.value * self.amount.seconds < MONTH
        if not self.exact or self.things or short:
            return ""
        if self.money and (self.each or self.work):
            return "each" if self.each else "upkeep" if self.amount.seconds else "work"
        whole = self.amount.value == self.amount.value.to_integral_value()
        if self.money or self.per is not None:
            return "price" if self.per is not None else "paid" if self.amount.seconds else "money"
        if self.tokens or self.words:
            return "product" if TIMES in self.before else "tokens"
        if self.time or self.amount.seconds or self.several:
            bare = _DIGIT.search(self.typed) and {*self.before, *self.after}.isdisjoint(amount_words()["calls"])
            return "time" if self.time else "paid" if bare and not whole else "rate"
        return "fraction" if not whole else "small" if self.amount.value < _SMALL else "count"

    @property
    def counted(self) -> bool:
        """Whether it is a number of things, which others may be for each of."""
        return self.apiece or self.things or (self.unit == "rate" and not self.money)

    def fits(self, name: Given) -> bool:
        """Whether it can be a number of this name: money is none of tokens or calls, nor are these money."""
        if name is Given.MONTHS or (self.amount.seconds not in (0, ONCE) and not self.time and name not in RATED):
            return self.time or not (self.amount.seconds or self.money or self.tokens)
        if name not in MONEY:
            texts = self.tokens or self.words
            return not (self.money or self.time or self.per is not None or (texts and name is Given.CALLS))
        price = name in PRICES
        return not (self.tokens or self.words or self.time or (self.each if price else self.per is not None))

    @property
    def factor(self) -> Decimal | None:
        """How many times as much a percentage makes something; None for other amounts."""
        return factor_of(self.amount.value, self.before, self.after) if self.percent else None

    @property
    def factors(self) -> Mapping[Given, Decimal]:
        """The same by the numbers of a sum that it is of."""
        named = () if self.factor is None else multiplied_numbers(self.before, self.after)
        return {n: 1 - self.factor if n is Given.SAVED else self.factor for n in named if self.factor is not None}

    def near(self, name: str, others: Set[str] | None = None) -> float:
        """How near a word of a list is: most beside the amount, least in another clause of its sentence, 0 for none.

        With `others`, words that may be of another amount, only its own ones count.
        """
        listed = {*amount_words()[name]}.difference(others or ())
        beside = [at for words in (self.before[::-1], self.after) for at in places(words, listed)]
        told = others is None and name not in ("in", "out") and places(self.elsewhere, listed)
        return max(_BESIDE - _FARTHER * min(beside), _FARTHEST) if beside else _ELSEWHERE if told else 0.0

    def as_number(self, name: Given) -> Amount:
        """The amount in the unit of a number of a sum."""
        value, seconds = self.amount.value, self.amount.seconds
        if name is Given.MONTHS:
            return Amount(value * (IN_MONTHS.get(seconds) or Decimal(seconds or MONTH) / MONTH))
        value = value if self.per is None else value * MILLION / self.per
        seconds = seconds if name in RATED else 0
        return Amount(value, self.amount.currency, seconds, words=self.words if name in TOKENS else "")


def places(words: Sequence[str], listed: Set[str]) -> list[int]:
    """Where words of a list stand, or two words that are listed together, in either order."""
    pairs = zip(words, (*words[1:], ""), strict=False)
    return [at for at, (one, other) in enumerate(pairs) if {one, f"{one} {other}", f"{other} {one}"} & listed]
