"""A tolerant CSV reader: with or without a byte order mark, UTF-8 or Windows-1252, commas, semicolons or tabs.

Rows are read one at a time. A quote that is never closed spoils its own row, not the rest of the file.
"""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import BinaryIO

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHUNK = 1 << 16
_MAX_LINES, _FEWEST_LINES = 1000, 4
"""Most lines of one row. Each quote that is never closed halves them for the rows behind it, down to the fewest, so
that lines are not read again and again.
"""
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """The encoding, delimiter and line ends of a file."""

    encoding: str
    delimiter: str
    line_end: str


@dataclass(frozen=True, slots=True)
class Row:
    """Some cells, the line at which they begin (from 1), and what was wrong with them."""

    line: int
    cells: tuple[str, ...]
    problem: str | None = None


def detect_format(source: BinaryIO) -> CsvFormat:
    """Reads the file once and goes back to its start. What is not UTF-8 counts as Windows-1252."""
    start = source.read(_CHUNK)
    encoding = next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)
    if encoding is None:
        encoding = "utf-8" if _is_utf8(start, source) else "cp1252"
    source.seek(0)
    first = start.decode(encoding, "ignore").splitlines(keepends=True)[:1]
    head = _QUOTED.sub("", first[0]) if first else ""
    return CsvFormat(
        encoding=encoding, delimiter=max(",;\t", key=head.count), line_end="\r\n" if head.endswith("\r\n") else "\n"
    )


def _is_utf8(start: bytes, rest: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(start)
        while chunk := rest.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def open_text(source: BinaryIO, found: CsvFormat) -> TextIOWrapper:
    """The file as text; its line ends stay as they are."""
    return TextIOWrapper(source, found.encoding, errors="replace", newline="")


def read_rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """The rows, the header first; empty lines are no rows."""
    unread = iter(lines)
    waiting: deque[str] = deque()
    number, most = 1, _MAX_LINES
    while True:
        record = _RowLines(waiting, unread, most)
        cells, problem = _parse(record, delimiter)
        if not record.lines:
            return
        if problem is not None:
            waiting.extendleft(reversed(record.lines[1:]))
            record.lines = record.lines[:1]
            most = max(_FEWEST_LINES, most // 2)
        number += record.empty
        if cells:
            yield Row(number, tuple(cells), problem)
        number += len(record.lines)


@dataclass(eq=False, slots=True)
class _RowLines:
    """The lines of one row, handed out as long as the parser asks for more; `empty` is how many stood before it."""

    waiting: deque[str]
    unread: Iterator[str]
    most: int
    lines: list[str] = field(default_factory=list)
    empty: int = 0
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        while len(self.lines) < self.most:
            line = self.waiting.popleft() if self.waiting else next(self.unread, None)
            if line is None:
                break
            if not self.lines and not line.strip("\r\n"):
                self.empty += 1
                continue
            self.lines.append(line)
            yield line
        self.ended = True


def _parse(record: _RowLines, delimiter: str) -> tuple[list[str], str | None]:
    try:
        return next(csv.reader(record, delimiter=delimiter, strict=True), []), None
    except csv.Error:
        broken = record.ended or len(record.lines) > 1
    line = record.lines[0]
    try:
        cells = next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return [line.rstrip("\r\n")], f"A cell has more than {csv.field_size_limit()} characters. Shorten it."
    cells = [cell.rstrip("\r\n") for cell in cells]
    return cells, "A quote is opened and never closed. Close it, or write it twice." if broken else None
