"""The terminal: its width, whether it shows emphasis, and lines typed with editing and history."""

import select
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TextIO

from bot.terminal.text import Screen

_MAX_WIDTH = 96
_PROMPT = "> "
_PASTE_PAUSE = 0.03
"""Seconds between lines of one paste, at most."""


def detect_screen(output: TextIO, environment: Mapping[str, str]) -> Screen:
    """The text format for this output. A pipe gets plain, unwrapped lines; NO_COLOR is honoured."""
    if not output.isatty():
        return Screen()
    colour = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return Screen(min(shutil.get_terminal_size().columns, _MAX_WIDTH), colour)


def read_lines() -> Iterator[str]:
    """Messages from the keyboard until Ctrl-D or Ctrl-C: a line each, and a pasted block of lines as one."""
    with suppress(ImportError):
        import readline  # gives `input` editing and history

        # The terminal then marks what is pasted, and its line ends do not end the message.
        readline.parse_and_bind("set enable-bracketed-paste on")
    while True:
        try:
            lines = [input(_PROMPT)]
            # A terminal that marks nothing sends all lines at once.
            while _more_is_there():
                lines.append(input())
            yield "\n".join(lines)
        except (EOFError, KeyboardInterrupt):
            print()
            return


def _more_is_there() -> bool:
    """Whether another whole line arrives faster than anybody can type."""
    return bool(select.select([sys.stdin], [], [], _PASTE_PAUSE)[0])
