"""The terminal itself: how wide it is, whether it shows emphasis, and lines typed with editing and history."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TextIO

from bot.terminal.text import Screen

_MAX_WIDTH = 96
_PROMPT = "> "


def detect_screen(output: TextIO, environment: Mapping[str, str]) -> Screen:
    """What text for this output may look like. A pipe gets plain, unwrapped lines; NO_COLOR is honoured."""
    if not output.isatty():
        return Screen()
    colour = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return Screen(min(shutil.get_terminal_size().columns, _MAX_WIDTH), colour)


def read_lines() -> Iterator[str]:
    """Lines from the keyboard until Ctrl-D or Ctrl-C."""
    with suppress(ImportError):
        import readline  # noqa: F401  merely importing it gives `input` editing and history
    while True:
        try:
            yield input(_PROMPT)
        except (EOFError, KeyboardInterrupt):
            print()
            return
