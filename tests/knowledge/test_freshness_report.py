"""How old what is from outside is, and who would miss it."""

from datetime import date, timedelta

import pytest

from knowledge.freshness_report import freshness
from knowledge.outside import READ_WITHIN, OutsideEntry, Term, TermOrigin
from tests.knowledge.fixtures import pack

PACK = pack()
TODAY = date(2026, 11, 26)
FOUND = {one.id: one for one in freshness(PACK, TODAY)}
PARTS: tuple[OutsideEntry | Term, ...] = (*PACK.outside, *PACK.terms)


def test_all_that_is_from_outside_is_there_what_goes_first_at_the_top() -> None:
    explained = {term.id for term in PACK.terms if term.says is TermOrigin.ARTICLE}
    assert FOUND.keys() == {part.id for part in PARTS} - explained
    days = [(one.shown_until, one.id) for one in FOUND.values()]
    assert days == sorted(days)


@pytest.mark.parametrize("part", [part for part in PARTS if part.id in FOUND], ids=lambda part: part.id)
def test_each_says_its_age_and_who_would_miss_it(part: OutsideEntry | Term) -> None:
    one = FOUND[part.id]
    assert part.read is not None
    assert part.expires is not None
    assert (one.read, one.expires) == (part.read, part.expires)
    assert one.shown_until == min(part.read + READ_WITHIN, part.expires - timedelta(days=1))
    assert part.read + timedelta(days=one.age) == TODAY
    assert TODAY + timedelta(days=one.days_left) == one.shown_until
    assert one.questions == len([part.title, *part.phrasings])
    assert one.lessons == tuple(lesson.id for lesson in PACK.lessons if part.id in lesson.facts)
    entry = part if isinstance(part, OutsideEntry) else None
    assert one.ideas == (len(entry.calls) if entry else 0)
    assert (one.verdicts, one.passages) == ((entry.verdicts, entry.passages) if entry else ((), ()))


@pytest.mark.parametrize("field", ["read", "expires", "source", "url", "confidence"])
def test_what_does_not_say_where_it_is_from_has_no_age(field: str) -> None:
    term = next(term for term in PACK.terms if term.says is not TermOrigin.ARTICLE)
    bare = term.model_copy(update={field: None})
    assert freshness(PACK.model_copy(update={"outside": (), "terms": (bare,)}), TODAY) == ()
