"""`advisor serve`: the bot for every channel that the settings turn on."""

import asyncio
import ctypes
import gc
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from bot.assembly import open_advisor, open_application
from bot.commands.console import print_error
from bot.config import summary
from bot.config.settings import Settings
from bot.config.types import LogFormat
from bot.server import logs
from bot.server.app import BackgroundEnded, CannotListen, serve
from dialogs.advisor import Advisor

GC_THRESHOLD = 5_000
"""Objects that are made and not freed before Python looks for cycles among the newest: seven times its default."""


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Serves until it gets the signal to stop. 78 where no channel can be served, 1 where it cannot go on."""
    settings = Settings.from_environment(environment)
    logs.configure(settings.log_level, settings.log_text, as_json=settings.log_format is LogFormat.JSON)
    reason = settings.no_channel_reason()
    if reason is not None:
        print_error(reason)
        return 78
    advisor, warnings = open_advisor(settings, datetime.now(UTC).date(), print_error)
    for warning in (*settings.warnings, *warnings):
        print_error(f"Warning: {warning}")
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(_serve(settings, advisor, partial(_open, environment) if arguments.open else None))
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


async def _serve(settings: Settings, advisor: Advisor, show: Callable[[str], None] | None = None) -> None:
    async with open_application(settings, advisor) as app:
        freeze_objects()
        await serve(app, settings.host, settings.port, partial(_print_summary, settings, advisor, show), settings.drain)


def freeze_objects() -> None:
    """Takes what is loaded by now, and stays, out of the garbage collection: looking through it took an eighth of the
    processor time of all turns, and 60 ms at a stretch in which nobody was answered."""
    gc.collect()
    _trim_memory()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)


def _trim_memory() -> None:
    """Returns to the system what reading the pack allocated and is free by now: some MB."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _print_summary(settings: Settings, advisor: Advisor, show: Callable[[str], None] | None, address: str) -> None:
    """Prints what is on, what is off, and where to talk to it; then shows that, if it is to be shown."""
    print(f"The advisor is running: {advisor.pack.title} (pack {advisor.pack.id}, version {advisor.pack.version})")
    for channel in summary.channels(settings):
        print(channel)
    print(f"  Sessions        {summary.storage(settings)}")
    problem = _page_problem() if settings.playground else None
    if problem is not None:
        print(f"  Page            {problem}")
    print(f"Talk to it: {address}/" if settings.local_teams else f"It listens at {address}", flush=True)
    if show is not None and settings.playground and problem is None:
        show(f"{address}/")


def _page_problem() -> str | None:
    from bot.playground.page_build import problem

    return problem()


def _open(environment: Mapping[str, str], address: str) -> None:
    """Shows a page where somebody sits at a screen: a browser in a terminal would take that over."""
    at_screen = sys.platform == "darwin" or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if at_screen and not environment.get("SSH_CONNECTION"):
        webbrowser.open(address)
