"""`make bench`: all figures of one run on one machine. QUICK=1: fewer and shorter rounds, under two minutes.

Without arguments everything; else the parts that are named: turns, storage, start.
"""

import asyncio
import os
import sys
import tempfile
from datetime import date
from statistics import median

from bot.assembly import open_advisor
from bot.settings import Settings
from tests.bench import growth, report
from tests.bench import start as starting
from tests.bench import storage as store
from tests.bench.processes import Cores, keep_to
from tests.bench.turns import Platforms, dialogs_python, rounds


def turns(quick: bool) -> str:
    """Whole turns beside the peers'."""
    cores = Cores.choose()
    keep_to(os.getpid(), cores.rest)
    rows = asyncio.run(rounds(Platforms(), cores, 2 if quick else 5, 1.5 if quick else 4.0))
    left_out = (
        "" if dialogs_python() else "\nbotbuilder-dialogs is not installed, so the choice prompts are left out.\n"
    )
    return report.turns(rows) + left_out


def storage(quick: bool) -> str:
    """What a turn costs the server, and whether anything grows."""
    cores = Cores.choose()
    settings = Settings.from_environment({"ADVISOR_STATE": tempfile.mkdtemp(prefix="advisor-bench-")})
    advisor, _ = open_advisor(settings, date.today())
    short, long = growth.thread(advisor, 50), growth.thread(advisor, 500)
    lines: list[tuple[object, object]] = []
    for channel in ("slack", "teams"):
        found = asyncio.run(store.per_turn(channel, cores, 1.5 if quick else 5.0))
        names = ", ".join(f"{name} {calls:.2f}" for name, calls in sorted(found.commands.items()) if calls >= 0.05)
        lines.append((f"{channel}: calls a turn, within scripts as well", names))
        lines.append(
            (
                f"{channel}: bytes of a conversation, median and largest",
                f"{median(found.stored):.0f}, {max(found.stored)}",
            )
        )
    lines.append(
        ("bytes at message 50, at message 500", f"{store.size(short.conversation)}, {store.size(long.conversation)}")
    )
    lines.append(("ms of a turn at message 5, at message 500", f"{long.early:.3f}, {long.late:.3f}"))
    counts = (1_000, 100_000) if quick else (1_000, 100_000, 1_000_000)
    for count, took in asyncio.run(store.latency(counts, short.conversation.to_json())).items():
        lines.append((f"ms of load, save and mark with {count} conversations stored", f"{took:.3f}"))
    return report.table(("storage", "figure"), lines)


def start(quick: bool) -> str:
    """Time and memory until it is there."""
    tries = 3 if quick else 7
    rows: list[tuple[object, object]] = [
        (f"s to import: {name}", f"{took:.2f}") for name, took in starting.imports(tries).items()
    ]
    cores = Cores.choose()
    for what, found in (
        ("`serve`, both channels, ready", starting.ready(cores, tries)),
        ("the same without encoder", starting.ready(cores, tries, encoder=False)),
        ("`ask`", starting.ask(tries)),
    ):
        rows.append((f"s: {what}", report.spread([took for took, _ in found], 2)))
        rows.append((f"MB: {what}", report.spread([size for _, size in found], 0)))
    took, size = starting.backlog(1_000)
    rows.append(("s, MB: `triage` of 1000 rows", f"{took:.1f}, {size:.0f}"))
    return report.table(("start", "figure"), rows)


PARTS = {"turns": turns, "storage": storage, "start": start}


def main(words: list[str]) -> int:
    """Runs the parts; 1 where a bot gave a bad answer."""
    quick = bool(os.environ.get("QUICK"))
    for name in words or PARTS:
        print(PARTS[name](quick), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
