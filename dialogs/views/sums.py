"""Layouts of sums: what came out, with which numbers, and where those are from that nobody gave."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from dialogs.catalogue import Catalogue
from dialogs.replies.sums import NumberAsked, SumWorkedOut
from dialogs.view import Buttons, Element, Items, Line, Note, Paragraph, as_line, line_text
from dialogs.views.outside import called_with_origin, origin
from dialogs.views.receipts import offer_button
from knowledge.costs import HORIZON, MONEY, MONTH, ONCE, PRICES, QUARTER, YEAR, Given, currencies
from knowledge.reading.factors import amount_words
from knowledge.reading.sums import agrees

_CENT, _LARGE = Decimal("0.01"), Decimal(10) ** 15
_NO_MONEY = frozenset(Given) - MONEY
_BESIDE = {Given.TODAY: "sum_today", Given.OWN: "sum_own", Given.ONCE: "sum_once_beside"}
"""Lines of what it costs beside the models."""


def number_asked(catalogue: Catalogue, reply: NumberAsked) -> tuple[Element, ...]:
    """Why a number does not count, and which one is needed."""
    label, wrong = catalogue.sums[reply.missing.number], reply.missing.wrong
    known = len(reply.currencies) == 1 and reply.missing.number not in _NO_MONEY
    currency = catalogue.text("sum_in_currency", currency=reply.currencies[0]) if known else ""
    needed = "sum_ask_price" if reply.missing.number in PRICES else "sum_ask"
    key = {"exact": "sum_ask_exact", "odd": "sum_ask_odd", "apart": "sum_ask_apart"}.get(reply.below, needed)
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
        Items((*_results(catalogue, reply, currency), *_first_year(catalogue, reply, currency))),
        *((Paragraph(_how(catalogue, reply, currency)),) if reply.steps else ()),
        Paragraph(catalogue.line("sum_counted")),
        Items(tuple(_grounds(catalogue, reply, currency))),
        *(called_with_origin(catalogue, reply.beside) if reply.beside else ()),
        Note(catalogue.line("sum_decides_nothing")),
    )


def _brief(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> tuple[Element, ...]:
    """Why it comes to what it does, and whether the claim is right, or what is counted in it, and what is not."""
    if reply.claim is not None:
        return tuple(map(Paragraph, (_claim(catalogue, reply, currency), _how(catalogue, reply, currency))))
    counts = {"scope_calls": True, "scope_training": reply.costs.saving is not None}
    counts |= {n: n in reply.numbers and bool(reply.numbers[n].value) for n in (Given.HOSTING, Given.ONCE, Given.OWN)}
    counted, others = ("; ".join(catalogue.sums[n] for n in counts if counts[n] is holds) for holds in (True, False))
    lines = [catalogue.line("sum_scope", result=sum_sentence(catalogue, reply, plain=False), counted=counted)]
    lines += [catalogue.line("sum_scope_others", others=others)] if others else []
    return tuple(map(Paragraph, (_how(catalogue, reply, currency), *lines)))


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
        found += [*costs.less, *(total for year in costs.year for total in year.values())]
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


def _first_year(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[Line]:
    """What it costs beside the models, and the first year with it; how much less, or more, that is than today."""
    for name, key in _BESIDE.items():
        if name in reply.numbers:
            unit, cost = reply.numbers[name].currency or currency, reply.numbers[name].monthly
            year = catalogue.text("sum_a_year", amount=rounded(12 * cost, unit))
            yield catalogue.line(key, amount=rounded(cost, unit), year=year)
    for key, total in zip(("sum_year_prompting", "sum_year_tuned"), _years(reply), strict=False):
        yield catalogue.line(key, amount=total)
    keys = (("sum_less_prompting", "sum_more_prompting"), ("sum_less_tuned", "sum_more_tuned"))
    for (saves, costs), (less, amount) in zip(keys, _against_today(catalogue, reply, currency), strict=False):
        yield catalogue.line(saves if less >= 0 else costs, amount=amount)


def _against_today(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[tuple[Decimal, str]]:
    """How much less the first year is than today, as it is and as it is shown: with what is in another currency."""
    for less, year in zip(reply.costs.less, reply.costs.year, strict=False):
        paid = reply.numbers[Given.TODAY].currency or currency
        key = "sum_less_also" if less >= 0 else "sum_more_also"
        also = (catalogue.text(key, amount=rounded(cost, unit)) for unit, cost in year.items() if unit != paid)
        yield less, rounded(abs(less), paid) + "".join(also)


def _years(reply: SumWorkedOut) -> tuple[str, ...]:
    """The totals of the first year where something comes to the models; in two currencies as two amounts."""
    years = () if {Given.ONCE, Given.OWN}.isdisjoint(reply.numbers) else reply.costs.year
    return tuple(" + ".join(rounded(cost, unit) for unit, cost in year.items()) for year in years)


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


def sum_sentence(catalogue: Catalogue, reply: SumWorkedOut, *, plain: bool) -> str:
    """What came out, as a sentence of a text to take away; `plain`: without names of approaches. "" for nothing."""
    costs, currency = reply.costs, next(iter(currencies(reply.numbers)), "")
    pays = line_text(_break_even(catalogue, reply, currency)).rstrip(".")
    if costs.prompting is None:
        return catalogue.text("text_sum_alone", pays=pays) if pays and not plain else ""
    key = "text_sum_plain" if plain else "text_sum_compared" if pays else "text_sum"
    told = catalogue.text(key, cost=_cost(catalogue, reply, costs.prompting, currency), pays=pays)
    parts = [told, *(catalogue.text("text_sum_year", year=year) for year in _years(reply)[:1])]
    for less, amount in [*_against_today(catalogue, reply, currency)][:1]:
        today = rounded(12 * reply.numbers[Given.TODAY].monthly, reply.numbers[Given.TODAY].currency or currency)
        parts.append(catalogue.text("text_sum_less" if less >= 0 else "text_sum_more", today=today, amount=amount))
    return " ".join(parts)


def _grounds(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[Line]:
    """The numbers that were said, those from outside with source and date, and what is assumed."""
    numbers, sources = reply.numbers, reply.sources
    monthly = Given.SAVING in numbers and bool(numbers[Given.SAVING].seconds)
    label = {**catalogue.sums, **({"calls": catalogue.sums["calls_once"]} if _is_once(reply) else {})}
    label |= {"saving": label["saving_monthly"]} if monthly else {}
    shown = {
        name: f"{label[name]}: "
        + as_typed(amount.monthly, *(("", 2) if name in _NO_MONEY else (amount.currency or currency,)))
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
        "same_price": compared
        and Given.PRICE_IN in numbers
        and Given.TUNED_PRICE_IN not in numbers
        and Given.TUNED_PRICE_OUT not in numbers,
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
