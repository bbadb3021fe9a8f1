"""Layouts of sums: what came out, with which numbers, and where those are from that nobody gave."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from dialogs.catalogue import Catalogue
from dialogs.catalogue.template import short_day
from dialogs.message import Action, Verb
from dialogs.replies.sums import NumberAsked, StepsWorkedOut, Sums, SumWorkedOut
from dialogs.view import Button, Buttons, Element, Items, Line, Note, Paragraph, as_line, line_text
from dialogs.views.outside import called_with_origin, origin
from dialogs.views.receipts import offer_button
from knowledge.costs import HORIZON, MONEY, MONTH, ONCE, PRICES, QUARTER, YEAR, Given, apart, currency_of
from knowledge.reading.factors import amount_words
from knowledge.reading.steps import MODELS, Part, Reason, Step, Worked, evaluated
from knowledge.reading.sums import agrees

_CENT, _LARGE = Decimal("0.01"), Decimal(10) ** 15
_NO_MONEY = frozenset(Given) - MONEY
_MOST_BELOW, _MOST_DECIMALS = 3, 10
"""Lines below the result of a sum as it is first shown; decimals of what it is worked out from."""

_PLURAL = re.compile(r"^([a-z]{3,})s\b")
_SIGNS = {"*": " × ", "/": " ÷ ", "-": " − ", "+": " + "}


def number_asked(catalogue: Catalogue, reply: NumberAsked) -> tuple[Element, ...]:
    """Why a number does not count, and which one is needed."""
    label, wrong = catalogue.sums[reply.missing.number], reply.missing.wrong
    known = len(reply.currencies) == 1 and reply.missing.number not in _NO_MONEY
    currency = catalogue.text("sum_in_currency", currency=reply.currencies[0]) if known else ""
    needed = "sum_ask_price" if reply.missing.number in PRICES else "sum_ask"
    key = {"exact": "sum_ask_exact", "odd": "sum_ask_odd"}.get(reply.below, needed)
    means = catalogue.sums.get(f"means_{reply.missing.number}", "")
    asked = Paragraph(catalogue.line(key, number=label, currency=currency, means=means))
    buttons = (Buttons((offer_button(reply.usual, 1),)),) if reply.usual else ()
    if wrong is None:
        return asked, *buttons
    reason = catalogue.sums[wrong].format(number=label, currencies=", ".join(reply.currencies))
    return Paragraph(as_line(reason)), asked, *buttons


def sum_worked_out(catalogue: Catalogue, reply: SumWorkedOut) -> tuple[Element, ...]:
    """What a month costs, and when tuning pays for itself; in whole, with all that it rests on."""
    if reply.form == "brief":
        return _brief(catalogue, reply)
    lines = _costs(catalogue, reply)
    lead = (Paragraph(line) for line in (_claim(catalogue, reply), *lines[:1]) if line)
    assumed = dict(_grounds(catalogue, reply)).get("sum_assumed", "")
    return (*lead, *_below(catalogue, reply, lines[1:], assumed))


def _costs(catalogue: Catalogue, reply: SumWorkedOut) -> list[Line]:
    """What prompting costs and when tuning pays for itself in a line; then all else that came out, or counts apart."""
    lines, pays = [_result(catalogue, reply, *each) for each in _named(reply)], _break_even(catalogue, reply)
    if pays and reply.costs.prompting is not None:
        lines[0] = (*lines[0], *as_line(". "), *pays)
    elif pays:
        lines.insert(0, pays)
    foreign = dict(_grounds(catalogue, reply)).get("sum_apart")
    return [*lines, catalogue.line("sum_apart", numbers=foreign)] if foreign else lines


def _below(
    catalogue: Catalogue, reply: SumWorkedOut | StepsWorkedOut, lines: Sequence[Line], assumed: str
) -> Iterator[Element]:
    """What stands below a result: `lines`, what is assumed, and that prices are from outside the article; the first
    time, what a sum is. In whole, all that it rests on.
    """
    models, again = (reply, reply.again) if isinstance(reply, SumWorkedOut) else (reply.models, bool(reply.before))
    whole = reply.form == "whole"
    if lines:
        yield Items(tuple(lines if whole else lines[-_MOST_BELOW:]))
    if whole and models is not None:
        yield Paragraph(_how(catalogue, models))
        yield Paragraph(catalogue.line("sum_counted"))
        yield Items(tuple(catalogue.line(key, numbers=text) for key, text in _grounds(catalogue, models)))
        yield from called_with_origin(catalogue, models.beside) if models.beside else ()
    elif assumed:
        yield Note(catalogue.line("sum_assumed", numbers=assumed))
    read = [each.read for each in models.sources.values() if each.read] if models is not None and not whole else []
    said = [catalogue.text("sum_outside", date=short_day(max(read)))] if read else []
    if said := [*said, *([catalogue.text("sum_decides_nothing")] if whole or not again else [])]:
        yield Note(as_line(" ".join(said)))
    if not whole:
        yield Buttons((Button(Action(Verb.SUM, (str(reply.about),)), catalogue.text("details_label")),))


def _brief(catalogue: Catalogue, reply: SumWorkedOut) -> tuple[Element, ...]:
    """Why it comes to what it does, and whether the claim is right, or what is counted in it, and what is not."""
    if reply.claim is not None:
        return tuple(map(Paragraph, (_claim(catalogue, reply), _how(catalogue, reply))))
    scope = catalogue.line("sum_scope", result=_sentence(catalogue, reply, plain=False))
    return tuple(map(Paragraph, (_how(catalogue, reply), scope)))


def _claim(catalogue: Catalogue, reply: SumWorkedOut) -> Line:
    """Whether what is claimed comes out, money among money, a time as that after which tuning has paid for itself."""
    currency = currency_of(reply.numbers)
    if reply.claim is None:
        return ()
    (claim, time), costs = reply.claim, reply.costs
    if claim.currency not in ("", currency):
        return as_line(catalogue.sums["currencies"].format(currencies=f"{currency}, {claim.currency}"))
    monthly = [value for value in (costs.saving, costs.prompting, costs.tuned) if value is not None]
    if time:
        unit, found = "months", [costs.months]
    elif claim.seconds:
        unit, found = "a_year" if claim.seconds == YEAR else "a_month", [*monthly]
    else:
        unit, found = "", [*monthly, *costs.totals, costs.training, *(12 * value for value in monthly)]
        found += [] if claim.currency else [costs.months, costs.calls]
    right = any(result is not None and agrees(result, claim.monthly) for result in found)
    value = as_typed(claim.value if claim.seconds == YEAR else claim.monthly, claim.currency)
    said = f"{value} {catalogue.sums.get(f'unit_{unit}', '')}".rstrip()
    if right or time:
        return catalogue.line("sum_claim_right" if right else "sum_claim_wrong", claim=said)
    result = min(_named(reply), key=lambda each: abs(each[1] - claim.monthly))
    return catalogue.line("sum_claim_is", claim=said, result=line_text(_result(catalogue, reply, *result)))


def _break_even(catalogue: Catalogue, reply: SumWorkedOut) -> Line:
    costs, currency = reply.costs, currency_of(reply.numbers)
    if costs.never == "too_long" and costs.saving is not None and costs.training is not None:
        spent, saved = rounded(costs.training, currency), rounded(costs.saving, currency)
        return catalogue.line("sum_never_long", years=f"{HORIZON / 12:.0f}", training=spent, saved=saved)
    if costs.never is not None and costs.saving is not None:
        hosting = reply.numbers[Given.HOSTING].monthly if Given.HOSTING in reply.numbers else Decimal()
        spent, saved = rounded(hosting, currency), rounded(costs.saving + hosting, currency)
        return catalogue.line("sum_never", reason=catalogue.sums[costs.never].format(hosting=spent, saved=saved))
    if costs.months is None or costs.calls is None:
        return ()
    if not costs.months:
        return catalogue.line("sum_at_once")
    if _is_once(reply):
        return catalogue.line("sum_pays_once", calls=as_typed(costs.calls))
    return catalogue.line("sum_pays", months=rounded(costs.months), calls=as_typed(costs.calls))


def _named(reply: SumWorkedOut) -> list[tuple[str, Decimal]]:
    """What came out, with the key of its line."""
    costs, hosting = reply.costs, reply.numbers.get(Given.HOSTING)
    hosted = hosting is not None and hosting.value and Given.HOSTING not in apart(reply.numbers)
    values = (
        ("sum_prompting", costs.prompting),
        ("sum_tuned" if hosted else "sum_tuned_alone", costs.tuned),
        ("sum_saving", costs.saving),
        ("sum_training", None if Given.TRAINING in reply.numbers else costs.training),
        *zip(("sum_total_prompting", "sum_total_tuned"), costs.totals, strict=False),
    )
    return [(key, value) for key, value in values if value is not None]


def _result(catalogue: Catalogue, reply: SumWorkedOut, key: str, value: Decimal) -> Line:
    over = as_typed(reply.numbers[Given.MONTHS].value) if Given.MONTHS in reply.numbers else ""
    amount = rounded(value, currency_of(reply.numbers))
    return catalogue.line(key, cost=_cost(catalogue, reply, value), amount=amount, months=over)


def _is_once(reply: SumWorkedOut) -> bool:
    return reply.numbers[Given.CALLS].seconds == ONCE


def _cost(catalogue: Catalogue, reply: SumWorkedOut, value: Decimal) -> str:
    amount = rounded(value, currency_of(reply.numbers))
    return catalogue.text("sum_once" if _is_once(reply) else "sum_a_month", amount=amount)


def _how(catalogue: Catalogue, reply: SumWorkedOut) -> Line:
    """How it is counted, with the numbers of it; with their names where some are missing."""
    names = (Given.CALLS, Given.TOKENS_IN, Given.PRICE_IN, Given.TOKENS_OUT, Given.PRICE_OUT)
    currency = currency_of(reply.numbers)
    known = {n: as_typed(a.monthly, currency if n in MONEY else "") for n, a in reply.numbers.items()}
    given = (known.get(name, catalogue.sums[name]) for name in names)
    values = dict(zip(("calls", "sent", "price", "returned", "other"), given, strict=True))
    cost = reply.costs.prompting
    result = "" if cost is None else f" = {rounded(cost, currency)}"
    return catalogue.line("sum_how" if reply.costs.saving is None else "sum_how_tuned", **values, result=result)


def steps_worked_out(catalogue: Catalogue, reply: StepsWorkedOut) -> tuple[Element, ...]:
    """What was asked, in a line; steps that it rests on, and what the models cost."""
    left = "; ".join(_reason(catalogue, *each) for each in reply.left)
    said = (Paragraph(catalogue.line("sum_steps_left", steps=left)),) if left else ()
    if not reply.steps:
        return said
    shown, rests = _shown(reply)
    *lines, last = [_step(catalogue, reply, each) for each in shown]
    hidden = (each for each in reply.steps if each.step.assumed and each.step.name in rests and each not in shown)
    assumed = [": ".join(_pieces(reply, each)[:2]) for each in hidden]
    models = reply.models
    if models is not None and (reply.form == "whole" or models.costs.saving is not None):
        lines += _costs(catalogue, models)
    elif models is not None and not rests.isdisjoint(MODELS[1:4]):
        used = any(part in MODELS[1:4] for each in shown for part in each.parts)
        lines += _costs(catalogue, models)[:1] if used else []
        assumed += filter(None, (dict(_grounds(catalogue, models)).get("sum_assumed"),))
    elif rests.isdisjoint(MODELS):
        reply = replace(reply, models=None)
    result = Paragraph(catalogue.line("sum_step_result", step=line_text(last)))
    return (*said, result, *_below(catalogue, reply, lines, "; ".join(assumed)))


def _shown(reply: StepsWorkedOut) -> tuple[list[Worked], Set[Part]]:
    """The steps to show, the one that was asked last: those that come to something else than before, but for numbers
    that stand in another of these. With them, the names that they rest on.
    """
    changed = [each for each in reply.steps[:-1] if reply.shown is None or each.step.label in reply.shown]
    shown = [*changed, *reply.steps[-1:]]
    stand = {part for each in shown for part in each.parts}
    shown = [each for each in shown if len(each.parts) > 1 or each.step.name not in stand][-_MOST_BELOW - 1 :]
    rests: set[Part] = {part for each in shown for part in each.parts}
    for each in reversed(reply.steps):
        rests |= {*each.parts} if each.step.name in rests else set()
    return ([*reply.steps] if reply.form == "whole" else shown), rests


def _step(catalogue: Catalogue, reply: StepsWorkedOut, worked: Worked) -> Line:
    """A step in a line: "Saved: 4,960 − 1,322.67 = 3,637.33 EUR a month (before: 3,500)"."""
    name, result, parts = _pieces(reply, worked)
    before, now = (_short(value) for value in (reply.before.get(worked.step.label, worked.value), worked.value))
    told = f"{parts} = {result}" if parts else result
    told = catalogue.text("sum_step_assumed", result=told) if worked.step.assumed else told
    told = told if before == now else catalogue.text("sum_step_before", result=told, before=before)
    return catalogue.line("sum_step", name=name[:1].upper() + name[1:], result=told)


def _pieces(reply: StepsWorkedOut, worked: Worked) -> tuple[str, str, str]:
    """The name of a step, what comes out with its unit, and of what; "" where it is no more than a number."""
    name, _, unit = (piece.strip() for piece in worked.step.label.partition(","))
    unit = _PLURAL.sub(r"\1", unit) if worked.value == 1 else unit
    result = f"{_short(worked.value)} {unit}".rstrip()
    return name, result, _calculation(reply.values, worked) if len(worked.parts) > 1 else ""


def _calculation(values: Mapping[str, Decimal], worked: Worked) -> str:
    """The expression of a step in numbers, with as many decimals as it takes to come to the same as the step."""
    told = list[str]()
    for decimals in range(2, _MOST_DECIMALS):
        known = {name: _short(value, decimals) for name, value in values.items()}
        told = [as_typed(part) if isinstance(part, Decimal) else known.get(part, part) for part in worked.parts]
        figures = [part if part in _SIGNS or part in "()" else Decimal(part.replace(",", "")) for part in told]
        with suppress(ArithmeticError):
            if _short(evaluated(figures)) == _short(worked.value):
                break
    return "".join(_SIGNS.get(part, part) for part in told)


def _short(value: Decimal, decimals: int = 2) -> str:
    """A result to the cent, without cents where it has none; or with more decimals."""
    return as_typed(value, most=decimals) if decimals > 2 else rounded(value).removesuffix(".00")


def _reason(catalogue: Catalogue, step: Step, reason: Reason, numbers: Iterable[Decimal]) -> str:
    told = catalogue.sums[f"step_{reason}"].format(numbers=", ".join(map(as_typed, numbers)))
    return catalogue.text("sum_step_left", step=step.label, reason=told)


def sum_sentences(catalogue: Catalogue, sums: Sums, *, plain: bool, whole: bool = False) -> Iterator[str]:
    """What came out, as sentences of a text to take away; `plain`: without names of approaches. Of steps what was
    asked, or each of them as a `whole`.
    """
    for reply in sums:
        if isinstance(reply, SumWorkedOut):
            yield from filter(None, (_sentence(catalogue, reply, plain=plain),))
            if whole:
                yield from (catalogue.text(key, numbers=text) for key, text in _grounds(catalogue, reply))
        else:
            for worked in reply.steps[0 if whole else -1 :]:
                name, result, parts = _pieces(reply, worked)
                key = "text_sum_step_from" if whole and parts else "text_sum_step"
                key = "text_sum_step_assumed" if worked.step.assumed else key
                yield catalogue.text(key, name=name, result=result, parts=parts)


def _sentence(catalogue: Catalogue, reply: SumWorkedOut, *, plain: bool) -> str:
    costs = reply.costs
    pays = line_text(_break_even(catalogue, reply)).rstrip(".")
    if costs.prompting is None:
        return catalogue.text("text_sum_alone", pays=pays) if pays and not plain else ""
    key = "text_sum_plain" if plain else "text_sum_compared" if pays else "text_sum"
    return catalogue.text(key, cost=_cost(catalogue, reply, costs.prompting), pays=pays)


def _grounds(catalogue: Catalogue, reply: SumWorkedOut) -> Iterator[tuple[str, str]]:
    """The numbers that were said, those from outside with source and date, and what is assumed; by the keys of their
    lines.
    """
    numbers, sources, currency = reply.numbers, reply.sources, currency_of(reply.numbers)
    label = {**catalogue.sums, **({"calls": catalogue.sums["calls_once"]} if _is_once(reply) else {})}
    shown = {
        n: f"{label[n]}: {as_typed(a.monthly, *(('', 2) if n in _NO_MONEY else (a.currency or currency,)))}"
        for n, a in numbers.items()
    }
    foreign = apart(numbers)
    known = {*sources, *reply.assumed, *reply.unused, *foreign}
    for key, names in (
        ("sum_said", shown.keys() - known - reply.earlier),
        ("sum_from_before", reply.earlier - known),
        ("sum_unused", reply.unused - {*sources} - reply.assumed - foreign),
        ("sum_apart", foreign),
    ):
        if names:
            yield key, "; ".join(text for name, text in shown.items() if name in names)
    for entry in {entry.id: entry for entry in sources.values()}.values():
        prices = "; ".join(shown[name] for name in sources if sources[name] is entry)
        yield "sum_from_outside", f"{prices} ({origin(catalogue, entry)})"
    compared, calls = not (reply.costs.saving is reply.costs.tuned is None), numbers[Given.CALLS]
    holds = {
        "thirty_days": any(amount.seconds not in (0, ONCE, MONTH, QUARTER, YEAR) for amount in numbers.values()),
        "calls_of_a_month": not calls.seconds,
        "no_hosting": compared and Given.HOSTING not in numbers,
        "same_price": compared and Given.TUNED_PRICE_IN not in numbers and Given.TUNED_PRICE_OUT not in numbers,
    }
    assumed = [*(shown[name] for name in numbers if name in reply.assumed), *(label[n] for n in holds if holds[n])]
    if reply.spelled is not None:
        words = label["in_words"].format(words=reply.spelled.words_in_100_tokens)
        assumed.append(f"{words} ({origin(catalogue, reply.spelled)})")
    for unit in sorted(reply.texts - {"words"}):
        each = Decimal(amount_words()["in_words"][unit])
        assumed.append(label[f"in_{unit}"].format(words=each, characters=(1 / each).to_integral_value()))
    if assumed:
        yield "sum_assumed", "; ".join(assumed)


def as_typed(value: Decimal, currency: str = "", most: int = 8) -> str:
    """A number with the decimals that it has, up to so many; money with cents at least."""
    decimals = -int(value.normalize().as_tuple().exponent)
    return f"{value:,.{min(max(decimals, 2 if currency else 0), most)}f} {currency}".rstrip()


def rounded(value: Decimal, currency: str = "") -> str:
    """A result to the cent; one below a cent with two digits, one of many digits without decimals."""
    if abs(value) >= _LARGE:
        return f"{value:,.0f} {currency}".rstrip()
    unit = Decimal(1).scaleb(value.adjusted() - 1) if value and abs(value) < _CENT else _CENT
    return f"{value.quantize(unit, ROUND_HALF_UP):,f} {currency}".rstrip()
