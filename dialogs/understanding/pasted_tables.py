"""Tables that are pasted from a spreadsheet: the title of each row, and what its other columns answer."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.understanding.phrases import names_of, starts
from knowledge.interfaces import Certainty
from knowledge.typed_answers.word_parser import fold, folded

_PIPED = re.compile(r"^\s*\|.*\|.*\|\s*$")
_THOUSANDS = re.compile(r"(?<=\d)[.'’ ](?=\d{3}(?!\d))")
_LETTERS = re.compile(r"[^\W\d_]")
_BETWEEN = ", "

_FEWEST_LETTERS = 3
"""Least letters of a cell that may be a title where no header says which column is."""


class Row(NamedTuple):
    """An idea of a table: its title with what else stands in its row, and its answers, as question and option."""

    text: str
    answers: tuple[tuple[str, str], ...] = ()


class PastedTable(NamedTuple):
    """The cells of a table's rows, its header, and the lines of the text that are not part of it."""

    cells: Sequence[Sequence[str]]
    header: tuple[str, ...]
    rest: str

    def rows(self, advisor: Advisor) -> Iterator[Row]:
        """The ideas, each read when it is asked for."""
        found = (_row(advisor, self.header, cells) for cells in self.cells)
        return (row for row in found if row is not None)


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a line with tabs, or between strokes; none of any other line."""
    cut = line.strip().strip("|").split("|") if _PIPED.match(line) else line.rstrip("\n").split("\t")
    cells = tuple(cell.strip() for cell in cut)
    return cells if len(cells) > 1 and sum(map(bool, cells)) > 1 else ()


def table_in(advisor: Advisor, text: str, header: tuple[str, ...] = ()) -> PastedTable | None:
    """The table in a text; None if it has none. `header`: that of rows that were sent before."""
    lines = [(line, cells_of(line)) for line in text.splitlines()]
    rows = [cells for _, cells in lines if cells]
    if not rows or (len(rows) == 1 and not header and not is_header(advisor, rows[0])):
        return None
    if is_header(advisor, rows[0]) and not (header and not _names_titles(advisor, rows[0])):
        header, *rows = rows
    return PastedTable(rows, header, "\n".join(line for line, cells in lines if not cells))


def is_header(advisor: Advisor, cells: Sequence[str]) -> bool:
    """Whether cells are headers: one is that of the titles or of the running numbers, and none is an amount."""
    phrases = advisor.catalogue.table
    numbered = fold(cells[0]) in folded(phrases["number"])  # "no" further on is an answer
    return (numbered or _names_titles(advisor, cells)) and not any(map(str.isdecimal, cells))


def _names_titles(advisor: Advisor, cells: Sequence[str]) -> bool:
    return any(fold(cell) in folded(advisor.catalogue.table["title"]) for cell in cells)


def _row(advisor: Advisor, header: Sequence[str], cells: Sequence[str]) -> Row | None:
    """One idea; None if a row has no title, as the line below a header ("---")."""
    at = _title_column(advisor, header, cells)
    if at is None or not _LETTERS.search(cells[at]):
        return None
    said: list[str] = []
    answers: dict[str, str] = {}
    for place, cell in enumerate(cells):
        name = header[place] if place < len(header) else ""
        empty = not fold(cell) or fold(cell) in folded(advisor.catalogue.table["empty"])
        if place == at or empty or _is_number(advisor, name, cell):
            continue
        said.append(f"{name}: {cell}" if name else cell)
        answers.update(_answers(advisor, name, cell))
    between = _BETWEEN if header else "\n"
    return Row("\n".join([cells[at], *([between.join(said)] if said else [])]), tuple(answers.items()))


def _title_column(advisor: Advisor, header: Sequence[str], cells: Sequence[str]) -> int | None:
    """The column of the title: by its header, else the first with words."""
    titles = folded(advisor.catalogue.table["title"])
    named = [place for place, name in enumerate(header[: len(cells)]) if fold(name) in titles]
    worded = [place for place, cell in enumerate(cells) if len(_LETTERS.findall(cell)) >= _FEWEST_LETTERS]
    return next(iter((*named, *worded)), None)


def _is_number(advisor: Advisor, name: str, cell: str) -> bool:
    """Whether a cell is a running number."""
    number = cell.strip(" .)#").isdecimal()
    return number and (not name or fold(name) in folded(advisor.catalogue.table["number"]))


def _answers(advisor: Advisor, name: str, cell: str) -> dict[str, str]:
    """The options that a cell surely gives to the question that its header names; an amount needs its unit there."""
    phrases, said = advisor.catalogue.table, fold(name)
    if not said or starts(said, phrases["others"]):
        return {}
    cell = _THOUSANDS.sub("", cell)
    if any(rate in f" {name.casefold()} " for rate in phrases["rates"]):
        return _sure(advisor, f"{cell} {name}", None)
    fillers = advisor.catalogue.phrases["change_fillers"]
    asked = [question for question in advisor.pack.questions if names_of(question, fillers).intersection(said)]
    if len(asked) != 1:
        return {}
    return {q: option for q, option in _sure(advisor, cell, asked[0].id).items() if q == asked[0].id}


def _sure(advisor: Advisor, text: str, asked: str | None) -> dict[str, str]:
    found = advisor.knowledge.typed_answers.answers(text, asked)
    return {answer.question: answer.option for answer in found if answer.certainty is Certainty.TAKE}
