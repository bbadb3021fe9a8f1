"""What Slack sends, checked: shapes first, so that nothing behind them meets a surprise."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Malformed(ValueError):
    """A body that is not what Slack sends."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Written(_Shape):
    """A message, as events of the types `message` and `app_mention` carry it."""

    type: str
    channel: str
    ts: str = Field(pattern=r"^\d{1,10}\.\d{1,9}$")
    user: str | None = None
    text: str = ""
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    channel_type: str | None = None

    @property
    def direct(self) -> bool:
        """Whether it was written to the bot alone."""
        return self.channel_type == "im" or self.channel.startswith("D")


class _Id(_Shape):
    id: str = Field(min_length=1)


class _Option(_Shape):
    value: str = ""


class Pressed(_Shape):
    """The element that was pressed."""

    type: str
    action_id: str
    action_ts: str = ""
    value: str | None = None
    selected_option: _Option | None = None


class Container(_Shape):
    """Where the element stands."""

    message_ts: str = ""
    channel_id: str = ""
    is_ephemeral: bool = False
    thread_ts: str | None = None


class _InThread(_Shape):
    thread_ts: str | None = None


class Click(_Shape):
    """A press in a message."""

    user: _Id
    container: Container
    actions: tuple[Pressed, ...] = Field(min_length=1)
    channel: _Id | None = None
    message: _InThread | None = None
    response_url: str | None = None

    @property
    def thread_ts(self) -> str | None:
        """The thread that the message stands in, if any."""
        return self.container.thread_ts or (self.message.thread_ts if self.message else None)


class Command(_Shape):
    """A slash command."""

    command: str
    text: str = ""
    user_id: str = Field(min_length=1)
    channel_id: str = Field(min_length=1)
    trigger_id: str = Field(min_length=1)
    response_url: str | None = None


class Other(_Shape):
    """Anything else that Slack sends and that needs no more than an acknowledgement."""

    type: str


Request = Written | Click | Command | Other


class _Envelope(_Shape):
    event: dict[str, Any]


def read(body: Mapping[str, Any]) -> Request:
    """What a body says. Malformed where it is none of Slack's."""
    if not isinstance(body.get("event", {}), dict):
        raise Malformed("event")
    try:
        match body.get("type"):
            case "event_callback":
                event = _Envelope.model_validate(body).event
                kind = Written if event.get("type") in ("message", "app_mention") else Other
                return _written(event) if kind is Written else Other.model_validate(event)
            case "block_actions":
                return Click.model_validate(body)
            case None if "command" in body:
                return Command.model_validate(body)
            case None if "ssl_check" in body:
                return Other(type="ssl_check")
            case _:
                return Other.model_validate(body)
    except ValidationError as error:
        raise Malformed(", ".join(".".join(map(str, found["loc"])) for found in error.errors())) from None


def _written(event: Mapping[str, Any]) -> Request:
    """Edits and deletions wrap a message and are none themselves."""
    if event.get("subtype") in ("message_changed", "message_deleted", "message_replied"):
        return Other(type="message")
    return Written.model_validate(event)
