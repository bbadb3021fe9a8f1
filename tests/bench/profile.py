"""Where a turn's time goes: the advisor under cProfile, one channel at a time."""

import asyncio
import io
import pstats
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.contestants import Platforms
from tests.bench.people import work
from tests.bench.processes import Cores, running

# In processor time: on a machine with other work to do, the clock on the wall tells of that.
_UNDER_PROFILE = """
import cProfile, sys, time
from bot.commands import main
profile = cProfile.Profile(time.process_time)
profile.runcall(main, ["serve"])
profile.dump_stats(sys.argv[1])
"""


def profile(
    channel: str, cores: Cores, seconds: float, *, clicks_only: bool = False, order: str = "tottime", lines: int = 45
) -> str:
    """The functions that take most of a turn on "slack" or "teams", as pstats prints them."""
    return asyncio.run(_profile(channel, cores, seconds, clicks_only, order, lines))


async def _profile(channel: str, cores: Cores, seconds: float, clicks_only: bool, order: str, lines: int) -> str:
    platforms = Platforms()
    with tempfile.TemporaryDirectory() as folder:
        script, found = Path(folder) / "serve.py", Path(folder) / "found"
        script.write_text(_UNDER_PROFILE)
        command = (sys.executable, str(script), str(found))
        async with platforms.served():
            stack = ExitStack()
            started = running(command, platforms.environment | {"PYTHONPATH": "."}, cores, path="/readyz")
            bot = await asyncio.to_thread(stack.enter_context, started)
            try:
                newcomer = platforms.asker(channel, bot.port, clicks_only=clicks_only)
                seen, _ = await work([await newcomer(number) for number in range(8)], seconds)
            finally:
                await asyncio.to_thread(stack.close)
        out = io.StringIO()
        stats = pstats.Stats(str(found), stream=out)
        stats.sort_stats(order).print_stats(lines)
        return f"{channel}: {len(seen.answered)} turns\n{out.getvalue()}"
