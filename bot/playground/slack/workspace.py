"""A workspace in memory: channels, people, messages, and everything that became visible in it, in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Blocks = list[dict[str, Any]]


class ChannelKind(StrEnum):
    """Kinds of conversations, by the names that events use for them."""

    CHANNEL = "channel"
    PRIVATE = "group"
    GROUP = "mpim"
    DIRECT = "im"


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows at a time."""

    text: str
    blocks: Blocks


@dataclass
class Upload:
    """A file of the bot's: announced with its length, then filled, then shown with a message."""

    name: str
    length: int
    data: bytes | None = None
    shown: bool = False


@dataclass
class SlackMessage:
    """A message with all its versions, oldest first. `only_for` is the one who sees an ephemeral message,
    `file` the id of the one that came with it."""

    ts: str
    channel: str
    user: str
    thread_ts: str | None
    versions: list[Content]
    only_for: str | None = None
    deleted: bool = False
    file: str | None = None

    @property
    def content(self) -> Content:
        """What it shows now."""
        return self.versions[-1]

    @property
    def root(self) -> str:
        """The thread that it belongs to, or would be the root of."""
        return self.thread_ts or self.ts

    def to_json(self) -> dict[str, Any]:
        """The message as the Web API and clicks carry it."""
        thread = {"thread_ts": self.thread_ts} if self.thread_ts else {}
        shown = self.content
        return {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": shown.text,
            "blocks": shown.blocks,
            **thread,
        }


@dataclass
class WorkspaceChannel:
    """A conversation of people, maybe with the bot among them."""

    id: str
    kind: ChannelKind
    members: set[str]


@dataclass
class LocalWorkspace:
    """One workspace in which the app is installed. `clock` gives seconds since 1970.

    `log` has each message with what it showed, as they became visible. `modals` and `homes` hold what each person has
    before them; `triggers`, who may get a modal for something they did; `uploads`, the bot's files by their ids.
    `names` are those that people chose, by their ids; the app may look them up where there are any.
    """

    clock: Callable[[], float]
    team: str = "T0PLAYGRND"
    enterprise: str | None = None
    bot: str = "U0ADVISOR0"
    bot_id: str = "B0ADVISOR0"
    app: str = "A0ADVISOR0"
    token: str = "xoxb-playground"  # noqa: S105 – it opens nothing but this workspace
    channels: dict[str, WorkspaceChannel] = field(default_factory=dict)
    messages: list[SlackMessage] = field(default_factory=list)
    log: list[tuple[SlackMessage, Content]] = field(default_factory=list)
    modals: dict[str, dict[str, Any]] = field(default_factory=dict)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _counter: int = 0

    def new_ts(self) -> str:
        """A timestamp that no other message has; later ones are greater."""
        self._counter += 1
        return f"{int(self.clock())}.{self._counter:06d}"

    def new_id(self, letter: str) -> str:
        """An id of Slack's shape."""
        self._counter += 1
        return f"{letter}0PG{self._counter:06d}"

    def trigger(self, user: str) -> str:
        """What a person's doing carries, good for opening one modal for them."""
        made = self.new_id("trigger.")
        self.triggers[made] = user
        return made

    def channel(
        self, people: Iterable[str], kind: ChannelKind = ChannelKind.CHANNEL, with_bot: bool = True
    ) -> WorkspaceChannel:
        """A new channel with these people in it."""
        members = {*people, *([self.bot] if with_bot else [])}
        made = WorkspaceChannel(self.new_id("D" if kind is ChannelKind.DIRECT else "C"), kind, members)
        self.channels[made.id] = made
        return made

    def direct(self, user: str) -> WorkspaceChannel:
        """The direct messages between a person and the bot."""
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DIRECT and channel.members == {user, self.bot}:
                return channel
        return self.channel([user], ChannelKind.DIRECT)

    def post(
        self, channel: str, user: str, content: Content, thread_ts: str | None = None, only_for: str | None = None
    ) -> SlackMessage:
        """Adds a message; in a thread, also when the root itself is named."""
        message = SlackMessage(self.new_ts(), channel, user, thread_ts, [content], only_for)
        self.messages.append(message)
        self.log.append((message, content))
        return message

    def edit(self, message: SlackMessage, content: Content) -> None:
        """Gives a message a new version."""
        message.versions.append(content)
        self.log.append((message, content))

    def find(self, channel: str, ts: str) -> SlackMessage | None:
        """The message with this timestamp, unless it was deleted."""
        found = (m for m in self.messages if m.channel == channel and m.ts == ts and not m.deleted)
        return next(found, None)

    def thread(self, channel: str, root: str) -> Iterator[SlackMessage]:
        """What everybody sees in a thread, oldest first."""
        return (
            message
            for message in self.messages
            if message.channel == channel and message.root == root and message.only_for is None and not message.deleted
        )
