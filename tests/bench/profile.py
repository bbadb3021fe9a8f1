"""Where a turn's time goes: the advisor under cProfile, one channel at a time."""

import asyncio
import io
import pstats
import sys
import tempfile
from pathlib import Path

from tests.bench.people import work
from tests.bench.processes import Cores, running
from tests.bench.turns import Platforms

# In processor time: on a machine with other work to do, the clock on the wall tells of that.
_UNDER_PROFILE = """
import cProfile, sys, time
from bot.commands import main
profile = cProfile.Profile(time.process_time)
profile.runcall(main, ["serve"])
profile.dump_stats(sys.argv[1])
"""


def profile(channel: str, cores: Cores, seconds: float, order: str = "tottime", lines: int = 45) -> str:
    """The functions that take most of a turn on "slack" or "teams", as pstats prints them."""
    return asyncio.run(_profile(channel, cores, seconds, order, lines))


async def _profile(channel: str, cores: Cores, seconds: float, order: str, lines: int) -> str:
    platforms = Platforms()
    with tempfile.TemporaryDirectory() as folder:
        script, found = Path(folder) / "serve.py", Path(folder) / "found"
        script.write_text(_UNDER_PROFILE)
        command = (sys.executable, str(script), str(found))
        turns = 0
        async with platforms.served():
            bot = running(command, platforms.environment | {"PYTHONPATH": "."}, cores)
            started = await asyncio.to_thread(bot.__enter__)
            try:
                newcomer = {"slack": platforms.asker_on_slack, "teams": platforms.asker_in_teams}[channel](started)
                seen, _ = await work([await newcomer(number) for number in range(8)], seconds)
                turns = len(seen.answered)
            finally:
                await asyncio.to_thread(bot.__exit__, None, None, None)
        out = io.StringIO()
        stats = pstats.Stats(str(found), stream=out)
        stats.sort_stats(order).print_stats(lines)
        return f"{channel}: {turns} turns\n{out.getvalue()}"
