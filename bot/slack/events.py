"""From what Slack sends to what a person did, and where it was done. Pure."""

from dataclasses import dataclass

from bot.slack.buttons import MENU
from bot.slack.mrkdwn import heard
from bot.slack.origin import CHANNEL, Origin, Workspace
from bot.slack.payloads import Click, Command, Pressed, Written
from bot.storage.place import Place
from bot.storage.record import Card
from dialogs.message import Action, Message, Person, Press, Typed, parse_action

SECONDS_DIGITS = 10
"""More of them are no time that a calendar knows."""

_TAKEN_SUBTYPES = (None, "file_share", "thread_broadcast")


@dataclass(frozen=True, slots=True)
class Bearings:
    """What the request and the catalogue tell: the workspace, the bot's user in it, the word for help."""

    workspace: Workspace
    bot: str | None
    help: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person did, where, and on which card."""

    place: Place
    message: Message
    origin: Origin
    pressed: Card | None = None


@dataclass(frozen=True, slots=True)
class UnknownButton:
    """A press of a button that no card of this version has."""

    origin: Origin


def written(event: Written, bearings: Bearings) -> Incoming | None:
    """A message; None where it is not for the advisor: written by a bot, or outside all threads without a mention."""
    if event.user is None or event.user == bearings.bot or event.bot_id or event.subtype not in _TAKEN_SUBTYPES:
        return None
    text = heard(event.text, bearings.bot)
    mentioned = event.type == "app_mention" or (bearings.bot is not None and f"<@{bearings.bot}" in event.text)
    addressed = mentioned or event.direct
    if not addressed and (event.thread_ts is None or not text):
        return None
    root = event.thread_ts or event.ts
    message = Message(
        id=f"{event.channel}:{event.ts}",
        sender=Person(event.user),
        at=_seconds(event.ts),
        content=Typed(text or bearings.help),
        addressed=addressed,
        private=event.direct,
    )
    place = _direct(bearings, event.user, root) if event.direct else _channel(bearings, event.channel, root)
    thread = event.thread_ts if event.direct else root
    origin = Origin(bearings.workspace, event.channel, thread, event.user, opens=event.thread_ts is None)
    return Incoming(place, message, origin)


def clicked(click: Click, bearings: Bearings) -> Incoming | UnknownButton | None:
    """A press; None where it was not made on a message."""
    channel = click.channel.id if click.channel else click.container.channel_id
    ts = click.container.message_ts
    if not channel or not ts:
        return None
    direct = channel.startswith("D")
    root = click.thread_ts or ts
    thread = click.thread_ts if direct else root
    user, ephemeral = click.user.id, click.container.is_ephemeral
    origin = Origin(bearings.workspace, channel, thread, user, click.response_url, ephemeral)
    pressed = click.actions[0]
    action, revision = _meaning(pressed)
    if action is None:
        return UnknownButton(origin)
    message = Message(
        id=f"click:{ts}:{pressed.action_ts}:{click.user.id}",
        sender=Person(click.user.id),
        at=_seconds(pressed.action_ts or ts),
        content=Press(action, revision),
        private=direct,
    )
    place = _direct(bearings, click.user.id, root) if direct else _channel(bearings, channel, root)
    card = None if click.container.is_ephemeral else Card(ts, {CHANNEL: channel})
    return Incoming(place, message, origin, card)


def commanded(command: Command, bearings: Bearings, at: int) -> Incoming:
    """A command, which goes on in the direct messages. `at`: the time of the request in seconds, it carries none."""
    message = Message(
        id=command.trigger_id,
        sender=Person(command.user_id),
        at=at,
        content=Typed(heard(command.text, bearings.bot) or bearings.help),
    )
    place = _direct(bearings, command.user_id, f"command:{command.trigger_id}")
    return Incoming(
        place, message, Origin(bearings.workspace, command.user_id, None, command.user_id, command.response_url)
    )


def _direct(bearings: Bearings, user: str, thread: str) -> Place:
    """Named after the person, since a command does not know the channel of their direct messages.

    A thread without a conversation of its own goes on with the open one.
    """
    return Place(f"slack:{bearings.workspace.owner}:{user}", thread, direct=True)


def _channel(bearings: Bearings, channel: str, thread: str) -> Place:
    return Place(f"slack:{bearings.workspace.owner}:{channel}", thread)


def _meaning(pressed: Pressed) -> tuple[Action | None, int | None]:
    """A button says what it does by its id and the revision by its value; a menu the other way round."""
    if pressed.selected_option is not None:
        kind, _, revision = pressed.action_id.rpartition(":")
        return (parse_action(pressed.selected_option.value) if kind.startswith(MENU) else None), _number(revision)
    return parse_action(pressed.action_id), _number(pressed.value)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _seconds(ts: str) -> int:
    whole = ts.partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) <= SECONDS_DIGITS else 0
