"""Reader of amounts with their units: "12k calls a day", "0.15 EUR per 1M input tokens", "400 USD for training".

Pure and total. Quantities are those of the parser beside it, their numbers as they were typed; a range is no amount.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from knowledge.costs import MONTH, YEAR, Amount, Given
from knowledge.reading.number_parser import NAME, Numbers, tokenize
from knowledge.reading.quantity import Kind, Quantity
from knowledge.reading.quantity_parser import quantities
from knowledge.reading.quantity_words import english_quantities
from knowledge.yaml_document import packaged

TIMES = "times"

_LONGEST = 1000
"""Characters that are read."""

TOKENS = frozenset({Given.TOKENS_IN, Given.TOKENS_OUT, Given.SAVED, Given.TUNED_IN})

_MILLION, _DAY = Decimal(1_000_000), 86_400
_POWER = re.compile(r"(?<![\w.])(?:(\d+(?:\.\d+)?)e\+?(\d{1,2})|10\s?(?:\^|\*\*)\s?(\d{1,2}))(?!\w)", re.IGNORECASE)
_APART: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[\dkKmM)])\s*[x×*]\s*(?=[\d($€£])|(?<=[\w)])\s+[x×*]\s+(?=[\w($€£])"), f" {TIMES} "),
    (re.compile(r"(?<=\d)/(?=[$€£]?\d)"), " / "),
    (re.compile(r"([$€£])\s?[-−]\s?(?=\d)"), r"-\1"),
    (re.compile(r"(?<=\d)((?:\s+[a-z]+)?)\s+in the (?=(?:hour|day|week|month|year)\b)", re.IGNORECASE), r"\1 a "),
    (re.compile(r"(?:/\s?|\bper\s+)(?:M\b|(?i:mio|million|mtok(?:en)?s?)\b)"), " per 1M "),
)
"""Spellings that would be taken for names, months or bare words, and how they are read."""
_WORD, _CLAUSE = re.compile(r"[^\W\d_]+|[/=]"), re.compile(r"[,;!?\n]|\.(?=\s|$)")
_MINUS = re.compile(r"(?:^|[^\d\s])\s*(?:[-−]|\bminus)\s*$")
_PER = re.compile(r"\s*(?:per|/|for|a|each)\s*", re.IGNORECASE)
_DECIMAL = re.compile(r"[$€£]?[1-9]\d{0,2}\.\d{3}(?!\d|[.,k])")
"""In a price, what otherwise are thousands."""


@cache
def amount_words() -> Mapping[str, Any]:
    """The English words by what they do; what each list is for stands beside it in the file."""
    read: dict[str, Any] = packaged(__package__, "amounts.yaml")
    return read


@dataclass(frozen=True, slots=True)
class Said:
    """An amount: a count, or `money`, `tokens`, `words`, a `time`. `per`: for so many tokens; `each`: for every call.

    `before` and `after` are the words around it that are nobody else's.
    """

    amount: Amount
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    money: bool = False
    tokens: bool = False
    time: bool = False
    each: bool = False
    per: Decimal | None = None
    words: bool = False

    def near(self, name: str) -> bool:
        """Whether a word of a list is around it."""
        return not {*self.before, *self.after}.isdisjoint(amount_words()[name])

    @property
    def number(self) -> Given | None:
        """Which number of a sum it is, by its unit and the words around it; None if it is none."""
        outwards, tuned = self.near("out") and self.after[:1] != ("in",), self.near("tuned")
        if self.money and self.each:
            return None
        if self.per is not None:
            name = Given.PRICE_OUT if outwards else Given.PRICE_IN
            return Given(f"tuned_{name}") if tuned else Given.PRICE_TRAINING if self.near("training") else name
        if self.money:  # a budget, a bill or a result is none
            trains = self.near("training") and not self.amount.seconds
            return Given.TRAINING if trains else Given.HOSTING if self.near("hosting") else None
        if self.time:
            return Given.MONTHS
        if self.tokens or self.words or (not self.amount.seconds and self.after[:1] in (("in",), ("out",))):
            if TIMES in self.before:
                return Given.TRAINED
            if self.near("saved") and "to" not in self.before[-2:]:
                return Given.SAVED
            return Given.TOKENS_OUT if outwards else Given.TUNED_IN if tuned else Given.TOKENS_IN
        counts = self.amount.seconds or not {*self.after[:2]}.isdisjoint(amount_words()["calls"])
        return Given.CALLS if counts else None

    def as_number(self, name: Given) -> Amount:
        """The amount in the unit of a number of a sum."""
        value, seconds = self.amount.value, self.amount.seconds
        if name is Given.MONTHS:
            return Amount(value * 12 if seconds == YEAR else value * (seconds or MONTH) / MONTH)
        value = value if self.per is None else value * _MILLION / self.per
        seconds = seconds if name in (Given.CALLS, Given.HOSTING) else 0
        return Amount(value, self.amount.currency, seconds, words=self.words and name in TOKENS)


def spelled_out(text: str) -> str:
    """The text with powers as digits, and with marks between numbers apart."""

    def digits(found: re.Match[str]) -> str:
        return f"{Decimal(f'{found[1] or 1}e{found[2] or found[3]}'):f}"

    plain = _POWER.sub(digits, text[:_LONGEST])
    for spelling, read in _APART:
        plain = spelling.sub(read, plain)
    return plain


def amounts_in(text: str) -> list[Said]:
    """The amounts of a text, in order."""
    plain, found, past = spelled_out(text), list[Said](), 0
    given = quantities(plain)
    sizes = {at: size for at in range(len(given) - 1) if (size := _per(plain, *given[at : at + 2])) is not None}
    for at, quantity in enumerate(given):
        if at - 1 in sizes:
            continue
        ends = [each.start for each in given[at + 1 + (at in sizes) :]]
        said = _said(plain, quantity, past, ends[0] if ends else len(plain))
        past = given[at + (at in sizes)].end
        if said is not None:
            calls = at in sizes and not {*given[at + 1].noun[:1]}.isdisjoint(amount_words()["calls"])
            said = replace(said, per=sizes[at], each=said.each or calls) if at in sizes else said
            found += _joined(found.pop(), said) if found else [said]
    return found


def _joined(one: Said, other: Said) -> list[Said]:
    """Two neighbours: "1800/300 tokens" and "$0.15/$0.60 per M" are in and out, "1.5k tokens x 3 epochs" a product; of
    calls and tokens each is itself.
    """
    if TIMES in one.after[-1:] and (one.tokens or other.tokens):
        if any({*each.after[:2]} & {*amount_words()["calls"]} for each in (one, other)):
            return [one, replace(other, before=())]
        product = Amount(one.amount.value * other.amount.value)
        return [replace(other, amount=product, before=(*one.before, TIMES), tokens=True)]
    alike = one.money and one.per is None and other.per is not None
    if one.after[-1:] == ("/",) and (alike or (other.tokens and not (one.tokens or one.amount.seconds))):
        into = replace(one, tokens=other.tokens, per=other.per, each=other.each, after=other.after)
        return [into, replace(other, after=(*other.after, "out"))]
    return [one, other]


def _per(text: str, money: Quantity, size: Quantity) -> Decimal | None:
    """The tokens, or calls, that an amount of money is for, if they are the next quantity."""
    if money.kind is not Kind.MONEY or size.kind is Kind.MONEY or not _PER.fullmatch(text[money.end : size.start]):
        return None
    number = _number(text[size.start : size.end])
    return number[0] if number and number[0] > 0 else None


def _said(text: str, quantity: Quantity, past: int, ends: int) -> Said | None:
    """A quantity with the words between its neighbours; None if it is a range, or no number."""
    typed, between = text[quantity.start : quantity.end], text[past : quantity.start].lower()
    number = _number(typed, vague=quantity.kind is Kind.RATE)
    if number is None:
        return None
    words, known, (value, length) = amount_words(), english_quantities(), number
    behind = _WORD.findall(_CLAUSE.split(text[quantity.start + length : ends].lower())[0])
    end = next((n for n, word in enumerate(behind) if word in words["ends"]), len(behind))
    units = [token.text for token in tokenize(typed, known) if token.text in known.currencies]
    code = next((words["codes"].get(unit, unit.upper()) for unit in units), "")
    money, tokens = quantity.kind is Kind.MONEY, not {*behind[:4]}.isdisjoint(words["tokens"])
    for unit in units:
        value *= Decimal(words["factors"].get(unit, "1"))
    if money and _DECIMAL.match(typed) and _PER.match(text[quantity.end :]):
        value /= 1000
    seconds = quantity.days * _DAY
    if value and quantity.low and quantity.kind in (Kind.RATE, Kind.DURATION):
        rate = quantity.low if _number(typed) else (quantity.low + quantity.high) / 2
        seconds = float(value) / rate * _DAY if quantity.kind is Kind.RATE else quantity.low / float(value)
    value = -value if _MINUS.search(between) else value
    skipped = {*known.currencies, *known.scales, *words["tokens"], *words["words"]}
    counted = not (money or tokens or seconds) and not {*behind[:2]}.isdisjoint(words["words"])
    before = tuple(_WORD.findall(_CLAUSE.split(between)[-1]))
    return Said(
        Amount(value, code, round(seconds)),
        before,
        tuple(word for word in behind[:end] if word not in skipped),
        money,
        tokens and not money,
        quantity.kind is Kind.DURATION,
        money and not tokens and (quantity.each or not {"each", "per"}.isdisjoint(before)),
        Decimal(1) if money and tokens and quantity.each else None,
        counted,
    )


def _number(text: str, *, vague: bool = False) -> tuple[Decimal, int] | None:
    """The number in the text of a quantity, to fifteen digits, and where it ends; None if there is none, or a range.

    A `vague` number ("a few") is the middle of what it may be.
    """
    words = english_quantities()
    tokens = tokenize(text, words)
    numbers = Numbers(tokens, words)
    found = [number for at in range(len(tokens)) if (number := numbers.at(at)) is not None]
    exact = found and (vague or found[0].low == found[0].high)
    if exact and all(number.start < found[0].end for number in found):
        return Decimal(f"{(found[0].low + found[0].high) / 2:.15g}"), tokens[found[0].end - 1].end
    long = next((token for token in tokens if token.text == NAME and text[token.start : token.end].isdecimal()), None)
    return None if found or long is None else (Decimal(text[long.start : long.end]), long.end)
