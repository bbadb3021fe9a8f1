"""From what Slack sends to what a person did, and where it was done. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from bot.slack.blocks import FEEDBACK
from bot.slack.buttons import MENU
from bot.slack.payloads import BlockActions, MessageEvent, PressedElement
from bot.slack.text import typed_text
from bot.storage.place import Place, percent_encoded
from bot.storage.record import Card
from bot.turns.file_message import FileSource
from dialogs.message import Message, Person, Press, Typed, parse_action

SLACK = "slack"
"""This channel's name in the outbox and in the participants index."""

CHANNEL = "channel"
"""What a card's address holds: the id of the channel that it is in."""

MAX_SECONDS_DIGITS = 10
"""A timestamp with more digits is no valid date."""

_MESSAGE_SUBTYPES = (None, "file_share", "thread_broadcast")
"""Of messages that a person wrote."""


class Workspace(NamedTuple):
    """A workspace, and the organisation that it belongs to, if any."""

    team: str | None
    enterprise: str | None = None

    @classmethod
    def named(cls, team: object, enterprise: object) -> "Workspace":
        """From unchecked values of a payload; what is no id of Slack's is ignored."""
        return cls(_id(team), _id(enterprise))

    @property
    def owner(self) -> str:
        """The id under which conversations are stored: workspaces of an organisation may share its channels."""
        return self.enterprise or self.team or ""


class Origin(NamedTuple):
    """Where something was done, so that this or another process can send the replies there.

    `channel` is a channel's id, or a person's, which means the direct messages with them. `thread` is None at the
    top level. `response_url` reaches the sender alone, also where the bot is no member, for half an hour. `ephemeral`:
    pressed on a message that only the sender sees. `opens`: done by a message outside of all threads; Slack shows what
    is for one person in the thread below it only once a reply is there.
    """

    workspace: Workspace
    channel: str
    thread: str | None
    user: str
    response_url: str | None = None
    ephemeral: bool = False
    opens: bool = False

    @property
    def address(self) -> Mapping[str, str]:
        """The form that is stored with a pending reply; the response_url is a secret, and too short-lived for that."""
        parts = {
            "team": self.workspace.team,
            "enterprise": self.workspace.enterprise,
            "channel": self.channel,
            "thread": self.thread,
            "user": self.user,
        }
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def from_address(cls, address: Mapping[str, str]) -> Self:
        """Reads the stored form; KeyError where it is not one."""
        workspace = Workspace(address.get("team"), address.get("enterprise"))
        return cls(workspace, address["channel"], address.get("thread"), address["user"])


class PlaceData(BaseModel):
    """The place of a conversation, in the data of a button or a modal."""

    model_config = ConfigDict(frozen=True)

    space: str
    thread: str | None
    direct: bool

    @classmethod
    def at(cls, place: Place, **more: Any) -> Self:
        return cls(space=place.space, thread=place.thread, direct=place.direct, **more)

    @property
    def place(self) -> Place:
        """Where it is; ValueError where the data are not the advisor's."""
        return Place(self.space, self.thread, direct=self.direct)


class RequestContext(NamedTuple):
    """What a payload does not contain: the workspace, the bot's user in it, the word for help."""

    workspace: Workspace
    bot: str | None
    help: str


class IncomingMessage(NamedTuple):
    """What a person did, where, and on which card; and the file that came with it."""

    place: Place
    message: Message
    origin: Origin
    pressed: Card | None = None
    file: FileSource | None = None


@dataclass(frozen=True, slots=True)
class UnknownButton:
    """A press of a button that this version does not have."""

    origin: Origin


