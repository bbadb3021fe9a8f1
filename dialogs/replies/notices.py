"""Short remarks, and replies that concern a whole conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.catalogue import Remark
from dialogs.commands.command import Command
from dialogs.limits import MAX_LINE, BoundedText
from dialogs.message import Person
from dialogs.replies.base import Reply
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Notice(Reply):
    """A short remark of the catalogue, by its key there."""

    remark: Remark
    values: Mapping[str, str | Person] = field(default_factory=dict)


NOTED = ("note_kept", "note_kept_too", "note_kept_with")
"""Receipts of a note, with its words."""


def is_one_of(remarks: Sequence[str], reply: Reply) -> bool:
    return isinstance(reply, Notice) and reply.remark in remarks


def left_out(read: BoundedText) -> tuple[Notice, ...]:
    """What says that something of a text was left out, if so."""
    if not read.cut:
        return ()
    if read.is_list:
        return (Notice("list_cut", {"count": str(read.lines), "most": str(MAX_LINE)}),)
    return (text_cut(read.text),)


def text_cut(text: str) -> Notice:
    """What says that no more than this was read of a text."""
    return Notice("text_cut", {"count": str(len(text))})


@dataclass(frozen=True, slots=True)
class Greeting(Reply):
    """What the advisor is, what it can do and what to type. `hello`: somebody has only said hello."""

    pack: Pack
    hello: bool = False


@dataclass(frozen=True, slots=True)
class ForgettingAsked(Reply):
    """What would be deleted of its sender, for them alone, with a button that does it."""


PARTS_SHOWN = 20
"""Parts of what is stored about a person that one message names."""


@dataclass(frozen=True, slots=True)
class StoredPart:
    """Something that a person has given: `what` as in an event, in their words, about the idea with this title and
    number ("" and 0: the only one here), and what takes it away.
    """

    what: str
    text: str
    title: str
    number: int
    without: Command


@dataclass(frozen=True, slots=True)
class KnownAboutPerson(Reply):
    """What this conversation and the list of its place hold about a person; whether they have lessons."""

    parts: tuple[StoredPart, ...]
    lessons: bool

    @property
    def shown(self) -> tuple[StoredPart, ...]:
        """Those that one message names."""
        return self.parts[:PARTS_SHOWN]


@dataclass(frozen=True, slots=True)
class ConversationGone(Reply):
    """A press on a card whose conversation is no longer kept. `erased`: what the live card becomes as it is erased."""

    erased: bool = False
