"""What prompting and a tuned model cost a month by somebody's own numbers, and when tuning has paid for itself.

Pure and exact: decimals, rounded only where they are shown. A month has 30 days. Nothing here decides anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from math import prod
from typing import Literal

from knowledge.outside import OutsideEntry

MONTH, QUARTER, YEAR, ONCE = 2_592_000, 7_884_000, 31_536_000, -1
"""Seconds; a year counts as twelve months. What comes once comes in no time."""

IN_MONTHS = {QUARTER: 3, YEAR: 12, ONCE: 1}

DOLLARS = "USD"
"""What the prices of outside entries are in."""

_MILLION, _NOTHING, _SLIGHT = Decimal(1_000_000), Decimal(), Decimal(10) ** -9


class Given(StrEnum):
    """A number that a sum is made of. A price is for a million tokens."""

    CALLS = "calls"
    TOKENS_IN = "tokens_in"
    TOKENS_OUT = "tokens_out"
    SAVED = "saved"
    TUNED_IN = "tuned_in"
    PRICE_IN = "price_in"
    PRICE_OUT = "price_out"
    TUNED_PRICE_IN = "tuned_price_in"
    TUNED_PRICE_OUT = "tuned_price_out"
    TRAINING = "training"
    TRAINED = "trained"
    PRICE_TRAINING = "price_training"
    HOSTING = "hosting"
    MONTHS = "months"


_ANY = (Decimal(), Decimal(10) ** 12)
LIMITS = {
    **dict.fromkeys(Given, _ANY),
    **dict.fromkeys((Given.TOKENS_IN, Given.TOKENS_OUT, Given.SAVED, Given.TUNED_IN), (Decimal(1), Decimal(10) ** 7)),
    Given.CALLS: (Decimal(1), _ANY[1]),
}
"""The least that each number is, if it is not zero, and the most: others are a slip."""

HORIZON = Decimal(600)
"""Months after which tuning counts as never paid for."""

_CALL = (Given.TOKENS_IN, Given.TOKENS_OUT, Given.PRICE_IN, Given.PRICE_OUT)
"""What the costs of a call consist of."""

PRICES = frozenset(name for name in Given if "price" in name)

_PLAIN = {Given.CALLS, *_CALL, Given.MONTHS}
"""Numbers that say nothing of tuning."""

MONEY = PRICES | {Given.TRAINING, Given.HOSTING}

OF_TUNING = frozenset(Given) - _PLAIN
"""All others."""

Wrong = Literal["zero", "negative", "too_small", "too_large", "more_than_sent", "currencies"]
"""Why a number makes no sum."""

Never = Literal["dearer", "saves_nothing", "hosting_never", "once_never", "too_long"]
"""Why tuning does not pay for itself."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was said: with its currency, and the seconds that it is for (0: none said); of "words" or "pages",
    if it is not one of tokens.
    """

    value: Decimal
    currency: str = ""
    seconds: int = 0
    words: str = ""

    @property
    def monthly(self) -> Decimal:
        """What it comes to in a month; as it is where no time was said."""
        known = IN_MONTHS.get(self.seconds)
        return self.value / known if known else self.value * MONTH / (self.seconds or MONTH)


Numbers = Mapping[Given, Amount]


@dataclass(frozen=True, slots=True)
class Missing:
    """The number that is asked for next. `wrong`: why what was given for it does not count."""

    number: Given
    wrong: Wrong | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """A month's costs, and what tuning saves of them after hosting; None where the numbers do not say. Of calls that
    come once, all of them.

    It has paid for itself after `months` and `calls`, or `never` does. `totals` are those of prompting and of tuning,
    with its training, over the months that were said.
    """

    prompting: Decimal | None = None
    tuned: Decimal | None = None
    saving: Decimal | None = None
    training: Decimal | None = None
    months: Decimal | None = None
    calls: Decimal | None = None
    never: Never | None = None
    totals: tuple[Decimal, ...] = ()


def currencies(numbers: Numbers) -> list[str]:
    """Those that were said."""
    return sorted({amount.currency for amount in numbers.values()} - {""})


def currency_of(numbers: Numbers) -> str:
    """That of what a call costs, else of other money; "" where none was said."""
    prices = [amount.currency for name, amount in numbers.items() if name in PRICES - {Given.PRICE_TRAINING}]
    return next(filter(None, (*prices, *currencies(numbers))), "")


def apart(numbers: Numbers) -> frozenset[Given]:
    """Money in another currency than a call: no exchange rate is known, so it counts in no sum."""
    return frozenset(n for n, amount in numbers.items() if amount.currency not in ("", currency_of(numbers)))


def in_currency(numbers: Numbers, currency: str) -> Numbers:
    """The numbers with money of no currency in this one."""
    bare = {name for name, amount in numbers.items() if name in MONEY and not amount.currency}
    return {name: replace(amount, currency=currency) if name in bare else amount for name, amount in numbers.items()}


def in_tokens(numbers: Numbers, tokens: Mapping[str, Decimal]) -> Numbers:
    """The numbers with tokens in place of words or pages, by how many each of these is; without others."""
    known = {n: amount for n, amount in numbers.items() if not amount.words or amount.words in tokens}
    return {n: Amount((a.value * tokens[a.words]).quantize(1)) if a.words else a for n, a in known.items()}


def priced(
    numbers: Numbers, outside: Iterable[OutsideEntry], today: date
) -> tuple[Numbers, Mapping[Given, OutsideEntry]]:
    """The numbers with the prices that nobody gave, in dollars, and the current entries that give them."""
    own = not {Given.PRICE_IN, Given.PRICE_OUT}.isdisjoint(numbers)
    wanted = [] if own else [*_CALL[2:]] if Given.TOKENS_OUT in numbers else [Given.PRICE_IN]
    wanted += [Given.PRICE_TRAINING] if Given.TRAINED in numbers and Given.PRICE_TRAINING not in numbers else []
    current = [each for each in outside if each.is_current(today)]
    found = {name: each for each in reversed(current) for name in wanted if name in each.prices}
    return {**numbers, **{name: Amount(Decimal(each.prices[name]), DOLLARS) for name, each in found.items()}}, found


def work_out(numbers: Numbers, *, compare: bool = False) -> Costs | Missing:
    """The sum, or the number that is missing for it. `compare`: tuning is meant, whatever was given. When tuning has
    paid for itself is not known where its costs are in another currency.
    """
    foreign, compare = apart(numbers), compares(numbers, compare)
    n = {name: amount.monthly for name, amount in numbers.items() if name not in foreign}
    lacking = (Missing(name) for name in needed(numbers, compare) if name not in numbers)
    missing = _nonsense(numbers) or next(lacking, None)
    if missing is not None:
        return missing
    once = numbers[Given.CALLS].seconds == ONCE
    calls, whole, over = n[Given.CALLS], all(name in n for name in _CALL), n.get(Given.MONTHS, _NOTHING) * (not once)
    saved, price_in, price_out = _saved(n), n[Given.PRICE_IN], n.get(Given.PRICE_OUT, _NOTHING)
    sent, returned = n.get(Given.TOKENS_IN, saved), n.get(Given.TOKENS_OUT, _NOTHING)
    prompting = calls * (sent * price_in + returned * price_out) / _MILLION
    if not compare:
        return Costs(prompting, totals=(prompting * over,) if over else ())
    tuned_in, tuned_out = n.get(Given.TUNED_PRICE_IN, price_in), n.get(Given.TUNED_PRICE_OUT, price_out)
    tuned = calls * ((sent - saved) * tuned_in + returned * tuned_out) / _MILLION
    hosting, trained = n.get(Given.HOSTING, _NOTHING), n.get(Given.TRAINED, _NOTHING)
    training = n[Given.TRAINING] if Given.TRAINING in n else trained * n.get(Given.PRICE_TRAINING, _NOTHING) / _MILLION
    gross, saving = prompting - tuned, prompting - tuned - hosting
    before, after = (prompting, tuned + hosting) if whole else (None, None)
    if foreign and saving > 0:
        return Costs(before, after, saving, totals=(prompting * over,) if whole and over else ())
    totals = (prompting * over, (tuned + hosting) * over + training) if whole and over else ()
    costs = Costs(before, after, saving, training, totals=totals)
    if saving <= 0 or (once and training > saving):
        never: Never = "dearer" if gross < 0 else "hosting_never" if gross else "saves_nothing"
        return replace(costs, never="once_never" if saving > 0 else never)
    if training / saving > HORIZON and not once:
        return replace(costs, never="too_long")
    pays = (calls * training / saving - _SLIGHT).to_integral_value(ROUND_CEILING) + 0
    return replace(costs, months=training / saving, calls=pays)


def moves_most(numbers: Numbers, among: Iterable[Given]) -> Given | None:
    """The number of these that the result rests on most: of a side of the call, by what that side costs."""

    def weight(name: Given) -> Decimal:
        side = [numbers[n].value for n in numbers if n in _CALL and n.rpartition("_")[2] == name.rpartition("_")[2]]
        return prod(side, start=Decimal(1)) if name in _CALL else _ANY[1] ** 2

    return max(among, key=weight, default=None)


def oddest(numbers: Numbers, usual: Numbers) -> Given | None:
    """The number for which tuning takes longest to pay: how far it is from what is usual, few or, of training, much."""
    few = [n for n in (Given.CALLS, Given.SAVED) if n in numbers and numbers[n].value]
    rates = {n: usual[n].monthly / numbers[n].monthly for n in few}
    if Given.TRAINING in numbers:
        rates[Given.TRAINING] = numbers[Given.TRAINING].value / usual[Given.TRAINING].value
    return max(rates, key=lambda name: rates[name], default=None)


def unused(numbers: Numbers, costs: Costs, *, compare: bool) -> frozenset[Given]:
    """The numbers that the result does not rest on: it would be the same with others in their place."""
    others = {name: {**numbers, name: replace(each, value=each.value + 1)} for name, each in numbers.items()}
    alone = OF_TUNING if costs.saving is None else frozenset[Given]()
    return frozenset(n for n, each in others.items() if n in alone or work_out(each, compare=compare) == costs)


def _nonsense(numbers: Numbers) -> Missing | None:
    for name, amount in numbers.items():
        if amount.value < 0:
            return Missing(name, "negative")
        if amount.value == 0 and name in (Given.CALLS, Given.MONTHS):
            return Missing(name, "zero")
        least, most = LIMITS[name]
        if amount.value and not least <= amount.monthly <= most:
            return Missing(name, "too_large" if amount.monthly > most else "too_small")
    sent, saved = numbers.get(Given.TOKENS_IN), numbers.get(Given.SAVED)
    if sent is not None and saved is not None and saved.value > sent.value:
        return Missing(Given.SAVED, "more_than_sent")
    several = [name for name in numbers if name in apart(numbers) & PRICES - {Given.PRICE_TRAINING}]
    return Missing(several[-1], "currencies") if several else None


def compares(numbers: Numbers, compare: bool) -> bool:
    """Whether tuning is worked out beside prompting: it is meant, or a number says something of it."""
    hosted = numbers.get(Given.HOSTING)
    return compare or not {*_PLAIN, *([Given.HOSTING] if hosted and not hosted.value else [])}.issuperset(numbers)


def needed(numbers: Numbers, compare: bool) -> tuple[Given, ...]:
    """What the sum needs, in the order in which it is asked for."""
    if not compares(numbers, compare):
        return (Given.CALLS, *_CALL)
    training = Given.PRICE_TRAINING if Given.TRAINED in numbers and Given.TRAINING not in numbers else Given.TRAINING
    if not {Given.TUNED_PRICE_IN, Given.TUNED_PRICE_OUT}.isdisjoint(numbers):
        return (Given.CALLS, *_CALL, training)
    return (Given.CALLS, Given.TOKENS_IN if Given.TUNED_IN in numbers else Given.SAVED, Given.PRICE_IN, training)


def _saved(n: Mapping[Given, Decimal]) -> Decimal:
    """Tokens that a call of the tuned model does without."""
    tuned = n.get(Given.TUNED_IN)
    return n.get(Given.SAVED, _NOTHING if tuned is None else n[Given.TOKENS_IN] - tuned)
