"""What stands about an idea, part by part, with its day and person; and the orders in which a list can be shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dialogs.ideas.board import Idea, IdeaRow, clearest_first
from dialogs.message import Person

ADDED, REMOVED, MERGED, TITLE, NOTE, STATUS = "added", "removed", "merged", "title", "note", "status"
"""Parts beside the answers, which have the ids of their questions."""

BEGUN = frozenset({"piloting", "live"})
"""Statuses of ideas that nobody has to begin with any more."""


@dataclass(frozen=True, slots=True)
class Event:
    """One part of an idea as it stands: since when (seconds since 1970) and by whom, None where that is not kept."""

    at: int
    part: str
    person: Person | None
    value: str = ""


def events_of(idea: Idea) -> tuple[Event, ...]:
    """All parts, the oldest first. Of an idea that was removed only that is left."""
    if idea.removed:
        return (Event(idea.removed, MERGED if idea.into else REMOVED, None, str(idea.into)),)
    found = [Event(idea.at, ADDED, idea.owner)]
    found += [Event(answer.at, question, answer.person, answer.option) for question, answer in idea.answers.items()]
    found += [Event(note.at, NOTE, Person(note.by, note.name), note.text) for note in idea.kept_notes]
    if idea.named:
        found.append(Event(idea.named, TITLE, None, idea.title))
    if idea.stage.at:
        found.append(Event(idea.stage.at, STATUS, idea.stage.person, idea.status))
    return tuple(sorted(found, key=lambda event: event.at))


def changed_at(idea: Idea) -> int:
    """When it was last changed, as far as that is kept."""
    return events_of(idea)[-1].at


def _to_begin(row: IdeaRow) -> tuple[object, ...]:
    status = row.idea.status
    return row.verdict is None, status in BEGUN, status != "approved", -row.strength, len(row.missing), row.number


_KEYS: Mapping[str, Callable[[IdeaRow], tuple[object, ...]]] = {
    "next": _to_begin,
    "number": lambda row: (row.number,),
    "title": lambda row: (row.idea.title.casefold(), row.number),
    "owner": lambda row: ((row.idea.name or row.idea.by).casefold(), row.number),
    "status": lambda row: (not row.idea.status, row.idea.status, row.number),
    "added": lambda row: (-row.idea.at, row.number),
    "changed": lambda row: (-changed_at(row.idea), row.number),
    "verdict": lambda row: (row.verdict is None, row.verdict and row.verdict.id, -row.strength, row.number),
    "missing": lambda row: (len(row.missing), row.number),
}


def ordered(rows: Iterable[IdeaRow], order: str) -> tuple[IdeaRow, ...]:
    """The rows in an order that has a name, reversed if that begins with a minus; for any other the clearest first,
    behind the ideas whose numbers it is.
    """
    key, first = _KEYS.get(order.removeprefix("-")), order.split()
    found = clearest_first(rows) if key is None else tuple(sorted(rows, key=key))
    found = tuple(sorted(found, key=lambda row: [*first, str(row.number)].index(str(row.number))))
    return found[::-1] if order.startswith("-") else found
