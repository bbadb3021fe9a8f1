"""What the talk is about, and what the last messages wrote. Stored with the conversation."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from pydantic import TypeAdapter

from dialogs.commands.command import Command, Replaceable, What
from knowledge.costs import Given

SUMS_KEPT = 5
"""Ideas whose sums can be gone on with."""

TEXTS_KEPT = 4
"""Texts to take away that can be changed: a note, a mail, a summary and a prompt."""


@dataclass(frozen=True)
class Offer:
    """A reading of a line that is offered as a button: the commands that a press carries out, and what stands on it."""

    label: str
    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Focus(Replaceable):
    """What the talk is about.

    `idea` is the number of the idea of the board that was named last, 0 for the conversation's own. `offers` are
    those of the last reply, made of a line of `by` (as `Conversation.author` gives it); they hold for the next turn.
    `texts` are the last texts to take away, one of each form, the newest at the end: form, ideas, length, reader.
    `sums` are the numbers of a sum by the idea that it was about, as the value of a command, the last one at the end;
    `wanted` is the number that was just asked for. `explained` are hashes of explanations of the last messages, as
    long as each got one, and answers explained.
    """

    idea: int = 0
    offers: tuple[Offer, ...] = ()
    by: str = ""
    texts: tuple[Command, ...] = ()
    sums: tuple[tuple[int, str], ...] = ()
    wanted: str = ""
    explained: frozenset[str] = frozenset()

    @property
    def number_asked(self) -> Given | None:
        """The number of a sum that was just asked for, if there is such a number."""
        return Given(self.wanted) if self.wanted in frozenset(Given) else None

    def last_text(self, form: What, ideas: tuple[str, ...] = ()) -> Command | None:
        """The text of a form, if it is about these ideas, those of the newest text, or several; else the newest."""
        newest = self.texts[-1] if self.texts else None
        about = ideas or (newest.ideas if newest is not None else ())
        same = (each for each in self.texts if each.what is form)
        return next((each for each in same if each.ideas == about or (not ideas and each.is_of_several)), newest)

    def with_text(self, text: Command) -> Self:
        """With the last text."""
        others = tuple(each for each in self.texts if each.what is not text.what)
        return self.replace(texts=(*others[1 - TEXTS_KEPT :], text))

    def with_sum(self, idea: int, value: str) -> Self:
        """With the last sum, which is about this idea."""
        others = tuple(each for each in self.sums if each[0] != idea)
        return self.replace(sums=(*others[1 - SUMS_KEPT :], (idea, value)))


NO_FOCUS = Focus()
"""Nothing was named or offered yet."""


class Change(NamedTuple):
    """One thing that a message changed: of the idea with this number, or of the conversation's own (0).

    `part` is `answer:<question>`, `title`, `note`, `status`, `added`, `removed`, `begun` for another own idea, or
    `order` of the list. `old` and `new` are its stored forms, "" for nothing.
    """

    idea: int
    part: str
    old: str = ""
    new: str = ""


class Written(NamedTuple):
    """What one message changed, and the commands that did, if `changes` do not tell; `revision` is that it led to.

    `by` is its sender, as `Conversation.author` gives it.
    """

    by: str
    revision: int
    changes: tuple[Change, ...] = ()
    commands: tuple[Command, ...] = ()

    @property
    def stored(self) -> str:
        """Its stored form, which is parsed only where something is taken back."""
        return exchanged(_WRITTEN.serializer.to_json(self).decode())

    @classmethod
    def of(cls, stored: str) -> "Written":
        return _WRITTEN.validate_json(exchanged(stored))


_WRITTEN = TypeAdapter(Written)


def exchanged(json: str) -> str:
    """JSON with ' for " and " for ', or back: a " of a text would be escaped in the document of a conversation."""
    return json.replace('"', "\0").replace("'", '"').replace("\0", "'")
