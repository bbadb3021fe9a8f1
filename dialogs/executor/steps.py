"""Steps of a sum: what comes out of them, by what somebody said, what the models cost, and dated prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dialogs.conversation import Conversation
from dialogs.executor.results import told_of
from dialogs.executor.targets import Context, Target
from dialogs.flows.board_position import board_of
from dialogs.message import text_of
from dialogs.replies.sums import StepsWorkedOut, SumWorkedOut
from knowledge.costs import MONTH, OF_TUNING, Amount, Costs, Given, Numbers, currency_of
from knowledge.reading.amounts import figures_in
from knowledge.reading.steps import CONVERSIONS, MODELS, MOST_STEPS, Known, Step, uses, worked_out
from knowledge.reading.sums import Stated, asks_to_compare


def record_of(context: Context, conversation: Conversation, about: int) -> Iterator[str]:
    """The words on record for an idea (0: the own one): those of answers, the newest first, of notes, and its text."""
    idea = board_of(conversation).find(about)
    if about and idea is None:
        return
    told = told_of(context, conversation, Target(idea))
    yield from (answer.evidence or "" for answer in sorted(told.answers.values(), key=lambda answer: -answer.at))
    yield from (note.text for note in told.kept_notes)
    yield told.idea


def known_of(context: Context, conversation: Conversation, about: int, numbers: Numbers, before: Stated) -> Known:
    """What the steps of a line may rest on: numbers of the line, of the record, and of the sum and its steps before."""
    texts = [text_of(context.message), *record_of(context, conversation, about), *before.said]
    texts += [f"{step.label}; {step.expression}" for step in before.steps if not step.assumed]
    said = {value for amount in numbers.values() for value in (amount.value, amount.monthly)}
    assumed = frozenset[Decimal]().union(*(figures_in(step.expression) for step in before.steps if step.assumed))
    return Known(said.union(*map(figures_in, texts)), assumed)


def said_once(before: Stated, now: Sequence[Step]) -> tuple[str, ...]:
    """Expressions over numbers that somebody gave, of earlier steps of a sum that are not `now`, the newest first."""
    gone = (step.expression for step in before.steps if not step.assumed and figures_in(step.expression) - CONVERSIONS)
    stand = {step.expression for step in now}
    return tuple(each for each in dict.fromkeys((*gone, *before.said)) if each not in stand)[:MOST_STEPS]


def calls_in(steps: Sequence[Step], known: Known) -> Amount | None:
    """The calls that a step of this name comes to."""
    found = (each.value for each in worked_out(steps, known)[0] if each.step.name == MODELS[0])
    return next((Amount(value, seconds=MONTH) for value in found), None)


def work_out(
    steps: Sequence[Step], models: SumWorkedOut | None, known: Known, given: Sequence[Step] = ()
) -> tuple[StepsWorkedOut, tuple[Step, ...]]:
    """What comes out of steps, and those to keep. Of those `given` that have no value it is said why, and they fall
    away; others stay without one. Where none that is given holds, nothing comes out.
    """
    costs = {} if models is None else _by_name(models)
    currency = "" if models is None else currency_of(models.numbers)
    worked, left = worked_out(steps, known._replace(models=costs, currency=currency))
    used = {part for each in worked for part in each.parts if part in MODELS} - {each.step.name for each in worked}
    new = {step.name for step in given}
    lost = tuple(each for each in left if each.reason != "waits" and each.step.name in new)
    gone = {each.step.name for each in lost} - {each.step.name for each in worked}
    if new and new == gone:
        return StepsWorkedOut((), {}, lost), ()
    values = {**costs, **{each.step.name: each.value for each in worked}}
    beside = without_payback(models, tuned=not used.isdisjoint(MODELS[2:4])) if used and models else None
    sheet = StepsWorkedOut(worked, values, lost, beside)
    marked = {each.step.name: each.step for each in worked}
    return sheet, tuple(marked.get(step.name, step) for step in steps if step.name not in gone)


def work_out_tuning(steps: Sequence[Step]) -> bool:
    """Whether steps themselves say what tuning saves, or when it has paid for itself."""
    return any(asks_to_compare(step.label) or used & {*MODELS[2:4]} for step, used in uses(steps).items())


def without_payback(models: SumWorkedOut, *, tuned: bool = True) -> SumWorkedOut:
    """What the models cost alone, or what prompting does."""
    costs = replace(models.costs, saving=None, months=None, calls=None, never=None)
    alone = replace(models, costs=Costs(costs.prompting), assumed=models.assumed - OF_TUNING)
    return replace(models, costs=costs) if tuned else alone


def changed(now: StepsWorkedOut, before: StepsWorkedOut) -> StepsWorkedOut:
    """With the steps that come to something else than before, and what they came to."""
    old = {each.step.label: each.value for each in before.steps}
    labels = {each.step.label for each in now.steps if old.get(each.step.label) != each.value}
    return replace(now, shown=frozenset(labels), before=old)


def _by_name(models: SumWorkedOut) -> Mapping[str, Decimal]:
    costs, given = models.costs, {name: amount.monthly for name, amount in models.numbers.items()}
    values = (given[Given.CALLS], costs.prompting, costs.tuned, costs.training)
    priced = (given.get(name) for name in (Given.PRICE_IN, Given.PRICE_OUT))
    return {name: value for name, value in zip(MODELS, (*values, *priced), strict=True) if value is not None}
