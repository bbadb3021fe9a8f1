"""Clicks alone, beside the bare SDKs on their defaults: many short rounds, so that noise meets all bots alike."""

import asyncio

from tests.bench.aims import cheapness, per_second, ratios
from tests.bench.contestants import BOLT, CLICKS, ECHO, SLACK, TEAMS
from tests.bench.figures import Figure, Row
from tests.bench.turns import rounds

_IN_FLIGHT = 32


def clicks(count: int, seconds: float) -> tuple[list[Row], list[Figure]]:
    """All rows, and the ratios by rounds: turns a second, and by processor time."""
    pairs = (("slack", f"{SLACK}{CLICKS}", BOLT), ("teams", f"{TEAMS}{CLICKS}", ECHO))
    names = [name for _, ours, theirs in pairs for name in (ours, theirs)]
    rows = asyncio.run(rounds(count, seconds, in_flight=(_IN_FLIGHT,), names=names))
    found = []
    for channel, ours, theirs in pairs:
        what = f"{ours} beside {theirs.partition(': ')[2]}"
        for key, how, value in (("", "turns/s", per_second), ("-cpu", "by processor time", cheapness)):
            values = ratios(rows, ours, theirs, _IN_FLIGHT, value)
            found.append(Figure(f"clicks-{channel}{key}", f"{what}, {how}", "×", values))
    return rows, found
