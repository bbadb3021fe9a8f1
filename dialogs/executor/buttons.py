"""Buttons and the commands that they stand for."""

from collections.abc import Mapping

from dialogs.commands.command import Command, Kind, What
from dialogs.message import Action, Verb

_ALONE: Mapping[Verb, tuple[Kind, What]] = {
    Verb.BACK: (Kind.GO, What.BACK),
    Verb.KEEP: (Kind.GO, What.CONTINUE),
    Verb.CONTINUE: (Kind.GO, What.CONTINUE),
    Verb.SKIP: (Kind.GO, What.SKIP),
    Verb.CANCEL: (Kind.GO, What.STOP),
    Verb.FINISH: (Kind.GO, What.STOP),
    Verb.RESTART: (Kind.GO, What.RESTART),
    Verb.WHY: (Kind.EXPLAIN, What.QUESTION),
    Verb.SHOW: (Kind.SHOW, What.RESULT),
    Verb.DETAILS: (Kind.SHOW, What.DETAILS),
    Verb.START: (Kind.IDEA, What.NONE),
    Verb.NEW: (Kind.IDEA, What.NONE),
    Verb.COMPARE: (Kind.ASK, What.NONE),
    Verb.HELP: (Kind.CHAT, What.ABOUT_YOU),
    Verb.LEARN: (Kind.LEARN, What.START),
    Verb.TRY: (Kind.LEARN, What.PRACTICE),
    Verb.REPEAT: (Kind.LEARN, What.CONTINUE),
    Verb.SHARE: (Kind.WRITE, What.RECORD),
    Verb.IDEAS: (Kind.SHOW, What.IDEAS),
    Verb.MORE: (Kind.SHOW, What.IDEAS),
    Verb.GUIDE: (Kind.SHOW, What.MISSING),
    Verb.EXPORT: (Kind.WRITE, What.CSV),
}
"""Buttons without arguments."""


def command_of(action: Action) -> Command | None:
    """The command of a button; None for feedback, which is about no idea, and for an offer, which has its own."""
    match action:
        case Action(Verb.ANSWER, (question, option)):
            return Command(Kind.SET, question=question, option=option)
        case Action(Verb.CONFIRM, (question, option)):
            return Command(Kind.CONFIRM, question=question, option=option)
        case Action(Verb.EDIT, (question,)):
            return Command(Kind.GO, What.BACK, question=question)
        case Action(Verb.PASSAGE, (passage,)):
            return Command(Kind.ASK, value=passage)
        case Action(Verb.READ, (lesson,)):
            return Command(Kind.LEARN, What.LESSON, value=lesson)
        case Action(Verb.LESSON, (_, option)):
            return Command(Kind.LEARN, What.ANSWER, value=option)
        case Action(Verb.PRACTICE, (question, option)):
            return Command(Kind.LEARN, What.ANSWER, question=question, option=option)
        case Action(Verb.IDEA, (number,)):
            return Command(Kind.OPEN, ideas=(number,))
        case Action(Verb.ASK, (number, question)):
            return Command(Kind.OPEN, ideas=(number,), question=question)
        case Action(verb) if verb in _ALONE:
            kind, what = _ALONE[verb]
            return Command(kind, what)
        case _:
            return None
