"""Sums of somebody's own numbers: beside the verdict, never in it. Once the calls are known, what is missing is assumed
as usual, and one number is asked for at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from dialogs.commands.command import THIS, Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor import looks, steps
from dialogs.executor.targets import Context, resolve
from dialogs.flows.board_position import board_of
from dialogs.focus import Focus, Offer
from dialogs.message import text_of
from dialogs.replies.notices import Notice
from dialogs.replies.sums import NumberAsked, StepsWorkedOut, SumQuestioned, Sums, SumWorkedOut
from dialogs.turn import Effects
from dialogs.views.sums import as_typed, sum_sentences
from knowledge import costs
from knowledge.costs import OF_TUNING, PRICES, Given, Missing, Numbers, currencies, currency_of
from knowledge.outside import OutsideEntry, Term
from knowledge.reading import sums
from knowledge.reading.amounts import TOKENS, amounts_in
from knowledge.reading.factors import amount_words
from knowledge.reading.steps import Known, merged, named, rest_on_models
from knowledge.reading.sums import ASSUME, CALCULATION, EVERY, LEFT, STEP, Stated, read_value, says

_INSTEAD = {Given.TUNED_IN: {Given.SAVED}, Given.TRAINED: {Given.TRAINING}}
"""Numbers that take the place of another one that was said before."""

_SENT = (Given.SAVED, Given.TOKENS_IN)

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
    parts = [*dict.fromkeys(part.strip() for each in beside or [command] for part in each.value.split(";"))]
    if any(each.command is not Kind.CALCULATE for each in context.line) or any(p.startswith(f"{STEP}=") for p in parts):
        parts = [part for part in parts if not part.startswith(f"{LEFT}=")]
    if command.value and not parts:
        return effects
    value = "; ".join(parts)
    stated = read_value(value, line)
    if stated.calculation:
        return effects.told(command, *(_checked(each, line) for each in (stated, *stated.then)))
    asked = focus.number_asked if focus.sums and about == focus.sums[-1][0] else None
    if asked is not None and not (stated.numbers or stated.steps or stated.assume or stated.claim):
        stated = read_value(sums.answer_value(asked, value or line, words=_WORDS) or value)
    summed = last_sums(context, conversation, about)
    if not value.strip() and not (stated.numbers or stated.claim or stated.assume) and summed:
        brief = replace(summed[-1], form="brief") if context.start.last == Kind.CALCULATE else None
        return effects.told(command, SumQuestioned(brief or whole_of(summed)))
    plain = "; ".join(part for part in value.split(";") if not part.strip().startswith(f"{STEP}="))
    wish = sums.asks_to_compare(plain if stated.steps else f"{line} {value}")
    before = said_before(focus, about, stated)
    if says(line, "anew") or says(value, "anew"):
        numbers = (f"{amount.value}" for name, amount in before.numbers.items() if name not in before.assumed)
        before = Stated(said=(*steps.said_once(before, ()), *numbers))
    stated = replace(stated, steps=named(before.steps, stated.steps))
    if wish is False:
        before = replace(before, numbers={n: a for n, a in before.numbers.items() if n not in OF_TUNING})
    known = steps.known_of(context, conversation, about, {**before.numbers, **stated.numbers}, before)
    calls = steps.calls_in(stated.steps, known)
    stated = stated if calls is None else replace(stated, numbers={**stated.numbers, Given.CALLS: calls})
    told = with_calls(context, conversation, about, before.numbers)
    changed, unknown = multiplied(context, replace(before, numbers=told), stated)
    left = tuple(amount for amount in (*stated.left, *unknown) if amount not in command.ideas)
    stated, whole = replace(stated, numbers={**stated.numbers, **changed}, left=left, compare=bool(wish)), before
    if not stated.steps or stated.numbers or stated.assume or rest_on_models(stated.steps):
        whole = _with_numbers(context, replace(before, numbers=told), stated, asked, wish)
    whole = replace(whole, steps=merged(before.steps, stated.steps))
    said = [Notice("sum_left_out", {"amounts": ", ".join(left)})] if left else []
    effects = effects._replace(replies=(*effects.replies, *said))
    return _with_steps(context, effects, command, about, (before, stated, whole))


def _with_numbers(context: Context, before: Stated, now: Stated, asked: Given | None, wish: bool | None) -> Stated:
    """The numbers of before and those that are stated now, with what is usual for others. `wish`: whether tuning is to
    be compared, if the line says so.
    """
    firm = {n: a for n, a in before.numbers.items() if n not in before.assumed | now.assume}
    numbers = together(firm, now, asked=asked is not None)
    currency = next(iter(currencies(now.numbers)), now.currency or before.currency)
    currency = currency or currency_of(numbers)
    earlier, claim = before.numbers.keys() if asked is None else before.earlier, now.claim or before.claim
    whole = Stated(
        costs.in_currency(numbers, currency),
        claim,
        currency=currency,
        earlier=frozenset(earlier & numbers.keys() - now.numbers.keys()),
        assume=before.assume | now.assume,
        compare=(before.compare or (claim is not None and claim.time)) if wish is None else wish,
    )
    return completed(context, whole, (before.assumed - replaced(now.numbers)) & before.numbers.keys())


def _with_steps(
    context: Context, effects: Effects, command: Command, about: int, sums_of: tuple[Stated, Stated, Stated]
) -> Effects:
    """What comes out of steps, if there are some and the line asks for them or changes them; what the models cost is
    told where steps use it or wait for it, or tuning is asked for. The sum before, what the line states, and both.
    """
    before, now, whole = sums_of
    if not whole.steps:
        return _worked_out(context, effects, command, about, now, whole)
    found = _found(context, whole) if whole.numbers or rest_on_models(whole.steps) else None
    models = found if isinstance(found, SumWorkedOut) else None
    numbers = {n: a for n, a in (*before.numbers.items(), *whole.numbers.items()) if n not in whole.assumed}
    known = steps.known_of(context, effects.conversation, about, numbers, before)
    sheet, kept = steps.work_out(whole.steps, models, known, now.steps)
    kept = kept or before.steps
    whole = replace(whole, steps=kept, said=steps.said_once(before, kept))
    last = next((s for s in last_sums(context, effects.conversation, about) if isinstance(s, StepsWorkedOut)), None)
    spoken, waits = bool(now.numbers or now.assume), models is None and rest_on_models(kept)
    sheet = steps.changed(sheet, last) if last is not None and before.steps else sheet
    asked = bool(now.steps or not spoken or sheet.shown is None or sheet.shown)
    sheet = replace(sheet, about=about, models=models if now.compare else sheet.models)
    if asked and (sheet.left or not waits):
        effects = effects._replace(replies=(*effects.replies, sheet))
    if not asked or waits or (now.numbers and (not sheet.steps or (found is not models and whole.compare))):
        return _worked_out(context, effects, command, about, now, whole)
    return _kept(effects, about, whole, None).told(command)


def _worked_out(
    context: Context, effects: Effects, command: Command, about: int, now: Stated, whole: Stated
) -> Effects:
    """What the models cost, or what is asked for. A sum that stays as it was is not shown again: why it comes to that
    is said, or that it stays.
    """
    found = _found(context, whole)
    old = dict(effects.conversation.focus.sums).get(about, "")
    found = found if isinstance(found, Missing) else replace(found, about=about, again=bool(old))
    missing = found if isinstance(found, Missing) else _to_ask(found, whole, now)
    wrong = missing.number if missing is found and missing is not None else None
    kept = replace(whole, numbers={n: a for n, a in whole.numbers.items() if n is not wrong})
    kept = kept if wrong else replace(kept, claim=None)
    effects = _kept(effects, about, kept, missing)
    if isinstance(found, Missing):
        return _asked(context, effects, command, found, whole)
    same, spoken = bool(old) and _counts(read_value(old)) == _counts(kept), now.assume or now.numbers
    if same and (whole.claim or (not spoken and context.start.last == Kind.CALCULATE)):
        return effects.told(command, *(() if now.left and not whole.claim else (replace(found, form="brief"),)))
    stays = same and (now.assume or (spoken and context.start.last == Kind.CALCULATE))
    effects = effects.told(command, Notice("sum_stays") if stays else found)
    return effects if missing is None else _asked(context, effects, command, missing, whole, below=True)


def _kept(effects: Effects, about: int, whole: Stated, missing: Missing | None) -> Effects:
    """With the sum beside its idea, and the number that is asked for."""
    focus = effects.conversation.focus.with_sum(about, sums.written(whole))
    focus = focus.replace(wanted="" if missing is None else missing.number)
    return effects._replace(conversation=effects.conversation.replace(focus=focus))


def _counts(stated: Stated) -> tuple[object, ...]:
    """What counts of a sum."""
    numbers = {n: (a.monthly, a.currency, a.words, min(a.seconds, 0)) for n, a in stated.numbers.items()}
    return numbers, stated.currency, stated.compare


def _to_ask(found: SumWorkedOut, whole: Stated, now: Stated) -> Missing | None:
    """The number that makes a result what can hardly be, unless it was just said, or the assumed one that moves the
    result most; unless they may stay as they are.
    """
    if EVERY in whole.assume or whole.steps:
        return None
    odd = costs.oddest(found.numbers, usual_numbers(Given)) if found.costs.never == "too_long" else None
    if odd is not None and odd not in {*now.numbers, *whole.assume}:
        return Missing(odd)
    among = [n for n in costs.needed(found.numbers, whole.compare) if n in whole.assumed and n not in whole.assume]
    most = costs.moves_most(found.numbers, among)
    return None if most is None else Missing(most)


def _found(context: Context, stated: Stated) -> SumWorkedOut | Missing:
    """What comes out of what was stated, or what is missing."""
    known, sources, spelled = in_tokens_and_priced(context, stated)
    found = costs.work_out(known, compare=stated.compare)
    if isinstance(found, Missing):
        return found
    outside = context.advisor.pack.outside_on(context.message.day)
    beside = next((entry for entry in outside if entry.beside_sums), None) if found.saving is not None else None
    texts = frozenset(amount.words for amount in stated.numbers.values()) - {""}
    told = SumWorkedOut(found, known, sources, stated.claim, beside, stated.assumed, spelled if texts else None)
    unused = costs.unused(known, found, compare=stated.compare)
    told = replace(told, earlier=stated.earlier, unused=unused, texts=texts)
    return steps.without_payback(told) if steps.work_out_tuning(stated.steps) else told


def last_sums(context: Context, conversation: Conversation, about: int | None = None) -> Sums:
    """The last sum, or that about an idea (0: the own one): what the models cost, if it was worked out, and steps."""
    about = next((idea for idea, _ in conversation.focus.sums[-1:]), 0) if about is None else about
    stated = read_value(dict(conversation.focus.sums).get(about, ""))
    found = _found(context, stated) if stated.numbers else None
    models = replace(found, about=about) if isinstance(found, SumWorkedOut) else None
    sheet = replace(steps.work_out(stated.steps, models, Known())[0], about=about)
    return (*((models,) if models else ()), *((sheet,) if sheet.steps else ()))


def whole_of(summed: Sums) -> SumWorkedOut | StepsWorkedOut:
    """All of a sum in one reply: steps with what the models cost."""
    first, last = summed[0], summed[-1]
    if isinstance(first, SumWorkedOut) and isinstance(last, StepsWorkedOut):
        last = replace(last, models=first)
    return replace(last, form="whole")


def details(context: Context, effects: Effects, about: int) -> Effects:
    """All of the sum about an idea as it is now; the talk goes on with it."""
    conversation, command = effects.conversation, Command(Kind.CALCULATE)
    summed = last_sums(context, conversation, about)
    if not summed:
        return effects.refused(Notice("outdated"))
    focus = conversation.focus.with_sum(about, dict(conversation.focus.sums)[about])
    effects = effects._replace(conversation=conversation.replace(focus=focus))
    return effects.told(command, whole_of(summed))


def is_asked(context: Context, conversation: Conversation) -> bool:
    """Whether what is open is a number of a sum: asked for just now, or before something else that asked nothing."""
    just_now, prompt = context.start.last == Kind.CALCULATE, context.advisor.flows.open_prompt(conversation)
    return conversation.focus.number_asked is not None and (just_now or prompt is None)


def compare(context: Context, effects: Effects, command: Command) -> Effects:
    """Ideas side by side, with what they cost where several of them have a sum."""
    effects = looks.compare(context, effects, command)
    conversation, told = effects.conversation, list[Notice]()
    for number in conversation.listing.compared if conversation.listing is not None and effects.redraw else ():
        own = number == conversation.own and 0 in dict(conversation.focus.sums)
        found, idea = last_sums(context, conversation, 0 if own else number), board_of(conversation).find(number)
        if found and idea is not None:
            told_of = " ".join(sum_sentences(context.advisor.catalogue, found, plain=False))
            told.append(Notice("sum_of_idea", {"idea": idea.label, "costs": told_of}))
    return effects._replace(replies=(*effects.replies, *told)) if len(told) > 1 else effects


def _asked(
    context: Context, effects: Effects, command: Command, missing: Missing, whole: Stated, *, below: bool = False
) -> Effects:
    """Asks for a number, perhaps `below` a sum; whoever does not know it may go on with what is usual."""
    number, own = missing.number, currencies(whole.numbers) or [*filter(None, (whole.currency,))]
    label = context.advisor.catalogue.text("sum_keep" if below else "sum_use") if below or number not in PRICES else ""
    asked = NumberAsked(missing, tuple(own), label, "" if not below else "exact" if number in whole.assumed else "odd")
    usual = Command(Kind.CALCULATE, value=f"{ASSUME}={EVERY if below else number}")
    offers = (Offer(label, (usual,)),) if label else ()
    return (effects if below else effects.told(command)).refused(asked, offers=offers)


def assume(context: Context, effects: Effects, command: Command) -> Effects:
    """Goes on with what is usual for the number that was just asked for, said to be assumed; where none is, says so."""
    conversation = effects.conversation
    number = conversation.focus.number_asked
    if number not in PRICES:
        return calculate(context, effects, Command(Kind.CALCULATE, value=f"{ASSUME}={number}"))
    settled = conversation.replace(focus=conversation.focus.replace(wanted=""))
    return effects._replace(conversation=settled).told(
        Command(Kind.CALCULATE), Notice("sum_needs", {"number": context.advisor.catalogue.sums[number]})
    )


def _about(context: Context, conversation: Conversation, command: Command) -> int:
    """The idea that a sum is about, 0 for the own one: the one that is named, else that of the sum just now unless
    another idea has begun, else the one in focus.
    """
    known, just_now = conversation.focus.sums, context.start.last == Kind.CALCULATE
    if command.ideas in ((), (THIS,)) and known and just_now and conversation.begun == context.start.begun:
        return known[-1][0]
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
    right, near = sums.agrees(stated.result, claimed), rough and 20 * abs(stated.result - claimed) <= abs(stated.result)
    return Notice("sum_is_right" if right else "sum_is_about" if near else "sum_is_not_right", values)


def multiplied(context: Context, before: Stated, stated: Stated) -> tuple[Numbers, tuple[str, ...]]:
    """The numbers that are to be so many times what they were, or are said to be beside it; of tuning, so many times
    those of prompting. With them, what is of no number.
    """
    both = replace(before, numbers={**before.numbers, **stated.numbers})
    known = in_tokens_and_priced(context, both)[0] if stated.factors else {}
    of: dict[Given, Given] = {n: Given(n.replace("tuned_price", "price")) for n in stated.factors}
    of |= {Given.SAVED: Given.TOKENS_IN} if Given.SAVED in of else {}
    found = {n: replace(known[o], value=known[o].value * stated.factors[n]) for n, o in of.items() if o in known}
    return found, tuple(f"{by:%} {name}" for name, by in stated.factors.items() if name not in found)


def completed(context: Context, stated: Stated, again: frozenset[Given]) -> Stated:
    """With what is usual for all that is missing, once the calls are known, or are to be as usual as well; also for
    what was so before.
    """
    numbers, currency = {**stated.numbers}, stated.currency
    if not {EVERY, Given.CALLS}.isdisjoint(stated.assume):
        numbers = {**usual_numbers((Given.CALLS,)), **numbers}
    names = costs.needed(numbers, stated.compare or not OF_TUNING.isdisjoint(again))
    for name in (*names, *sorted(again)) if Given.CALLS in numbers else ():
        known = in_tokens_and_priced(context, replace(stated, numbers=numbers))[0]
        value = None if name in known else sums.usual(name, known, currency_of(known) or currency)
        numbers |= {} if value is None else {name: value}
    return replace(stated, numbers=numbers, assumed=frozenset(numbers.keys() - stated.numbers.keys()))


def usual_numbers(names: Iterable[Given]) -> Numbers:
    """What is usual for these, of those that have it."""
    return {name: value for name in names if (value := sums.usual(name, {})) is not None}


def in_tokens_and_priced(context: Context, stated: Stated) -> tuple[Numbers, Mapping[Given, OutsideEntry], Term | None]:
    """The numbers in tokens, with prices of outside entries that give them, and what says how many words a token is."""
    pack, today = context.advisor.pack, context.message.day
    spelled = next((term for term in pack.terms if term.words_in_100_tokens and term.is_current(today)), None)
    per_words = spelled.words_in_100_tokens if spelled is not None else None
    tokens_of = {n: Decimal(w) * 100 / per_words for n, w in amount_words()["in_words"].items()} if per_words else {}
    known, sources = costs.priced(costs.in_tokens(stated.numbers, tokens_of), pack.outside, today)
    return known, sources, spelled


def said_before(focus: Focus, about: int, stated: Stated) -> Stated:
    """What was said of an idea before, and whether tuning was meant; of another one, and where another sum begins, only
    prices, if there are all of a call.
    """
    known = dict(focus.sums).get(about)
    before = read_value(next((value for _, value in focus.sums[-1:]), "") if known is None else known)
    anew = Given.CALLS in stated.numbers and not TOKENS.isdisjoint(stated.numbers)
    if known is not None and not anew:
        return before
    whole = {Given.PRICE_IN, Given.PRICE_OUT}.issubset(before.numbers)
    prices = {name: amount for name, amount in before.numbers.items() if whole and name in PRICES}
    own = before if known is not None else Stated()
    return Stated(prices, currency=before.currency, steps=own.steps, said=own.said)


def replaced(now: Numbers) -> set[Given]:
    """Numbers of before whose place others take."""
    return {old for new in now for old in _INSTEAD.get(new, ())}


def together(before: Numbers, stated: Stated, *, asked: bool) -> Numbers:
    """Both; of those of an earlier sum that was not `asked` about, none that contradicts a new one."""
    now = stated.numbers
    gone = replaced(now)
    said = currencies({name: each for name, each in now.items() if name in PRICES})
    gone |= {n for n, each in before.items() if said and n in PRICES and each.currency not in ("", *said)}
    if not asked:
        both = {**before, **now}
        saved, sent = (both[name].value if name in both and not both[name].words else None for name in _SENT)
        gone |= {*_SENT} - {*now} if saved is not None and sent is not None and saved > sent else set()
    return {**{name: amount for name, amount in before.items() if name not in gone}, **now}


def with_calls(context: Context, conversation: Conversation, about: int, numbers: Numbers) -> Numbers:
    """With the calls that an answer about the idea, the newest first, a note or its text tells, if they are missing."""
    for text in () if Given.CALLS in numbers else steps.record_of(context, conversation, about):
        calls = sums.read_line(text).numbers.get(Given.CALLS)
        if calls is not None and calls.seconds:
            return {Given.CALLS: calls, **numbers}
    return numbers
