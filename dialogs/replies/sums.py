"""Sums of somebody's own numbers, and the number that is missing for one."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.replies.base import Reply
from knowledge.costs import Amount, Costs, Given, Missing, Numbers
from knowledge.outside import OutsideEntry


@dataclass(frozen=True, slots=True)
class NumberAsked(Reply):
    """The number that a sum needs next. `currencies` are those that were said."""

    missing: Missing
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SumWorkedOut(Reply):
    """What came out of which numbers. `sources`: where those are from that nobody gave.

    `claim` is what somebody says that comes out. `beside`: what else counts where a prompt gets shorter.
    """

    costs: Costs
    numbers: Numbers
    sources: Mapping[Given, OutsideEntry]
    claim: Amount | None = None
    beside: OutsideEntry | None = None
