"""Which ideas of the board a conversation shows, which of them is open, and what is asked. Stored with it."""

from dataclasses import dataclass
from typing import Self

from dialogs.commands.command import Replaceable

PAGE = 12
"""Ideas on one card."""


@dataclass(frozen=True)
class Listing(Replaceable):
    """What a conversation shows of a board.

    `verdict`, `owner`, `open`, `answer` and `status` are filters: ideas with this verdict, of this person, without a
    verdict, with this answer (`question:option`), with one of these statuses or, with a minus before each, with none of
    them; `changed`: changed on this day (its ordinal) or later; `only`: with one of these numbers. `order` is the name
    of an order (`orders.ordered`), or the numbers of what comes first. `since` and `until` are the first and last
    number of the ideas that were just added, if only these are shown (0: all). `page` counts from 0. `idea` is the
    open one, `compared` are those that stand side by side. `ask` is the question that waits for an answer, for `idea`
    or for all of `rows`. `guided`: all missing answers are asked for, one question after another. `skipped` are
    questions that were skipped on the way, as `number:question`.
    """

    verdict: str = ""
    owner: str = ""
    open: bool = False
    since: int = 0
    until: int = 0
    page: int = 0
    idea: int = 0
    compared: tuple[int, ...] = ()
    ask: str = ""
    rows: tuple[int, ...] = ()
    guided: bool = False
    skipped: tuple[str, ...] = ()
    answer: str = ""
    status: str = ""
    changed: int = 0
    order: str = ""
    only: tuple[int, ...] = ()

    @property
    def position(self) -> tuple[object, ...]:
        """The idea and question of the card: a press on a card of another position is stale."""
        return self.idea, self.ask, self.rows

    def as_list(self) -> Self:
        """The list from which the open idea, comparison or question was reached."""
        return self.replace(idea=0, compared=(), ask="", rows=(), guided=False, skipped=())