def from_message_event(event: MessageEvent, context: RequestContext) -> IncomingMessage | None:
    """A message; None where it is not for the advisor: written by a bot, or outside all threads without a mention."""
    if event.user is None or event.user == context.bot or event.bot_id or event.subtype not in _MESSAGE_SUBTYPES:
        return None
    text = typed_text(event.text, context.bot)
    mentioned = event.type == "app_mention" or (context.bot is not None and f"<@{context.bot}" in event.text)
    addressed = mentioned or event.direct
    if not addressed and (event.thread_ts is None or not text):
        return None
    root = event.thread_ts or event.ts
    message = Message(
        id=f"{event.channel}:{event.ts}",
        sender=Person(event.user),
        at=_seconds(event.ts),
        content=Typed(text or context.help),
        addressed=addressed,
        private=event.direct,
        link=None if event.direct else _permalink(event.channel, root, None),
        permalink=_permalink(event.channel, event.ts, event.thread_ts),
    )
    place = direct_place(context, event.user, root) if event.direct else _channel(context, event.channel, root)
    thread = event.thread_ts if event.direct else root
    origin = Origin(context.workspace, event.channel, thread, event.user, opens=event.thread_ts is None)
    files = [FileSource(file.name, file.url, file.size) for file in event.files] if addressed else []
    return IncomingMessage(place, message, origin, file=next(iter(files), None))


def from_block_actions(payload: BlockActions, context: RequestContext) -> IncomingMessage | UnknownButton | None:
    """A press; None where it was not made on a message."""
    container, who = payload.container, payload.user
    channel = payload.channel.id if payload.channel else container.channel_id
    ts = container.message_ts
    if not channel or not ts:
        return None
    direct, inside = channel.startswith("D"), payload.thread_ts
    root = inside or ts
    thread = inside if direct else root
    user, ephemeral = who.id, container.is_ephemeral
    origin = Origin(context.workspace, channel, thread, user, payload.response_url, ephemeral)
    pressed = payload.actions[0]
    press = _press(pressed)
    if press is None:
        return UnknownButton(origin)
    message = Message(
        id=f"click:{ts}:{pressed.action_ts}:{user}",
        sender=Person(user, who.name or who.username),
        at=_seconds(pressed.action_ts or ts),
        content=press,
        private=direct,
        link=None if direct else _permalink(channel, root, None),
        permalink=None if ephemeral else _permalink(channel, ts, inside),
    )
    place = direct_place(context, user, root) if direct else _channel(context, channel, root)
    return IncomingMessage(place, message, origin, None if ephemeral else Card(ts, {CHANNEL: channel}))


def direct_place(context: RequestContext, user: str, thread: str) -> Place:
    """The place of direct messages with a person, named after them: a command does not know the channel of these.

    A thread without a conversation of its own goes on with the open one.
    """
    return Place(f"slack:{context.workspace.owner}:{user}", thread, direct=True)


def _permalink(channel: str, ts: str, thread: str | None) -> str:
    """Where a message is, as `chat.getPermalink` says it, but for the workspace's name, which Slack finds by itself."""
    channel, number = percent_encoded(channel), percent_encoded(ts.replace(".", ""))
    within = "" if thread is None or thread == ts else f"?thread_ts={percent_encoded(thread)}&cid={channel}"
    return f"https://slack.com/archives/{channel}/p{number}{within}"


def thread_link(place: Place) -> str:
    """Where a thread in a channel is; "" for direct messages, whose channel their place does not name."""
    channel = place.space.rpartition(":")[2]
    return "" if place.direct or place.thread is None else _permalink(channel, place.thread, None)


def _channel(context: RequestContext, channel: str, thread: str) -> Place:
    return Place(f"slack:{context.workspace.owner}:{channel}", thread)


def _press(pressed: PressedElement) -> Press | None:
    """A button says what it does by its id and the revision by its value; a menu the other way round. Slack's buttons
    for feedback have one id; their block's id says what it is about."""
    if pressed.action_id == FEEDBACK:
        kind, _, about = pressed.block_id.partition(":")
        action = parse_action(f"{FEEDBACK}:{pressed.value}")
        return None if action is None else Press(action, about=about.partition(":")[2] if kind == FEEDBACK else "")
    action, revision = parse_action(pressed.action_id), _number(pressed.value)
    if pressed.chosen is not None:
        kind, _, shown = pressed.action_id.rpartition(":")
        action = parse_action(pressed.chosen) if kind.startswith(MENU) else None
        revision = _number(shown)
    return None if action is None else Press(action, revision)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and value.isascii() else None


def _seconds(ts: str) -> int:
    whole = ts.partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) <= MAX_SECONDS_DIGITS else 0
