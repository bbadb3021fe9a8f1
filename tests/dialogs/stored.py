"""Answers, ideas and messages with defaults."""

from dataclasses import replace

from dialogs.conversation import Answer, AnswerMethod
from dialogs.ideas.board import Idea
from dialogs.message import Action, Message, Person, Press, Typed, Verb
from tests.dialogs.talk import NOON


def answer(option: str = "yes", **changes: object) -> Answer:
    return replace(Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON), **changes)  # type: ignore[arg-type]


def idea(**changes: object) -> Idea:
    return Idea(number=1, id="x", title="Title", text="Text", by="ana", name="Ana", at=NOON).replace(**changes)


def message(at: int = NOON, **changes: object) -> Message:
    return Message("m", Person("ana", "Ana"), at, Typed("x"), **changes)  # type: ignore[arg-type]


def press(value: str, about: str = "", note: str = "") -> Message:
    content = Press(Action(Verb.FEEDBACK, (value,)), about=about, note=note)
    return Message("m", Person("ana"), NOON, content)
