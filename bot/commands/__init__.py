"""The `advisor` command. Each command is a module here; only the one that is called is imported.

Exit status: 0 good, 1 some input was bad, 2 wrong usage, 78 settings.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from bot.commands.argument_parser import parser

GOOD, BAD_INPUT, WRONG_USAGE, BAD_SETTINGS = 0, 1, 2, 78
_INTERRUPTED = 130

_GC_THRESHOLD = 1_000_000
"""Objects made and not freed before Python collects the youngest generation. What a command loads at first is kept:
scanning it again and again took a quarter of the processor time of a start.
"""


def main(words: Sequence[str] | None = None) -> int:
    gc.set_threshold(_GC_THRESHOLD)
    arguments = parser().parse_args(words)
    _open_streams()
    from bot.config.extras import ExtraMissing
    from bot.config.settings_checks import SettingsError
    from bot.storage.embedded_server import EmbeddedError
    from knowledge.problems import PackError

    try:
        command = import_module(f"bot.commands.{arguments.command.replace('-', '_')}")
        status: int = command.run(arguments, os.environ)
        sys.stdout.flush()
    except (SettingsError, ExtraMissing, EmbeddedError, PackError) as error:
        print(error, file=sys.stderr)
        return BAD_SETTINGS
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has closed it. The rest of the buffer must not raise a second error at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD_INPUT
    return status


def _open_streams() -> None:
    """Opens closed standard streams on the null device, and replaces characters that cannot be encoded or decoded."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
        getattr(sys, name).reconfigure(errors="replace")
