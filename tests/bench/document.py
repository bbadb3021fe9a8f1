"""Writes the tables and the chart of docs/benchmarks.md from the figures that stand beside it."""

from pathlib import Path

from tests.bench.chart import chart
from tests.bench.figures import Result, read, write
from tests.bench.processes import HOME
from tests.bench.report import tables

DOCS = HOME / "docs"
KEPT = DOCS / "benchmarks.json"
"""The figures that the page shows."""


def take_over(file: Path) -> None:
    """The parts of another result replace those of the same name."""
    found = read(file)
    if not found:
        raise SystemExit(f"{file} holds no result. Make one with `make bench`.")
    write(read(KEPT) | found, KEPT)


def rewrite(docs: Path = DOCS) -> None:
    """Fills the page in and draws the chart."""
    result, page = read(KEPT), docs / "benchmarks.md"
    page.write_text(filled(page.read_text(), result))
    if "turns" in result:
        (docs / "images" / "benchmarks.svg").write_text(chart(result["turns"].rows))


def filled(page: str, result: Result) -> str:
    """The page with what stands between `<!-- name -->` and `<!-- /name -->` written anew."""
    for name, text in tables(result).items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, marked, rest = page.partition(begin)
        _, ended, after = rest.partition(end)
        if marked and ended:
            page = f"{before}{begin}\n{text}\n{end}{after}"
    return page
