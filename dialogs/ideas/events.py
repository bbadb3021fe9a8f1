"""What stands about an idea, part by part, with its day and person."""

from dataclasses import dataclass

from dialogs.ideas.board import Idea
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
    if idea.named and idea.title:
        found.append(Event(idea.named, TITLE, None, idea.title))
    if idea.stage.at:
        found.append(Event(idea.stage.at, STATUS, idea.stage.person, idea.status))
    return tuple(sorted(found, key=lambda event: event.at))


def changed_at(idea: Idea) -> int:
    """When it was last changed, as far as that is kept."""
    return events_of(idea)[-1].at
