"""Answers to questions about the subject."""

from dataclasses import dataclass

from dialogs.replies.base import Reply
from knowledge.outside import OutsideEntry, Term
from knowledge.pack import Comparison, Entry, Pack, Passage


@dataclass(frozen=True, slots=True)
class PassageReply(Reply):
    """A passage that answers a question. `offer`: followed by the offer to start. `others` may have been meant too.
    `brief`: its text alone.
    """

    pack: Pack
    passage: Passage
    outside: tuple[OutsideEntry, ...] = ()
    offer: bool = False
    others: tuple[Entry, ...] = ()
    brief: bool = False


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An outside entry or a term. `current`: it still holds; otherwise its place says that it is out of date."""

    entry: OutsideEntry | Term
    current: bool


@dataclass(frozen=True, slots=True)
class EntryReply(Reply):
    """Outside entries or terms that answer a question; several if it asks how they differ. `others` may have been
    meant.
    """

    pack: Pack
    entries: tuple[ShownEntry, ...]
    offer: bool = False
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class DidYouMean(Reply):
    """Passages, outside entries or terms that may answer a question; the person chooses. `likely`: one probably
    does.
    """

    passages: tuple[Entry, ...]
    likely: bool = True


@dataclass(frozen=True, slots=True)
class NotCovered(Reply):
    """The subject, or only a `topic`, is not covered; the reply says what is. `asked`: it was a question."""

    pack: Pack
    passages: tuple[Entry, ...]
    offer: bool = False
    asked: bool = True
    topic: str = ""


@dataclass(frozen=True, slots=True)
class VerdictComparison(Reply):
    """The verdicts side by side."""

    pack: Pack
    comparison: Comparison
