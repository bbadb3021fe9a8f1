"""Steps of a sum: what comes out of them, by what somebody said, what the models cost, and dated prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dialogs.conversation import Conversation
from dialogs.executor.looks import told_of
from dialogs.executor.targets import Context, Target
from dialogs.flows.board_position import board_of
from dialogs.message import text_of
from dialogs.replies.sums import StepsWorkedOut, SumWorkedOut
from knowledge.costs import Given, Numbers, currencies
from knowledge.outside import OutsideEntry
from knowledge.reading.amounts import figures_in
from knowledge.reading.steps import MODELS, Known, Step, worked_out


def record_of(context: Context, conversation: Conversation, about: int) -> Iterator[str]:
    """The words on record for an idea (0: the own one): those of answers, the newest first, of notes, and its text."""
    idea = board_of(conversation).find(about)
    if about and idea is None:
        return
    told = told_of(context, conversation, Target(idea))
    yield from (answer.evidence or "" for answer in sorted(told.answers.values(), key=lambda answer: -answer.at))
    yield from (note.text for note in told.kept_notes)
    yield told.idea


def known_of(context: Context, conversation: Conversation, about: int, numbers: Numbers, kept: Sequence[Step]) -> Known:
    """What the steps of a line may rest on: numbers of the line, of the record, of the sum and of the steps `kept`."""
    texts = [text_of(context.message), *record_of(context, conversation, about)]
    texts += [f"{step.label}; {step.expression}" for step in kept if not step.origin]
    said = {figure for text in texts for figure in figures_in(text)}
    said |= {value for amount in numbers.values() for value in (amount.value, amount.monthly)}
    assumed = (figures_in(step.expression) for step in kept if step.origin == "assumed")
    return Known(said, frozenset[Decimal]().union(*assumed), frozenset(_prices(context)))


def work_out(
    context: Context, steps: Sequence[Step], models: SumWorkedOut | None, known: Known
) -> tuple[StepsWorkedOut, tuple[Step, ...]]:
    """What comes out of steps, and those to keep: with a value, or waiting for what the models cost."""
    costs = {} if models is None else _by_name(models)
    currency = "" if models is None else next(iter(currencies(models.numbers)), "")
    worked, left = worked_out(steps, known._replace(models=costs, currency=currency))
    prices, used = _prices(context), {part for each in worked for part in each.parts}
    listed = {each.step.label: each.numbers & prices.keys() for each in worked if each.step.origin == "listed"}
    found = StepsWorkedOut(
        worked,
        {**costs, **{each.step.name: each.value for each in worked}},
        tuple(each for each in left if each.reason != "waits"),
        models if not used.isdisjoint(MODELS) else None,
        {label: prices[number] for label, numbers in listed.items() for number in numbers},
    )
    keep = {each.step.name: each.step for each in worked}
    keep |= {each.step.name: each.step for each in left if each.reason == "waits"}
    return found, tuple(keep[step.name] for step in steps if step.name in keep)


def changed(now: StepsWorkedOut, before: StepsWorkedOut) -> StepsWorkedOut:
    """The steps that come to something else than before, and the last one."""
    old = {each.step.label: each.value for each in before.steps}
    labels = {each.step.label for each in now.steps if old.get(each.step.label) != each.value}
    return replace(now, shown=frozenset(labels | {each.step.label for each in now.steps[-1:]}))


def _by_name(models: SumWorkedOut) -> Mapping[str, Decimal]:
    costs, calls = models.costs, models.numbers[Given.CALLS].monthly
    values = (calls, costs.prompting, costs.tuned, costs.training)
    return {name: value for name, value in zip(MODELS, values, strict=True) if value is not None}


def _prices(context: Context) -> Mapping[Decimal, OutsideEntry]:
    outside = context.advisor.pack.outside_on(context.message.day)
    return {Decimal(price): entry for entry in reversed(outside) for price in entry.prices.values()}
