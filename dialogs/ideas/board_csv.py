"""Ideas of a board as CSV, in the columns of `advisor triage`, so that the file can be judged again."""

import csv
import io
from collections.abc import Iterable

from dialogs.ideas.board import IdeaRow
from dialogs.message import day_of
from dialogs.spreadsheet import escape_formula
from knowledge.pack import Pack


def columns(pack: Pack) -> tuple[str, ...]:
    return (
        "number", "title", "text", "owner", *(question.id for question in pack.questions),
        "verdict", "strength", "missing", "possible", "ask", "added", "link", "status", "notes",
        "status_by", "status_on",
    )  # fmt: skip


def cells(pack: Pack, row: IdeaRow) -> tuple[str, ...]:
    """The cells of one idea; a missing value is empty."""
    idea = row.idea
    chosen = {q: option for q, option in idea.chosen.items() if pack.has_option(q, option)}
    return (
        str(idea.number),
        idea.title,
        idea.text,
        idea.name or idea.by,
        *(chosen.get(question.id, "") for question in pack.questions),
        "" if row.verdict is None else row.verdict.id,
        "" if row.verdict is None else f"{row.strength:.2f}",
        ", ".join(question.id for question in row.missing),
        ", ".join(verdict.id for verdict in row.possible) if row.verdict is None else "",
        row.ask.id if row.verdict is None and row.ask is not None else "",
        day_of(idea.at).isoformat(),
        idea.link,
        idea.status,
        "; ".join(note.text for note in idea.kept_notes),
        idea.stage.who,
        idea.stage.day,
    )


_PART = 2400
"""Characters of the file that one message shows as text."""


def parts(pack: Pack, rows: Iterable[IdeaRow]) -> tuple[tuple[IdeaRow, ...], ...]:
    """The rows in parts, each short enough for one message."""
    found: list[list[IdeaRow]] = []
    used = 0
    for row in rows:
        length = sum(len(cell) + 3 for cell in cells(pack, row))
        if not found or used + length > _PART:
            found.append([])
            used = 0
        found[-1].append(row)
        used += length
    return tuple(map(tuple, found))


def as_csv(pack: Pack, rows: Iterable[IdeaRow]) -> str:
    """A CSV file with a header, in which no cell is a formula."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(columns(pack))
    writer.writerows(map(escape_formula, cells(pack, row)) for row in rows)
    return sink.getvalue()
