"""A press."""

from dialogs.message import Action, Message, Person, Press, Verb
from tests.dialogs.talk import NOON


def press(*words: str, verb: Verb = Verb.FEEDBACK, **how: object) -> Message:
    return Message("m", Person("ana"), NOON, Press(Action(verb, words), None, **how))  # type: ignore[arg-type]
