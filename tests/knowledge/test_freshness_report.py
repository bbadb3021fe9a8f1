"""How old what is from outside is, and who would miss it."""

from datetime import date, timedelta

import pytest

from knowledge.checks.outside import SOON
from knowledge.freshness_report import freshness_report
from knowledge.outside import TermOrigin
from knowledge.pack import Pack
from tests.knowledge.fixtures import pack

PACK = pack()
TODAY = date(2026, 11, 26)


def told(whole: Pack, today: date) -> dict[str, list[str]]:
    """What is said of each, by its id."""
    lines = [line.strip() for line in freshness_report(whole, today)]
    parts = [lines[at : at + 5] for at in range(0, len(lines) - 1, 5)]
    return {part[0].partition("  ")[2].partition(":")[0]: part for part in parts}


def test_all_that_is_from_outside_is_there_what_goes_first_at_the_top() -> None:
    explained = {term.id for term in PACK.terms if term.says is TermOrigin.ARTICLE}
    parts = {part.id: part for part in (*PACK.outside, *PACK.terms, *PACK.advice)}
    found = told(PACK, TODAY)
    assert found.keys() == parts.keys() - explained
    days = [(parts[each].last_day, each) for each in found]
    assert days == sorted(days)
    for each, lines in found.items():
        part = parts[each]
        assert part.read is not None
        assert (part.title in lines[0], lines[2:4]) == (True, [part.source, part.url])
        age = (TODAY - part.read).days
        assert lines[1] == f"read {part.read} ({age} days ago), expires {part.expires}, confidence {part.confidence}"


@pytest.mark.parametrize(
    ("left", "state", "counted"),
    [
        (-1, "no longer shown since {day}", (1, 0)),
        (0, "SOON: shown until {day} (0 days)", (0, 1)),
        (SOON.days - 1, "SOON: shown until {day} (29 days)", (0, 1)),
        (SOON.days, "shown until {day} (30 days)", (0, 0)),
    ],
)
def test_how_long_it_is_still_shown_is_told(left: int, state: str, counted: tuple[int, int]) -> None:
    one = PACK.outside[0]
    day = one.last_day
    *lines, last = freshness_report(
        PACK.model_copy(update={"outside": (one,), "terms": (), "advice": ()}), day - timedelta(days=left)
    )
    assert lines[0] == f"{state.format(day=day)}  {one.id}: {one.title}"
    assert last == f"1 from outside: {counted[0]} no longer shown, {counted[1]} to be read again within 30 days."


def test_who_would_miss_it_is_told() -> None:
    entry = PACK.outside[0].model_copy(
        update={"verdicts": ("v", "w"), "passages": ("p",), "phrasings": ("a", "b"), "calls": ("c",)}
    )
    found = told(PACK.model_copy(update={"outside": (entry,), "lessons": ()}), TODAY)
    assert found[entry.id][4] == (
        "missed by: verdicts v, w; passages p; whoever asks (wordings: 3); ideas that call for it (wordings: 1)"
    )
    lesson = next(lesson for lesson in PACK.lessons if lesson.facts)
    assert f"lessons {lesson.id}" in told(PACK, TODAY)[lesson.facts[0]][4]
    term = next(term for term in PACK.terms if term.says is not TermOrigin.ARTICLE)
    assert told(PACK, TODAY)[term.id][4].startswith("missed by: ")
