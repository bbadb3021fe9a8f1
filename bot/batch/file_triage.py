"""A backlog in a file, triaged row by row: what `advisor triage FILE` and a file dropped on the advisor share."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TextIO

from bot.batch.csv_columns import BadFile
from bot.batch.csv_reader import CsvFormat
from bot.batch.csv_triage import TriagedRow, triage_rows, write
from bot.batch.idea_file import Backlog, is_table, open_backlog
from knowledge.interfaces import Knowledge

MAX_ROWS = 2000
"""Rows of a file that comes back in a chat: some 8 s of processor time. `advisor triage` has no limit."""


@dataclass(frozen=True, slots=True)
class TriagedFile:
    """A file with its verdicts: its name, its bytes, how many rows it has, and the lines that could not be triaged."""

    name: str
    data: bytes
    rows: int
    bad: tuple[int, ...] = ()


def write_triaged(knowledge: Knowledge, backlog: Backlog, sink: TextIO) -> Iterator[TriagedRow]:
    """Triages each row and writes it as soon as it is triaged, in the file's format."""
    return write(backlog.columns, triage_rows(knowledge, backlog.columns, backlog.rows), backlog.form, sink)


def output_encoding(form: CsvFormat) -> str:
    """With a byte order mark, since spreadsheets need one to recognise UTF-8; UTF-8 without one stays without."""
    return "utf-8" if form.encoding == "utf-8" else "utf-8-sig"


def triage_file(name: str, data: bytes, knowledge: Knowledge) -> TriagedFile:
    """The file as it comes back. BadFile where it cannot be used."""

    def opened() -> Backlog:
        return open_backlog(io.BytesIO(data), knowledge.pack.questions, lines=not is_table(name, data))

    total = sum(1 for _ in opened().rows)
    if total > MAX_ROWS:
        raise BadFile(f"It has {total} rows; up to {MAX_ROWS} come back as a file. `advisor triage` takes any number.")
    backlog, sink = opened(), io.StringIO(newline="")
    bad = tuple(row.line for row in write_triaged(knowledge, backlog, sink) if row.bad)
    encoded = sink.getvalue().encode(output_encoding(backlog.form), "replace")
    return TriagedFile(f"{PurePath(name).stem or 'ideas'}-judged.csv", encoded, total, bad)
