"""Sums of somebody's own numbers: beside the verdict, never in it. What is missing is asked for, a number at a time."""

from dialogs.commands.command import THIS, Command
from dialogs.conversation import Conversation
from dialogs.executor.looks import told_of
from dialogs.executor.targets import Context, resolve
from dialogs.message import text_of
from dialogs.replies.notices import Notice
from dialogs.replies.sums import NumberAsked, SumWorkedOut
from dialogs.turn import Effects
from dialogs.views.sums import as_typed
from knowledge.costs import Given, Missing, Numbers, currencies, priced, work_out
from knowledge.reading.sums import COMPARED, Stated, agrees, asks_to_compare, read_line, read_value, written

_INSTEAD = ((Given.TUNED_IN, Given.SAVED), (Given.TRAINED, Given.TRAINING))
"""Numbers that take the place of another one that was said before."""

_SENT = (Given.SAVED, Given.TOKENS_IN)
_TOKENS = frozenset({Given.TOKENS_IN, Given.SAVED, Given.TUNED_IN})


def calculate(context: Context, effects: Effects, command: Command) -> Effects:
    """The sum, checked if somebody has done it already; or what is missing for it."""
    conversation, line = effects.conversation, text_of(context.message)
    stated = read_value(command.value or line)
    if stated.calculation:
        return effects.told(command, _checked(stated))
    elsewhere = command.ideas not in ((), (THIS,), (str(conversation.focus.idea),))
    asked = bool(conversation.focus.wanted) and not elsewhere
    before = "" if elsewhere or _begins_anew(stated.numbers) else conversation.focus.sum
    numbers = _with_calls(
        context, conversation, command, _together(read_value(before).numbers, stated.numbers, asked=asked)
    )
    compare = asks_to_compare(f"{line} {command.value} {before}")
    known, sources = priced(numbers, context.advisor.pack.outside, context.message.day)
    found = work_out(known, compare=compare)
    kept = {name: amount for name, amount in numbers.items() if not isinstance(found, Missing) or name != found.number}
    wanted = found.number.value if isinstance(found, Missing) else ""
    focus = conversation.focus.replace(sum=written(kept) + (f"; {COMPARED}" if compare else ""), wanted=wanted)
    effects = effects._replace(conversation=conversation.replace(focus=focus))
    if isinstance(found, Missing):
        return effects.told(command, NumberAsked(found, tuple(currencies(numbers))))
    outside = context.advisor.pack.outside_on(context.message.day)
    beside = next((entry for entry in outside if entry.beside_sums), None) if found.saving is not None else None
    return effects.told(command, SumWorkedOut(found, known, sources, stated.claim, beside))


def _begins_anew(numbers: Numbers) -> bool:
    """Whether numbers are those of another sum: they say how many calls there are, and of how many tokens."""
    return Given.CALLS in numbers and not _TOKENS.isdisjoint(numbers)


def _together(before: Numbers, now: Numbers, *, asked: bool) -> Numbers:
    """Both; of those of an earlier sum that was not `asked` about, none that contradicts a new one."""
    gone = {old for new, old in _INSTEAD if new in now}
    if not asked:
        said, both = currencies(now), {**before, **now}
        gone |= {name for name, amount in before.items() if said and amount.currency not in ("", *said)}
        saved, sent = (both[name].value if name in both else None for name in _SENT)
        gone |= {*_SENT} - {*now} if saved is not None and sent is not None and saved > sent else set()
    return {**{name: amount for name, amount in before.items() if name not in gone}, **now}


def _with_calls(context: Context, conversation: Conversation, command: Command, numbers: Numbers) -> Numbers:
    """With the calls that the idea's text or a note tells, where the sum has none."""
    if Given.CALLS in numbers:
        return numbers
    for target in resolve(context, conversation, command.ideas).found[:1]:
        told = told_of(context, conversation, target)
        for text in (*(note.text for note in told.notes if not note.gone), told.idea):
            calls = read_line(text).numbers.get(Given.CALLS)
            if calls is not None and calls.seconds:
                return {Given.CALLS: calls, **numbers}
    return numbers


def _checked(stated: Stated) -> Notice:
    """Whether what somebody has worked out comes out."""
    if stated.result is None:
        return Notice("sum_has_no_result")
    values = {"result": as_typed(stated.result)}
    if stated.claim is None:
        return Notice("sum_comes_to", values)
    values["claim"] = as_typed(stated.claim.value)
    return Notice("sum_is_right" if agrees(stated.result, stated.claim.value) else "sum_is_not_right", values)
