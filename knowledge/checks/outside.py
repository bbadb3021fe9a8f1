"""Checks of what comes from outside the source: short, dated, sourced, and no longer shown once it is out of date."""

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.outside import READ_WITHIN, OutsideEntry, OutsideText, Term
from knowledge.pack import Pack
from knowledge.pack_loader import Places
from knowledge.problems import Problem
from knowledge.yaml_document import Trail

MAX_WORDS = 45
MAX_LINE_WORDS = 17
"""With "Outside the article:" in front that makes twenty."""

LONGEST_TERM = timedelta(days=366)
"""Between reading and expiry: even ideas are read again after a year."""

_PREFIXES = {"outside": "out-", "terms": "term-", "advice": "how-"}
"""What ids begin with, by the field of the pack."""

SOON = timedelta(days=30)
"""How long before it is no longer shown something from outside is warned about."""


def outside_problems(pack: Pack, places: Places) -> Iterator[Problem]:
    """Every mistake in what is from outside; that what they name exists is checked with all others."""
    for part, trail in _parts(pack):
        yield from _prefix(part.id, _PREFIXES[str(trail[0])], trail, places)
        yield from length(part.text, MAX_WORDS, (*trail, "text"), places)
        if part.read is not None and part.expires is not None:
            yield from _term_of(part.read, part.expires, trail, places)
        if isinstance(part, OutsideEntry):
            yield from _line(pack, part, trail, places)
    yield from _names(pack, places)


def outdated(pack: Pack, places: Places, today: date) -> Iterator[Problem]:
    """Warnings about what is no longer shown, or soon will not be; they never stop a start."""
    for part, trail in _parts(pack):
        yield from _outdated(part, trail, places, today)


def _parts(pack: Pack) -> Iterator[tuple[OutsideText | Term, Trail]]:
    for name in _PREFIXES:
        yield from ((part, (name, at)) for at, part in enumerate(getattr(pack, name)))


def _outdated(part: OutsideText | Term, trail: Trail, places: Places, today: date) -> Iterator[Problem]:
    if part.read is None or part.expires is None or part.last_day is None:
        return
    again = f"Read {part.url} again, then move `read` and `expires`."
    too_old = part.last_day == part.read + READ_WITHIN and part.last_day < part.expires
    place = (*trail, "read" if too_old else "expires")
    if today > part.last_day:
        why = f"was read on {part.read}, over {READ_WITHIN.days} days ago" if too_old else f"expired on {part.expires}"
        yield places.problem(place, f"`{part.id}` {why} and is no longer shown.", again)
    elif today + SOON > part.last_day:
        message = (
            f"`{part.id}` is shown until {part.last_day}." if too_old else f"`{part.id}` expires on {part.expires}."
        )
        yield places.problem(place, message, again)
    if part.read > today:
        message = f"`{part.id}` was read on {part.read}, which is still to come."
        yield places.problem((*trail, "read"), message, "Write the day on which it was read.")


def _prefix(part_id: str, prefix: str, trail: Trail, places: Places) -> Iterator[Problem]:
    if not part_id.startswith(prefix):
        yield places.problem(
            (*trail, "id"), f"The id `{part_id}` does not say what it is.", f"Begin it with `{prefix}`."
        )


def length(text: str, most: int, trail: Trail, places: Places) -> Iterator[Problem]:
    """That a text has too many words."""
    count = len(text.split())
    if count > most:
        yield places.problem(trail, f"This has {count} words.", f"Use at most {most}.")


def _term_of(read: date, expires: date, trail: Trail, places: Places) -> Iterator[Problem]:
    if expires <= read:
        yield places.problem((*trail, "expires"), f"It expires on {expires}, before it was read.", "Take a later day.")
    elif expires - read > LONGEST_TERM:
        message = f"It expires on {expires}, more than a year after it was read."
        yield places.problem((*trail, "expires"), message, "Take a day within a year.")


def _line(pack: Pack, entry: OutsideEntry, trail: Trail, places: Places) -> Iterator[Problem]:
    if entry.line is None:
        if entry.calls or entry.keywords:
            hint = "Add it: it is shown where an idea calls for the entry."
            yield places.problem(trail, f"`{entry.id}` can be called for and has no `line`.", hint)
        return
    yield from length(entry.line, MAX_LINE_WORDS, (*trail, "line"), places)
    for verdict in pack.verdicts:
        if verdict.name.casefold() in entry.line.casefold():
            message = f"The line names the verdict `{verdict.name}`, and stands directly below one."
            yield places.problem((*trail, "line"), message, "Say what to look at, not what to choose.")


def _names(pack: Pack, places: Places) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for at, term in enumerate(pack.terms):
        for place, name in enumerate(term.names):
            owner = owners.setdefault(" ".join(name.casefold().split()), term.id)
            if owner != term.id:
                message = f"`{name}` is a name of `{owner}` and of `{term.id}`."
                yield places.problem(("terms", at, "names", place), message, "Keep it with one of the two.")
