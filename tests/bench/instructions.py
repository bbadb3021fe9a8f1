"""What a click costs in instructions, the advisor's beside that of Bolt's echo: valgrind counts them.

A count hardly depends on what else the machine does, so a change of a hundredth shows in one run. It knows nothing of
waiting, of the kernel and of Redis' own work, and takes every instruction for as dear as any other.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import which

from tests.bench.contestants import Platforms
from tests.bench.figures import Figure
from tests.bench.people import ROUND, Newcomer, Person, opened
from tests.bench.processes import Cores, in_thread, running
from tests.bench.stores import standalone

_TOOLS = ("valgrind", "callgrind_control")

_UNHURRIED = """
import sys
from bot.commands import main
from bot.slack import app
from bot.storage.redis_retries import Timeouts
from bot.turns import redelivery, service
Timeouts.__init__.__defaults__ = (60.0, 60.0, 60.0)
service.SAVE_TIMEOUT = app.CALL_TIMEOUT = redelivery.OVERDUE_AFTER = redelivery.INTERVAL = 60
sys.exit(main(["serve"]))
"""
"""The advisor with longer limits of time, since everything takes some fifty times as long here; what it does each
second would count for that, not for a click."""

_PATIENCE = 60.0
"""Seconds for an answer, and for a reply."""

_IN_FLIGHT = 4

_STARTS_WITHIN = 300.0


def missing_tools() -> str:
    """Why nothing can be counted on this machine; empty where it can."""
    absent = [tool for tool in _TOOLS if which(tool) is None]
    return f"No instructions are counted: {' and '.join(absent)} cannot be found." if absent else ""


async def instructions(conversations: int) -> list[Figure]:
    """Millions of instructions for a click on Slack, and how often the advisor's fit into the echo's.

    `conversations`: in how many they are counted, for each in flight; in each for two rounds of questions.
    """
    with standalone() as server:
        ours = await _counted((sys.executable, "-c", _UNHURRIED), {"REDIS_URL": server.url}, _asker, conversations)
    echo = (sys.executable, "-W", "ignore", "-m", "tests.bench.peers.slack", "defaults")
    theirs = await _counted(echo, {}, Platforms.presser, conversations)
    return [
        Figure("instructions-advisor", "Slack: the advisor, a click", "million instructions", (ours,)),
        Figure("instructions-echo", "Slack: Bolt echo, defaults, a click", "million instructions", (theirs,)),
        Figure("instructions-ratio", "the echo's beside the advisor's", "×", (theirs / ours,)),
    ]


def _asker(platforms: Platforms, port: int) -> Newcomer:
    return platforms.asker("slack", port, clicks_only=True)


async def _counted(
    command: Sequence[str], environment: Mapping[str, str], talks: Callable[[Platforms, int], Newcomer], many: int
) -> float:
    """Millions of instructions for a click of one bot, in `many` conversations for each in flight."""
    platforms = Platforms(patience=_PATIENCE)
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "counts"
        counting = ("valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={found}", *command)
        async with platforms.served():
            environment = {**platforms.environment, **environment}
            started = running(counting, environment, Cores(None, None), within=_STARTS_WITHIN)
            async with in_thread(started) as bot:
                newcomer = talks(platforms, bot.port)
                people = await asyncio.gather(*(opened(newcomer, one, many) for one in range(_IN_FLIGHT)))
                await _control(bot.pid, "--instr=on")
                await _press(people[:1], many * ROUND)  # valgrind translates the code now
                await _control(bot.pid, "--zero")
                await _press(people, many * ROUND * 2)
                await _control(bot.pid, "--instr=off")
        return total(found) / (_IN_FLIGHT * many * ROUND * 2 * 1e6)


async def _press(people: Sequence[Person], clicks: int) -> None:
    """So many clicks for each in flight."""

    async def one(person: Person) -> None:
        for _ in range(clicks):
            await person.turn()

    await asyncio.gather(*map(one, people))


async def _control(pid: int, word: str) -> None:
    """Tells valgrind what to do with its count; RuntimeError where that does not work out."""
    done = await asyncio.to_thread(
        subprocess.run, ["callgrind_control", word, str(pid)], capture_output=True, text=True
    )
    if done.returncode or "OK" not in done.stdout:
        raise RuntimeError(f"callgrind_control {word}: {done.stdout}{done.stderr}")


def total(counts: Path) -> int:
    """What was counted altogether, by the file that valgrind writes at the end. Its `summary` is wrong where the count
    was not on all the time."""
    return int(counts.read_text().rpartition("\ntotals: ")[2])
