"""Ideas that are collected one at a time, until somebody says that this is all; see `flows.intake`."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class CollectedIdea:
    """One idea in the words of its owner; `by` and `name` say who that is. `answers`: those that a table gave for
    it, as question and option.
    """

    text: str
    by: str
    name: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CollectedIdeas:
    """The ideas that were sent since a list was asked for, until somebody says that this is all. `header`: that of a
    table whose rows are sent.
    """

    ideas: tuple[CollectedIdea, ...] = ()
    header: tuple[str, ...] = ()

    def without_person(self, person: str) -> "CollectedIdeas":
        """Without the ideas of this person, and without the header, which may be theirs."""
        return replace(self, ideas=tuple(idea for idea in self.ideas if idea.by != person), header=())
