"""How old what comes from outside is, and what depends on it."""

from dataclasses import dataclass
from datetime import date

from knowledge.outside import OutsideEntry, Term
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Freshness:
    """One outside entry or term on a day.

    `age` is in days since it was read, `days_left` in days for which it is still shown, negative where it no longer is.
    `verdicts`, `passages` and `lessons` are ids of what links it or rests on it; `questions` and `ideas` count the
    wordings by which it is asked and called for.
    """

    id: str
    title: str
    source: str
    url: str
    confidence: str
    read: date
    expires: date
    shown_until: date
    age: int
    days_left: int
    verdicts: tuple[str, ...]
    passages: tuple[str, ...]
    lessons: tuple[str, ...]
    questions: int
    ideas: int


def freshness(pack: Pack, today: date) -> tuple[Freshness, ...]:
    """All that is from outside, what is shown for the shortest time first."""
    parts: tuple[OutsideEntry | Term, ...] = (*pack.outside, *pack.terms)
    found = [_freshness(pack, part, today) for part in parts]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.shown_until, one.id)))


def _freshness(pack: Pack, part: OutsideEntry | Term, today: date) -> Freshness | None:
    """None for a term that the source alone explains."""
    if not (part.read and part.expires and part.last_day and part.source and part.url and part.confidence):
        return None
    entry = part if isinstance(part, OutsideEntry) else None
    return Freshness(
        id=part.id,
        title=part.title,
        source=part.source,
        url=part.url,
        confidence=part.confidence.value,
        read=part.read,
        expires=part.expires,
        shown_until=part.last_day,
        age=(today - part.read).days,
        days_left=(part.last_day - today).days,
        verdicts=entry.verdicts if entry else (),
        passages=entry.passages if entry else (),
        lessons=tuple(lesson.id for lesson in pack.lessons if part.id in lesson.facts),
        questions=len(part.phrasings) + 1,
        ideas=len(entry.calls) if entry else 0,
    )
