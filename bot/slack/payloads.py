"""The payloads that Slack sends, checked: a message, a press, a slash command."""

from collections.abc import Mapping
from typing import Any

from pydantic import AliasPath, BaseModel, ConfigDict, Field, OnErrorOmit, ValidationError


class MalformedRequest(ValueError):
    """A body that is not what Slack sends."""


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SharedFile(_Payload):
    """A file that came with a message. `size` in bytes, 0 where Slack does not say."""

    name: str = ""
    size: int = 0
    url_private: str = ""
    url_private_download: str = ""

    @property
    def url(self) -> str:
        """Where it is fetched."""
        return self.url_private_download or self.url_private


class MessageEvent(_Payload):
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
    files: tuple[OnErrorOmit[SharedFile], ...] = ()

    @property
    def direct(self) -> bool:
        """Whether it was written to the bot alone."""
        return self.channel_type == "im" or self.channel.startswith("D")


class _Id(_Payload):
    id: str = Field(min_length=1)


class _User(_Id):
    """Who pressed. Slack sends a name, but not the display name."""

    name: str | None = None
    username: str | None = None


class PressedElement(_Payload):
    """The element that was pressed."""

    type: str
    action_id: str
    block_id: str = ""
    action_ts: str = ""
    value: str | None = None
    chosen: str | None = Field(None, validation_alias=AliasPath("selected_option", "value"))


class Container(_Payload):
    """Where the element is."""

    message_ts: str = ""
    channel_id: str = ""
    is_ephemeral: bool = False
    thread_ts: str | None = None


class BlockActions(_Payload):
    """A press of a button or a menu in a message: the payload `block_actions`."""

    user: _User
    trigger_id: str = ""
    container: Container
    actions: tuple[PressedElement, ...] = Field(min_length=1)
    channel: _Id | None = None
    message_thread: str | None = Field(None, validation_alias=AliasPath("message", "thread_ts"))
    response_url: str | None = None

    @property
    def thread_ts(self) -> str | None:
        return self.container.thread_ts or self.message_thread


class SlashCommand(_Payload):
    """A slash command."""

    command: str
    text: str = ""
    user_id: str = Field(min_length=1)
    user_name: str | None = None
    channel_id: str = Field(min_length=1)
    trigger_id: str = Field(min_length=1)
    response_url: str | None = None


class MessageText(_Payload):
    """The message that a shortcut was used on."""

    text: str = ""
    ts: str = Field(pattern=r"^\d{1,10}\.\d{1,9}$")
    thread_ts: str | None = None


class Shortcut(_Payload):
    """A shortcut: a global one, or one that was used on a message, in a channel that the bot need not be in."""

    callback_id: str
    trigger_id: str = Field(min_length=1)
    user: _Id
    channel: _Id | None = None
    message: MessageText | None = None
    response_url: str | None = None


class ViewState(_Payload):
    """What was filled in: by block, then by action."""

    values: dict[str, Any] = Field(default_factory=dict)


class SubmittedView(_Payload):
    """A modal as it was when it was submitted."""

    id: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    state: ViewState = ViewState()
    title: dict[str, Any] | None = None
    submit: dict[str, Any] | None = None
    close: dict[str, Any] | None = None


class ViewSubmission(_Payload):
    """A modal's button was pressed. `response_url`: where what was chosen leads, good for half an hour."""

    user: _User
    view: SubmittedView
    trigger_id: str = ""
    response_url: str | None = Field(None, validation_alias=AliasPath("response_urls", 0, "response_url"), min_length=1)


class ViewAction(_Payload):
    """A press of a button in the Home tab or in a modal."""

    user: _Id
    actions: tuple[PressedElement, ...] = Field(min_length=1)
    trigger_id: str = Field(min_length=1)


class HomeOpened(_Payload):
    """Somebody opened the app's page; `tab` says which tab."""

    user: str = ""
    tab: str = ""


class OtherRequest(_Payload):
    """Anything else that Slack sends; it needs no more than an acknowledgement."""

    type: str


ViewRequest = Shortcut | ViewSubmission | ViewAction | HomeOpened
"""Requests of modals and the Home tab, and those that lead there."""

SlackRequest = MessageEvent | BlockActions | SlashCommand | ViewRequest | OtherRequest


class _Envelope(_Payload):
    event: dict[str, Any]


def parse_request(body: Mapping[str, Any]) -> SlackRequest:
    """The request in a body. MalformedRequest where it is none of Slack's."""
    if not isinstance(body.get("event", {}), dict):
        raise MalformedRequest("event")
    try:
        match body.get("type"):
            case "event_callback":
                event = _Envelope.model_validate(body).event
                if event.get("type") == "app_home_opened":
                    return HomeOpened.model_validate(event)
                is_message = event.get("type") in ("message", "app_mention")
                return _message_event(event) if is_message else OtherRequest.model_validate(event)
            case "block_actions" if isinstance(body.get("view"), dict):
                return ViewAction.model_validate(body)
            case "block_actions":
                return BlockActions.model_validate(body)
            case "shortcut" | "message_action":
                return Shortcut.model_validate(body)
            case "view_submission":
                return ViewSubmission.model_validate(body)
            case None if "command" in body:
                return SlashCommand.model_validate(body)
            case None if "ssl_check" in body:
                return OtherRequest(type="ssl_check")
            case _:
                return OtherRequest.model_validate(body)
    except ValidationError as error:
        raise MalformedRequest(", ".join(".".join(map(str, found["loc"])) for found in error.errors())) from None


def _message_event(event: Mapping[str, Any]) -> SlackRequest:
    """Edits and deletions wrap a message and are none themselves."""
    if event.get("subtype") in ("message_changed", "message_deleted", "message_replied"):
        return OtherRequest(type="message")
    return MessageEvent.model_validate(event)
