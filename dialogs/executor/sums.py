"""Sums of somebody's own numbers: beside the verdict, never in it. What is missing is asked for, a number at a time."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dialogs.commands.command import THIS, Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor import looks
from dialogs.executor.targets import Context, Target, resolve
from dialogs.flows.board_position import board_of
from dialogs.focus import Focus, Offer
from dialogs.message import text_of
from dialogs.replies.notices import Notice
from dialogs.replies.sums import NumberAsked, SumWorkedOut
from dialogs.turn import Effects
from dialogs.views.sums import as_typed, sum_sentence
from knowledge.costs import (
    DOLLARS,
    OF_TUNING,
    PRICES,
    Given,
    Missing,
    Numbers,
    currencies,
    in_currency,
    in_tokens,
    priced,
    unused,
    work_out,
)
from knowledge.outside import OutsideEntry, Term
from knowledge.reading.amounts import TOKENS, amounts_in
from knowledge.reading.factors import amount_words
from knowledge.reading.sums import (
    COMPARED,
    Stated,
    agrees,
    answer_value,
    asks_to_compare,
    read_line,
    read_value,
    says,
    usual,
    written,
)

_INSTEAD = ((Given.TUNED_IN, Given.SAVED), (Given.TRAINED, Given.TRAINING))
"""Numbers that take the place of another one that was said before."""

_SENT = (Given.SAVED, Given.TOKENS_IN)

_WORDS = 2
"""Most words before a number that says nothing of what it is."""


def calculate(context: Context, effects: Effects, command: Command) -> Effects:
    """The sum, checked if somebody has done it already; or what is missing for it."""
    conversation, line = effects.conversation, text_of(context.message)
    focus, stated = conversation.focus, read_value(command.value or line)
    if stated.calculation:
        return effects.told(command, *(_checked(each, line) for each in (stated, *stated.then)))
    about = _about(context, conversation, command)
    asked = Given(focus.wanted) if focus.wanted and focus.sums and about == focus.sums[-1][0] else None
    if asked is not None and not stated.numbers and stated.claim is None:
        stated = read_value(answer_value(asked, command.value or line, words=_WORDS) or command.value or line)
    wish = asks_to_compare(f"{line} {command.value}")
    before, compared = (Stated(), False) if says(line, "anew") else _before(focus, about, stated)
    multiplied = _multiplied(context, before, stated)
    unknown = () if multiplied else tuple(f"{by:%} {name}" for name, by in stated.factors.items())
    stated = replace(stated, numbers={**stated.numbers, **multiplied}, left=(*stated.left, *unknown))
    if wish is False:
        before = replace(before, numbers={n: a for n, a in before.numbers.items() if n not in OF_TUNING})
    numbers = _together(before.numbers, stated, asked=asked is not None)
    currency = next(iter(currencies(stated.numbers)), stated.currency or before.currency)
    currency = currency or next(iter(currencies(numbers)), "")
    earlier = before.numbers.keys() if asked is None else before.earlier
    whole = Stated(
        in_currency(_with_calls(context, conversation, about, numbers), currency),
        stated.claim or before.claim,
        currency=currency,
        assumed=(before.assumed.difference(stated.numbers) | stated.assumed).intersection(numbers),
        earlier=frozenset(earlier & numbers.keys() - stated.numbers.keys()),
    )
    left = ", ".join(amount for amount in stated.left if amount not in command.ideas)
    if left:
        effects = effects._replace(replies=(*effects.replies, Notice("sum_left_out", {"amounts": left})))
    compare = (compared or (whole.claim is not None and whole.claim.time)) if wish is None else wish
    return _worked_out(context, effects, command, about, whole, compare=compare)


def _multiplied(context: Context, before: Stated, stated: Stated) -> Numbers:
    """The numbers that are to be so many times what they were, or are said to be beside it; of tuning, so many times
    those of prompting.
    """
    both = replace(before, numbers={**before.numbers, **stated.numbers})
    known = _priced(context, both)[0] if stated.factors else {}
    of: dict[Given, Given] = {n: Given(n.replace("tuned_price", "price")) for n in stated.factors}
    of |= {Given.SAVED: Given.TOKENS_IN} if Given.SAVED in of else {}
    return {n: replace(known[o], value=known[o].value * stated.factors[n]) for n, o in of.items() if o in known}


def _worked_out(
    context: Context, effects: Effects, command: Command, about: int, stated: Stated, *, compare: bool
) -> Effects:
    """What comes out, or what is asked for; the numbers are kept with the idea that they are about."""
    conversation, found = effects.conversation, _found(context, stated, compare=compare)
    wanted = found.number if isinstance(found, Missing) else None
    kept = replace(stated, numbers={n: a for n, a in stated.numbers.items() if n is not wanted})
    kept = kept if wanted else replace(kept, claim=None)
    focus = conversation.focus.with_sum(about, "; ".join(filter(None, (written(kept), COMPARED if compare else ""))))
    effects = effects._replace(conversation=conversation.replace(focus=focus.replace(wanted=wanted or "")))
    if not isinstance(found, Missing):
        return effects.told(command, found)
    return _asked(context, effects, command, found, stated)


def _priced(context: Context, stated: Stated) -> tuple[Numbers, Mapping[Given, OutsideEntry], Term | None]:
    """The numbers in tokens, with prices of outside entries that give them, and what says how many words a token is."""
    pack, today = context.advisor.pack, context.message.day
    spelled = next((term for term in pack.terms if term.words_in_100_tokens and term.is_current(today)), None)
    per_words = spelled.words_in_100_tokens if spelled is not None else None
    tokens_of = {n: Decimal(w) * 100 / per_words for n, w in amount_words()["in_words"].items()} if per_words else {}
    known, sources = priced(in_tokens(stated.numbers, tokens_of), pack.outside, today, stated.currency)
    return known, sources, spelled


def _found(context: Context, stated: Stated, *, compare: bool) -> SumWorkedOut | Missing:
    """What comes out of what was stated, or what is missing."""
    known, sources, spelled = _priced(context, stated)
    costs = work_out(known, compare=compare)
    if isinstance(costs, Missing):
        return costs
    outside = context.advisor.pack.outside_on(context.message.day)
    beside = next((entry for entry in outside if entry.beside_sums), None) if costs.saving is not None else None
    texts = frozenset(amount.words for amount in stated.numbers.values()) - {""}
    told = SumWorkedOut(costs, known, sources, stated.claim, beside, stated.assumed, spelled if texts else None)
    return replace(told, earlier=stated.earlier, unused=unused(known, costs, compare=compare), texts=texts)


def last_sum(context: Context, conversation: Conversation, about: int | None = None) -> SumWorkedOut | None:
    """The last sum, or that about an idea (0: the own one), if it was worked out."""
    sums = conversation.focus.sums
    value = _last(conversation.focus) if about is None else dict(sums).get(about, "")
    found = _found(context, read_value(value), compare=COMPARED in value) if value else None
    return found if isinstance(found, SumWorkedOut) else None


def is_asked(context: Context, conversation: Conversation) -> bool:
    """Whether what is open is a number of a sum: asked for just now, or before something else that asked nothing."""
    just_now = context.start.last == Kind.CALCULATE
    return bool(conversation.focus.wanted) and (just_now or context.advisor.flows.open_prompt(conversation) is None)


def compare(context: Context, effects: Effects, command: Command) -> Effects:
    """Ideas side by side, with what they cost where several of them have a sum."""
    effects = looks.compare(context, effects, command)
    conversation, told = effects.conversation, list[Notice]()
    for number in conversation.listing.compared if conversation.listing is not None and effects.redraw else ():
        own = number == conversation.own and 0 in dict(conversation.focus.sums)
        found, idea = last_sum(context, conversation, 0 if own else number), board_of(conversation).find(number)
        if found is not None and idea is not None:
            costs = sum_sentence(context.advisor.catalogue, found, plain=False)
            told.append(Notice("sum_of_idea", {"idea": f"{number}. {idea.title}", "costs": costs}))
    return effects._replace(replies=(*effects.replies, *told)) if len(told) > 1 else effects


def _asked(context: Context, effects: Effects, command: Command, missing: Missing, stated: Stated) -> Effects:
    """Asks for a number; whoever does not know it may go on with what is usual."""
    own, value = currencies(stated.numbers), usual(missing.number, stated)
    currency, label = next(iter(own), stated.currency), _usual_label(context, missing.number, value)
    switched = missing.number in PRICES and not own and currency not in ("", DOLLARS)
    lead = (Notice("sum_no_rates", {"currency": currency}),) if switched else ()
    asked = NumberAsked(missing, tuple(own or filter(None, (currency,))), label)
    offers = (Offer(label, (Command(Kind.CALCULATE, value=value),)),) if label else ()
    return effects.told(command, *lead, asked).refused(offers=offers)


def _usual_label(context: Context, number: Given, value: str) -> str:
    """What stands on the button that goes on with what is usual; "" for nothing."""
    catalogue, amount = context.advisor.catalogue, read_value(value).numbers.get(number)
    if amount is None:
        return catalogue.text("sum_use_dollars") if value else ""
    unit = catalogue.sums.get(f"unit_{'tokens' if number in TOKENS else number}", "")
    return catalogue.text("sum_use", amount=f"{as_typed(amount.monthly, amount.currency)} {unit}".rstrip())


def assume(context: Context, effects: Effects, command: Command) -> Effects:
    """Goes on with what is usual for the number that was just asked for, said to be assumed; else asks again."""
    focus = effects.conversation.focus
    known = usual(Given(focus.wanted), read_value(_last(focus)))
    return calculate(context, effects, Command(Kind.CALCULATE, value=known))


def _last(focus: Focus) -> str:
    return focus.sums[-1][1] if focus.sums else ""


def _about(context: Context, conversation: Conversation, command: Command) -> int:
    """The idea that a sum is about, 0 for the own one: the one that is named, else that of the sum just now, else the
    one in focus.
    """
    sums = conversation.focus.sums
    if command.ideas in ((), (THIS,)) and sums and context.start.last == Kind.CALCULATE:
        return sums[-1][0]
    found = resolve(context, conversation, command.ideas).found
    return 0 if not found or found[0].idea is None else found[0].idea.number


def _before(focus: Focus, about: int, stated: Stated) -> tuple[Stated, bool]:
    """What was said of an idea before, and whether tuning was meant; of another one, and where another sum begins, only
    prices, if there are all of a call.
    """
    known = dict(focus.sums).get(about)
    value = _last(focus) if known is None else known
    before = read_value(value)
    anew = Given.CALLS in stated.numbers and not TOKENS.isdisjoint(stated.numbers)
    if known is not None and not anew:
        return before, COMPARED in value
    whole = {Given.PRICE_IN, Given.PRICE_OUT}.issubset(before.numbers)
    prices = {name: amount for name, amount in before.numbers.items() if whole and name in PRICES}
    return Stated(prices, currency=before.currency), False


def _together(before: Numbers, stated: Stated, *, asked: bool) -> Numbers:
    """Both; of those of an earlier sum that was not `asked` about, none that contradicts a new one."""
    now = stated.numbers
    gone = {old for new, old in _INSTEAD if new in now}
    said = [] if asked and not stated.currency else currencies(now) or list(filter(None, (stated.currency,)))
    gone |= {name for name, amount in before.items() if said and amount.currency not in ("", *said)}
    if not asked:
        both = {**before, **now}
        saved, sent = (both[name].value if name in both and not both[name].words else None for name in _SENT)
        gone |= {*_SENT} - {*now} if saved is not None and sent is not None and saved > sent else set()
    return {**{name: amount for name, amount in before.items() if name not in gone}, **now}


def _with_calls(context: Context, conversation: Conversation, about: int, numbers: Numbers) -> Numbers:
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


def _checked(stated: Stated, line: str) -> Notice:
    """Whether what somebody has worked out comes out, to five percent where the line gives it as a rough number."""
    if stated.left:
        return Notice("sum_left_out", {"amounts": ", ".join(stated.left)})
    if stated.result is None:
        return Notice("sum_has_no_result")
    values = {"result": as_typed(stated.result)}
    if stated.claim is None:
        return Notice("sum_comes_to", values)
    values["claim"] = as_typed(claimed := stated.claim.amount.value)
    rough = any(said.rough and said.amount.value == claimed for said in amounts_in(line))
    right, near = agrees(stated.result, claimed), rough and 20 * abs(stated.result - claimed) <= abs(stated.result)
    return Notice("sum_is_right" if right else "sum_is_about" if near else "sum_is_not_right", values)
