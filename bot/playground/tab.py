"""What the two tabs of the page have in common."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from bot.storage.place import Place

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


@dataclass(frozen=True, slots=True)
class FoundButton:
    """A button on a version of a message; `button` is the argument of `Tab.press`."""

    message: str
    version: int
    button: Any


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


class Tab(Protocol):
    """A platform's side of the playground."""

    @property
    def rooms(self) -> Sequence[Room]:
        """In the order in which they are listed."""

    @property
    def keeps_versions(self) -> bool:
        """Whether a message can be pressed as it was before it was edited."""

    def messages(self) -> Iterator[PageMessage]:
        """Everything that is to be seen, oldest first."""

    def refused(self) -> Iterator[str]:
        """What the platform refused of the bot's calls, and why."""

    async def say(
        self, who: Persona, thread: RoomThread, text: str, mention: bool, file: PageFile | None = None
    ) -> RoomThread:
        """A person types, or sends a file; returns the thread that it is in. NotFound."""

    async def press(self, who: Persona, message: str, version: int, button: Any) -> str | None:
        """A person presses a button as a version of the message had it; what they are told in return. NotFound."""

    async def act(
        self, who: Persona, thread: RoomThread, action: str, message: str | None, values: Mapping[str, Any]
    ) -> ActResult:
        """A person does something beside messages: shortcuts, forms, searches. NotFound."""

    def surfaces(self) -> Iterator[OpenSurface]:
        """What is open beside messages."""

    def find(self, thread: RoomThread, button: str, oldest: bool) -> FoundButton | None:
        """The button with this id, such as `answer:data:yes`, on the newest or oldest message of a thread."""

    def place(self, who: Persona, thread: RoomThread) -> Place:
        """Under which name the bot keeps the conversation there."""

    def names(self) -> Mapping[str, str]:
        """Names by the ids that mentions in messages hold."""
