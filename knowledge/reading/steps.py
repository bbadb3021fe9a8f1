"""A sum as steps: a small worksheet, each step a label with its unit and an expression over numbers and earlier steps.

Pure and exact. Code works out, and says of each number whether somebody gave it.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from decimal import Decimal
from textwrap import shorten
from types import MappingProxyType
from typing import Literal, NamedTuple

from knowledge.reading.amounts import currencies_named, figures_in

CONVERSIONS = frozenset(map(Decimal, (1, 7, 12, 24, 30, 52, 60, 100, 365, 1000, 3600, 1_000_000)))
"""Numbers that turn one unit into another; nobody has to give them."""

MODELS = ("calls a month", "prompting a month", "tuned a month", "training once", "price in", "price out")
"""What steps may use by these names: what the models cost is worked out beside them, with dated prices. The first may
be a step itself.
"""

MOST_STEPS, _LONGEST, _MOST = 12, 60, Decimal(10) ** 18
"""Steps of a sum, characters of a name and of a unit, and what comes out at most."""

_LABEL = re.compile(r"(?=.*[^\W\d_])[^;=<>{}|@#`*_~\\\[\]\n]+")
_EXPRESSION = re.compile(r"[^;=<>{}\n]{1,200}")
_ASSUMED = re.compile(r"\s*\(assumed\)", re.IGNORECASE)
_TOKEN = re.compile(
    r"\s*(?:\{(\d+)\}|(?:[$€£]\s?)?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d.,])"
    r"(?:\s?(k|thousand|m|million|billion)\b)?(\s?%)?(?:\s?/?\s?(?!x\b)[a-z€$£]+)*|([-+*/()x×÷−]))\s*"
)
"""A name by its number, a number with its scale and its unit, or a sign."""

_SCALES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000, "billion": 10**9}
_SIGNS = {"x": "*", "×": "*", "÷": "/", "−": "-"}
_OPERATORS: Mapping[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

Part = str | Decimal
"""A number, the name of a step, or a sign of an expression."""

Reason = Literal["unread", "unsaid", "no_result", "currencies", "rests", "waits"]
"""Why a step has no value: it is no expression over what there is, has numbers that nobody gave, divides by zero or is
too large, adds up different currencies, or rests on a step without a value or on what the models cost, which is not
known.
"""


class Step(NamedTuple):
    """A step as it was given. Its unit is behind the comma of the label; later steps call it by what stands before.
    `assumed`: it has a number that nobody gave.
    """

    label: str
    expression: str
    assumed: bool = False

    @property
    def name(self) -> str:
        return _folded(self.label.partition(",")[0])

    @property
    def written(self) -> str:
        return f"{self.label}{' (assumed)' if self.assumed else ''} = {self.expression}"


class Worked(NamedTuple):
    """A step with its expression in parts, and what comes out."""

    step: Step
    parts: tuple[Part, ...]
    value: Decimal


class Left(NamedTuple):
    """A step without a value; with the numbers that nobody gave."""

    step: Step
    reason: Reason = "unread"
    numbers: tuple[Decimal, ...] = ()


class Known(NamedTuple):
    """What steps may rest on: numbers that somebody `said` (None: all are), such as were `assumed` before; what the
    `models` cost, by name, in a `currency`.
    """

    said: Set[Decimal] | None = None
    assumed: Set[Decimal] = frozenset()
    models: Mapping[str, Decimal] = MappingProxyType({})
    currency: str = ""


def read_step(text: str) -> Step | None:
    """The step in "label, unit = expression"; None for other text."""
    given, _, expression = (" ".join(piece.split()) for piece in text.partition("="))
    label, expression = _ASSUMED.sub("", given), _ASSUMED.sub("", expression)
    known = _LABEL.fullmatch(label) and _EXPRESSION.fullmatch(expression)
    return Step(label, expression, label != given) if known else None


def named(kept: Sequence[Step], given: Sequence[Step]) -> tuple[Step, ...]:
    """The steps of a line, each with a name of its own, which later steps use: one that is too long is cut; one that is
    taken gets the unit, if that is another one. It is taken by a step before, or by a kept one that the step uses.
    """
    found, meant = list[Step](), {_folded(each.label): each.name for each in kept}
    for at, step in enumerate(given):
        label, expression = _folded(step.label), _folded(step.expression)
        others = (*given[:at], *(kept if _called((step.name,)).search(expression) else ()))
        taken = {_folded(each.label) for each in others if each.name == step.name}
        title, _, unit = step.label.partition(",")
        if unit and taken and label not in taken:
            title, unit = f"{title}{unit}", ""
        own = [shorten(part, _LONGEST, placeholder="…") for part in (title, unit) if part]
        expression = _called(meant).sub(lambda said: meant[said[0]], expression)
        meant.update(dict.fromkeys((step.name, label), own[0]))
        found.append(step._replace(label=", ".join(own), expression=expression))
    return tuple(found)


def merged(kept: Sequence[Step], given: Sequence[Step]) -> tuple[Step, ...]:
    """The steps that are given, and those kept before that they do not touch, the newest that there is room for; each
    behind what it rests on, and else behind those before it.
    """
    others = [step for step in kept if step.name not in {each.name for each in given}]
    waiting = [*others[max(len(others) + len(given) - MOST_STEPS, 0) :], *given]
    found, used = list[Step](), uses(waiting)
    while waiting:
        free = (step for step in waiting if used[step].isdisjoint(each.name for each in waiting))
        found.append(waiting.pop(waiting.index(next(free, waiting[0]))))
    return tuple(found)


def uses(steps: Sequence[Step]) -> Mapping[Step, Set[str]]:
    """The names that each step calls others by; none of what is no expression."""
    names, found = {*MODELS, *(each.name for each in steps)}, {}
    for step in steps:
        with suppress(ValueError):
            found[step] = names.intersection(parts_of(step.expression, names)) - {step.name}
    return {step: found.get(step, set()) for step in steps}


def rest_on_models(steps: Sequence[Step]) -> bool:
    """Whether what the models cost is used by name."""
    return any(left.reason == "waits" for left in worked_out(steps, Known())[1])


def worked_out(steps: Sequence[Step], known: Known) -> tuple[tuple[Worked, ...], tuple[Left, ...]]:
    """What comes out of each step, in order, and the steps without a value."""
    found, left = dict[str, Worked](), list[Left]()
    money = {name: frozenset({known.currency} - {""}) for name in MODELS[1:]}
    for at, step in enumerate(steps):
        lacking = {each.step.name: each.reason for each in left}
        values = {**known.models, **{name: each.value for name, each in found.items()}}
        taken = step.name in {*MODELS[1:], *found, *lacking} or at >= MOST_STEPS
        names = {*MODELS, *(each.name for each in steps[:at])} - {step.name}
        worked = Left(step) if taken else _worked(step, names, values, lacking, known)
        if isinstance(worked, Worked):
            own = frozenset(currencies_named(step.label))
            used = [of for name, of in money.items() if name in worked.parts]
            rested = frozenset[str]().union(*(each for each in used if len(each) == 1))
            exchanged = len(own) > 1 or any(len(each) > 1 for each in used)
            worked = worked if exchanged or len(own | rested) <= 1 else Left(step, "currencies")
            money[step.name] = own or (frozenset() if exchanged else rested)
        if isinstance(worked, Worked):
            found[step.name] = worked
        else:
            left.append(worked)
    return tuple(found.values()), tuple(left)


def _worked(
    step: Step, names: Set[str], values: Mapping[str, Decimal], lacking: Mapping[str, Reason], known: Known
) -> Worked | Left:
    """What comes out of a step, whatever currencies it is of."""
    try:
        parts = parts_of(step.expression, names)
        missing = {lacking.get(name, "waits") for name in names & {*parts} if name not in values}
        if missing:
            return Left(step, "waits" if missing == {"waits"} else "rests")
        value = evaluated([values.get(part, part) if isinstance(part, str) else part for part in parts])
    except ArithmeticError:
        return Left(step, "no_result")
    except ValueError:
        return Left(step)
    worked = Worked(step, parts, value)
    if known.said is None:
        return worked
    told = {part for part in parts if isinstance(part, Decimal)} | figures_in(step.label)
    unsaid = told - known.said - CONVERSIONS
    if not (step.assumed or unsaid <= known.assumed):
        return Left(step, "unsaid", tuple(sorted(unsaid)))
    alone = len(parts) == 1 and not told <= known.said  # it may be something else than a unit
    return worked._replace(step=step._replace(assumed=step.assumed or bool(unsaid) or alone))


def parts_of(expression: str, names: Set[str] = frozenset()) -> tuple[Part, ...]:
    """The numbers, names and signs of an expression, in order; ValueError where it has anything else."""
    known = [*names]
    text = _called(known).sub(lambda found: f"{{{known.index(found[0])}}}", _folded(expression))
    text = re.sub(r"(?:%|percent) of\b", "% *", text).replace("percent", "%").replace(" times ", " * ")
    parts, at = list[Part](), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(text)
        name, figures, scale, percent, sign = found.groups()
        if figures:
            number = Decimal(figures.replace(",", "")) * _SCALES.get(scale, 1)
            parts += ["(", number, "/", Decimal(100), ")"] if percent else [number]
        else:
            parts.append(known[int(name)] if name else _SIGNS.get(sign, sign))
        at = found.end()
    return tuple(parts)


def evaluated(parts: Sequence[Part]) -> Decimal:
    """What numbers and signs come to. ValueError where they are no expression; ArithmeticError where it has no result:
    it divides by zero, or is too large.
    """
    line = "".join(f"v{at}" if isinstance(part, Decimal) else part for at, part in enumerate(parts))
    try:
        value = _value(ast.parse(line, mode="eval").body, parts)
    except (SyntaxError, KeyError, RecursionError, MemoryError) as wrong:
        raise ValueError(line) from wrong
    if abs(value) > _MOST:
        raise OverflowError(line)
    return value


def _value(node: ast.expr, parts: Sequence[Part]) -> Decimal:
    match node:
        case ast.BinOp(left, sign, right):
            return _OPERATORS[type(sign)](_value(left, parts), _value(right, parts))
        case ast.Name(name):
            return Decimal(parts[int(name[1:])])
    raise ValueError(node)


def _called(names: Iterable[str]) -> re.Pattern[str]:
    """These names in an expression, the longest first; none where there are no names."""
    known = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in known) or r"(?!)")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
