"""Input and output that several commands share."""

import sys
from collections.abc import Mapping, Sequence

from bot.terminal.keyboard import detect_screen
from bot.terminal.text import render_text
from dialogs.view import View


def input_text(words: Sequence[str], usage: str) -> str | None:
    """The words after a command, or the piped input; None, after printing the usage, if there is neither."""
    given = " ".join(words) if words or sys.stdin.isatty() else sys.stdin.read()
    if given.strip():
        return given
    print_error(f"Nothing was given. Usage: {usage}")
    return None


def print_error(message: str) -> None:
    """Prints what is wrong, apart from the results."""
    print(message, file=sys.stderr)


def print_view(view: View, environment: Mapping[str, str]) -> None:
    """Prints a view without its buttons."""
    print(render_text(view.without_buttons(), detect_screen(sys.stdout, environment)))
