"""An answer: an option chosen for a question, with who gave it and how."""

from dataclasses import dataclass, field
from enum import StrEnum

from dialogs.message import Person


class AnswerMethod(StrEnum):
    """How an answer was given."""

    BUTTON = "button"
    TYPED = "typed"
    READ = "read"


@dataclass(frozen=True)
class Answer:
    """An option chosen for a question: how, by whom, when (seconds since 1970), and from which words.

    `order` is the number of the board's change that brought it there, 0 before that; of two answers to a question of an
    idea the one with the higher number counts.
    """

    option: str
    how: AnswerMethod
    by: str
    at: int
    name: str | None = None
    evidence: str | None = None
    order: int = field(default=0, compare=False)

    @property
    def person(self) -> Person:
        """Who gave it."""
        return Person(self.by, self.name)

    def is_read_from(self, text: str) -> bool:
        """Whether it was read out of this text."""
        return self.how is AnswerMethod.READ and self.evidence is not None and self.evidence in text
