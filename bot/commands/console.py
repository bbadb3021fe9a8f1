"""What several commands do with the terminal they were started from."""

import sys
from collections.abc import Mapping, Sequence

from bot.terminal.keyboard import screen
from bot.terminal.text import text
from dialogs.view import View


def given_text(words: Sequence[str], usage: str) -> str | None:
    """The words after a command, or else what is piped in; None, after saying how it goes, where there is neither."""
    given = " ".join(words) if words or sys.stdin.isatty() else sys.stdin.read()
    if given.strip():
        return given
    complain(f"Nothing was given. Usage: {usage}")
    return None


def complain(message: str) -> None:
    """Says what is wrong, apart from the results."""
    print(message, file=sys.stderr)


def print_view(view: View, environment: Mapping[str, str]) -> None:
    """Shows a view in which nothing can be pressed."""
    print(text(view.without_buttons(), screen(sys.stdout, environment)))
