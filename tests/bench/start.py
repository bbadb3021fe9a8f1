"""How long it takes to be there, and how much memory it takes then."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.on_slack import SECRET
from tests.bench.processes import HOME, Cores, running
from tests.bench.turns import ADVISOR, Platforms

_IDEA = "We want product descriptions in the tone of our brand"


def imports(tries: int) -> dict[str, float]:
    """Median seconds to import what each channel needs, in a process of its own, the interpreter's start included."""
    parts = {"(nothing)": "", "assembly": "import bot.assembly", "Slack": "import bot.assembly, bot.slack.channel",
             "Teams": "import bot.assembly, bot.teams.channel"}  # fmt: skip
    return {name: median(_run([sys.executable, "-c", code])[0] for _ in range(tries)) for name, code in parts.items()}


def ready(cores: Cores, tries: int, *, encoder: bool = True) -> list[tuple[float, float]]:
    """Seconds until both channels listen, and resident MB then."""
    none = {} if encoder else {"ADVISOR_ENCODER": "/nonexistent"}
    platforms, found = Platforms(), []
    environment = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET}
    for _ in range(tries):
        with running((*ADVISOR, "serve"), environment | platforms.environment | none, cores) as bot:
            found.append((bot.ready, bot.memory))
    return found


def ask(tries: int) -> list[tuple[float, float]]:
    """Seconds and largest resident MB of `advisor ask`, the fitted heads being there already."""
    with tempfile.TemporaryDirectory() as state:
        environment = {"PATH": os.environ["PATH"], "HOME": state, "ADVISOR_STATE": state}
        return [_run([*ADVISOR, "ask", "What is RAG?"], environment) for _ in range(tries + 1)][1:]


def backlog(rows: int) -> tuple[float, float]:
    """Seconds and largest resident MB of `advisor triage` for a table of so many rows."""
    with tempfile.TemporaryDirectory() as state:
        table, out = Path(state) / "ideas.csv", Path(state) / "ranked.csv"
        table.write_text("text\n" + "".join(f"{_IDEA} number {number}\n" for number in range(rows)))
        environment = {"PATH": os.environ["PATH"], "HOME": state, "ADVISOR_STATE": state}
        return _run([*ADVISOR, "triage", str(table), "--output", str(out)], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=HOME, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        assert process.stderr is not None
        raise RuntimeError(process.stderr.read().decode()[-500:])
    return took, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024
