"""`make bench`: all figures of one run on one machine, as tables, and in build/bench.json.

`python -m tests.bench [PART...]` measures the named parts, without a name all of them:
turns, clicks, instructions, storage, latency, threads, replicas, start, backlog, boards, mcp.
QUICK=1: fewer and shorter rounds, and no million of conversations. LONG=1: a backlog of 100,000 rows as well.

`python -m tests.bench doc [FILE]` takes the figures of a run over into docs/benchmarks.json, and writes the tables and
the chart of docs/benchmarks.md from there. `python -m tests.bench profile slack|teams [clicks]` shows where time goes.
`python -m tests.bench files [named]` counts, and names, the files that a press or a command passes.
`python -m tests.bench against FOLDER [clicks]` compares turns with those of another checkout, by turns.
"""

import asyncio
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.bench import aims, document, figures, report
from tests.bench.against import against
from tests.bench.boards import boards
from tests.bench.clicks import clicks
from tests.bench.contestants import dialogs_python
from tests.bench.figures import About, Figure, Part, Row
from tests.bench.files import files_of_commands, files_of_presses
from tests.bench.growth import advisor, thread
from tests.bench.instructions import instructions, missing_tools
from tests.bench.latency import latency
from tests.bench.mcp_calls import mcp_calls
from tests.bench.processes import Cores, machine
from tests.bench.profile import profile
from tests.bench.replicas import replicas
from tests.bench.start import backlog, start
from tests.bench.storage import storage
from tests.bench.threads import threads
from tests.bench.turns import rounds
from tests.shipped import shipped

Found = tuple[list[Row], list[Figure]]


def _turns(form: str) -> Found:
    if dialogs_python() is None:
        print("botbuilder-dialogs is not installed: the choice prompts are left out.", file=sys.stderr)
    return asyncio.run(rounds(*((2, 1.5) if form == "quick" else (5, 4.0)))), []


def _clicks(form: str) -> Found:
    return clicks(4 if form == "quick" else 12, 2.0)


def _instructions(form: str) -> Found:
    if reason := missing_tools():
        print(reason, file=sys.stderr)
        return [], []
    return [], asyncio.run(instructions(4 if form == "quick" else 16))


def _storage(form: str) -> Found:
    return [], asyncio.run(storage(*((24, 2.0) if form == "quick" else (96, 10.0))))


def _latency(form: str) -> Found:
    counts, blocks = ((1_000, 100_000), 8) if form == "quick" else ((1_000, 100_000, 1_000_000), 40)
    with tempfile.TemporaryDirectory() as state:
        conversation = thread(advisor({"ADVISOR_STATE": state, "ADVISOR_ENCODER": "/nonexistent"}), 24)
    return [], asyncio.run(latency(counts, blocks, conversation))


def _threads(form: str) -> Found:
    return [], asyncio.run(threads(2 if form == "quick" else 12))


def _replicas(form: str) -> Found:
    return asyncio.run(replicas(*((2, 2.0) if form == "quick" else (5, 5.0)))), []


def _start(form: str) -> Found:
    return [], asyncio.run(start(2 if form == "quick" else 7))


def _backlog(form: str) -> Found:
    return [], [figure for rows in (1_000, *([100_000] if form == "long" else [])) for figure in backlog(rows)]


def _boards(form: str) -> Found:
    with tempfile.TemporaryDirectory() as state:
        environment = {"ADVISOR_STATE": state, "ADVISOR_ENCODER": "/nonexistent"}
        return [], asyncio.run(boards(20 if form == "quick" else 200, environment))


def _mcp(form: str) -> Found:
    return [], asyncio.run(mcp_calls(2 if form == "quick" else 5))


_MEASURES: tuple[Callable[[str], Found], ...]
_MEASURES = _turns, _clicks, _instructions, _storage, _latency, _threads, _replicas, _start, _backlog, _boards, _mcp
MEASURES = dict(zip(figures.PARTS, _MEASURES, strict=True))


def measured(name: str, form: str) -> Part:
    """One part, and how it was measured."""
    began, before = time.perf_counter(), _others()
    rows, found = MEASURES[name](form)
    took = time.perf_counter() - began
    about = About(
        day=date.today().isoformat(),
        commit=figures.commit(),
        form=form,
        machine=figures.machine(),
        versions=figures.versions(),
        seconds=took,
        others=max(0.0, _others() - before) / took,
    )
    return Part(about, tuple(rows), tuple(found))


def _others() -> float:
    """Seconds of processor time that all but this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return machine()[0] - sum(one.ru_utime + one.ru_stime for one in used)


def main(words: list[str]) -> int:
    """0 where all was measured and no bot gave a bad answer, 2 for words that it does not know."""
    match words:
        case ["doc", *files] if len(files) <= 1:
            if files or figures.FILE.exists():
                document.take_over(Path(files[0]) if files else figures.FILE)
            document.rewrite()
            return 0
        case ["profile", ("slack" | "teams") as channel, *rest] if rest in ([], ["clicks"]):
            print(profile(channel, Cores.choose(), 5.0, clicks_only=bool(rest)))
            return 0
        case ["files", *rest] if rest in ([], ["named"]):
            print(files_of_presses(named=bool(rest)))
            for kind, passed in files_of_commands(shipped()).items():
                print(f"{kind}: {len(passed)} files", *(f"    {file}" for file in sorted(passed) if rest), sep="\n")
            return 0
        case ["against", folder, *rest] if rest in ([], ["clicks"]) and (Path(folder) / "bot").is_dir():
            found = asyncio.run(against(Path(folder).resolve(), 10, 3.0, clicks_only=bool(rest)))
            print(report.figures(found))
            return 0
    if any(name not in MEASURES for name in words):
        print(__doc__, file=sys.stderr)
        return 2
    form = "quick" if os.environ.get("QUICK") else "long" if os.environ.get("LONG") else "full"
    bad, result = 0, figures.read(figures.FILE)
    for name in words or MEASURES:
        part = measured(name, form)
        if not (part.rows or part.figures):
            continue  # it cannot be measured here, and has said why
        result[name] = part
        figures.write(result, figures.FILE)
        print(f"## {name}\n\n{report.of_part(part)}", flush=True)
        bad += sum(row.bad for row in part.rows)
    print(f"## aims\n\n{report.aims(aims.outcomes(result))}\nAll of it: {figures.FILE}")
    if bad:
        print(f"{bad} turns went wrong: see the column `bad`.", file=sys.stderr)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
