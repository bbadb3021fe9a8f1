"""Runs the `advisor` command within this process: with the same words, settings, folder and streams as one of its own.

A process takes more than a second to start. What only a process can show (its streams, its end, what it imports) is
tested with `tests.bot.run`, and so is each command once.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile

import pytest

from bot import assembly
from bot.commands import ask, chat, main, mcp, serve, triage
from bot.commands import eval as evaluation
from bot.config.settings import Settings
from dialogs.advisor import Advisor
from tests.bot.run import environment
from tests.shipped import shipped


def opened(
    settings: Settings, today: date, tell: Callable[[str], None] | None = None
) -> tuple[Advisor, tuple[str, ...]]:
    """The advisor as it is shipped, which is open already; another one is opened."""
    if settings.pack is None and settings.encoder is None:
        return shipped(), ()
    return assembly.open_advisor(settings, today, tell)


@contextmanager
def logs_as_before() -> Iterator[None]:
    """What is configured of the logs within ends with it."""
    root, own = logging.getLogger(), logging.getLogger("bot")
    before = root.handlers[:], root.level, own.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    own.setLevel(before[2])


@contextmanager
def _stream(content: bytes = b"") -> Iterator[TextIOWrapper]:
    """A stream with a descriptor, as a shell gives it, at whose beginning this stands."""
    with TemporaryFile() as file, TextIOWrapper(file, encoding="utf-8", write_through=True) as stream:
        file.write(content)
        file.seek(0)
        yield stream


def _written(stream: TextIOWrapper) -> str:
    stream.buffer.seek(0)
    return stream.buffer.read().decode()


def in_process(folder: Path, *words: str, typed: str | bytes = "", **settings: str) -> CompletedProcess[str]:
    """As `advisor` of `tests.bot.run`."""
    content = typed.encode() if isinstance(typed, str) else typed
    with (
        _stream(content) as given,
        _stream() as out,
        _stream() as err,
        pytest.MonkeyPatch.context() as patched,
        logs_as_before(),
    ):
        wanted = environment(folder, **settings)
        for name in set(os.environ) - set(wanted):
            patched.delenv(name)
        for name, value in wanted.items():
            patched.setenv(name, value)
        patched.chdir(folder)
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            patched.setattr(sys, name, stream)
        for command in (ask, chat, evaluation, mcp, serve, triage):
            patched.setattr(command, "open_advisor", opened)
        try:
            status = main(words)
        except SystemExit as left:  # of the parser, where the words are wrong
            assert isinstance(left.code, int)
            status = left.code
        return CompletedProcess(words, status, _written(out), _written(err))
