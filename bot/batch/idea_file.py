"""A file of ideas that somebody sends: CSV with a column `text`, or plain text with an idea on each line.

The same reader as for `advisor triage FILE.csv`. What cannot be read is reported by line; the rest is used.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, TextIO

from bot.batch.csv_columns import BadFile, Columns
from bot.batch.csv_reader import CsvFormat, Row, detect_format, open_text, read_rows
from bot.batch.csv_triage import BadRow, given_answers
from dialogs.message import GivenIdea
from knowledge.pack import Pack, Question

MAX_BYTES = 256 * 1024
MAX_IDEAS = 200
"""Ideas of one file. Reading one takes some 4 ms; `advisor triage` has no limit."""

MAX_PROBLEMS = 10
"""Problems that are named; the others are counted."""

_MOST_ROWS = 500
"""Rows of a table that are looked at; the lines behind them are counted."""

_WORKBOOK = b"PK\x03\x04"
"""The first bytes of every zip file, and so of every workbook."""

_NO_WORKBOOK = "It is an Excel workbook. Save it as CSV UTF-8."

_MARK = re.compile(r"^\s*(?:(?:[-*•·–—▪◦‣]|\(?\d{1,3}[.)]|\[[ x]?\])\s+)+", re.IGNORECASE)
_TABLE = re.compile(r"\.(csv|tsv)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IdeaFile:
    """The content of a file: ideas, problems by line, and how many ideas were too many."""

    ideas: tuple[GivenIdea, ...]
    problems: tuple[str, ...]
    left_out: int


def check_size(size: int) -> None:
    """BadFile where a file is too long."""
    if size > MAX_BYTES:
        raise BadFile(f"It has {size // 1024} KB; I take up to {MAX_BYTES // 1024} KB.")


def read_idea_file(name: str, data: bytes, pack: Pack, check_time: Callable[[], None] = lambda: None) -> IdeaFile:
    """The ideas in a file. BadFile where it holds none that can be read.

    `check_time` is called for each row or line, and raises BadFile once that takes too long.
    """
    check_size(len(data))
    if data.startswith(_WORKBOOK):
        raise BadFile(_NO_WORKBOOK)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("It is no text. Send CSV, or plain text with an idea on each line.")
    problems: list[str] = []
    ideas: list[GivenIdea] = []
    left_out = 0
    for idea in _rows(data, pack, problems) if is_table(name, data) else _lines(data):
        check_time()
        if idea is None or len(ideas) == MAX_IDEAS:
            left_out += 1
        else:
            ideas.append(idea)
    if not ideas and not problems:
        raise BadFile("It is empty.")
    more = len(problems) - MAX_PROBLEMS
    counted = (f"{more} further lines have such problems.",) if more > 0 else ()
    return IdeaFile(tuple(ideas), (*problems[:MAX_PROBLEMS], *counted), left_out)


@dataclass(frozen=True, slots=True)
class Backlog:
    """An open table of ideas: its columns, its rows, which can be read once, and its format.

    `text` is what the rows are read from. It is held here, since its garbage collection would close the file.
    """

    columns: Columns
    rows: Iterator[Row]
    form: CsvFormat
    text: TextIO


def open_backlog(
    source: BinaryIO, questions: Sequence[Question], *, lines: bool = False, evidence: bool = False
) -> Backlog:
    """Reads the header; BadFile where the file as a whole cannot be used. `lines`: it has an idea on each line."""
    if source.read(len(_WORKBOOK)) == _WORKBOOK:
        raise BadFile(_NO_WORKBOOK)
    source.seek(0)
    if lines:
        source = _as_table(source)
    form = detect_format(source)
    text = open_text(source, form)
    rows = read_rows(text, form.delimiter)
    header = next(rows, None)
    return Backlog(Columns.of(header.cells if header else (), questions, evidence=evidence), rows, form, text)


def _as_table(source: BinaryIO) -> BinaryIO:
    """Plain text with an idea on each line, as CSV with a column `text`. The source is closed."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["text"])
    with open_text(source, detect_format(source)) as lines:
        writer.writerows([idea.text] for idea in _in_lines(lines))
    return io.BytesIO(sink.getvalue().encode())


def is_table(name: str, data: bytes) -> bool:
    """Whether it is CSV: by its name, or by a header with a column `text`, as in a pasted snippet."""
    if _TABLE.search(name):
        return True
    try:
        return open_backlog(io.BytesIO(data), ()).columns.given > 1
    except BadFile:
        return False


def _rows(data: bytes, pack: Pack, problems: list[str]) -> Iterator[GivenIdea | None]:
    """The ideas of a table; None for each line that is not looked at."""
    table = open_backlog(io.BytesIO(data), pack.questions)
    for row in islice(table.rows, _MOST_ROWS):
        try:
            text, given = given_answers(table.columns, row)
        except BadRow as error:
            problems.append(f"line {row.line}: {error}")
            continue
        if text:
            yield GivenIdea(text, tuple(given.items()))
    yield from (None for line in table.text if line.strip())


def _lines(data: bytes) -> Iterator[GivenIdea | None]:
    """The ideas of plain text; None for each line behind as many as are taken."""
    source = io.BytesIO(data)
    lines = open_text(source, detect_format(source))
    yield from islice(_in_lines(lines), MAX_IDEAS)
    yield from (None for line in lines if line.strip())


def _in_lines(lines: Iterable[str]) -> Iterator[GivenIdea]:
    for line in filter(str.strip, lines):
        text = _MARK.sub("", line).strip()
        if text:
            yield GivenIdea(text)
