"""Texts to take away, made from the record alone."""

from dataclasses import dataclass

from dialogs.commands.command import What
from dialogs.ideas.board import IdeaRow
from dialogs.replies.base import Reply
from dialogs.replies.results import Recommendation
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class ResultText(Reply):
    """Results in at most `most` sentences in all: a note, a mail, or a summary with a line each.

    `notes` go with each result. `shorter`: what was written before was too long.
    """

    what: What
    results: tuple[tuple[Recommendation, tuple[str, ...]], ...]
    most: int
    shorter: bool = False


@dataclass(frozen=True, slots=True)
class ListText(Reply):
    """Ideas in at most `most` lines; as a Markdown table or as JSON, all of them."""

    what: What
    pack: Pack
    rows: tuple[IdeaRow, ...]
    most: int
