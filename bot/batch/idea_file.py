"""A file of ideas that somebody sends: CSV with a column `text`, or plain text with an idea on each line.

The same reader as for `advisor triage FILE.csv`. What cannot be read is reported by line; the rest is used.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, TextIO

from bot.batch.csv_columns import BadBacklog, Columns
from bot.batch.csv_reader import detect_format, open_text, read_rows
from bot.batch.csv_triage import BadRow, given_answers
from dialogs.message import GivenIdea
from knowledge.pack import Pack

MAX_BYTES = 256 * 1024
MAX_IDEAS = 200
"""Ideas of one file. Reading one takes some 4 ms; `advisor triage` has no limit."""

MAX_PROBLEMS = 10
"""Problems that are named; the others are counted."""

_MOST_ROWS = 500
"""Rows of a table that are looked at; the lines behind them are counted."""

WORKBOOK = b"PK\x03\x04"
"""The first bytes of every zip file, and so of every workbook."""

_MARK = re.compile(r"^\s*(?:(?:[-*•·–—▪◦‣]|\(?\d{1,3}[.)]|\[[ x]?\])\s+)+", re.IGNORECASE)
_TABLE = re.compile(r"\.(csv|tsv)$", re.IGNORECASE)


class BadFile(ValueError):
    """A file that cannot be used; the message says what would be right."""


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
    if data.startswith(WORKBOOK):
        raise BadFile("It is an Excel workbook. Save it as CSV UTF-8.")
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


def lines_as_table(source: BinaryIO) -> BinaryIO:
    """Plain text with an idea on each line, as CSV with a column `text`. The source is closed."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["text"])
    with open_text(source, detect_format(source)) as lines:
        writer.writerows([idea.text] for idea in _in_lines(lines))
    return io.BytesIO(sink.getvalue().encode())


def is_table(name: str, data: bytes) -> bool:
    """Whether it is CSV: by its name, or by a header with a column `text`, as in a pasted snippet."""
    lines, delimiter = _opened(data)
    header = next(read_rows(lines, delimiter), None)
    names = [] if header is None else [cell.strip().casefold() for cell in header.cells]
    return bool(_TABLE.search(name)) or (len(names) > 1 and "text" in names)


def _opened(data: bytes) -> tuple[TextIO, str]:
    """The file as text, and what delimits its cells."""
    source = io.BytesIO(data)
    found = detect_format(source)
    return open_text(source, found), found.delimiter


def _rows(data: bytes, pack: Pack, problems: list[str]) -> Iterator[GivenIdea | None]:
    """The ideas of a table; None for each line that is not looked at."""
    lines, delimiter = _opened(data)
    table = read_rows(lines, delimiter)
    header = next(table, None)
    try:
        columns = Columns.of(header.cells if header else (), pack.questions)
    except BadBacklog as error:
        raise BadFile(str(error)) from None
    for row in islice(table, _MOST_ROWS):
        try:
            text, given = given_answers(columns, row)
        except BadRow as error:
            problems.append(f"line {row.line}: {error}")
            continue
        if text:
            yield GivenIdea(text, tuple(given.items()))
    yield from (None for line in lines if line.strip())


def _lines(data: bytes) -> Iterator[GivenIdea | None]:
    """The ideas of plain text; None for each line behind as many as are taken."""
    lines, _ = _opened(data)
    yield from islice(_in_lines(lines), MAX_IDEAS)
    yield from (None for line in lines if line.strip())


def _in_lines(lines: Iterable[str]) -> Iterator[GivenIdea]:
    for line in filter(str.strip, lines):
        text = _MARK.sub("", line).strip()
        if text:
            yield GivenIdea(text)
