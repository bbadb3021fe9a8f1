"""How old what comes from outside is, and what depends on it."""

from collections.abc import Iterator
from datetime import date

from knowledge.checks.outside import SOON
from knowledge.outside import OutsideEntry, OutsideText, Term
from knowledge.pack import Pack


def freshness_report(pack: Pack, today: date) -> Iterator[str]:
    """Some lines for all that is from outside, what is shown for the shortest time first; then how many there are."""
    parts: tuple[OutsideText | Term, ...] = (*pack.outside, *pack.terms, *pack.advice)
    dated = sorted((part.last_day, part.id, part) for part in parts if part.last_day is not None)
    gone = soon = 0
    for shown_until, _, part in dated:
        left = (shown_until - today).days
        gone, soon = gone + (left < 0), soon + (0 <= left < SOON.days)
        state = f"{'SOON: ' if left < SOON.days else ''}shown until {shown_until} ({left} days)"
        yield f"{state if left >= 0 else f'no longer shown since {shown_until}'}  {part.id}: {part.title}"
        age = (today - part.read).days if part.read is not None else 0
        yield f"    read {part.read} ({age} days ago), expires {part.expires}, confidence {part.confidence}"
        yield f"    {part.source}"
        yield f"    {part.url}"
        yield f"    missed by: {'; '.join(_missed_by(pack, part))}"
    yield f"{len(dated)} from outside: {gone} no longer shown, {soon} to be read again within {SOON.days} days."


def _missed_by(pack: Pack, part: OutsideText | Term) -> Iterator[str]:
    """What links it or rests on it, and how many wordings ask or call for it."""
    entry = part if isinstance(part, OutsideEntry) else None
    linked = {
        "verdicts": entry.verdicts if entry else (),
        "passages": entry.passages if entry else (),
        "lessons": tuple(lesson.id for lesson in pack.lessons if part.id in lesson.facts),
    }
    yield from (f"{kind} {', '.join(ids)}" for kind, ids in linked.items() if ids)
    yield f"whoever asks (wordings: {len(part.phrasings) + 1})"
    if entry and entry.calls:
        yield f"ideas that call for it (wordings: {len(entry.calls)})"
