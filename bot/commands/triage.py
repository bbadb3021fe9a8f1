"""`advisor triage`: one idea, a backlog as CSV, or JSON Lines."""

import io
import os
import stat
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TextIO

from bot.assembly import open_advisor
from bot.batch import jsonl
from bot.batch.csv_columns import BadFile
from bot.batch.csv_reader import CsvFormat
from bot.batch.file_triage import output_encoding, write_triaged
from bot.batch.idea_file import open_backlog
from bot.commands.output import input_text, print_error, print_view
from bot.config.environment import read_settings
from dialogs.advisor import Advisor
from dialogs.form_submission import verdict_on_message
from knowledge.interfaces import Knowledge

_MAX_LINES_NAMED = 5


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Triages an idea, a file, or every line of the input."""
    if arguments.jsonl and (arguments.what or arguments.output):
        print_error("--jsonl reads from standard input and writes to standard output: give neither X nor --output.")
        return 2
    file = None if arguments.jsonl or arguments.what is None else _file(arguments.what)
    if arguments.output and file is None:
        print_error("--output belongs to a file of CSV. Usage: advisor triage FILE.csv --output OUT.csv")
        return 2
    if arguments.jsonl:
        knowledge, today = _advisor(environment).knowledge, datetime.now(UTC).date()
        good = jsonl.answer_lines(
            sys.stdin.buffer,
            sys.stdout.buffer,
            partial(jsonl.triage_idea, knowledge, today=today, evidence=arguments.evidence),
        )
        return 0 if good else 1
    if file is not None:
        return _triage_file(_advisor(environment).knowledge, file, arguments.output, evidence=arguments.evidence)
    text = input_text([arguments.what] if arguments.what else [], "advisor triage TEXT, or advisor triage FILE.csv")
    if text is None:
        return 2
    print_view(verdict_on_message(_advisor(environment), text, int(time.time())).view, environment)
    return 0


def _advisor(environment: Mapping[str, str]) -> Advisor:
    advisor, _ = open_advisor(read_settings(environment), datetime.now(UTC).date(), print_error)
    return advisor


def _file(what: str) -> Path | None:
    """The file that is meant; None where it is text."""
    path = Path(what)
    try:
        there = not stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):  # too long for a file name, or with characters that none may have: a text
        there = False
    return path if there or what.endswith(".csv") else None


def _triage_file(knowledge: Knowledge, file: Path, output: Path | None, *, evidence: bool = False) -> int:
    """Triages the rows of a file; `evidence` adds the words of each reading.

    0 when all were good, 1 where one was bad or the file could not be used.
    """
    try:
        source, lines = io.BytesIO(file.read_bytes()), file.suffix.casefold() == ".txt"
        backlog = open_backlog(source, knowledge.pack.questions, lines=lines, evidence=evidence)
        with _sink(output, backlog.form) as sink:
            triaged = [row.line if row.bad else None for row in write_triaged(knowledge, backlog, sink)]
    except BadFile as error:
        print_error(f"{file}: {error}")
    except BrokenPipeError:
        raise
    except OSError as error:
        print_error(f"{error.filename or file}: {error.strerror}.")
    else:
        bad = [line for line in triaged if line is not None]
        named = ", ".join(map(str, bad[:_MAX_LINES_NAMED])) + (", …" if len(bad) > _MAX_LINES_NAMED else "")
        print_error(
            f"{len(triaged)} rows" + (f", {len(bad)} of them could not be triaged: line {named}." if bad else ".")
        )
        return 1 if bad else 0
    return 1


@contextmanager
def _sink(output: Path | None, found: CsvFormat) -> Iterator[TextIO]:
    """Where rows are written. A file gets its name only once it is complete, so it may also be the one being read."""
    encoding = output_encoding(found)
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
