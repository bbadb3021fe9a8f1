"""Texts to take away, made from the record alone."""

from dataclasses import dataclass

from dialogs.commands.command import What
from dialogs.ideas.board import IdeaRow
from dialogs.replies.results import Recommendation
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class ResultText:
    """A result in at most `most` sentences: a note, a mail, or a summary with a line each. `notes` go with the idea."""

    what: What
    result: Recommendation
    most: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListText:
    """Ideas in at most `most` lines; as a Markdown table or as JSON, all of them."""

    what: What
    pack: Pack
    rows: tuple[IdeaRow, ...]
    most: int
