"""Where a turn's time goes: the advisor under cProfile, one channel at a time."""

import asyncio
import io
import os
import pstats
import signal
import sys
import sysconfig
import tempfile
from pathlib import Path

from tests.bench.contestants import Platforms
from tests.bench.people import work
from tests.bench.processes import HOME, Cores, in_thread, running

# In processor time: on a machine with other work to do, the clock on the wall tells of that. From a signal on, so that
# the start does not count.
_UNDER_PROFILE = """
import cProfile, signal, sys, time
from bot.commands import main
profile = cProfile.Profile(time.process_time)
signal.signal(signal.SIGUSR1, lambda *_: profile.enable())
try:
    main(["serve"])
finally:
    profile.disable()
    profile.dump_stats(sys.argv[1])
"""

_WARM_UP = 2.0
_PEOPLE = 8
_LINES = 40


def profile(channel: str, cores: Cores, seconds: float, *, clicks_only: bool = False) -> str:
    """The functions that take most of a turn on "slack" or "teams", by themselves and with all that they call."""
    return asyncio.run(_profile(channel, cores, seconds, clicks_only))


async def _profile(channel: str, cores: Cores, seconds: float, clicks_only: bool) -> str:
    platforms = Platforms()
    with tempfile.TemporaryDirectory() as folder:
        script, found = Path(folder) / "serve.py", Path(folder) / "found"
        script.write_text(_UNDER_PROFILE)
        command = (sys.executable, str(script), str(found))
        async with platforms.served():
            environment = platforms.environment | {"PYTHONPATH": "."}
            async with in_thread(running(command, environment, cores, path="/readyz")) as bot:
                newcomer = platforms.asker(channel, bot.port, clicks_only=clicks_only)
                people = [await newcomer(number) for number in range(_PEOPLE)]
                await work(people, _WARM_UP)
                os.kill(bot.pid, signal.SIGUSR1)
                seen, _ = await work(people, seconds)
        return _said(found, channel, len(seen.answered))


def _said(found: Path, channel: str, turns: int) -> str:
    out = io.StringIO()
    stats = pstats.Stats(str(found), stream=out)
    stats.sort_stats("tottime").print_stats(_LINES)
    stats.sort_stats("cumtime").print_stats(_LINES)
    text = out.getvalue()
    for folder in (str(HOME), sysconfig.get_path("purelib"), sysconfig.get_path("stdlib")):
        text = text.replace(f"{folder}/", "")
    return f"{channel}: {turns} turns; times in seconds for all of them\n{text}"
