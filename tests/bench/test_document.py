"""The page of figures shows what stands in the file beside it."""

from tests.bench.chart import chart
from tests.bench.document import DOCS, KEPT, filled
from tests.bench.figures import About, Figure, Part, Row, read, write

ABOUT = About("2026-01-01", "abc", "quick", "a machine", "Python", 1.0, 0.0)


def row(name: str, number: int, per_second: float, cpu: float) -> Row:
    return Row(name, 32, number, 100, 0, per_second, 1, 2, 1, 2, cpu, 0.1, 50, 0, 1)


def test_the_page_and_the_chart_are_made_from_the_kept_figures() -> None:
    page, result = (DOCS / "benchmarks.md").read_text(), read(KEPT)
    assert filled(page, result) == page
    assert (DOCS / "images" / "benchmarks.svg").read_text() == chart(result["turns"].rows)


def test_every_part_has_its_place_on_the_page() -> None:
    page = (DOCS / "benchmarks.md").read_text()
    assert [name for name in (*read(KEPT), "aims", "about") if f"<!-- {name} -->" not in page] == []


def test_a_result_is_read_as_it_was_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = {"turns": Part(ABOUT, (row("Slack: the advisor", 0, 10, 2),), (Figure("k", "w", "×", (1.0, 2.0), "n"),))}
    write(found, tmp_path / "new" / "bench.json")
    assert read(tmp_path / "new" / "bench.json") == found


def test_ratios_are_taken_within_a_round() -> None:
    rows = (
        row("Slack: the advisor", 0, 100, 2.0),
        row("Slack: Bolt echo, defaults", 0, 50, 1.0),
        row("Slack: the advisor", 1, 30, 2.0),
        row("Slack: Bolt echo, defaults", 1, 60, 1.0),
    )
    page = filled("<!-- aims -->\nold\n<!-- /aims -->", {"turns": Part(ABOUT, rows)})
    assert "✓ 1.25 (0.5–2) ×" in page
    assert "✗ 0.5 ×" in page  # by processor time
    assert "old" not in page
