"""Judging a file of CSV row by row: where it comes from, where it goes, how far it is."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.batch.csv_reader import Form, form, opened, rows
from bot.batch.csv_triage import BadBacklog, Columns, Judged, judge, write
from bot.commands.console import complain
from knowledge.interfaces import Knowledge

_SHOWN_EVERY = 50
_LINES_NAMED = 5
_WORKBOOK = b"PK\x03\x04"
"""How every zip file begins, which a workbook is."""


def judge_file(knowledge: Knowledge, file: Path, output: Path | None, *, evidence: bool = False) -> int:
    """Judges the rows of a file; `evidence` adds the words of each reading.

    0 when all were good, 1 where one was bad or the file could not be used.
    """
    try:
        with _source(file) as source:
            _refuse_workbook(source)
            found = form(source)
            table = rows(opened(source, found), found.delimiter)
            header = next(table, None)
            columns = Columns.of(header.cells if header else (), knowledge.pack.questions, evidence=evidence)
            with _sink(output, found) as sink, _progress(source) as progress:
                number, bad = _counted(write(columns, judge(knowledge, columns, table), found, sink), progress)
    except BadBacklog as error:
        complain(f"{file}: {error}")
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{error.filename or file}: {error.strerror}.")
    else:
        named = ", ".join(map(str, bad[:_LINES_NAMED])) + (", …" if len(bad) > _LINES_NAMED else "")
        complain(f"{number} rows" + (f", {len(bad)} of them could not be judged: line {named}." if bad else "."))
        return 1 if bad else 0
    return 1


def _refuse_workbook(source: BinaryIO) -> None:
    if source.read(len(_WORKBOOK)) == _WORKBOOK:
        raise BadBacklog("This is an Excel workbook. Save it as CSV UTF-8.")
    source.seek(0)


def _counted(judged: Iterator[Judged], progress: Callable[[int], None]) -> tuple[int, list[int]]:
    """How many rows there were, and the lines of the bad ones."""
    number, bad = 0, []
    for number, row in enumerate(judged, 1):
        if row.bad:
            bad.append(row.line)
        progress(number)
    return number, bad


@contextmanager
def _source(file: Path) -> Iterator[BinaryIO]:
    """The file, as something that can be read twice."""
    with file.open("rb") as source:
        if source.seekable():
            yield source
            return
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield copy


@contextmanager
def _sink(output: Path | None, found: Form) -> Iterator[TextIO]:
    """Where the rows go. A file appears under its name only when it is complete, so it may also be the one read."""
    # Spreadsheets take UTF-8 for an old encoding unless it begins with this mark.
    encoding = "utf-8" if found.encoding == "utf-8" else "utf-8-sig"
    if output is None or (output.exists() and not output.is_file()):
        target = sys.stdout.fileno() if output is None else output
        with open(target, "w", encoding=encoding, newline="", closefd=output is not None) as sink:
            yield sink
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding=encoding, newline="") as sink:
            yield sink
        part.replace(output)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


@contextmanager
def _progress(source: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Shows on a terminal how far the file is read."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    size = max(1, os.fstat(source.fileno()).st_size)

    def shown(number: int) -> None:
        if number % _SHOWN_EVERY == 0:
            done = min(1.0, source.tell() / size)
            bar = "#" * int(30 * done)
            print(f"\r[{bar:<30}] {done:4.0%} {number} rows ", end="", file=sys.stderr, flush=True)

    yield shown
    print("\r\x1b[K", end="", file=sys.stderr)
