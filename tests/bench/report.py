"""Rows into Markdown."""

from collections.abc import Iterable, Sequence
from statistics import median

from tests.bench.turns import BOLT, BOLT_TUNED, ECHO, SIGNATURE, SLACK, TEAMS, WATERFALL, Row


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def turns(rows: Sequence[Row]) -> str:
    """Medians of all rounds with the lowest and highest, and ratios, each taken within one round."""
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.in_flight, row.name), []).append(row)
    head = ["bot", "in flight", "turns/s (spread)", "answer p50 / p99 ms", "reply p50 / p99 ms", "CPU ms a turn",
            "Redis CPU ms a turn", "RSS MB", "bad", "others' share of a core"]  # fmt: skip
    made = [_line(many, name, found) for (many, name), found in sorted(groups.items())]
    return table(head, made) + "\n" + table(["ratio of turns/s", "in flight", "median (spread)"], _ratios(groups))


def _line(many: int, name: str, rows: list[Row]) -> list[object]:
    def mid(field: str, digits: int = 1) -> str:
        return f"{median(getattr(row, field) for row in rows):.{digits}f}"

    return [
        name,
        many,
        spread([row.per_second for row in rows], 0),
        f"{mid('answered_p50', 2)} / {mid('answered_p99')}",
        f"{mid('delivered_p50', 2)} / {mid('delivered_p99')}",
        mid("cpu", 2),
        mid("redis_cpu", 2),
        mid("memory", 0),
        sum(row.bad for row in rows),
        mid("others", 2),
    ]


def _ratios(groups: dict[tuple[int, str], list[Row]]) -> Iterable[list[object]]:
    pairs = ((SLACK, BOLT), (SLACK, BOLT_TUNED), (SLACK, SIGNATURE), (TEAMS, ECHO), (TEAMS, WATERFALL))
    for many in sorted({many for many, _ in groups}):
        for ours, theirs in pairs:
            both = zip(groups.get((many, ours), []), groups.get((many, theirs), []), strict=False)
            found = [one.per_second / other.per_second for one, other in both]
            if found:
                yield [f"{ours} ÷ {theirs.partition(': ')[2]}", many, spread(found, 2)]


def spread(values: Sequence[float], digits: int) -> str:
    """Median, lowest and highest."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
