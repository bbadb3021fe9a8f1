"""Reader of sums of one's own: which numbers a line or the value of a command gives, and what is said to come out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from knowledge.costs import DOLLARS, MONTH, ONCE, PRICES, QUARTER, YEAR, Amount, Given, Numbers
from knowledge.reading.amounts import TOKENS, Said, amounts_in, currencies_named, spelled_out
from knowledge.reading.factors import amount_words
from knowledge.reading.roles import roles_of
from knowledge.reading.steps import Step, evaluated, parts_of, read_step

CLAIM, CALCULATION, COMPARED, CURRENCY = "claim", "sum", "tuning", "currency"
ASSUMED, EARLIER, LEFT, ASSUME, EVERY, STEP, SAID = "assumed", "earlier", "left", "assume", "all", "step", "said"
"""Names in the value of a command, beside those of the numbers: a result that is claimed, a calculation, that tuning is
meant beside prompting, the currency that is asked for; which numbers nobody gave, which are those of the sum before,
and amounts that are none; of which numbers, or of every one, somebody takes what is usual; a step, and former ones.
"""

_FORMER = ("saving", "once", "own", "today")
"""Names of numbers in sums that were stored before steps were there."""

_UNITS = {3600: "hour", 86_400: "day", 604_800: "week", MONTH: "month", QUARTER: "quarter", YEAR: "year"}
_MONTH = re.compile(r"/\s?m\b")
"""What is a million behind a price."""

_FIGURE, _PER, _SHARE = re.compile(r"\d"), re.compile(r"\bper(?=\s*\d)"), re.compile(r"%\s+of\s+(?=[\d($€£])")
_SIGN, _RANGE = re.compile(r"[÷+*×]|\stimes\s|/\s*[\d($€£]|\s[−-]\s"), re.compile(r"\d\s?k?[-–]\d")
_BARE = re.compile(r"[\d($€£].*?(?=[,;:?!](?:\s|$)|$)")
"""The part of a text that may be a calculation."""

_LONG = Decimal(10) ** 11
"""From where on digits without marks are taken for a name."""


class Claim(NamedTuple):
    """The result that somebody claims; `time`: so many months."""

    amount: Amount
    time: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """The numbers of a sum, the `assumed` ones and those of an `earlier` sum among them, the currency that is asked
    for, what is claimed to come out, and amounts that are `left` out; or a `calculation`: None where it has no result,
    and `then` those after it. `factors`: how many times as much a number is to be as before. `assume`: what may be as
    usual, for good. `compare`: tuning is meant beside prompting. `steps` are those of a sum of other numbers, `said`
    the expressions of former ones.
    """

    numbers: Numbers = field(default_factory=dict)
    claim: Claim | None = None
    calculation: bool = False
    result: Decimal | None = None
    then: "tuple[Stated, ...]" = ()
    currency: str = ""
    assumed: frozenset[Given] = frozenset()
    earlier: frozenset[Given] = frozenset()
    left: tuple[str, ...] = ()
    factors: Mapping[Given, Decimal] = field(default_factory=dict)
    assume: frozenset[str] = frozenset()
    compare: bool = False
    steps: tuple[Step, ...] = ()
    said: tuple[str, ...] = ()


def agrees(result: Decimal, claimed: Decimal) -> bool:
    """Whether a number is the other one, rounded to as many decimals or by no more than half a percent."""
    decimals = Decimal(1).scaleb(min(int(claimed.normalize().as_tuple().exponent), 0))
    return abs(result - claimed) <= max(decimals / 2, abs(result) / 200) if claimed else result == 0


def asks_to_compare(text: str) -> bool | None:
    """Whether a text speaks of tuning beside prompting; False where it refuses that, None where it says neither."""
    known, found = amount_words(), set[bool]()
    for clause in _clauses(text):
        words = f" {' '.join(clause)} "
        at = [words.find(f" {phrase} ") for phrase in known["comparing"]]
        before = words[: max(at) + 1].split()
        found |= {{*before}.isdisjoint(known["refusing"])} if max(at) >= 0 else set()
        found |= {False} if any(f" {phrase} " in words for phrase in known["prompting_alone"]) else set()
    return (True in found) if found else None


def says(text: str, name: str) -> bool:
    """Whether a text says what a list is for: "anew", "unknown", "no_hosting"."""
    return any(f" {phrase} " in f" {' '.join(words)} " for words in _clauses(text) for phrase in amount_words()[name])


def prices_calls(text: str) -> bool:
    """Whether a text gives prices of tokens and how many there are: no description of an idea or answer does."""
    numbers = read_line(text).numbers.keys()
    return not numbers.isdisjoint(PRICES) and not numbers.isdisjoint(TOKENS)


def _clauses(text: str) -> list[list[str]]:
    """The words of each clause of a text."""
    return [re.findall(r"[a-z-]+", clause) for clause in re.split(r"[.,:;!?\n]", text.lower().replace(chr(39), ""))]


def _currency_named(text: str) -> str:
    """The currency that a text without amounts of money names last; "" for none."""
    return next(reversed(currencies_named(text)), "")


def read_line(text: str, asked: Given | None = None) -> Stated:
    """What a typed line states. `asked`: the number that was asked for."""
    checks, amounts = _calculations(text), [said for said in amounts_in(text) if not said.gone]
    roles = [*zip(roles_of(amounts, asked), amounts, strict=True)]
    numbers = {Given(role): said.as_number(Given(role)) for role, said in roles if role in frozenset(Given)}
    claim = next((_claimed(said) for role, said in roles if role.startswith(CLAIM)), None)
    factors = {name: by for said in amounts for name, by in said.factors.items()}
    if checks and (checks[0].claim or not (numbers or factors)):
        return replace(checks[0], then=tuple(checks[1:]))
    if says(text, "no_hosting"):
        numbers.setdefault(Given.HOSTING, Amount(Decimal(), seconds=MONTH))
    unused = [said for role, said in roles if not (role or said.factors)]
    left = tuple(s.typed for s in unused if (s.money or s.typed in text) and _FIGURE.search(s.typed))
    currency = "" if any(said.money for said in amounts) else _currency_named(text)
    assume = frozenset({EVERY} if says(text, "as_usual") else ())
    return Stated(numbers, claim, currency=currency, left=left, factors=factors, assume=assume)


def read_value(value: str, line: str = "") -> Stated:
    """What the value of a command states: "calls=12000/day; price_in=0.15 EUR/M", or plain words. A named number is
    what it is called; for a name that is none of these, the `line` says what it is.
    """
    words, claim, currency, left, steps = list[str](), None, "", list[str](), list[Step]()
    marked, factors, numbers = dict[str, frozenset[str]](), dict[Given, Decimal](), dict[Given, Amount]()
    checks, former = list[Stated](), tuple[str, ...]()
    for part in value.split(";"):
        name, sign, amount = (piece.strip() for piece in part.partition("="))
        known = amount_words()["names"].get(name, name)
        said = amounts_in(_MONTH.sub("/M", amount) if "price" in known else amount)
        exact = [each for each in said if each.exact]
        if sign and name == STEP:
            step = read_step(amount)
            steps += [] if step is None else [step]
            left += [amount] if step is None else []
        elif sign and name == CALCULATION:
            checks += _calculations(f"{amount} =") or [Stated(calculation=True, left=(amount,))]
        elif name == CLAIM and exact:
            claim = _claimed(exact[0])
        elif name == SAID:
            former = tuple(amount.split(", "))
        elif name == CURRENCY:
            currency = _currency_named(amount)
        elif name in (ASSUMED, EARLIER, ASSUME):
            marked[name] = frozenset({*Given, EVERY}) & {*amount.replace(",", " ").split()}
        elif known in frozenset(Given) and len(exact := _added_up(amount, exact)) == 1 and not exact[0].on_top:
            number = Given.TRAINED if known == Given.TRAINING and exact[0].tokens else Given(known)
            numbers |= {number: exact[0].as_number(number)} if exact[0].fits(number) else {}
            left += [] if exact[0].fits(number) else [amount]
        elif known in frozenset(Given) and said and said[0].factor is not None:
            factors[Given(known)] = said[0].factor
        elif name in (*_FORMER, COMPARED):
            pass
        elif known in frozenset(Given) or name == LEFT:
            left += [amount] if _FIGURE.search(amount) else []
        else:
            words.append(
                line if sign and line else f"{name.replace('_', ' ')} {amount}" if name.isidentifier() else part
            )
    stated = replace(checks[0], then=tuple(checks[1:])) if checks else read_line(", ".join(dict.fromkeys(words)))
    if checks or (stated.calculation and not (numbers or steps)):
        return stated
    return Stated(
        {**stated.numbers, **numbers},
        claim or stated.claim,
        currency=currency or stated.currency,
        assumed=frozenset(map(Given, marked.get(ASSUMED, frozenset()) - {EVERY})),
        earlier=frozenset(map(Given, marked.get(EARLIER, frozenset()) - {EVERY})),
        left=(*stated.left, *left),
        factors={**stated.factors, **factors},
        assume=marked.get(ASSUME, frozenset()) | stated.assume,
        compare=COMPARED in map(str.strip, value.split(";")),
        steps=tuple(steps),
        said=former,
    )


def _added_up(text: str, said: list[Said]) -> list[Said]:
    """The amounts of a text, as one where it is a calculation in one unit: "200 + 20/day"."""
    units = {(each.words, each.amount.currency or said[-1].amount.currency) for each in said}
    whole = _calculated(text) if len(said) > 1 and len(units) == 1 else None
    if whole is None or whole.result is None or len({each.amount.seconds for each in said} - {0}) > 1:
        return said
    return [replace(said[-1], amount=replace(said[-1].amount, value=whole.result), on_top=False)]


def _claimed(said: Said) -> Claim:
    return Claim(said.as_number(Given.MONTHS), time=True) if said.time else Claim(said.amount)


def as_value(text: str) -> str:
    """What a typed line states, as the value of a command; "" for nothing."""
    stated = read_value(text) if any(f"{name}=" in text for name in Given) else read_line(text)
    if stated.calculation:
        return f"{CALCULATION}={' '.join(text.replace(';', ',').split())}"
    return written(stated)


def usual(number: Given, known: Numbers, currency: str = "") -> Amount | None:
    """What a sum can be worked out with where this number is not known. Saved tokens are no more than half of those
    that are sent, which are at least twice those that are saved or left. None for prices, but that of tokens out is so
    many times that of tokens in.
    """
    told, paid = amount_words()["usual"].get(number), known.get(Given.PRICE_IN)
    if number is Given.PRICE_OUT and paid is not None:
        return replace(paid, value=paid.value * Decimal(told))
    if told is None or number in PRICES:
        return None
    amount = amounts_in(told)[0].as_number(number)
    if number is Given.TOKENS_IN:
        rests = (known[name].value * 2 for name in (Given.SAVED, Given.TUNED_IN) if name in known)
        return replace(amount, value=max(amount.value, *rests, Decimal()))
    if number is Given.SAVED and Given.TOKENS_IN in known:
        return replace(amount, value=min(amount.value, known[Given.TOKENS_IN].value // 2))
    return replace(amount, currency=currency or DOLLARS) if number is Given.TRAINING else amount


def answer_value(wanted: Given, text: str, *, words: int) -> str:
    """The same for a text that gives the number that was asked for, among others perhaps; "" if it gives none.

    A number that says nothing of what it is stands at the beginning, or behind so many words.
    """
    said = amounts_in(text)
    stated = read_line(text, wanted if said and len(said[0].before) <= words else None)
    return written(stated) if wanted in stated.numbers else ""


def written(stated: Stated) -> str:
    """What was stated as the value of a command."""
    parts = [f"{name}={_amount(amount)}" for name, amount in stated.numbers.items()]
    parts += [f"{name}={(factor * 100).normalize():f} % of" for name, factor in stated.factors.items()]
    if stated.claim is not None:
        parts.append(f"{CLAIM}={_amount(stated.claim.amount)}" + (" months" if stated.claim.time else ""))
    parts += [f"{CURRENCY}={stated.currency}"] if stated.currency else []
    for name, marked in ((ASSUMED, stated.assumed), (EARLIER, stated.earlier), (ASSUME, stated.assume)):
        parts += [f"{name}={' '.join(sorted(marked))}"] if marked else []
    parts += [f"{STEP}={step.written}" for step in stated.steps]
    parts += [f"{SAID}={', '.join(stated.said)}"] if stated.said else []
    parts += [COMPARED] if stated.compare else []
    return "; ".join([*parts, *([f"{LEFT}={', '.join(stated.left)}"] if stated.left else [])])


def _amount(amount: Amount) -> str:
    known = amount if amount.seconds in (0, ONCE, *_UNITS) else Amount(amount.monthly, amount.currency, MONTH)
    value = Decimal(f"{known.value:.15g}").normalize()
    figures = f"{value:,f}" if abs(value) >= _LONG else f"{value:f}"
    figures += "0" if re.search(r"\.\d{3}$", figures) else ""  # three would be taken for thousands
    written = f"{figures} {known.words or known.currency}".rstrip()
    rate = f"/{_UNITS[known.seconds]}" if known.seconds > 0 else ""
    return written + (" items once" if known.seconds == ONCE else rate)


def _calculations(text: str) -> list[Stated]:
    """Those in a text, as people type them: "12k calls x 30 days x 1,800 tokens = 648M"; each step of a chain. Time
    times money is none: it counts by its units.
    """
    units = amounts_in(text)
    if any(said.money for said in units) and any(said.time and said.amount.seconds < MONTH for said in units):
        return []
    plain = _PER.sub("/", spelled_out(text))
    chain = _SHARE.sub("% × ", plain).split("=") if "=" in plain else [plain]
    return [*filter(None, map(_calculated, chain, [*chain[1:], ""]))]


def _calculated(text: str, after: str = "") -> Stated | None:
    """A calculation, and what it is said to come to; None for other text, or a number alone."""
    result = next((Claim(said.amount) for said in amounts_in(after) if said.exact), None)
    try:
        found = _BARE.search(text)
        if found is None or not _SIGN.search(found[0]) or _RANGE.search(found[0]):
            return None
        return Stated(claim=result, calculation=True, result=evaluated(parts_of(found[0])))
    except ArithmeticError:
        return Stated(claim=result, calculation=True)
    except ValueError:
        return None
