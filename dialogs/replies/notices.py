"""Short remarks, and replies that concern a whole conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.catalogue import Remark
from dialogs.message import Person
from dialogs.replies.questions import RecordedAnswer
from knowledge.pack import Pack, Question


@dataclass(frozen=True, slots=True)
class Notice:
    """A short remark of the catalogue, by its key there."""

    remark: Remark
    values: Mapping[str, str | Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConversationDeleted:
    """What the live card of an erased conversation becomes."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the advisor is, what it can do and what to type. `hello`: somebody has only said hello."""

    pack: Pack
    hello: bool = False


@dataclass(frozen=True, slots=True)
class KnownAboutPerson:
    """What this conversation holds about a person: answers, ideas in their words, lessons."""

    answers: tuple[RecordedAnswer, ...]
    ideas: tuple[str, ...]
    lessons: bool


@dataclass(frozen=True, slots=True)
class ConversationGone:
    """A press on a card whose conversation is no longer kept."""


@dataclass(frozen=True, slots=True)
class NewOrContinue:
    """A new request came while a question is open: the choice between the two."""

    request: str
    question: Question
