"""What a conversation shows of a board, stored with it: which ideas, which of them is open, what is asked."""

from dataclasses import dataclass, replace
from typing import Self

PAGE = 12
"""Ideas on one card."""


@dataclass(frozen=True)
class Listing:
    """A view of a board.

    `verdict`, `owner` and `open` are filters: ideas with this verdict, of this person, without a verdict. `since` and
    `until` are the numbers of the ideas that were added last, where only these are shown (0: all). `page` counts from
    0. `idea` is the one that is opened, `compared` those that stand side by side. `ask` is the question that waits for
    an answer, for `idea` or for all of `rows`. `guided`: it goes through all that is missing. `skipped` are questions
    and ideas that were left out of that, as `number:question`.
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

    def replace(self, **changes: object) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def position(self) -> tuple[object, ...]:
        """What a card asks about: a press on a card of another position is stale."""
        return self.idea, self.ask, self.rows

    def as_list(self) -> Self:
        """The list that the opened idea, or whatever stands in its place, was reached from."""
        return self.replace(idea=0, compared=(), ask="", rows=(), guided=False, skipped=())
