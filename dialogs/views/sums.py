"""Layouts of sums: what came out, with which numbers, and where those are from that nobody gave."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from dialogs.catalogue import Catalogue
from dialogs.replies.sums import NumberAsked, SumWorkedOut
from dialogs.view import Element, Items, Line, Note, Paragraph, as_line
from dialogs.views.outside import called_with_origin, origin
from knowledge.costs import MONTH, YEAR, Given, currencies
from knowledge.reading.sums import agrees

_CENT, _LARGE = Decimal("0.01"), Decimal(10) ** 15
_NO_MONEY = {Given.CALLS, Given.TOKENS_IN, Given.TOKENS_OUT, Given.SAVED, Given.TUNED_IN, Given.TRAINED, Given.MONTHS}


def number_asked(catalogue: Catalogue, reply: NumberAsked) -> tuple[Element, ...]:
    """Why a number does not count, and which one is needed."""
    label, wrong = catalogue.sums[reply.missing.number], reply.missing.wrong
    known = len(reply.currencies) == 1 and reply.missing.number not in _NO_MONEY
    currency = catalogue.text("sum_in_currency", currency=reply.currencies[0]) if known else ""
    asked = Paragraph(catalogue.line("sum_ask", number=label, currency=currency))
    if wrong is None:
        return (asked,)
    reason = catalogue.sums[wrong].format(number=label, currencies=", ".join(reply.currencies))
    return Paragraph(as_line(reason)), asked


def sum_worked_out(catalogue: Catalogue, reply: SumWorkedOut) -> tuple[Element, ...]:
    """When tuning pays for itself, what a month costs, and all that it rests on."""
    currency = next(iter(currencies(reply.numbers)), "")
    lead = (_claim(catalogue, reply), _break_even(catalogue, reply, currency))
    return (
        *(Paragraph(line) for line in lead if line),
        Items(tuple(_results(catalogue, reply, currency))),
        Paragraph(catalogue.line("sum_counted")),
        Items(tuple(_grounds(catalogue, reply, currency))),
        *(called_with_origin(catalogue, reply.beside) if reply.beside else ()),
        Note(catalogue.line("sum_decides_nothing")),
    )


def _claim(catalogue: Catalogue, reply: SumWorkedOut) -> Line:
    claim, costs = reply.claim, reply.costs
    if claim is None:
        return ()
    money = (costs.saving, costs.prompting, costs.tuned, *costs.totals)
    found = money if claim.currency or claim.seconds else (*money, costs.months, costs.calls)
    right = any(result is not None and agrees(result, claim.monthly) for result in found)
    return catalogue.line(
        "sum_claim_right" if right else "sum_claim_wrong", claim=as_typed(claim.value, claim.currency)
    )


def _break_even(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Line:
    costs = reply.costs
    if costs.never is not None and costs.saving is not None:
        hosting = reply.numbers[Given.HOSTING].monthly if Given.HOSTING in reply.numbers else Decimal()
        spent, saved = rounded(hosting, currency), rounded(costs.saving + hosting, currency)
        return catalogue.line("sum_never", reason=catalogue.sums[costs.never].format(hosting=spent, saved=saved))
    if costs.months is None or costs.calls is None:
        return ()
    if not costs.months:
        return catalogue.line("sum_at_once")
    return catalogue.line("sum_pays", months=rounded(costs.months), calls=as_typed(costs.calls))


def _results(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[Line]:
    costs, numbers = reply.costs, reply.numbers
    values = (
        ("sum_prompting", costs.prompting),
        ("sum_tuned", costs.tuned),
        ("sum_saving", costs.saving),
        ("sum_training", None if Given.TRAINING in numbers else costs.training),
        *zip(("sum_total_prompting", "sum_total_tuned"), costs.totals, strict=False),
    )
    over = as_typed(numbers[Given.MONTHS].value) if Given.MONTHS in numbers else ""
    for key, value in values:
        if value is not None:
            amount, year = rounded(value, currency), rounded(12 * value, currency)
            yield catalogue.line(key, amount=amount, year=year, months=over)


def _grounds(catalogue: Catalogue, reply: SumWorkedOut, currency: str) -> Iterator[Line]:
    """The numbers that were said, those from outside with source and date, and what is assumed."""
    label, numbers, sources = catalogue.sums, reply.numbers, reply.sources
    shown = {
        name: f"{label[name]}: {as_typed(amount.monthly, *(('', 2) if name in _NO_MONEY else (currency,)))}"
        for name, amount in numbers.items()
    }
    yield catalogue.line("sum_said", numbers="; ".join(text for name, text in shown.items() if name not in sources))
    for entry in {entry.id: entry for entry in sources.values()}.values():
        prices = "; ".join(shown[name] for name in sources if sources[name] is entry)
        yield catalogue.line("sum_from_outside", numbers=prices, origin=origin(catalogue, entry))
    compared, calls = reply.costs.saving is not None, numbers[Given.CALLS]
    holds = {
        "thirty_days": any(amount.seconds not in (0, MONTH, YEAR) for amount in numbers.values()),
        "calls_of_a_month": not calls.seconds,
        "no_hosting": compared and Given.HOSTING not in numbers,
        "same_price": compared and Given.TUNED_PRICE_IN not in numbers and Given.TUNED_PRICE_OUT not in numbers,
    }
    if any(holds.values()):
        yield catalogue.line("sum_assumed", assumed="; ".join(label[name] for name in holds if holds[name]))


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
