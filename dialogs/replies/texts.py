"""Texts to take away, made from the record alone."""

from dataclasses import dataclass
from typing import NamedTuple

from dialogs.commands.command import What
from dialogs.ideas.board import IdeaRow
from dialogs.replies.base import Reply
from dialogs.replies.results import Recommendation
from dialogs.replies.sums import Sums
from knowledge.pack import Pack


class Told(NamedTuple):
    """A result, what was noted beside it, the status of its idea, "" for none, and the sums about it."""

    result: Recommendation
    notes: tuple[str, ...] = ()
    status: str = ""
    sums: Sums = ()


@dataclass(frozen=True, slots=True)
class ResultText(Reply):
    """Results in at most `most` sentences in all: a note, a mail, or a summary with a line each; one as a table.

    `shorter`: what was written before was too long; `plain`: without names of approaches.
    """

    what: What
    results: tuple[Told, ...]
    most: int
    shorter: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class PromptText(Reply):
    """A first prompt for an idea, with gaps to fill in."""

    title: str
    notes: tuple[str, ...] = ()
    what: What = What.PROMPT
    most: int = 10
    results: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class ListText(Reply):
    """Ideas in at most `most` lines, or in one for each of the `results` (None: open); as a Markdown table or as JSON,
    all of them. `plain`: as in a result.
    """

    what: What
    pack: Pack
    rows: tuple[IdeaRow, ...]
    most: int
    plain: bool = False
    results: tuple[Recommendation | None, ...] = ()


Text = ResultText | ListText | PromptText
