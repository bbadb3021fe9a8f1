"""Factors of the numbers of a sum: "half the price", "10 % more calls", "answers twice as long"."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from knowledge.costs import Given
from knowledge.yaml_document import packaged

_NEAR = 3
"""Words beside a percentage that tell whether it is more or less."""

_APART = ("training", "hosting")
"""What a factor is of wherever its clause names it: it has a price as well."""


@cache
def amount_words() -> Mapping[str, Any]:
    """The English words by what they do; what each list is for stands beside it in the file."""
    read: dict[str, Any] = packaged(__package__, "amounts.yaml")
    return read


def with_percentages(text: str) -> str:
    """The text with factors in words as percentages: "half the price" as "50 % of the price"."""
    shares = amount_words()["shares"]
    return _spelled().sub(lambda f: f"{Decimal(f[2]) * 100 if f[2] else shares[f[1].lower()]} % of", text)


@cache
def _spelled() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(amount_words()["shares"], key=len, reverse=True)))
    times = r"(?<![\d.,])(\d+(?:\.\d+)?)\s?(?:x|×|times|-?fold)(?=\s+(?:the|as|our|more)\b|\s*$)"
    return re.compile(rf"(?<!\ba )\b(?:({words})\b(?!\s+(?:an?|per)\b|\s*/)|{times})", re.IGNORECASE)


def factor_of(percent: Decimal, before: Sequence[str], after: Sequence[str]) -> Decimal | None:
    """How many times as much a percentage between words of its clause makes something; None where nothing says."""
    known, near = amount_words(), {*before[-_NEAR:], *after[:_NEAR]}
    less = -1 if near & {*known["fewer"], *known["saved"]} else 0
    if ("of" in after[:2] and not less) or not {*before[-1:]}.isdisjoint(known["to"]):
        return percent / 100
    sign = 1 if near & {*known["more"]} else less
    return 1 + sign * percent / 100 if sign else None


def multiplied_numbers(before: Sequence[str], after: Sequence[str]) -> tuple[Given, ...]:
    """The numbers whose words stand nearest, those behind first; in or out, tuned, and tokens that tuning saves, where
    the clause says so.
    """
    known, clause = amount_words(), {*before, *after}
    lists = {names: {*words, *known.get(names, ())} for names, words in known["scaled"].items()}
    near = (names for word in (*after, *reversed(before)) for names in lists if word in lists[names])
    found = next((name for name in _APART if clause & lists[name]), None) or next(near, "")
    found = found or ("calls" if clause & {*known["many"]} else "")
    if "tokens_in" in found and clause & {*known["tuned"], *known["tuning"]}:
        return (Given.SAVED,)
    into, out = (bool(clause & {*known[name]} - {name}) for name in ("in", "out"))
    paired = "_in " in found and into != out
    tuned = "tuned_" if "price_in" in found and clause & {*known["tuned"]} else ""
    return tuple(Given(tuned + each) for each in found.split() if not paired or each.endswith("in" if into else "out"))
