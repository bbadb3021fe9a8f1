"""What is from outside is short and read again: at the boundaries."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.checks.outside import outdated, outside_problems
from knowledge.outside import READ_WITHIN
from knowledge.pack import Pack
from knowledge.pack_loader import Places
from tests.knowledge.fixtures import pack as builtin_pack

PACK = builtin_pack()
PLACES = Places(Path("pack"), {})
ENTRY = next(entry for entry in PACK.outside if entry.line)
READ = date(2026, 11, 1)


def with_entry(**changes: object) -> Pack:
    """A pack with one entry, which has these fields instead of its own."""
    given = {name: getattr(ENTRY, name) for name in type(ENTRY).model_fields}
    return PACK.model_copy(update={"outside": (type(ENTRY)(**{**given, **changes}),), "terms": (), "advice": ()})


def problems(**changes: object) -> list[str]:
    return [problem.message for problem in outside_problems(with_entry(**changes), PLACES)]


def warned(today: date, **changes: object) -> list[str]:
    return [problem.message for problem in outdated(with_entry(**changes), PLACES, today)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, []),
        ({"id": "advice"}, ["The id `advice` does not say what it is."]),
        ({"text": "a " * 46}, ["This has 46 words."]),
        ({"expires": READ}, [f"It expires on {READ}, before it was read."]),
        ({"expires": date.max}, [f"It expires on {date.max}, more than a year after it was read."]),
    ],
)
def test_advice_keeps_to_the_same_limits(changes: dict[str, object], says: list[str]) -> None:
    advice = PACK.advice[0].model_copy(update={"read": READ, "expires": READ + timedelta(days=60)} | changes)
    bare = PACK.model_copy(update={"outside": (), "terms": (), "advice": (advice,)})
    assert [problem.message for problem in outside_problems(bare, PLACES)] == says


@pytest.mark.parametrize(("field", "most"), [("text", 45), ("line", 17)])
def test_texts_have_so_many_words(field: str, most: int) -> None:
    assert problems(**{field: " ".join(["a"] * most)}) == []
    assert problems(**{field: " ".join(["a"] * (most + 1))}) == [f"This has {most + 1} words."]


@pytest.mark.parametrize(
    ("days", "says"), [(0, "before it was read"), (1, None), (366, None), (367, "more than a year after")]
)
def test_a_fact_holds_for_a_year_at_most(days: int, says: str | None) -> None:
    found = problems(read=READ, expires=READ + timedelta(days=days))
    assert [says in message for message in found if says] == ([True] if says else [])
    assert len(found) == (says is not None)


def test_what_can_be_called_for_has_a_line() -> None:
    assert problems(line=None, calls=(), keywords=()) == []
    assert len(problems(line=None, calls=("we have a call",), keywords=())) == 1
    assert len(problems(line=None, calls=(), keywords=("call",))) == 1
    assert len(problems(line=f"Look at {PACK.verdicts[0].name.upper()}.")) == 1


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (READ - timedelta(days=1), "still to come"),
        (READ, None),
        (READ + READ_WITHIN - timedelta(days=30), None),
        (READ + READ_WITHIN - timedelta(days=29), "is shown until"),
        (READ + READ_WITHIN, "is shown until"),
        (READ + READ_WITHIN + timedelta(days=1), "over 120 days ago"),
    ],
)
def test_what_was_read_long_ago_is_warned_about(today: date, says: str | None) -> None:
    found = warned(today, read=READ, expires=READ + timedelta(days=366))
    assert [says in message for message in found if says] == ([True] if says else [])
    assert len(found) == (says is not None)


@pytest.mark.parametrize(
    ("left", "says"), [(31, None), (30, "expires on"), (1, "expires on"), (0, "is no longer shown"), (-1, "expired on")]
)
def test_what_expires_is_warned_about_for_a_month(left: int, says: str | None) -> None:
    expires = READ + timedelta(days=60)
    found = warned(expires - timedelta(days=left), read=READ, expires=expires)
    assert [says in message for message in found if says] == ([True] if says else [])
    assert len(found) == (says is not None)
