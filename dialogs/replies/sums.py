"""Sums of somebody's own numbers, and the number that is missing for one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from dialogs.replies.base import Reply
from knowledge.costs import Costs, Given, Missing, Numbers
from knowledge.outside import OutsideEntry, Term
from knowledge.reading.steps import Left, Worked
from knowledge.reading.sums import Claim

Form = Literal["short", "whole", "brief"]
"""How much of a sum is shown: what came out, with all that it rests on, or, of what the models cost, only how it is
counted, and whether the claim is right, or what it counts and leaves out.
"""


@dataclass(frozen=True, slots=True)
class NumberAsked(Reply):
    """The number that is asked for next. `currencies` are those that were said.

    `usual` stands on the button that goes on without it. `below` a sum it makes that exact, or is hardly right.
    """

    missing: Missing
    currencies: tuple[str, ...] = ()
    usual: str = ""
    below: Literal["", "exact", "odd"] = ""


@dataclass(frozen=True, slots=True)
class SumWorkedOut(Reply):
    """What came out of which numbers. `sources`: where those are from that nobody gave.

    `claim` is what somebody says that comes out. `beside`: what else counts where a prompt gets shorter. `assumed` are
    numbers that nobody gave; `spelled` says how many words tokens are, where some were given in `texts`. `earlier`
    are numbers of the sum before, `unused` those that change nothing. `about`: the idea, by its number.
    `again`: there was a sum about it.
    """

    costs: Costs
    numbers: Numbers
    sources: Mapping[Given, OutsideEntry]
    claim: Claim | None = None
    beside: OutsideEntry | None = None
    assumed: frozenset[Given] = frozenset()
    spelled: Term | None = None
    earlier: frozenset[Given] = frozenset()
    unused: frozenset[Given] = frozenset()
    texts: frozenset[str] = frozenset()
    about: int = 0
    again: bool = False
    form: Form = "short"


@dataclass(frozen=True, slots=True)
class StepsWorkedOut(Reply):
    """What comes out of steps, in order; the last one is what was asked. `values` are those of all names, `left` are
    steps without a value; `models`: what the models cost, if it is told. `shown`: the labels of those that come to
    something else than `before`, None: there were none. `about`: the idea, by its number.
    """

    steps: tuple[Worked, ...]
    values: Mapping[str, Decimal]
    left: tuple[Left, ...] = ()
    models: SumWorkedOut | None = None
    shown: frozenset[str] | None = None
    before: Mapping[str, Decimal] = field(default_factory=dict)
    about: int = 0
    form: Form = "short"


Sums = tuple[SumWorkedOut | StepsWorkedOut, ...]
"""What is worked out about an idea: what the models cost, and steps."""


@dataclass(frozen=True, slots=True)
class SumQuestioned(Reply):
    """What was worked out, for a question about it."""

    sum: SumWorkedOut | StepsWorkedOut
