"""How many of the advisor's own files a press passes, from the request until its reply is delivered and recorded.

A file counts where one of its functions begins; what dataclasses and named tuples generate belongs to no file. Needs
Python 3.12 or later, for `sys.monitoring`.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import on_slack, on_teams
from tests.bench.contestants import Platforms
from tests.bench.people import ROUND, answers
from tests.bench.processes import HOME, Cores, in_thread, running
from tests.bench.stores import standalone

_WATCHED = """
import os, signal, sys
from bot.commands import main
from bot.turns import redelivery
redelivery.INTERVAL = redelivery.OVERDUE_AFTER = 60
home, found = os.getcwd() + os.sep, set()
own = tuple(home + part + os.sep for part in ("bot", "dialogs", "knowledge"))
watch = sys.monitoring
watch.use_tool_id(watch.PROFILER_ID, "files")
def begun(code, offset):
    if code.co_filename.startswith(own):
        found.add(code.co_filename.removeprefix(home))
    return watch.DISABLE
def told(*_):
    with open(sys.argv[1], "a") as file:
        print(*sorted(found), file=file)
    found.clear()
    watch.restart_events()
watch.register_callback(watch.PROFILER_ID, watch.events.PY_START, begun)
watch.set_events(watch.PROFILER_ID, watch.events.PY_START)
signal.signal(signal.SIGUSR1, told)
sys.exit(main(["serve"]))
"""
"""The advisor, which at each signal adds a line with the files since the last; what it does by the clock is put off."""

_SETTLED = 0.3
"""Seconds from a reply until its delivery is recorded, with some to spare."""

_ROUNDS = 4
"""By different answers each; the first is not counted."""


def files_of_presses(*, named: bool = False) -> str:
    """A line for each platform and kind of press with the most files that one passed; with `named`, these as well."""
    lines = []
    for channel in ("slack", "teams"):
        for kind, passed in asyncio.run(_passed(channel)).items():
            lines += [f"{channel}: {kind}: {len(passed)} files", *(f"    {file}" for file in passed if named)]
    return "\n".join(lines)


async def _passed(channel: str) -> dict[str, list[str]]:
    """The files of the press that passes most, by its kind."""
    platforms, found = Platforms(), dict[str, list[str]]()
    with tempfile.TemporaryDirectory() as folder, standalone() as server:
        script, told = Path(folder) / "serve.py", Path(folder) / "told"
        script.write_text(_WATCHED)
        told.touch()
        environment = platforms.environment | {"PYTHONPATH": str(HOME), "REDIS_URL": server.url}
        started = running((sys.executable, str(script), str(told)), environment, Cores(None, None), path="/readyz")
        async with platforms.served(), in_thread(started) as bot:
            person = await platforms.asker(channel, bot.port, clicks_only=True)(0)
            assert isinstance(person, on_slack.Asker | on_teams.Asker)
            for turn in range(1 + ROUND * _ROUNDS):
                asked = answers(person.course.card)
                await person.turn()
                await asyncio.sleep(_SETTLED)
                passed = await asyncio.to_thread(_told, bot.pid, told)
                kind = "an answer" if answers(person.course.card) else "the answer that ends a round"
                if asked and turn > ROUND:
                    found[kind] = max(found.get(kind, []), passed, key=len)
    return found


def _told(pid: int, told: Path) -> list[str]:
    """The files since the last time."""
    before = len(told.read_text().splitlines())
    os.kill(pid, signal.SIGUSR1)
    while len(lines := told.read_text().splitlines()) == before:
        time.sleep(0.01)
    return lines[-1].split()
