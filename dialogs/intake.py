"""Ideas that somebody sends one at a time, before they are listed."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True)
class ListedIdea:
    """One idea in somebody's own words; `by` and `name` say whose it is."""

    text: str
    by: str
    name: str | None = None


@dataclass(frozen=True)
class Intake:
    """What was sent since a list was asked for, until somebody says that this is all."""

    ideas: tuple[ListedIdea, ...] = ()

    def replace(self, **changes: object) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def without_person(self, person: str) -> Self:
        """Without the ideas of this person."""
        return self.replace(ideas=tuple(idea for idea in self.ideas if idea.by != person))
