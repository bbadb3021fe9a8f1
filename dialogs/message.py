"""What a person did, free of any channel."""

from dataclasses import dataclass

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a conversation. `name` is None where the channel shows names itself (Slack)."""

    id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Text, without the mention of the bot."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a named button. `revision` is the one its card was drawn for; None where it carries none."""

    action: Action
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person did.

    `id` stays the same when the platform delivers it again; where that is not certain, `twin` is what two deliveries of
    one message share and two messages do not. `at` is in seconds since 1970. `addressed` is true where
    the bot is spoken to: a mention, a command, a direct chat or a press. `private` is false where others read along
    (channels, group chats): there, nobody's right and wrong answers are shown to all.
    """

    id: str
    sender: Person
    at: int
    content: Typed | Press
    addressed: bool = True
    private: bool = True
    twin: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that the message is known by."""
        return (self.id,) if self.twin is None else (self.id, self.twin)
