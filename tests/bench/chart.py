"""Processor time and turns a second of all bots as a picture that needs nothing but a browser."""

from collections.abc import Iterator, Sequence
from html import escape
from operator import attrgetter
from statistics import median

from tests.bench.figures import Row
from tests.bench.report import by_name, digits

_WIDTH, _NAMES, _BAR, _GAP, _HEAD = 900, 350, 16, 8, 46
_SCALE = 400
"""Pixels of the longest bar."""

_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.peer { fill: #8c959f }
.ours { fill: #0969da }
line { stroke: #24292f; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .peer { fill: #6e7681 }
  .ours { fill: #4493f8 }
  line { stroke: #e6edf3 }
}
"""


def chart(rows: Sequence[Row], in_flight: int = 32) -> str:
    """SVG: a bar for the median of each bot, a line from its lowest to its highest round."""
    groups = by_name(rows, in_flight)
    height, parts = 0, []
    for title, value in (
        (f"Processor time of a turn in ms, {in_flight} in flight (less is better)", attrgetter("cpu")),
        (f"Turns a second, {in_flight} in flight (more is better)", attrgetter("per_second")),
    ):
        found = {name: sorted(value(row) for row in group) for name, group in groups.items()}
        parts += list(_bars(title, found, height))
        height += _HEAD + len(found) * (_BAR + _GAP)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height + _GAP}" role="img">'
    return "\n".join([head, f"<title>The advisor beside its peers</title><style>{_STYLE}</style>", *parts, "</svg>\n"])


def _bars(title: str, found: dict[str, list[float]], top: int) -> Iterator[str]:
    yield f'<text class="title" x="0" y="{top + 28}">{escape(title)}</text>'
    most = max((values[-1] for values in found.values()), default=1) or 1
    ordered = sorted(found.items(), key=lambda one: (one[0].partition(":")[0], median(one[1])))
    for number, (name, values) in enumerate(ordered):
        y = top + _HEAD + number * (_BAR + _GAP)
        length, low, high = (value / most * _SCALE for value in (median(values), values[0], values[-1]))
        kind = "ours" if "advisor" in name else "peer"
        middle = y + _BAR / 2
        yield f'<text x="{_NAMES - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
        yield f'<rect class="{kind}" x="{_NAMES}" y="{y}" width="{max(length, 1):.1f}" height="{_BAR}"/>'
        yield f'<line x1="{_NAMES + low:.1f}" x2="{_NAMES + high:.1f}" y1="{middle}" y2="{middle}"/>'
        yield f'<text x="{_NAMES + high + 8:.1f}" y="{y + 13}">{digits(median(values))}</text>'
