"""What people say about an idea: answers, each an option chosen for a question, and notes beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2s

from dialogs.commands.command import Replaceable
from dialogs.message import Person


class AnswerMethod(StrEnum):
    """How an answer was given."""

    BUTTON = "button"
    TYPED = "typed"
    READ = "read"


@dataclass(frozen=True)
class Answer(Replaceable):
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
        return Person(self.by, self.name)

    def is_read_from(self, text: str) -> bool:
        return self.how is AnswerMethod.READ and self.evidence is not None and self.evidence in text


@dataclass(frozen=True)
class IdeaNote(Replaceable):
    """A fact beside the questions, as it was said: kept and shown, it decides nothing. `at` is in seconds since 1970.

    `gone`: it was taken back; what is kept as `text` then tells only which note that was.
    """

    text: str
    by: str
    at: int
    name: str | None = None
    gone: bool = False

    @property
    def key(self) -> tuple[str, int, str]:
        """The same for a note and for what is left of it once it is taken back."""
        return self.by, self.at, self.text if self.gone else _digest(self.text)

    @property
    def taken_back(self) -> "IdeaNote":
        """What is left of it, so that copies of an idea agree that it is gone."""
        return self.replace(text=self.key[2], gone=True)

    def anew(self, among: Iterable["IdeaNote"]) -> "IdeaNote":
        """The same note, told apart from those `among` these that were taken back: it is there again."""
        note, gone = self, {other.key for other in among if other.gone}
        while note.key in gone:
            note = note.replace(at=note.at + 1)
        return note


def _digest(text: str) -> str:
    return blake2s(text.encode(), digest_size=8).hexdigest()
