"""A press, and its command."""

from dialogs.commands.command import Command
from dialogs.executor.buttons import command_of
from dialogs.message import Action, Message, Person, Press, Verb
from tests.dialogs.talk import NOON


def press(*words: str, verb: Verb = Verb.FEEDBACK, **how: object) -> Message:
    return Message("m", Person("ana"), NOON, Press(Action(verb, words), None, **how))  # type: ignore[arg-type]


def of(action: Action) -> Command:
    """The command of a button."""
    return command_of(action.verb, *action.arguments)
