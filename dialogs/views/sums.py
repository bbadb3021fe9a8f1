"""Layouts of sums: what came out, with which numbers, and where those are from that nobody gave."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from dialogs.catalogue import Catalogue
from dialogs.replies.sums import NumberAsked, StepsWorkedOut, SumQuestioned, Sums, SumWorkedOut
from dialogs.view import Buttons, Element, Items, Line, Note, Paragraph, as_line, line_text
from dialogs.views.outside import called_with_origin, origin
from dialogs.views.receipts import offer_button
from knowledge.costs import DOLLARS, HORIZON, MONEY, MONTH, ONCE, PRICES, QUARTER, YEAR, Given, currencies
from knowledge.reading.factors import amount_words
from knowledge.reading.steps import Reason, Step, Worked
from knowledge.reading.sums import agrees

_CENT, _LARGE = Decimal("0.01"), Decimal(10) ** 15
_NO_MONEY = frozenset(Given) - MONEY
_SIGNS = {"*": " × ", "/": " ÷ ", "-": " − ", "+": " + "}


def number_asked(catalogue: Catalogue, reply: NumberAsked) -> tuple[Element, ...]:
    """Why a number does not count, and which one is needed."""
    label, wrong = catalogue.sums[reply.missing.number], reply.missing.wrong
    known = len(reply.currencies) == 1 and reply.missing.number not in _NO_MONEY
    currency = catalogue.text("sum_in_currency", currency=reply.currencies[0]) if known else ""
    needed = "sum_ask_price" if reply.missing.number in PRICES else "sum_ask"
    if needed == "sum_ask_price" and reply.currencies[:1] not in ((), (DOLLARS,)):
        needed = "sum_ask_foreign"
    key = {"exact": "sum_ask_exact", "odd": "sum_ask_odd"}.get(reply.below, needed)
    means = catalogue.sums.get(f"means_{reply.missing.number}", "")
    asked = Paragraph(catalogue.line(key, number=label, currency=currency, means=means))
    buttons = (Buttons((offer_button(reply.usual, 1),)),) if reply.usual else ()
    if wrong is None:
        return asked, *buttons
    reason = catalogue.sums[wrong].format(number=label, currencies=", ".join(reply.currencies))
    return Paragraph(as_line(reason)), asked, *buttons


def sum_worked_out(catalogue: Catalogue, reply: SumWorkedOut) -> tuple[Element, ...]:
    """When tuning pays for itself, what a month costs, and all that it rests on."""
    currency = next(iter(currencies(reply.numbers)), "")
    if reply.brief:
        return _brief(catalogue, reply, currency)
    lead = (_claim(catalogue, reply, currency), _break_even(catalogue, reply, currency))
    return (
        *(Paragraph(line) for line in lead if line),
        Items(tuple(_results(catalogue, reply, currency))),
        *((Paragraph(_how(catalogue, reply, currency)),) if reply.how else ()),
        Paragraph(catalogue.line("sum_counted")),
        Items(tuple(_grounds(catalogue, reply, currency))),
        *(called_with_origin(catalogue, reply.beside) if reply.beside else ()),
        Note(catalogue.line("sum_decides_nothing")),
    )


def _brief(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> tuple[Element, ...]:
    """Why it comes to what it does, and whether the claim is right, or what is counted in it, and what is not."""
    if reply.claim is not None:
        return tuple(map(Paragraph, (_claim(catalogue, reply, currency), _how(catalogue, reply, currency))))
    scope = catalogue.line("sum_scope", result=_sentence(catalogue, reply, plain=False))
    return tuple(map(Paragraph, (_how(catalogue, reply, currency), scope)))


def _claim(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Line:
    """Whether what is claimed comes out, money among money, a time as that after which tuning has paid for itself."""
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
    return catalogue.line("sum_claim_is", claim=said, result=line_text(_result(catalogue, reply, currency, *result)))


def _break_even(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Line:
    costs = reply.costs
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


def _results(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[Line]:
    for key, value in _named(reply):
        yield _result(catalogue, reply, currency, key, value)


def _named(reply: SumWorkedOut) -> list[tuple[str, Decimal]]:
    """What came out, with the key of its line."""
    costs, hosting = reply.costs, reply.numbers.get(Given.HOSTING)
    values = (
        ("sum_prompting", costs.prompting),
        ("sum_tuned" if hosting is not None and hosting.value else "sum_tuned_alone", costs.tuned),
        ("sum_saving", costs.saving),
        ("sum_training", None if Given.TRAINING in reply.numbers else costs.training),
        *zip(("sum_total_prompting", "sum_total_tuned"), costs.totals, strict=False),
    )
    return [(key, value) for key, value in values if value is not None]


def _result(catalogue: Catalogue, reply: SumWorkedOut, currency: str, key: str, value: Decimal) -> Line:
    over = as_typed(reply.numbers[Given.MONTHS].value) if Given.MONTHS in reply.numbers else ""
    year = "" if _is_once(reply) else catalogue.text("sum_a_year", amount=rounded(12 * value, currency))
    cost = _cost(catalogue, reply, value, currency)
    return catalogue.line(key, cost=cost, amount=rounded(value, currency), year=year, months=over)


def _is_once(reply: SumWorkedOut) -> bool:
    return reply.numbers[Given.CALLS].seconds == ONCE


def _cost(catalogue: Catalogue, reply: SumWorkedOut, value: Decimal, currency: str) -> str:
    return catalogue.text("sum_once" if _is_once(reply) else "sum_a_month", amount=rounded(value, currency))


def _how(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Line:
    """How it is counted, with the numbers of it; with their names where some are missing."""
    names = (Given.CALLS, Given.TOKENS_IN, Given.PRICE_IN, Given.TOKENS_OUT, Given.PRICE_OUT)
    known = {n: as_typed(a.monthly, currency if n in MONEY else "") for n, a in reply.numbers.items()}
    given = (known.get(name, catalogue.sums[name]) for name in names)
    values = dict(zip(("calls", "sent", "price", "returned", "other"), given, strict=True))
    cost = reply.costs.prompting
    result = "" if cost is None else f" = {rounded(cost, currency)}"
    return catalogue.line("sum_how" if reply.costs.saving is None else "sum_how_tuned", **values, result=result)


def sum_questioned(catalogue: Catalogue, reply: SumQuestioned) -> tuple[Element, ...]:
    """All that was worked out."""
    found: list[Element] = []
    for each in reply.sums:
        if isinstance(each, StepsWorkedOut):
            found += steps_worked_out(catalogue, each)
        else:
            found += sum_worked_out(catalogue, replace(each, brief=reply.brief))
    return tuple(found)


def steps_worked_out(catalogue: Catalogue, reply: StepsWorkedOut) -> tuple[Element, ...]:
    """What was asked, in a line; the steps that it rests on, and what the models cost if it rests on that."""
    shown = [each for each in reply.steps if reply.shown is None or each.step.label in reply.shown]
    *below, last = [_step(catalogue, reply, each) for each in shown] or [()]
    if reply.models is not None:
        currency = next(iter(currencies(reply.models.numbers)), "")
        below += [*_results(catalogue, reply.models, currency), *_grounds(catalogue, reply.models, currency)]
    elif reply.beside is not None:
        currency = next(iter(currencies(reply.beside.numbers)), "")
        below += _results(catalogue, reply.beside, currency)
        below += () if reply.again else _grounds(catalogue, reply.beside, currency)
    left = "; ".join(_reason(catalogue, *each) for each in reply.left)
    return (
        *((Paragraph(catalogue.line("sum_steps_left", steps=left)),) if left else ()),
        *((Paragraph(catalogue.line("sum_step_result", step=line_text(last))),) if last else ()),
        *((Items(tuple(below)),) if below else ()),
        *((Note(catalogue.line("sum_decides_nothing")),) if last and not reply.again else ()),
    )


def _step(catalogue: Catalogue, reply: StepsWorkedOut, worked: Worked) -> Line:
    """A step in a line: "Saved: 4,960 − 1,322.67 = 3,637.33 EUR a month"."""
    name, result, parts = _pieces(catalogue, reply, worked)
    told = f"{parts} = {result}" if parts else result
    return catalogue.line("sum_step", name=name[:1].upper() + name[1:], result=told)


def _pieces(catalogue: Catalogue, reply: StepsWorkedOut, worked: Worked) -> tuple[str, str, str]:
    """The name of a step, what comes out with its unit, and of what; "" where it is no more than a number."""
    name, _, unit = (piece.strip() for piece in worked.step.label.partition(","))
    result = f"{_short(worked.value)} {unit}".rstrip()
    result = catalogue.text("sum_step_assumed", result=result) if worked.step.assumed else result
    shown = {**_SIGNS, **{name: _short(value) for name, value in reply.values.items()}}
    parts = [as_typed(part) if isinstance(part, Decimal) else shown.get(part, part) for part in worked.parts]
    return name, result, "".join(parts) if len(parts) > 1 else ""


def _short(value: Decimal) -> str:
    """A result to the cent, without cents where it has none."""
    return rounded(value).removesuffix(".00") if abs(value) >= _CENT else rounded(value)


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
        else:
            for worked in reply.steps[0 if whole else -1 :]:
                name, result, parts = _pieces(catalogue, reply, worked)
                key = "text_sum_step_from" if whole and parts else "text_sum_step"
                yield catalogue.text(key, name=name, result=result, parts=parts)


def _sentence(catalogue: Catalogue, reply: SumWorkedOut, *, plain: bool) -> str:
    costs, currency = reply.costs, next(iter(currencies(reply.numbers)), "")
    pays = line_text(_break_even(catalogue, reply, currency)).rstrip(".")
    if costs.prompting is None:
        return catalogue.text("text_sum_alone", pays=pays) if pays and not plain else ""
    key = "text_sum_plain" if plain else "text_sum_compared" if pays else "text_sum"
    return catalogue.text(key, cost=_cost(catalogue, reply, costs.prompting, currency), pays=pays)


def _grounds(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[Line]:
    """The numbers that were said, those from outside with source and date, and what is assumed."""
    numbers, sources = reply.numbers, reply.sources
    label = {**catalogue.sums, **({"calls": catalogue.sums["calls_once"]} if _is_once(reply) else {})}
    shown = {
        name: f"{label[name]}: {as_typed(amount.monthly, *(('', 2) if name in _NO_MONEY else (currency,)))}"
        for name, amount in numbers.items()
    }
    apart = {*sources, *reply.assumed, *reply.unused}
    for key, names in (
        ("sum_said", shown.keys() - apart - reply.earlier),
        ("sum_from_before", reply.earlier - apart),
        ("sum_unused", reply.unused - {*sources} - reply.assumed),
    ):
        if names:
            yield catalogue.line(key, numbers="; ".join(text for name, text in shown.items() if name in names))
    for entry in {entry.id: entry for entry in sources.values()}.values():
        prices = "; ".join(shown[name] for name in sources if sources[name] is entry)
        yield catalogue.line("sum_from_outside", numbers=prices, origin=origin(catalogue, entry))
    compared, calls = reply.costs.saving is not None, numbers[Given.CALLS]
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
        yield catalogue.line("sum_assumed", assumed="; ".join(assumed))


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
