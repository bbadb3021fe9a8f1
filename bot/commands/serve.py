"""`advisor serve`: the bot for every channel that the settings turn on."""

import asyncio
import ctypes
import gc
import secrets
import socket
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from bot.assembly import open_advisor, open_application
from bot.commands.output import print_error
from bot.config import summary
from bot.config.environment import check_settings
from bot.config.setting_types import LogFormat
from bot.config.settings import Settings
from bot.server import logs
from bot.server.app import BackgroundEnded, CannotListen, serve
from bot.server.local_token import QUERY
from dialogs.advisor import Advisor

TOKEN_BYTES = 24
"""Random bytes in a local token."""

OLLAMA = 11434
"""The port on which Ollama listens, unless it is told otherwise."""

GC_THRESHOLD = 5_000
"""Objects made and not freed before Python collects the youngest generation: seven times the default."""

_SWITCH_INTERVAL = 0.001
"""Seconds for which a thread that reads a text keeps the event loop waiting, each time that this wants to go on."""


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Serves until it gets the signal to stop. 78 where no channel can be served, 1 where it cannot go on."""
    chosen, mistakes = check_settings(environment)
    logs.configure(chosen.log_level, chosen.log_text, as_json=chosen.log_format is LogFormat.JSON)
    if mistakes:
        raise mistakes[0]
    settings = chosen.with_local_token(partial(secrets.token_urlsafe, TOKEN_BYTES))
    reason = settings.no_channel_reason()
    if reason is not None:
        print_error(reason)
        return 78
    advisor, warnings = open_advisor(settings, datetime.now(UTC).date(), print_error)
    for warning in (*settings.warnings, *warnings):
        print_error(f"Warning: {warning}")
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            show = partial(open_browser, environment) if arguments.open else None
            runner.run(_serve(settings, advisor, printed=chosen.local_token is None, show=show))
    except CannotListen as error:
        print_error(str(error))
        return 78
    except BackgroundEnded as error:
        print_error(str(error))
        return 1
    return 0


def new_event_loop() -> asyncio.AbstractEventLoop:
    """uvloop's, and Python's own where that does not exist (Windows)."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _serve(settings: Settings, advisor: Advisor, printed: bool, show: Callable[[str], None] | None) -> None:
    """`printed`: the local token was made here, so the address is printed with it."""

    def started(address: str) -> None:
        _print_summary(settings, advisor, address, printed, show)

    async with open_application(settings, advisor) as app:
        freeze_objects()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        await serve(app, settings.host, settings.port, started, settings.drain)


def freeze_objects() -> None:
    """Excludes what is loaded by now from garbage collection. Scanning it took an eighth of the processor time of all
    turns, in pauses of 60 ms. It holds no garbage worth a last collection, which takes a tenth of a second."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)  # some MB that reading the pack allocated go back to the system
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)


def _print_summary(
    settings: Settings, advisor: Advisor, address: str, printed: bool, show: Callable[[str], None] | None
) -> None:
    """Prints each channel, on or off, and the address; then `show` opens the playground, if both are there."""
    print(f"The advisor is running: {advisor.pack.title} (pack {advisor.pack.id}, version {advisor.pack.version})")
    for channel in summary.channels(settings):
        print(channel)
    print(f"  Sessions        {summary.storage(settings)}")
    print(f"  Model           {_listener(settings, advisor)}")
    if not settings.local_mode or settings.local_token is None:
        print(f"It listens at {address}", flush=True)
        return
    from bot.playground.page_build import problem as page_problem

    problem = page_problem()
    if problem is not None:
        print(f"  Page            {problem}")
    secret = settings.local_token.get_secret_value()
    token = secret if printed else "$ADVISOR_LOCAL_TOKEN"
    print(f"Talk to it: {address}/?{QUERY}={token}", flush=True)
    if show is not None and problem is None:
        show(f"{address}/?{QUERY}={secret}")


def _listener(settings: Settings, advisor: Advisor) -> str:
    """Which language model listens along, or whether one on this machine could."""
    if advisor.listener:
        return f"{advisor.listener} listens along{' and words answers' if advisor.speaks else ''}"
    if settings.local_mode:
        with suppress(OSError), socket.create_connection(("127.0.0.1", OLLAMA), timeout=0.2):
            return f"none; Ollama runs here: ADVISOR_MODEL_URL=http://127.0.0.1:{OLLAMA}/v1, see docs/model.md"
    return "none; one of your own could listen along, see docs/model.md"


def open_browser(environment: Mapping[str, str], address: str) -> None:
    """Shows a page where somebody sits at a screen: a browser in a terminal would take that over."""
    at_screen = sys.platform == "darwin" or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if at_screen and not environment.get("SSH_CONNECTION"):
        webbrowser.open(address)
