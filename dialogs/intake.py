"""Ideas that somebody sends one at a time, before they are listed."""

from dataclasses import dataclass


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

    def without_person(self, person: str) -> "Intake":
        """Without the ideas of this person."""
        return Intake(tuple(idea for idea in self.ideas if idea.by != person))
