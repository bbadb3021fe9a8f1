"""Sums of somebody's own numbers: beside the verdict, never in it. Once the calls are known, what is missing is assumed
as usual, and one number is asked for at a time.
"""

from dataclasses import replace

from dialogs.commands.command import THIS, Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor import looks
from dialogs.executor.sum_numbers import (
    changed_numbers,
    completed,
    in_tokens_and_priced,
    last_value,
    of_models,
    replaced,
    said_before,
    shown,
    together,
    usual_numbers,
    with_calls,
)
from dialogs.executor.targets import Context, resolve
from dialogs.flows.board_position import board_of
from dialogs.focus import Offer
from dialogs.message import text_of
from dialogs.replies.notices import Notice
from dialogs.replies.sums import NumberAsked, SumWorkedOut
from dialogs.turn import Effects
from dialogs.views.sums import as_typed, sum_sentence
from knowledge.costs import (
    DOLLARS,
    OF_TUNING,
    ONCE,
    PRICES,
    Given,
    Missing,
    Numbers,
    currencies,
    in_currency,
    moves_most,
    needed,
    oddest,
    unused,
    work_out,
)
from knowledge.reading.amounts import amounts_in
from knowledge.reading.said import TOKENS
from knowledge.reading.sums import (
    ASSUME,
    CALCULATION,
    COMPARED,
    EVERY,
    Stated,
    agrees,
    answer_value,
    asks_to_compare,
    read_value,
    says,
    written,
)

_WORDS = 2
"""Most words before a number that says nothing of what it is."""


def calculate(context: Context, effects: Effects, command: Command) -> Effects:
    """The sum, checked if somebody has done it already; or what is missing for it. One for all commands of a line."""
    conversation, line = effects.conversation, text_of(context.message)
    focus, about = conversation.focus, _about(context, conversation, command)
    beside = [each for each in context.line if each.command is Kind.CALCULATE and f"{CALCULATION}=" not in each.value]
    beside = [each for each in beside if command in beside and _about(context, conversation, each) == about]
    if beside[:1] not in ([], [command]):
        return effects
    value = "; ".join(dict.fromkeys(part.strip() for each in beside or [command] for part in each.value.split(";")))
    stated = read_value(value)
    if stated.calculation:
        return effects.told(command, *(_checked(each, line) for each in (stated, *stated.then)))
    asked = Given(focus.wanted) if focus.wanted and focus.sums and about == focus.sums[-1][0] else None
    if asked is not None and not (stated.numbers or stated.added or stated.assume or stated.claim):
        stated = read_value(answer_value(asked, value or line, words=_WORDS) or value)
    wish = asks_to_compare(f"{line} {value}")
    before, compared = (Stated(), False) if says(line, "anew") else said_before(focus, about, stated)
    if wish is False:
        before = replace(before, numbers={n: a for n, a in before.numbers.items() if n not in OF_TUNING})
    told = with_calls(context, conversation, about, before.numbers)
    changed, unknown = changed_numbers(context, replace(before, numbers=told), stated)
    left = tuple(amount for amount in (*stated.left, *unknown) if amount not in command.ideas)
    stated = replace(stated, numbers={**stated.numbers, **changed}, left=left)
    firm = {n: a for n, a in told.items() if n not in before.assumed}
    numbers = together(firm, stated, asked=asked is not None)
    currency = next(iter(currencies(stated.numbers)), stated.currency or before.currency)
    currency = currency or next(iter(currencies(numbers)), "")
    earlier = before.numbers.keys() if asked is None else before.earlier
    whole = Stated(
        in_currency(numbers, currency),
        stated.claim or before.claim,
        currency=currency,
        earlier=frozenset(earlier & numbers.keys() - stated.numbers.keys()),
        assume=before.assume | stated.assume,
    )
    compare = (compared or (whole.claim is not None and whole.claim.time)) if wish is None else wish
    again = before.assumed - replaced(stated.numbers) - (TOKENS if Given.SAVING in numbers else frozenset())
    whole = completed(context, whole, again & before.numbers.keys(), compare=compare)
    effects = effects._replace(replies=(*effects.replies, *_left_out(context, {**firm, **stated.numbers}, whole, left)))
    return _worked_out(context, effects, command, about, whole, stated, compare=compare)


def _left_out(context: Context, numbers: Numbers, whole: Stated, left: tuple[str, ...]) -> list[Notice]:
    """What is said of amounts that are no number, and of numbers in another currency than the sum is in."""
    currency, of_tuning = of_models(whole, compare=False)[0].currency, numbers.keys() & OF_TUNING
    gone = sorted(n for n in of_tuning if numbers[n].currency not in ("", currency))
    lost = "; ".join(f"{context.advisor.catalogue.sums[n]}: {shown(numbers[n])}" for n in gone)
    told = (Notice("sum_left_out", {"amounts": ", ".join(left)}), Notice("sum_left_currency", {"amounts": lost}))
    return [notice for notice, amounts in zip(told, (left, lost), strict=True) if amounts]


