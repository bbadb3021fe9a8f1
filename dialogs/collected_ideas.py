"""Ideas that are collected one at a time, until somebody says that this is all; see `flows.intake`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CollectedIdea:
    """One idea in the words of its owner; `by` and `name` say who that is."""

    text: str
    by: str
    name: str | None = None


@dataclass(frozen=True)
class CollectedIdeas:
    """The ideas that were sent since a list was asked for, until somebody says that this is all."""

    ideas: tuple[CollectedIdea, ...] = ()

    def without_person(self, person: str) -> "CollectedIdeas":
        """Without the ideas of this person."""
        return CollectedIdeas(tuple(idea for idea in self.ideas if idea.by != person))
