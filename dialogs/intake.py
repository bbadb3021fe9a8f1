"""Ideas that are sent one at a time, before they are listed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListedIdea:
    """One idea in the words of its owner; `by` and `name` say who that is."""

    text: str
    by: str
    name: str | None = None


@dataclass(frozen=True)
class Intake:
    """The ideas that were sent since a list was asked for, until somebody says that this is all."""

    ideas: tuple[ListedIdea, ...] = ()

    def without_person(self, person: str) -> "Intake":
        """Without the ideas of this person."""
        return Intake(tuple(idea for idea in self.ideas if idea.by != person))
