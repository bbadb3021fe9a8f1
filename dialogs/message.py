"""Messages and buttons: what a person did, free of any channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from dialogs.commands.command import Command

_LONGEST_NUMBER = 6
"""Digits of the number of an idea, a lesson or an option; Python refuses to parse numbers of some thousand digits."""


def number_in(text: str) -> int:
    """The number that a text consists of; 0 for any other text, and for a longer number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0


class Verb(StrEnum):
    """What a button does: the first part of its id."""

    ANSWER = "answer"
    CONFIRM = "confirm"
    EDIT = "edit"
    PASSAGE = "passage"
    BACK = "back"
    WHY = "why"
    KEEP = "keep"
    SHOW = "show"
    DETAILS = "details"
    RESTART = "restart"
    CANCEL = "cancel"
    START = "start"
    CONTINUE = "continue"
    COMPARE = "compare"
    HELP = "help"
    LEARN = "learn"
    READ = "read"
    LESSON = "lesson"
    PRACTICE = "practice"
    TRY = "try"
    SKIP = "skip"
    REPEAT = "repeat"
    FINISH = "finish"
    SHARE = "share"
    IDEA = "idea"
    ASK = "ask"
    IDEAS = "ideas"
    MORE = "more"
    GUIDE = "guide"
    EXPORT = "export"
    FEEDBACK = "feedback"
    OFFER = "offer"
    NAME = "name"
    FORGET = "forget"
    RECORD = "record"
    SUM = "sum"


ARGUMENTS: Mapping[Verb, tuple[str, ...]] = {
    Verb.ANSWER: ("question", "option"),
    Verb.CONFIRM: ("question", "option"),
    Verb.EDIT: ("question",),
    Verb.PASSAGE: ("passage",),
    Verb.READ: ("lesson",),
    Verb.LESSON: ("lesson", "option"),
    Verb.PRACTICE: ("question", "option"),
    Verb.IDEA: ("number",),
    Verb.ASK: ("number", "question"),
    Verb.FEEDBACK: ("value",),
    Verb.OFFER: ("number",),
    Verb.SUM: ("number",),
}
"""Names of the parts that follow the verb; verbs that are not listed stand alone."""


class Action(NamedTuple):
    """A button's meaning, e.g. `answer:data:yes`."""

    verb: Verb
    arguments: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The form used as Slack's action_id."""
        return ":".join((self.verb, *self.arguments))

    @property
    def data(self) -> dict[str, str]:
        """The arguments by name, as Teams carries them beside the verb."""
        return dict(zip(ARGUMENTS.get(self.verb, ()), self.arguments, strict=True))


def parse_action(text: str) -> Action | None:
    """The action with this id; None if there is no such button (any more)."""
    verb, *arguments = text.split(":")
    return _action(verb, tuple(arguments))


def action_from_data(verb: object, data: Mapping[str, object]) -> Action | None:
    """The action of a verb and its named arguments; None if they do not fit."""
    if not isinstance(verb, str) or verb not in _VERBS:
        return None
    values = (data.get(name) for name in ARGUMENTS.get(_VERBS[verb], ()))
    return _action(verb, tuple(value for value in values if isinstance(value, str)))


_VERBS: Mapping[str, Verb] = {verb.value: verb for verb in Verb}


def _action(name: str, arguments: tuple[str, ...]) -> Action | None:
    verb = _VERBS.get(name)
    if verb is None or len(arguments) != len(ARGUMENTS.get(verb, ())) or not all(arguments):
        return None
    return Action(verb, arguments)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a conversation. `name` is None where it is not known."""

    id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class GivenIdea:
    """An idea of a list or a file, with the answers given beside it there, as question and option. `by` is its owner,
    if that may not be the sender of the message. `understood`: its text was read before, so nothing else is read in it.
    """

    text: str
    answers: tuple[tuple[str, str], ...] = ()
    by: Person | None = None
    understood: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Text, without the mention of the bot.

    `ideas` are those of a file that came with it, `problems` what was wrong with the file. `commands`: what it asks
    for, where that is known already; None where the text is to be understood.
    """

    text: str
    ideas: tuple[GivenIdea, ...] = ()
    problems: tuple[str, ...] = ()
    commands: tuple[Command, ...] | None = None


class Press(NamedTuple):
    """A press of a named button. `revision` is that of its card; None if the button carries none.

    For feedback, `about` is its subject, "" if the channel does not say, and `note` is what the person wrote.
    """

    action: Action
    revision: int | None = None
    about: str = ""
    note: str = ""


def day_of(at: float) -> date:
    """The day, in UTC, of a time in seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).date()


def text_of(message: "Message") -> str:
    """What was typed; "" for a press."""
    return message.content.text if isinstance(message.content, Typed) else ""


class Message(NamedTuple):
    """One thing a person did.

    `id` stays the same if the platform delivers it again. If that is not certain, `fingerprint` is the same for two
    deliveries of one message and differs between messages. `at` is in seconds since 1970. `addressed`: the advisor is
    spoken to, by a mention, a command, a direct message or a press. `private` is false if others can read the thread
    (channels, group chats): there, not everybody is shown which answers were right or wrong. `link` leads to the
    thread, if there is one that others can open; `permalink` leads to the message itself, for people in that place.
    `heard` is what an organisation's language model heard in the text; None: it was not asked, or gave nothing usable.
    """

    id: str
    sender: Person
    at: int
    content: Typed | Press
    addressed: bool = True
    private: bool = True
    fingerprint: str | None = None
    link: str | None = None
    permalink: str | None = None
    heard: tuple[Command, ...] | None = None

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, and the fingerprint where it has one."""
        return (self.id,) if self.fingerprint is None else (self.id, self.fingerprint)

    @property
    def verb(self) -> Verb | None:
        """The verb of the button that was pressed; None for a text."""
        return self.content.action.verb if isinstance(self.content, Press) else None


RESULT = "result"
"""The subject of feedback is `result:<verdict>`, or the id of a passage, an outside entry or a term."""

UP, DOWN = "up", "down"

NOTE_LIMIT = 300
"""Characters of the note that somebody adds to their feedback."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One press of feedback: its subjects, whether they were of use, and the person's note.

    `begun` distinguishes several results of one conversation.
    """

    about: tuple[str, ...]
    up: bool
    note: str = ""
    begun: int = 0


def about_result(verdict: str) -> str:
    return f"{RESULT}:{verdict}"
