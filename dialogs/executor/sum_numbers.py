"""The numbers of a sum: those of before, changed by what a line says, with those of the record and what is usual."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from dialogs.conversation import Conversation
from dialogs.executor import looks
from dialogs.executor.targets import Context, Target
from dialogs.flows.board_position import board_of
from dialogs.focus import Focus
from dialogs.views.sums import as_typed
from knowledge.costs import (
    BESIDE,
    DOLLARS,
    OF_TUNING,
    PRICES,
    Amount,
    Given,
    Numbers,
    currencies,
    has_prices,
    in_tokens,
    needed,
    on_top,
    priced,
)
from knowledge.outside import OutsideEntry, Term
from knowledge.reading.factors import amount_words
from knowledge.reading.said import TOKENS
from knowledge.reading.sums import COMPARED, EVERY, Stated, read_line, read_value, usual

_INSTEAD = {
    Given.TUNED_IN: {Given.SAVED, Given.SAVING},
    Given.SAVED: {Given.SAVING},
    Given.SAVING: {Given.SAVED, Given.TUNED_IN},
    Given.TRAINED: {Given.TRAINING},
}
"""Numbers that take the place of another one that was said before."""

_SENT = (Given.SAVED, Given.TOKENS_IN)


def changed_numbers(context: Context, before: Stated, stated: Stated) -> tuple[Numbers, tuple[str, ...]]:
    """The numbers that are to be so many times what they were, or are said to be beside it, or more; of tuning, so many
    times those of prompting. With them, what is of no number, or in another unit.
    """
    both = replace(before, numbers={**before.numbers, **stated.numbers})
    known = in_tokens_and_priced(context, both)[0] if stated.factors or stated.added else {}
    of: dict[Given, Given] = {n: Given(n.replace("tuned_price", "price")) for n in stated.factors}
    of |= {Given.SAVED: Given.TOKENS_IN} if Given.SAVED in of else {}
    found: dict[Given, Amount | None] = {}
    found |= {n: replace(known[o], value=known[o].value * stated.factors[n]) for n, o in of.items() if o in known}
    alike = in_tokens_and_priced(context, Stated(stated.added))[0]
    for name, more in stated.added.items():
        old = both.numbers.get(name, known.get(name))
        same = None if old is None else on_top(old, more) or on_top(known.get(name, old), alike.get(name, more))
        found[name] = more if old is None else same
    unknown = [f"{by:%} {name}" for name, by in stated.factors.items() if name not in found]
    unknown += [f"+{shown(stated.added[name])}" for name, amount in found.items() if amount is None]
    return {name: amount for name, amount in found.items() if amount is not None}, tuple(unknown)


def completed(context: Context, stated: Stated, again: frozenset[Given], *, compare: bool) -> Stated:
    """With what is usual for all that is missing, once the calls are known, or are to be as usual as well; also for
    what was so before.
    """
    numbers, currency = {**stated.numbers}, stated.currency
    if not {EVERY, Given.CALLS}.isdisjoint(stated.assume):
        numbers = {**usual_numbers((Given.CALLS,)), **numbers}
    models, compare = of_models(stated, compare=compare or not OF_TUNING.isdisjoint(again))
    names = needed(numbers if models is stated else models.numbers, compare)
    for name in (*names, *sorted(again)) if Given.CALLS in numbers else ():
        known = in_tokens_and_priced(context, of_models(replace(stated, numbers=numbers), compare=compare)[0])[0]
        value = None if name in known else usual(name, known, currency)
        numbers |= {} if value is None else {name: value}
    return replace(stated, numbers=numbers, assumed=frozenset(numbers.keys() - stated.numbers.keys()))


def of_models(stated: Stated, *, compare: bool) -> tuple[Stated, bool]:
    """What the models cost is worked out of, and whether tuning is compared: in dollars and without it, where other
    money has no prices of tokens beside it.
    """
    foreign = {*currencies(stated.numbers), stated.currency} - {"", DOLLARS}
    if has_prices(stated.numbers) or not foreign:
        return stated, compare
    numbers = {name: amount for name, amount in stated.numbers.items() if name not in OF_TUNING}
    return replace(stated, numbers=numbers, currency=DOLLARS), False


def usual_numbers(names: Iterable[Given]) -> Numbers:
    """What is usual for these, of those that have it."""
    return {name: value for name in names if (value := usual(name, {})) is not None}


def in_tokens_and_priced(context: Context, stated: Stated) -> tuple[Numbers, Mapping[Given, OutsideEntry], Term | None]:
    """The numbers in tokens, with prices of outside entries that give them, and what says how many words a token is."""
    pack, today = context.advisor.pack, context.message.day
    spelled = next((term for term in pack.terms if term.words_in_100_tokens and term.is_current(today)), None)
    per_words = spelled.words_in_100_tokens if spelled is not None else None
    tokens_of = {n: Decimal(w) * 100 / per_words for n, w in amount_words()["in_words"].items()} if per_words else {}
    known, sources = priced(in_tokens(stated.numbers, tokens_of), pack.outside, today)
    return known, sources, spelled


def said_before(focus: Focus, about: int, stated: Stated) -> tuple[Stated, bool]:
    """What was said of an idea before, and whether tuning was meant; of another one, and where another sum begins, only
    prices, if there are all of a call.
    """
    known = dict(focus.sums).get(about)
    value = last_value(focus) if known is None else known
    before = read_value(value)
    anew = Given.CALLS in stated.numbers and not TOKENS.isdisjoint(stated.numbers)
    if known is not None and not anew:
        return before, COMPARED in value
    whole = {Given.PRICE_IN, Given.PRICE_OUT}.issubset(before.numbers)
    prices = {name: amount for name, amount in before.numbers.items() if whole and name in PRICES}
    return Stated(prices, currency=before.currency), False


def replaced(now: Numbers) -> set[Given]:
    """Numbers of before whose place others take."""
    return {old for new in now for old in _INSTEAD.get(new, ())}


def together(before: Numbers, stated: Stated, *, asked: bool) -> Numbers:
    """Both; of those of an earlier sum that was not `asked` about, none that contradicts a new one."""
    now = stated.numbers
    gone = replaced(now)
    said = [] if asked and not stated.currency else currencies(now) or list(filter(None, (stated.currency,)))
    gone |= {n for n, each in before.items() if n not in BESIDE and said and each.currency not in ("", *said)}
    if not asked:
        both = {**before, **now}
        saved, sent = (both[name].value if name in both and not both[name].words else None for name in _SENT)
        gone |= {*_SENT} - {*now} if saved is not None and sent is not None and saved > sent else set()
    return {**{name: amount for name, amount in before.items() if name not in gone}, **now}


def with_calls(context: Context, conversation: Conversation, about: int, numbers: Numbers) -> Numbers:
    """With the calls that an answer about the idea, the newest first, a note or its text tells, if they are missing."""
    idea = board_of(conversation).find(about)
    if Given.CALLS in numbers or (about and idea is None):
        return numbers
    told = looks.told_of(context, conversation, Target(idea))
    answers = sorted(told.answers.values(), key=lambda answer: -answer.at)
    notes = (note.text for note in told.notes if not note.gone)
    for text in (*(answer.evidence or "" for answer in answers), *notes, told.idea):
        calls = read_line(text).numbers.get(Given.CALLS)
        if calls is not None and calls.seconds:
            return {Given.CALLS: calls, **numbers}
    return numbers


def shown(amount: Amount) -> str:
    """An amount as it was said."""
    return f"{as_typed(amount.value, amount.currency)} {amount.words}".rstrip()


def last_value(focus: Focus) -> str:
    """The numbers of the last sum, as the value of a command."""
    return focus.sums[-1][1] if focus.sums else ""