def _worked_out(
    context: Context, effects: Effects, command: Command, about: int, whole: Stated, now: Stated, *, compare: bool
) -> Effects:
    """What comes out, or what is asked for; the numbers are kept with the idea that they are about. A sum that stays
    as it was is not shown again: why it comes to that is said, or that it stays. `now`: what the line states.
    """
    conversation, found = effects.conversation, _found(context, whole, compare=compare)
    missing = found if isinstance(found, Missing) else _to_ask(found, whole, now, compare=compare)
    wrong = missing.number if missing is found and missing is not None else None
    kept = replace(whole, numbers={n: a for n, a in whole.numbers.items() if n is not wrong})
    kept = kept if wrong else replace(kept, claim=None)
    old, value = dict(conversation.focus.sums).get(about, ""), written(kept) + (f"; {COMPARED}" if compare else "")
    focus = conversation.focus.with_sum(about, value).replace(wanted="" if missing is None else missing.number)
    effects = effects._replace(conversation=conversation.replace(focus=focus))
    if isinstance(found, Missing):
        return _asked(context, effects, command, found, whole)
    same = bool(old) and (_counts(read_value(old)), COMPARED in old) == (_counts(kept), compare)
    spoken = now.assume or now.numbers
    if same and (whole.claim or (not spoken and context.start.last == Kind.CALCULATE)):
        return effects.told(command, *(() if now.left and not whole.claim else (replace(found, brief=True),)))
    effects = effects.told(command, Notice("sum_stays") if same and spoken else found)
    return effects if missing is None else _asked(context, effects, command, missing, whole, below=found)


def _counts(stated: Stated) -> tuple[object, ...]:
    """What counts of a sum."""
    return {n: (a.monthly, a.currency, a.words, a.seconds == ONCE) for n, a in stated.numbers.items()}, stated.currency


def _to_ask(found: SumWorkedOut, whole: Stated, now: Stated, *, compare: bool) -> Missing | None:
    """The number that makes a result what can hardly be, unless it was just said; else the price that brings all into
    one currency, or the assumed number that moves the result most, unless it may stay as usual.
    """
    if EVERY in whole.assume:
        return None
    odd = oddest(found.numbers, usual_numbers(Given)) if found.costs.never == "too_long" else None
    if odd is not None and odd not in {*now.numbers, *whole.assume}:
        return Missing(odd)
    if found.apart and Given.PRICE_IN not in whole.assume:
        return Missing(Given.PRICE_IN)
    among = [n for n in needed(found.numbers, compare) if n in whole.assumed and n not in whole.assume]
    most = moves_most(found.numbers, among)
    return None if most is None else Missing(most)


def _found(context: Context, stated: Stated, *, compare: bool) -> SumWorkedOut | Missing:
    """What comes out of what was stated, or what is missing."""
    models, compare = of_models(stated, compare=compare)
    known, sources, spelled = in_tokens_and_priced(context, models)
    others = {stated.currency, *(each.currency for each in stated.numbers.values())} - {"", DOLLARS}
    apart = "" if sources.keys().isdisjoint(PRICES - {Given.PRICE_TRAINING}) else min(others, default="")
    costs = work_out(known, compare=compare)
    if isinstance(costs, Missing):
        return costs
    outside = context.advisor.pack.outside_on(context.message.day)
    beside = next((entry for entry in outside if entry.beside_sums), None) if costs.saving is not None else None
    texts = frozenset(amount.words for amount in models.numbers.values()) - {""}
    told = SumWorkedOut(costs, known, sources, stated.claim, beside, stated.assumed, spelled if texts else None, apart)
    return replace(told, earlier=stated.earlier, unused=unused(known, costs, compare=compare), texts=texts)


def last_sum(context: Context, conversation: Conversation, about: int | None = None) -> SumWorkedOut | None:
    """The last sum, or that about an idea (0: the own one), if it was worked out."""
    sums = conversation.focus.sums
    value = last_value(conversation.focus) if about is None else dict(sums).get(about, "")
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


def _asked(
    context: Context,
    effects: Effects,
    command: Command,
    missing: Missing,
    whole: Stated,
    below: SumWorkedOut | None = None,
) -> Effects:
    """Asks for a number, perhaps `below` a sum; whoever does not know it may go on with what is usual."""
    number, own = missing.number, currencies(whole.numbers) or [*filter(None, (whole.currency,))]
    label = context.advisor.catalogue.text("sum_keep" if below else "sum_use") if below or number not in PRICES else ""
    asked = NumberAsked(missing, tuple(own), label)
    if below is not None and number in PRICES - whole.assumed:
        asked = replace(asked, currencies=(below.apart,), below="apart")
    elif below is not None:
        asked = replace(asked, below="exact" if number in whole.assumed else "odd")
    usual = Command(Kind.CALCULATE, value=f"{ASSUME}={EVERY if below else number}")
    offers = (Offer(label, (usual,)),) if label else ()
    return (effects if below else effects.told(command)).refused(asked, offers=offers)


def assume(context: Context, effects: Effects, command: Command) -> Effects:
    """Goes on with what is usual for the number that was just asked for, said to be assumed; where none is, says so."""
    conversation = effects.conversation
    number = Given(conversation.focus.wanted)
    if number not in PRICES or last_sum(context, conversation) is not None:
        return calculate(context, effects, Command(Kind.CALCULATE, value=f"{ASSUME}={number}"))
    settled = conversation.replace(focus=conversation.focus.replace(wanted=""))
    return effects._replace(conversation=settled).told(
        Command(Kind.CALCULATE), Notice("sum_needs", {"number": context.advisor.catalogue.sums[number]})
    )


def _about(context: Context, conversation: Conversation, command: Command) -> int:
    """The idea that a sum is about, 0 for the own one: the one that is named, else that of the sum just now, else the
    one in focus.
    """
    sums = conversation.focus.sums
    if command.ideas in ((), (THIS,)) and sums and context.start.last == Kind.CALCULATE:
        return sums[-1][0]
    found = resolve(context, conversation, command.ideas).found
    return 0 if not found or found[0].idea is None else found[0].idea.number


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
