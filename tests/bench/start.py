"""How long it takes to be there, and how much memory it takes then; and a backlog from beginning to end."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.contestants import ADVISOR, Platforms
from tests.bench.figures import Figure
from tests.bench.people import IDEAS, TURNS, work
from tests.bench.processes import HOME, Cores

_IMPORTS = {"the interpreter alone": "", "what all channels need": "import bot.assembly",
            "Slack": "import bot.assembly, bot.slack.app", "Teams": "import bot.assembly, bot.teams.app",
            "the terminal": "import bot.assembly, bot.terminal.chat"}  # fmt: skip


async def start(tries: int) -> list[Figure]:
    """Imports, the time until `advisor serve` is ready, and `advisor ask`."""
    return [
        *_imports(tries),
        *await _ready("ready", "`serve`, both channels", tries, {}),
        *await _ready("bare", "the same without encoder", tries, {"ADVISOR_ENCODER": "/nonexistent"}),
        *_ask(tries),
    ]


def backlog(rows: int) -> list[Figure]:
    """`advisor triage` on a table of so many rows."""
    with tempfile.TemporaryDirectory() as state:
        table, out = Path(state) / "ideas.csv", Path(state) / "ranked.csv"
        with table.open("w", newline="") as file:
            csv.writer(file).writerows([["text"], *([IDEAS[n % len(IDEAS)].format(n=n)] for n in range(rows))])
        took, size = _run([*ADVISOR, "triage", str(table), "--output", str(out)], state)
    return [
        Figure(f"backlog-{rows}", f"`triage` of {rows} rows", "s", (took,), f"{rows / took:.0f} rows a second"),
        Figure(f"backlog-memory-{rows}", f"memory for {rows} rows, at most", "MB", (size,)),
    ]


def _imports(tries: int) -> list[Figure]:
    """By turns; the interpreter's own start is taken off from all but its own."""
    found: dict[str, list[float]] = {name: [] for name in _IMPORTS}
    for _ in range(tries):
        for name, code in _IMPORTS.items():
            found[name].append(_run([sys.executable, "-c", code])[0])
    first = next(iter(_IMPORTS))
    alone = median(found[first])
    return [
        Figure(f"import-{name}", f"to import: {name}", "s", tuple(one - alone * (name != first) for one in took))
        for name, took in found.items()
    ]


async def _ready(key: str, what: str, tries: int, more: dict[str, str]) -> list[Figure]:
    """Until /readyz says so; memory then, and once people have talked on both channels."""
    took, first, early, later = [], [], [], []
    platforms = Platforms()
    async with platforms.served():
        for number in range(tries):
            async with platforms.advisor(Cores.choose(), **more) as bot:
                took.append(bot.ready)
                early.append(bot.memory)
                for channel in ("slack", "teams"):
                    person = await platforms.asker(channel, bot.port)(number)
                    if channel == "slack":
                        began = time.perf_counter()
                        first.append(max(await person.turn()) - began)
                    for _ in range(TURNS + 1):
                        await work([person], 0)
                    person.close()
                later.append(bot.memory)
    return [
        Figure(f"{key}-time", f"{what}: until ready", "s", tuple(took)),
        Figure(f"{key}-first", f"{what}: then the first typed idea has its card", "s", tuple(first)),
        Figure(f"{key}-memory-early", f"{what}: memory then", "MB", tuple(early)),
        Figure(f"{key}-memory", f"{what}: memory after two conversations on each channel", "MB", tuple(later)),
    ]


def _ask(tries: int) -> list[Figure]:
    """In a new state folder each time, so that the first run has to fit what it answers with, and once more in it."""
    first, again = [], []
    for _ in range(tries):
        with tempfile.TemporaryDirectory() as state:
            first.append(_run([*ADVISOR, "ask", "What is RAG?"], state))
            again.append(_run([*ADVISOR, "ask", "What is RAG?"], state))
    return [
        Figure("ask-first", "`ask`, the first run of all", "s", tuple(took for took, _ in first)),
        Figure("ask", "`ask`, any later run", "s", tuple(took for took, _ in again)),
        Figure("ask-memory", "memory of `ask`, at most", "MB", tuple(size for _, size in again)),
    ]


_MEASURED = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""Starts a command and tells about it. What a large process starts counts as having been as large, so a small one
has to start it."""


def _run(command: list[str], state: str | None = None) -> tuple[float, float]:
    """Seconds, and the most that was resident in MB; RuntimeError where it fails."""
    given = {"HOME": state, "ADVISOR_STATE": state} if state else {}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command],
        cwd=HOME,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    took, size = map(float, done.stdout.split())
    return took, size / 1024
