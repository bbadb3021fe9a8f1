"""What was aimed at, and whether a result holds it. Ratios are taken within a round."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.contestants import BOLT, BOLT_TUNED, CLICKS, ECHO, NO_DISK, SLACK, TEAMS, WATERFALL
from tests.bench.figures import Figure, Result, Row

VARIANTS = {
    "": "mixed, embedded server",
    CLICKS: "clicks, embedded server",
    NO_DISK: "mixed, server without disk",
    f"{CLICKS}{NO_DISK}": "clicks, server without disk",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One aim, what was measured in this unit, and whether the median holds it.

    `variant` is one of VARIANTS where the advisor was measured in several forms, else empty.
    """

    aim: str
    where: str
    variant: str
    values: tuple[float, ...]
    unit: str
    holds: bool


def outcomes(result: Result) -> list[Outcome]:
    """All aims for which there is something measured."""
    rows = result["turns"].rows if "turns" in result else ()
    figures = {figure.key: figure for part in result.values() for figure in part.figures}
    return [*_speed(rows), *_figures(figures)]


def _speed(rows: Sequence[Row]) -> Iterator[Outcome]:
    for ours, theirs, least in (
        (SLACK, BOLT, 1.0),
        (SLACK, BOLT_TUNED, 0.7),
        (TEAMS, ECHO, 5.0),
        (TEAMS, WATERFALL, 5.0),
    ):
        channel, _, peer = theirs.partition(": ")
        for suffix, where in VARIANTS.items():
            for what, value in (("turns/s", per_second), ("by processor time", cheapness)):
                found = ratios(rows, f"{ours}{suffix}", theirs, 32, value)
                if found:
                    aim = f"{channel}, 32 in flight: ≥ {least:g} × {peer}"
                    yield Outcome(aim, what, where, found, "×", median(found) >= least)
    for suffix, where in VARIANTS.items():
        found = tuple(row.answered_p50 for row in rows if row.name == f"{SLACK}{suffix}" and row.in_flight == 1)
        if found:
            yield Outcome("Slack, one in flight: median answer ≤ 2 ms", "", where, found, "ms", median(found) <= 2)


def ratios(
    rows: Sequence[Row], ours: str, theirs: str, in_flight: int, value: Callable[[Row], float]
) -> tuple[float, ...]:
    """One for each round in which both were measured."""
    found = {(row.name, row.round): value(row) for row in rows if row.in_flight == in_flight}
    return tuple(
        one / found[theirs, number]
        for (name, number), one in found.items()
        if name == ours and found.get((theirs, number))
    )


def per_second(row: Row) -> float:
    """Turns a second."""
    return row.per_second


def cheapness(row: Row) -> float:
    """Turns in a ms of processor time."""
    return 1 / row.cpu if row.cpu else 0.0


_LIMITS = (
    ("≤ 2 round trips before the answer", "trips-slack-answer", 2),
    ("≤ 2 round trips before the answer", "trips-teams-answer", 2),
    ("≤ 2 round trips before the new card", "trips-slack-reply", 2),
    ("≤ 2 round trips before the new card", "trips-teams-reply", 2),
    ("≤ 1.5 KB (1536 bytes) a conversation", "bytes-slack", 1536),
    ("≤ 1.5 KB (1536 bytes) a conversation", "bytes-teams", 1536),
    ("≤ 4 KB at message 500", "thread-bytes-500", 4096),
    ("10⁵ stored ≤ 1.1 × 10³", "grown-server-100000", 1.1),
    ("10⁶ stored ≤ 1.1 × 10³", "grown-server-1000000", 1.1),
    ("10⁵ stored ≤ 1.1 × 10³", "grown-three-100000", 1.1),
    ("10⁶ stored ≤ 1.1 × 10³", "grown-three-1000000", 1.1),
    ("message 500 ≤ 1.2 × message 5", "thread-grown", 1.2),
    ("message 500 ≤ 1.2 × message 5", "thread-cpu-grown", 1.2),
    ("ready within 3 s, both channels", "ready-time", 3),
    ("`ask` within 1.5 s", "ask", 1.5),
    ("`ask` within 1.5 s", "ask-first", 1.5),
    ("≤ 400 MB, both channels and encoder", "ready-memory", 400),
    ("≤ 130 MB without encoder", "bare-memory", 130),
    ("≤ 300 MB for a backlog", "backlog-memory-1000", 300),
    ("≤ 300 MB for a backlog", "backlog-memory-100000", 300),
    ("≤ 2 round trips for a change on a board", "board-trips", 2),
    ("1,000 ideas ≤ 3 × 10", "board-change-ratio", 3),
    ("`decide` over /mcp ≤ 20 ms", "mcp-decide", 20),
)


_LEAST = (
    ("≥ 0.9 × Bolt echo, defaults", "clicks-slack", 0.9),
    ("≥ 5 × stock echo", "clicks-teams", 5),
)


def _figures(figures: dict[str, Figure]) -> Iterator[Outcome]:
    for aim, key, least in _LEAST:
        if key in figures:
            figure = figures[key]
            yield Outcome(aim, figure.what, "", figure.values, figure.unit, median(figure.values) >= least)
    for aim, key, most in _LIMITS:
        if key in figures:
            figure = figures[key]
            yield Outcome(aim, figure.what, "", figure.values, figure.unit, median(figure.values) <= most)
