"""What an activity means: text, the press of a button, or the bot's arrival."""

from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from bot.teams.activities import Incoming, Part, Scope
from dialogs.message import Message, Press, Typed, action_from_data


class Pressed(Part):
    """The button of an Action.Execute."""

    type: Literal["Action.Execute"]
    verb: str = Field(min_length=1)
    data: dict[str, Any] = Field(default_factory=dict)


class Execute(Part):
    """The value of the invoke `adaptiveCard/action`."""

    action: Pressed


def typed_or_pressed(incoming: Incoming, now: int) -> Message | None:
    """A message activity's meaning; None for a button that does not exist (any more).

    A press of Action.Submit has a value and no text, so the value is looked at first. `now` counts where Teams does not
    say when it happened.
    """
    if isinstance(incoming.value, dict):
        press = _press(incoming.value.get("verb"), incoming.value)
        if press is not None or not incoming.said:
            return None if press is None else _message(incoming, press, now)
    addressed = incoming.scope is Scope.PERSONAL or incoming.mentions_bot
    return _message(incoming, Typed(incoming.said), now, addressed)


def executed(incoming: Incoming, now: int) -> Message | None:
    """An `adaptiveCard/action`'s meaning; None for a button that does not exist (any more).

    ValueError where the value is not that of an Action.Execute.
    """
    button = Execute.model_validate(incoming.value).action
    press = _press(button.verb, button.data)
    return None if press is None else _message(incoming, press, now)


def _press(verb: object, data: dict[str, Any]) -> Press | None:
    action = action_from_data(verb, data)
    revision = data.get("revision")
    known = isinstance(revision, int) and not isinstance(revision, bool)
    return None if action is None else Press(action, revision if known else None)


def installed(incoming: Incoming, words: str, now: int) -> Message:
    """The bot was added: as if the person had typed `words`, once for a conversation, since Teams may tell it twice."""
    return replace(_message(incoming, Typed(words), now), id=f"install:{incoming.conversation.id}")


def _message(incoming: Incoming, content: Typed | Press, now: int, addressed: bool = True) -> Message:
    at = int(incoming.timestamp.timestamp()) if incoming.timestamp else now
    private = incoming.scope is Scope.PERSONAL
    return Message(incoming.id or "", incoming.person, at, content, addressed, private, _twin(incoming, content))


def _twin(incoming: Incoming, content: Typed | Press) -> str | None:
    """Teams may deliver a message again under another id. Presses are told apart by their card's revision; nobody types
    the same twice in one thousandth of a second."""
    if isinstance(content, Press) or incoming.timestamp is None:
        return None
    return f"{incoming.timestamp.isoformat()} {incoming.person.id} {content.text}"
