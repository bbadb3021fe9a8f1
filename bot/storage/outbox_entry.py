"""An entry of the outbox, and its stored form, which is validated when it is read.

The previous version may run beside this one and reads the same entries: fields are added, never renamed, and what it
does not know it ignores. It would drop an accepted message: so the token of one stands in `accepted`, and in its place
nothing, which that version refuses: it sets the entry aside, and this one takes it back.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

from bot.storage.place import Place
from bot.storage.record import to_json
from dialogs.commands.command import Command
from dialogs.ideas.board import Idea
from dialogs.message import GivenIdea, Message, Person, Press, Typed, parse_action
from dialogs.wording.placement import Words


def new_token() -> str:
    """What tells an attempt at something from all others."""
    return secrets.token_hex(6)


@dataclass(frozen=True, slots=True)
class Redraw:
    """A card, by its message, that is to show what has become of its conversation; `deleted`: nothing is left of it."""

    message: Annotated[str, Field(min_length=1)]
    address: dict[str, str]
    deleted: bool


@dataclass(frozen=True, slots=True)
class Share:
    """The result of the place's conversation is posted at the entry's address, with a note.

    `idea`: the result of the idea with this number instead.
    """

    note: str = ""
    idea: int = 0


class FileJob(NamedTuple):
    """A file to send back with verdicts: its name, where it was fetched, and the id of the message it came with."""

    name: str
    url: str
    source: str


class OutboxEntry(NamedTuple):
    """A message that is being processed, and where its replies go.

    `token` tells attempts at the same message apart: a repeat must neither remove the entry of the first attempt nor
    roll back what it wrote. `board_changes`: ideas to write to the board of the place once the message has had its
    effect; stored as `ideas`. `accepted`: it was acknowledged to the platform before it had its effect, so whoever
    finds it without one carries it out. `heard_at` is the revision of the conversation in which it was `heard`.
    `words` are those in which a language model answers it, from when on they are to be shown.

    Instead of a reply, an entry can be for one of these; the message then has no text, and of the rest only its id,
    sender and time are used, and for a share the link:
    `redraw` a card of a person who asked to be forgotten, `share` a result to post for others, `file` a file to send
    back with verdicts, `reminder` what has changed about the sender's ideas on the board of the space.
    """

    channel: str
    place: Place
    address: Mapping[str, str]
    message: Message
    token: str
    original: str | bytes | None = None
    """The stored form, if the entry was read from it or is `written`."""
    redraw: Redraw | None = None
    board_changes: tuple[Idea, ...] = ()
    share: Share | None = None
    file: FileJob | None = None
    reminder: bool = False
    accepted: bool = False
    heard_at: int = 0
    words: Words | None = None

    @property
    def without_reading(self) -> Self:
        """The same without what was heard, which stays in the stored form."""
        return self._replace(message=self.message._replace(heard=None))

    @property
    def written(self) -> Self:
        """The same, with its stored form computed once."""
        return self._replace(original=self.serialized)

    @property
    def serialized(self) -> str | bytes:
        """The stored form. Entries are removed by it, so one of another version is kept exactly as it was read."""
        if self.original is not None:
            return self.original
        message, content, share = self.message, self.message.content, self.share
        stored: dict[str, object] = {
            "token": "" if self.accepted else self.token,
            "accepted": self.token if self.accepted else None,
            "channel": self.channel,
            "place": [self.place.space, self.place.thread, self.place.direct],
            "address": dict(self.address),
            "id": message.id,
            "sender": [message.sender.id, message.sender.name],
            "at": message.at,
            "addressed": message.addressed,
            "private": message.private,
            "twin": message.fingerprint,
            "link": message.link,
            **_said(content),
            "heard": _listed(message.heard),
            "heard_at": None if message.heard is None else self.heard_at,
            "words": None if self.words is None else self.words.as_json(),
            "redraw": self.redraw and asdict(self.redraw),
            "ideas": [idea.model_dump(mode="json", exclude_defaults=True) for idea in self.board_changes] or None,
            "share": None if share is None else share.note,
            "shared": (share and share.idea) or None,
            "reminder": self.reminder or None,
            "job": self.file and list(self.file),
        }
        return to_json({name: value for name, value in stored.items() if value is not None}).decode()

    @classmethod
    def from_json(cls, serialized: str | bytes) -> "OutboxEntry":
        """Reads the stored form; ValueError where it is not one."""
        return _Stored.model_validate_json(serialized).entry(serialized)


class _Stored(BaseModel):
    """The stored form. `place` is space, thread and whether it is direct; `sender` is id and name."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    token: str
    accepted: str = ""
    channel: str
    place: tuple[str, str | None, bool]
    address: dict[str, str]
    id: str
    sender: tuple[str, str | None]
    at: int
    addressed: bool
    private: bool = False
    twin: str | None = None
    link: str | None = None
    text: str | None = None
    file: tuple[tuple[str, dict[str, str]], ...] = ()
    problems: tuple[str, ...] = ()
    commands: tuple[Command, ...] | None = None
    heard: tuple[Command, ...] | None = None
    heard_at: int = 0
    words: dict[str, Any] | None = None
    press: str | None = None
    revision: int | None = None
    redraw: Redraw | None = None
    ideas: tuple[Idea, ...] = ()
    share: str | None = None
    shared: int = 0
    job: FileJob | None = None
    reminder: bool = False

    def entry(self, serialized: str | bytes) -> OutboxEntry:
        if not (self.token or self.accepted):
            raise ValueError("no token")
        sender, content = Person(*self.sender), self._content()
        said = Message(self.id, sender, self.at, content, self.addressed, self.private, self.twin, self.link)
        return OutboxEntry(
            self.channel,
            Place(*self.place),
            self.address,
            said._replace(heard=self.heard),
            self.token or self.accepted,
            serialized,
            self.redraw,
            self.ideas,
            None if self.share is None else Share(self.share, self.shared),
            self.job,
            self.reminder,
            bool(self.accepted),
            self.heard_at,
            None if self.words is None else Words.from_json(self.words),
        )

    def _content(self) -> Typed | Press:
        if self.text is not None:
            ideas = tuple(GivenIdea(text, tuple(answers.items())) for text, answers in self.file)
            return Typed(self.text, ideas, self.problems, self.commands)
        action = None if self.press is None else parse_action(self.press)
        if action is None:
            raise ValueError("neither text nor a button that exists")
        return Press(action, self.revision)


def _listed(commands: tuple[Command, ...] | None) -> list[dict[str, object]] | None:
    return None if commands is None else [command.as_json() for command in commands]


def _said(content: Typed | Press) -> dict[str, object]:
    """A press; or a text and what came with it: in a file, or what it asks for."""
    if isinstance(content, Press):
        return {"press": content.action.id, "revision": content.revision}
    ideas = [(idea.text, dict(idea.answers)) for idea in content.ideas]
    commands = _listed(content.commands)
    return {"text": content.text, "file": ideas or None, "problems": content.problems or None, "commands": commands}
