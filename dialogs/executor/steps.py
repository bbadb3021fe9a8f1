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
from knowledge.costs import MONTH, Amount, Given, Numbers, currencies
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
    texts += [f"{step.label}; {step.expression}" for step in kept if not step.assumed]
    said = {value for amount in numbers.values() for value in (amount.value, amount.monthly)}
    assumed = frozenset[Decimal]().union(*(figures_in(step.expression) for step in kept if step.assumed))
    return Known(said.union(*map(figures_in, texts)), assumed)


def calls_in(steps: Sequence[Step], known: Known) -> Amount | None:
    """The calls that a step of this name comes to."""
    found = (each.value for each in worked_out(steps, known)[0] if each.step.name == MODELS[0])
    value = next(found, None)
    return None if value is None else Amount(value, seconds=MONTH)


def work_out(
    steps: Sequence[Step], models: SumWorkedOut | None, known: Known
) -> tuple[StepsWorkedOut, tuple[Step, ...]]:
    """What comes out of steps, and those to keep: with a value, or waiting for what the models cost."""
    costs = {} if models is None else _by_name(models)
    currency = "" if models is None else next(iter(currencies(models.numbers)), "")
    worked, left = worked_out(steps, known._replace(models=costs, currency=currency))
    names = {*MODELS} - {each.step.name for each in worked}
    used = any(name in each.parts for each in worked for name in names)
    values = {**costs, **{each.step.name: each.value for each in worked}}
    lost = tuple(each for each in left if each.reason != "waits")
    keep = {each.step.name: each.step for each in worked}
    keep |= {each.step.name: each.step for each in left if each not in lost}
    return (
        StepsWorkedOut(worked, values, lost, models if used else None),
        tuple(keep[step.name] for step in steps if step.name in keep),
    )


def changed(now: StepsWorkedOut, before: StepsWorkedOut) -> StepsWorkedOut:
    """The steps that come to something else than before, and the last one."""
    old = {each.step.label: each.value for each in before.steps}
    labels = {each.step.label for each in now.steps if old.get(each.step.label) != each.value}
    return replace(now, shown=frozenset(labels | {each.step.label for each in now.steps[-1:]}))


def _by_name(models: SumWorkedOut) -> Mapping[str, Decimal]:
    costs, given = models.costs, {name: amount.monthly for name, amount in models.numbers.items()}
    values = (given[Given.CALLS], costs.prompting, costs.tuned, costs.training)
    priced = (given.get(name) for name in (Given.PRICE_IN, Given.PRICE_OUT))
    return {name: value for name, value in zip(MODELS, (*values, *priced), strict=True) if value is not None}
