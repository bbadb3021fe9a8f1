"""What the two tabs of the page have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody at the page."""

    id: str
    name: str


PERSONAS = (Persona("ana", "Ana"), Persona("ben", "Ben"))
"""Who there is to switch between; transcripts know them by these ids."""

BOT = "bot"
"""Author of the advisor's messages."""


class RoomKind(StrEnum):
    """Kinds of rooms on either platform."""

    CHANNEL = "channel"
    PRIVATE = "private"
    GROUP = "group"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Room:
    """Where people talk. `threads`: each message there may have replies. `members` are ids of people."""

    id: str
    kind: RoomKind
    name: str
    members: tuple[str, ...]
    threads: bool


@dataclass(frozen=True, slots=True)
class RoomThread:
    """A thread in a room; None where the room has none, or where a new one is to be opened."""

    room: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """A figure of a message beside the platform's limit. `what` is shown."""

    what: str
    size: int
    limit: int


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of a message: `text` is what is in it. `asks`: the bot asks whether it may be saved, in these words."""

    name: str
    text: str = ""
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class PageMessage:
    """A message as the page gets it.

    `spot` names the thread that it belongs to or opens; `reply`: it belongs to one that another message opened. `at` in
    seconds since 1970. `version` counts edits. `only` is the person who sees it alone. `content` is what is to
    be rendered: blocks or a card; `own` holds the cards that some see instead. `json` is what the bot sent.
    """

    id: str
    spot: RoomThread
    author: str
    at: float
    text: str
    reply: bool = False
    version: int = 0
    only: str | None = None
    content: Any = None
    own: Mapping[str, Any] | None = None
    json: Any = None
    sizes: Sequence[Size] = ()
    file: PageFile | None = None


FoundButton = tuple[str, int, Any]
"""A message, its newest version, and what of it a tab's `press` takes as a button."""


@dataclass(frozen=True, slots=True)
class OpenSurface:
    """Something of the advisor's beside messages, before one person: `kind` is home, modal or dialog. `view` is what is
    to be rendered, a view of Slack's or a card."""

    kind: str
    person: str
    title: str
    view: Any


@dataclass(frozen=True, slots=True)
class ActResult:
    """What comes of something that is done beside messages: what the person is told, what was wrong in a form, by
    field, and what a search found, each with a title, a text and a card."""

    told: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    found: Sequence[Json] = ()


class NotFound(LookupError):
    """The page asked for a room, message or button that is not there; the message says which."""


def persona(who: str) -> Persona:
    """The person with this id; NotFound."""
    for person in PERSONAS:
        if person.id == who:
            return person
    raise NotFound(f"There is no {who}.")
