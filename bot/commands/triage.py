"""`advisor triage`: one idea, a backlog as CSV, or JSON Lines."""

import os
import shutil
import stat
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.assembly import open_advisor
from bot.batch import jsonl
from bot.batch.csv_columns import BadBacklog
from bot.batch.csv_reader import CsvFormat
from bot.batch.csv_triage import TriagedRow
from bot.batch.file_triage import open_backlog, output_encoding, write_triaged
from bot.commands.output import input_text, print_error, print_view
from bot.config.environment import read_settings
from bot.terminal.keyboard import detect_screen, read_lines
from bot.terminal.text import render_text
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor.executor import execute
from dialogs.executor.items import Told
from dialogs.flows.replay import open_question
from dialogs.form_submission import verdict_on_message
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.view import View
from dialogs.views import lay_out
from knowledge.interfaces import Knowledge

_PERSON = Person("terminal")
_PROGRESS_EVERY = 50
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
    if sys.stdin.isatty() and sys.stdout.isatty():
        _ask(_advisor(environment), text, environment)
    else:
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


def _start(advisor: Advisor, text: str) -> tuple[Conversation, View]:
    told = Told(Command(Kind.IDEA, value=text))
    turn = execute(advisor, Conversation.fresh(advisor.pack), _message(text), (told,))
    return turn.conversation, lay_out(advisor, turn.card, 0)


def _message(text: str) -> Message:
    now = time.time_ns()
    return Message(f"t{now}", _PERSON, now // 1_000_000_000, Typed(text))


def _ask(advisor: Advisor, text: str, environment: Mapping[str, str]) -> None:
    """Asks what the text does not say, then shows the result. Nothing of it is stored."""
    shown = detect_screen(sys.stdout, environment)
    conversation, view = _start(advisor, text)
    print(render_text(view, shown), end="\n\n")
    keyboard = read_lines()
    while open_question(advisor.pack, conversation) is not None:
        line = next(keyboard, None)
        if line is None:
            return
        turn = respond(advisor, conversation, _message(line))
        conversation = turn.conversation
        for replies in (turn.below, turn.card):
            if replies:
                print(render_text(lay_out(advisor, replies, conversation.revision), shown), end="\n\n")


def _triage_file(knowledge: Knowledge, file: Path, output: Path | None, *, evidence: bool = False) -> int:
    """Triages the rows of a file; `evidence` adds the words of each reading.

    0 when all were good, 1 where one was bad or the file could not be used.
    """
    try:
        with _source(file) as source:
            lines = file.suffix.casefold() == ".txt"
            backlog = open_backlog(source, knowledge.pack.questions, lines=lines, evidence=evidence)
            with _sink(output, backlog.form) as sink, _progress(source) as progress:
                number, bad = _count(write_triaged(knowledge, backlog, sink), progress)
    except BadBacklog as error:
        print_error(f"{file}: {error}")
    except BrokenPipeError:
        raise
    except OSError as error:
        print_error(f"{error.filename or file}: {error.strerror}.")
    else:
        named = ", ".join(map(str, bad[:_MAX_LINES_NAMED])) + (", …" if len(bad) > _MAX_LINES_NAMED else "")
        print_error(f"{number} rows" + (f", {len(bad)} of them could not be triaged: line {named}." if bad else "."))
        return 1 if bad else 0
    return 1


def _count(triaged: Iterator[TriagedRow], progress: Callable[[int], None]) -> tuple[int, list[int]]:
    """How many rows there were, and the lines of the bad ones."""
    number, bad = 0, []
    for number, row in enumerate(triaged, 1):
        if row.bad:
            bad.append(row.line)
        progress(number)
    return number, bad


@contextmanager
def _source(file: Path) -> Iterator[BinaryIO]:
    """The file, in a form that can be read twice."""
    with file.open("rb") as source:
        if source.seekable():
            yield source
            return
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield copy


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


@contextmanager
def _progress(source: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Shows on a terminal how far the file is read."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    size = max(1, os.fstat(source.fileno()).st_size)

    def shown(number: int) -> None:
        if number % _PROGRESS_EVERY == 0:
            done = min(1.0, source.tell() / size)
            bar = "#" * int(30 * done)
            print(f"\r[{bar:<30}] {done:4.0%} {number} rows ", end="", file=sys.stderr, flush=True)

    yield shown
    print("\r\x1b[K", end="", file=sys.stderr)
