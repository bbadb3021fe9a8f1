"""A result as tables in Markdown."""

from collections.abc import Iterable, Sequence
from statistics import median

from tests.bench.aims import VARIANTS, Outcome, outcomes
from tests.bench.figures import About, Figure, Part, Result, Row

_LONG = 12
"""More values than that are a distribution: its extremes are rare cases, so the middle nine tenths are shown."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; empty where there is no row."""
    found = list(rows)
    lines = [head, ["---"] * len(head), *found]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines) if found else ""


def tables(result: Result) -> dict[str, str]:
    """A table for each part, one of the aims, and one of how it was measured."""
    found = {name: of_part(part) for name, part in result.items()}
    return found | {"aims": aims(outcomes(result)), "about": about({name: part.about for name, part in result.items()})}


def of_part(part: Part) -> str:
    """All rows, then all figures."""
    found = [_rows(part.rows, many) for many in sorted({row.in_flight for row in part.rows})]
    found.append(figures(part.figures))
    return "\n".join(text for text in found if text)


def figures(found: Iterable[Figure]) -> str:
    """A line for each."""
    lines = ([one.what, spread(one.values), one.unit, one.note] for one in found)
    return table(("figure", "median (spread)", "unit", ""), lines)


def aims(found: Sequence[Outcome]) -> str:
    """What holds, and what does not: first what was measured in several forms, then the rest."""
    forms: dict[tuple[str, str], dict[str, Outcome]] = {}
    for one in found:
        if one.variant:
            forms.setdefault((one.aim, one.where), {})[one.variant] = one
    compared = table(
        ("aim", "", *VARIANTS.values()),
        ([*names, *(_held(by.get(variant)) for variant in VARIANTS.values())] for names, by in forms.items()),
    )
    single = ([one.aim, one.where, _held(one)] for one in found if not one.variant)
    return "\n".join(text for text in (compared, table(("aim", "where", "measured"), single)) if text)


def _held(one: Outcome | None) -> str:
    if one is None:
        return ""
    return f"{'✓' if one.holds else '✗'} {spread(one.values)} {one.unit}"


def about(found: dict[str, About]) -> str:
    """When and on what each part was measured."""
    lines = [[name, one.form, one.day, one.commit, f"{one.seconds:.0f} s", f"{one.others:.2f}"]
             for name, one in found.items()]  # fmt: skip
    machines = sorted({f"{one.machine}; {one.versions}." for one in found.values()})
    head = ("part", "form", "day", "commit", "took", "others' share of a core")
    return table(head, lines) + "".join(f"\n{line}\n" for line in machines)


def by_name(rows: Sequence[Row], in_flight: int) -> dict[str, list[Row]]:
    """The rounds of each bot."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.in_flight == in_flight:
            groups.setdefault(row.name, []).append(row)
    return groups


def _rows(rows: Sequence[Row], in_flight: int) -> str:
    head = [f"bot, {in_flight} in flight", "turns/s (spread)", "answer p50 / p99 ms", "card p50 / p99 ms",
            "CPU ms a turn (spread)", "Redis CPU ms", "calls", "RSS MB", "bad", "others"]  # fmt: skip
    groups = by_name(rows, in_flight)
    ordered = sorted(groups.items(), key=lambda group: group[0].partition(":")[0])
    return table(head, (_line(name, found) for name, found in ordered))


def _line(name: str, rows: list[Row]) -> list[object]:
    def mid(field: str, digits: int) -> str:
        return f"{median(getattr(row, field) for row in rows):.{digits}f}"

    return [
        f"**{name}**" if "advisor" in name else name,
        spread([row.per_second for row in rows]),
        f"{mid('answered_p50', 1)} / {mid('answered_p99', 0)}",
        f"{mid('delivered_p50', 1)} / {mid('delivered_p99', 0)}",
        spread([row.cpu for row in rows]),
        mid("redis_cpu", 2),
        mid("calls", 2),
        mid("memory", 0),
        sum(row.bad for row in rows),
        mid("others", 1),
    ]


def spread(values: Sequence[float]) -> str:
    """Median, lowest and highest, with three digits; of many values the middle nine tenths."""
    ordered = sorted(values)
    cut = len(ordered) // 20 if len(ordered) > _LONG else 0
    kept = ordered[cut : len(ordered) - cut]
    middle, low, high = digits(median(ordered)), digits(kept[0]), digits(kept[-1])
    return middle if low == high else f"{middle} ({low}–{high})"


def digits(value: float) -> str:
    """Three that count, or all before the point."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"
