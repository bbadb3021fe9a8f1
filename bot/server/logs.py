"""Logs for operators: one event a line on standard error, no people's ids, and no message text by default.

Exceptions and the SDKs' own records may quote what people wrote, so by default only their kind and place are written.
"""

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from typing import TextIO

LOGGER = "bot"
"""Records of this logger and those below it are written from the chosen level on; all others from WARNING on."""

_QUOTING = ("slack_bolt", "slack_sdk", "botbuilder", "botframework", "msrest", "msal")
"""Libraries whose records quote bodies of requests."""

_LOOP = "asyncio"
"""The event loop's logger. The first line of its records says what happened; those below quote tasks and exceptions."""

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_MAX_FRAMES = 6


def configure(level: str, with_text: bool, stream: TextIO | None = None, *, as_json: bool = False) -> None:
    """Sets up logging for the whole process. `level`: DEBUG, INFO, WARNING or ERROR, for the advisor's own records.

    `as_json`: an object a line rather than a line of text.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(with_text) if as_json else OneLineFormatter(with_text))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level if with_text else logging.WARNING)
    logging.getLogger(LOGGER).setLevel(level)
    # What Python prints itself has the exception's text, and takes several lines.
    threading.excepthook = lambda thread: _log_unexpected("a thread ends after an unexpected error", thread.exc_value)
    sys.unraisablehook = lambda found: _log_unexpected("an unexpected error where nothing catches one", found.exc_value)
    if as_json:
        logging.captureWarnings(True)
        logging.raiseExceptions = False  # a line that cannot be written would be told in another line, without end
        sys.excepthook = lambda _kind, error, _place: _log_unexpected("the process ends after this error", error)
        sys.stdout, sys.stderr = _Lines(logging.INFO), _Lines(logging.WARNING)


def _log_unexpected(what: str, error: BaseException | None) -> None:
    logging.getLogger(LOGGER).critical(what, exc_info=error)


class _Lines(io.TextIOBase):
    """A stream whose lines are records: what is printed is JSON as well."""

    def __init__(self, level: int) -> None:
        self._level = level
        self._begun = ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in filter(None, lines):
            logging.getLogger(LOGGER).log(self._level, "%s", line)
        return len(text)


class OneLineFormatter(logging.Formatter):
    """`2026-11-24T09:15:02Z INFO bot.turns.service: message`, whatever the message and the exception contain."""

    def __init__(self, with_text: bool) -> None:
        super().__init__()
        self._with_text = with_text

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line."""
        parts = [f"{_time(record)} {record.levelname} {record.name}: {self._message(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(self._exception(record.exc_info[1]))
        return _BREAKS.sub(" ", " | ".join(parts))

    def _message(self, record: logging.LogRecord) -> str:
        if not self._with_text and record.name.split(".")[0] in _QUOTING:
            return f"a message from line {record.lineno} of {record.module}; ADVISOR_LOG_TEXT=true shows it"
        if not self._with_text and record.name == _LOOP:
            return record.getMessage().partition("\n")[0]
        return record.getMessage()

    def _exception(self, error: BaseException) -> str:
        said = f": {error}" if self._with_text else ""
        return " caused by ".join(f"{type(one).__qualname__}{said} at {_place(one)}" for one in _causes(error))


class JsonFormatter(OneLineFormatter):
    """`{"time", "level", "logger", "message"}`, and `"error"` where there was one: the same words, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one object in one line."""
        found = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self._message(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            found["error"] = self._exception(record.exc_info[1])
        return json.dumps(found)


def _time(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _place(error: BaseException) -> str:
    """The last calls that led to an exception, the innermost first."""
    frames = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in walk_tb(error.__traceback__)]
    return " < ".join(reversed(frames[-_MAX_FRAMES:])) or "?"
