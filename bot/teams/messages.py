"""The message in an activity from Teams: text, the press of a button, feedback, or the bot's arrival."""

from typing import Any, Literal

from pydantic import AliasPath, Field
from pydantic_core import from_json

from bot.teams.activities import ActivityModel, ConversationType, IncomingActivity
from dialogs.message import DOWN, UP, Action, Message, Press, Typed, Verb, action_from_data


class ExecuteValue(ActivityModel):
    """The value of the invoke `adaptiveCard/action`: the button of an Action.Execute."""

    type: Literal["Action.Execute"] = Field(validation_alias=AliasPath("action", "type"))
    verb: str = Field(validation_alias=AliasPath("action", "verb"), min_length=1)
    data: dict[str, Any] = Field(default_factory=dict, validation_alias=AliasPath("action", "data"))


class Reaction(ActivityModel):
    """A thumb below a message. `feedback` is what the person wrote, as JSON text with `feedbackText`, or plain."""

    reaction: Literal["like", "dislike"]
    feedback: Any = None

    @property
    def note(self) -> str:
        """What they wrote; "" for nothing."""
        found = self.feedback
        if isinstance(found, str) and found.lstrip().startswith("{"):
            try:
                found = from_json(found)
            except ValueError:
                return str(found)
        if isinstance(found, dict):
            found = found.get("feedbackText")
        return found if isinstance(found, str) else ""


class FeedbackValue(ActivityModel):
    """The value of the invoke `message/submitAction`."""

    action_name: Literal["feedback"]
    action_value: Reaction


def from_feedback(activity: IncomingActivity, now: int) -> Message:
    """The press of feedback in a `message/submitAction`; ValueError where it is none."""
    reaction = FeedbackValue.model_validate(activity.value).action_value
    value = UP if reaction.reaction == "like" else DOWN
    press = Press(Action(Verb.FEEDBACK, (value,)), note=" ".join(reaction.note.split()))
    return _message(activity, press, now)


def from_message_activity(activity: IncomingActivity, now: int) -> Message | None:
    """The message in a message activity; None for a button that does not exist (any more).

    A press of Action.Submit has a value and no text, so the value is looked at first. `now` counts where Teams does not
    say when it happened.
    """
    if isinstance(activity.value, dict):
        press = _press(activity.value.get("verb"), activity.value)
        if press is not None or not activity.typed_text:
            return None if press is None else _message(activity, press, now)
    alone = activity.conversation_type is ConversationType.PERSONAL or activity.targeted
    addressed = alone or activity.mentions_bot
    return _message(activity, Typed(activity.typed_text), now, addressed)


def from_execute_action(activity: IncomingActivity, now: int) -> Message | None:
    """The message in an `adaptiveCard/action`; None for a button that does not exist (any more).

    ValueError where the value is not that of an Action.Execute.
    """
    button = ExecuteValue.model_validate(activity.value)
    press = _press(button.verb, button.data)
    return None if press is None else _message(activity, press, now)


def _press(verb: object, data: dict[str, Any]) -> Press | None:
    action = action_from_data(verb, data)
    revision = data.get("revision")
    known = isinstance(revision, int) and not isinstance(revision, bool)
    return None if action is None else Press(action, revision if known else None)


def from_installation(activity: IncomingActivity, words: str, now: int) -> Message:
    """The bot was added: as if the person had typed `words`, once for a conversation, since Teams may tell it twice."""
    return _message(activity, Typed(words), now)._replace(id=f"install:{activity.conversation.id}")


def _message(activity: IncomingActivity, content: Typed | Press, now: int, addressed: bool = True) -> Message:
    at = int(activity.timestamp.timestamp()) if activity.timestamp else now
    private = activity.conversation_type is ConversationType.PERSONAL or activity.targeted
    second_id, link = _second_id(activity, content), None if activity.targeted else activity.link
    return Message(
        activity.id or "", activity.person, at, content, addressed, private, second_id, link, activity.permalink
    )


def _second_id(activity: IncomingActivity, content: Typed | Press) -> str | None:
    """Teams may deliver a message again under another id. Presses are told apart by their card's revision; nobody types
    the same twice in one thousandth of a second."""
    if isinstance(content, Press) or activity.timestamp is None:
        return None
    return f"{activity.timestamp.isoformat()} {activity.person.id} {content.text}"
