"""Triage of a backlog of ideas as CSV: every row in, one row out, in the same order, one by one.

Columns: `text`, and optionally one named after each question, with an option's id or one of its usual words. Other
columns are kept. A row that cannot be triaged keeps its cells and says why in `error`; a row without text is left
without a verdict, and so is one in which too little is said: `ask` then names the question to begin with. What a
spreadsheet would take for a formula gets an apostrophe in front, in cells that are kept as well.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from bot.batch.csv_columns import EVIDENCE, Columns
from bot.batch.csv_reader import CsvFormat, Row
from dialogs.ideas.triage import triage
from dialogs.spreadsheet import escape_formula
from knowledge.interfaces import Knowledge
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import parse_answer


class BadRow(ValueError):
    """A row that cannot be triaged; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class TriagedRow:
    """One row of the output. `line` is where it began in the input; `bad` when it could not be triaged."""

    line: int
    cells: tuple[str, ...]
    bad: bool


def triage_rows(knowledge: Knowledge, columns: Columns, rows: Iterable[Row]) -> Iterator[TriagedRow]:
    for row in rows:
        try:
            found, bad = _triage(knowledge, columns, row), False
        except BadRow as problem:
            found, bad = {"error": f"line {row.line}: {problem}"}, True
        yield TriagedRow(row.line, _output_cells(columns, row, found), bad)


def given_answers(columns: Columns, row: Row) -> tuple[str, Mapping[str, str]]:
    """The text of a row, and the answers in its other columns; BadRow where one is no option."""
    if row.problem is not None:
        raise BadRow(row.problem)
    if len(row.cells) > columns.given:
        raise BadRow(f"{len(row.cells)} cells under {columns.given} columns. Put a text that has commas in quotes.")
    given = {
        question.id: _option(question, row.cells[at].strip())
        for at, question in columns.questions.items()
        if at < len(row.cells) and row.cells[at].strip()
    }
    return row.cells[columns.text].strip() if columns.text < len(row.cells) else "", given


def _triage(knowledge: Knowledge, columns: Columns, row: Row) -> Mapping[str, str]:
    text, given = given_answers(columns, row)
    if not text:
        return {}
    found = triage(knowledge, text, given)
    judged = found.judged
    return {
        "verdict": "" if judged.verdict is None else judged.verdict.id,
        "strength": "" if judged.verdict is None else f"{judged.strength:.2f}",
        "scenario": found.scenario.id or "",
        "passage": found.passage or "",
        "missing": ", ".join([question.id for question in judged.missing]),
        "ask": "" if judged.ask is None else judged.ask.id,
        EVIDENCE: "; ".join([f"{question}: {r.option} (“{r.evidence}”)" for question, r in found.readings.items()]),
    }


def _option(question: Question, cell: str) -> str:
    """The option that a cell names. A bare number names none: it may be a count as well as a place in a list."""
    known = [option.id for option in question.options]
    if cell.casefold() in known:
        return cell.casefold()
    fitting = parse_answer(question, cell)
    if cell.isdigit() or not fitting.exact or len(fitting.options) != 1:
        raise BadRow(f"“{cell}” is no option of `{question.id}`. Known: {', '.join(known)}.")
    return fitting.options[0]


def _output_cells(columns: Columns, row: Row, found: Mapping[str, str]) -> tuple[str, ...]:
    """The row's own cells, ours in their columns, and last the cells that have no column."""
    cells = [*row.cells[: columns.given], *[""] * (len(columns.header) - len(row.cells[: columns.given]))]
    for name, at in columns.added.items():
        cells[at] = found.get(name, "")
    return (*cells, *row.cells[columns.given :])


def write(columns: Columns, triaged: Iterable[TriagedRow], form: CsvFormat, sink: TextIO) -> Iterator[TriagedRow]:
    """Writes the header, then each row as soon as it is triaged, in the input's format."""
    writer = csv.writer(sink, delimiter=form.delimiter, lineterminator=form.line_end)
    writer.writerow([escape_formula(name, form.delimiter) for name in columns.header])
    for row in triaged:
        writer.writerow([escape_formula(cell, form.delimiter) for cell in row.cells])
        sink.flush()
        yield row
