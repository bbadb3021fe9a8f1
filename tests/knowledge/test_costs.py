"""Sums of somebody's own numbers come out to the cent; what makes no sum is said to be missing, or wrong."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.costs import Amount, Costs, Given, Missing, Numbers, currencies, priced, work_out
from knowledge.outside import OutsideEntry
from knowledge.reading.sums import read_value
from tests.knowledge.fixtures import pack

CENT = Decimal("0.01")


def sum_of(value: str, *, compare: bool = False) -> Costs:
    found = work_out(read_value(value).numbers, compare=compare)
    assert isinstance(found, Costs), found
    return found


def missing(value: str, *, compare: bool = False) -> Missing:
    found = work_out(read_value(value).numbers, compare=compare)
    assert isinstance(found, Missing), found
    return found


def cents(value: Decimal | None) -> str:
    return "" if value is None else str(value.quantize(CENT))


PROMPTING = [  # worked out by hand: calls a month x (in x price + out x price) / 1,000,000
    ("calls=12000/day; tokens_in=1800; tokens_out=300; price_in=0.15 EUR/M; price_out=0.60 EUR/M", "162.00"),
    ("calls=1/month; tokens_in=1000000; tokens_out=0; price_in=3 USD/M; price_out=9 USD/M", "3.00"),
    ("calls=100/hour; tokens_in=500; tokens_out=100; price_in=2 USD/M; price_out=8 USD/M", "129.60"),
    ("calls=700/week; tokens_in=1000; tokens_out=1000; price_in=1 CHF/M; price_out=2 CHF/M", "9.00"),
    ("calls=1200000/year; tokens_in=2500; tokens_out=400; price_in=2.50 USD/M; price_out=10 USD/M", "1025.00"),
    ("calls=40k/mo; tokens_in=4.2k; tokens_out=600; price_in=$0.10 per 1M; price_out=$0.50 per 1M", "28.80"),
    ("calls=33333/month; tokens_in=777; tokens_out=55; price_in=0.075 USD/M; price_out=0.3 USD/M", "2.49"),
    ("calls=1M/day; tokens_in=350; tokens_out=20; price_in=0.05 GBP/M; price_out=0.4 GBP/M", "765.00"),
    ("calls=250/day; tokens_in=12,000; tokens_out=900; price_in=3 USD/M; price_out=15 USD/M", "371.25"),
    ("calls=90/day; tokens_in=1500; tokens_out=500; price_in=$0.003 per 1k tok; price_out=$0.006 per 1k tok", "20.25"),
]  # fmt: skip

CALLS_ONCE = "calls=20000 items once; tokens_in=2000; tokens_out=100; price_in=$1; price_out=$4"


def test_calls_that_come_once_are_paid_for_once() -> None:
    assert cents(sum_of(CALLS_ONCE).prompting) == "48.00"
    pays = sum_of(f"{CALLS_ONCE}; saved=1500; training=15 USD")
    assert (cents(pays.saving), pays.calls, pays.never) == ("30.00", 10_000, None)
    assert sum_of(f"{CALLS_ONCE}; saved=1500; training=31 USD").never == "once_never"
    assert sum_of(f"{CALLS_ONCE}; months=12").totals == ()


def test_a_quarter_has_three_months() -> None:
    assert read_value("calls=60000/quarter").numbers[Given.CALLS].monthly == 20_000


BREAK_EVENS = [  # what is saved a month, months, calls
    ("calls=40k/month; saved=3.3k; price_in=0.25 USD per 1M; training=400 USD", "33.00", "12.12", "484849"),
    ("calls=100k/month; saved=3.3k; price_in=0.25 USD per 1M; training=400 USD", "82.50", "4.85", "484849"),
    ("calls=12000/day; tokens_in=1800; tuned_in=300; price_in=€0.15; training=900 EUR", "81.00", "11.11", "4000000"),
    ("calls=1000/day; saved=2000; price_in=$3; training=1800 USD; hosting=$60/month", "120.00", "15.00", "450000"),
    ("calls=1000/day; saved=2000; price_in=$3; training=1800 USD; hosting=$0.05/hour", "144.00", "12.50", "375000"),
    ("calls=10k/day; saved=1000; price_in=€1; training=5k EUR; hosting=1200 EUR/year", "200.00", "25.00", "7500000"),
    ("calls=40k/month; saved=1000; price_in=$0.25; training=0 USD", "10.00", "0.00", "0"),
    ("calls=50k/month; tokens_in=3000; tokens_out=200; saved=2500; price_in=$1; price_out=$4;"
     "tuned_price_in=$2; tuned_price_out=$8; training=250 USD", "60.00", "4.17", "208334"),
    ("calls=20k/month; saved=500; price_in=$2; trained=6M; price_training=$25", "20.00", "7.50", "150000"),
    ("calls=1000000/year; saved=3000; price_in=$1; training=$1500", "250.00", "6.00", "500000"),
    ("calls=1/month; saved=1; price_in=$1; training=0.0006 USD", "0.00", "600.00", "600"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), PROMPTING)
def test_a_month_of_prompting(value: str, expected: str) -> None:
    assert cents(sum_of(value).prompting) == expected
    assert sum_of(value).saving is None


@pytest.mark.parametrize(("value", "saving", "months", "calls"), BREAK_EVENS)
def test_when_tuning_has_paid_for_itself(value: str, saving: str, months: str, calls: str) -> None:
    costs = sum_of(value)
    assert (cents(costs.saving), cents(costs.months), f"{costs.calls:f}") == (saving, months, calls)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("saved=0", "saves_nothing"),
        ("saved=100; hosting=4 USD/month", "hosting_never"),
        ("saved=100; hosting=4.01 USD/month", "hosting_never"),
        ("saved=0; tokens_in=100; tokens_out=10; price_out=2 USD/M; tuned_price_out=3 USD/M", "dearer"),
    ],
)
def test_it_never_pays_where_nothing_is_left(more: str, why: str) -> None:
    costs = sum_of(f"calls=40k/month; price_in=1 USD/M; training=9 USD; {more}")
    assert costs.never == why
    assert costs.months is None


def test_over_some_months_the_training_is_in_it() -> None:
    value = "calls=12000/day; tokens_in=1800; tokens_out=300; price_in=0.15 EUR/M; price_out=0.60 EUR/M; months=2 years"
    assert sum_of(value).totals == (Decimal(3888),)
    assert sum_of(f"{value}; saved=1500; training=900 EUR; hosting=10 EUR/month").totals == (3888, 24 * 91 + 900)


def test_the_differences_of_the_tuned_model_are_its_own_costs() -> None:
    costs = sum_of("calls=40k/month; tokens_in=4.2k; tokens_out=600; saved=3.3k; price_in=0.1 USD; price_out=0.5 USD;"
                   "training=9 USD; hosting=5 USD/month")  # fmt: skip
    assert (costs.prompting, costs.tuned, costs.saving) == (Decimal("28.8"), Decimal("20.6"), Decimal("8.2"))


@pytest.mark.parametrize(
    ("value", "number", "wrong"),
    [
        ("calls=0/day; saved=5", "calls", "zero"),
        ("calls=-5/day", "calls", "negative"),
        ("calls=10^30/day; tokens_in=5", "calls", "too_large"),
        ("calls=1e20 a day", "calls", "too_large"),
        ("calls=5; price_in=-0.15 USD/M", "price_in", "negative"),
        ("calls=5; price_in=$-2 per million", "price_in", "negative"),
        ("calls=5; training=-1 USD", "training", "negative"),
        ("calls=5; months=0", "months", "zero"),
        ("calls=5; tokens_in=100; saved=101", "saved", "more_than_sent"),
        ("calls=5; tokens_in=5; tokens_out=5; price_in=1 EUR/M; price_out=5 USD", "price_out", "currencies"),
    ],
)
def test_nonsense_is_asked_for_again(value: str, number: str, wrong: str) -> None:
    assert missing(value) == Missing(Given(number), wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "compare", "asked"),
    [
        ("", False, ["calls", "tokens_in", "tokens_out", "price_in", "price_out"]),
        ("", True, ["calls", "saved", "price_in", "training"]),
        ("tuned_in=5", True, ["calls", "tokens_in", "price_in", "training"]),
        ("tuned_price_in=5", True, ["calls", "tokens_in", "tokens_out", "price_in", "price_out", "training"]),
        ("trained=5M", True, ["calls", "saved", "price_in", "price_training"]),
    ],
)
def test_what_is_missing_is_asked_for_in_this_order(value: str, compare: bool, asked: list[str]) -> None:
    for at, name in enumerate(asked):
        given = "".join(f"; {each}=1" for each in asked[:at])
        assert missing(value + given, compare=compare) == Missing(Given(name))
    assert isinstance(sum_of(value + "".join(f"; {each}=1" for each in asked), compare=compare), Costs)


def known(value: str, day: date) -> tuple[Numbers, dict[Given, str]]:
    numbers, sources = priced(read_value(value).numbers, pack().outside, day)
    return numbers, {name: entry.id for name, entry in sources.items()}


def entry_with(name: str) -> OutsideEntry:
    return next(entry for entry in pack().outside if name in entry.prices)


def test_a_price_that_nobody_gave_is_that_of_an_outside_entry() -> None:
    entry = entry_with("price_in")
    numbers, sources = known("calls=5; tokens_out=3", entry.read)
    assert numbers[Given.PRICE_IN] == Amount(Decimal("0.10"), "USD")
    assert sources == {Given.PRICE_IN: entry.id, Given.PRICE_OUT: entry.id}
    assert known("calls=5; trained=5M", entry.read)[1].keys() == {Given.PRICE_IN, Given.PRICE_TRAINING}


def test_prices_do_not_stand_beside_those_of_another_model() -> None:
    assert known("price_in=0.2 USD/M; tokens_out=5", entry_with("price_in").read)[1] == {}


@pytest.mark.parametrize(
    "more", ["training=5 EUR", "trained=5M; price_training=3 EUR", "training=1 USD; hosting=2 EUR"]
)
def test_what_tuning_costs_in_another_currency_than_a_call_counts_in_no_sum(more: str) -> None:
    found = sum_of(f"calls=9k; tokens_in=2k; tokens_out=9; saved=1k; price_in=1 USD; price_out=4 USD; months=2; {more}")
    assert found == Costs(Decimal("18.324"), Decimal("9.324"), Decimal(9), totals=(Decimal("36.648"),))


def test_a_price_that_is_out_of_date_does_not_count() -> None:
    entry = entry_with("price_in")
    assert known("calls=5", entry.expires)[1] == {}


def test_the_prices_of_an_entry_stand_in_its_text() -> None:
    for entry in pack().outside:
        assert all(f"${price}" in entry.text for price in entry.prices.values())


def test_currencies_are_those_that_were_said() -> None:
    assert currencies(read_value("calls=5; price_in=1; training=3 EUR; hosting=5 £/month").numbers) == ["EUR", "GBP"]
