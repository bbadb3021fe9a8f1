"""The command of each button. The word for a button, and its label, are the same command as a press."""

from collections.abc import Mapping

from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.message import Verb

_ALONE: Mapping[Verb, Command] = {
    Verb.BACK: Command(Kind.GO, What.BACK),
    Verb.KEEP: Command(Kind.GO, What.CONTINUE),
    Verb.CONTINUE: Command(Kind.GO, What.CONTINUE),
    Verb.SKIP: Command(Kind.GO, What.SKIP),
    Verb.CANCEL: Command(Kind.GO, What.STOP, value=Value.LEAVE),
    Verb.FINISH: Command(Kind.GO, What.STOP, value=Value.DONE),
    Verb.RESTART: Command(Kind.GO, What.RESTART),
    Verb.WHY: Command(Kind.EXPLAIN, What.QUESTION, value=Value.WHY),
    Verb.SHOW: Command(Kind.SHOW, What.RESULT, (OWN_NAME,), value=Value.NOW),
    Verb.DETAILS: Command(Kind.SHOW, What.DETAILS),
    Verb.START: Command(Kind.IDEA, ideas=(OWN_NAME,)),
    Verb.COMPARE: Command(Kind.ASK),
    Verb.HELP: Command(Kind.CHAT, What.ABOUT_YOU, value=Value.HELP),
    Verb.LEARN: Command(Kind.LEARN, What.START),
    Verb.TRY: Command(Kind.LEARN, What.PRACTICE),
    Verb.REPEAT: Command(Kind.LEARN, What.CONTINUE),
    Verb.SHARE: Command(Kind.WRITE, What.RECORD, value=Value.SHARED),
    Verb.NAME: Command(Kind.EDIT, What.RENAME),
    Verb.FORGET: Command(Kind.FORGET),
    Verb.IDEAS: Command(Kind.SHOW, What.IDEAS),
    Verb.MORE: Command(Kind.SHOW, What.IDEAS, value=Value.NEXT_PAGE),
    Verb.GUIDE: Command(Kind.SHOW, What.MISSING, value=Value.IN_TURN),
    Verb.EXPORT: Command(Kind.WRITE, What.CSV),
    Verb.RECORD: Command(Kind.WRITE, What.RECORD, (OWN_NAME,), value="style=file"),
}
"""Buttons without arguments."""


def command_of(verb: Verb, *arguments: str) -> Command:
    """What a button asks for. KeyError for feedback, which is about no idea, and for an offer, which has its own."""
    match verb, arguments:
        case Verb.ANSWER, (question, option):
            return Command(Kind.SET, question=question, option=option)
        case Verb.CONFIRM, (question, option):
            return Command(Kind.CONFIRM, question=question, option=option)
        case Verb.EDIT, (question,):
            return Command(Kind.GO, What.BACK, question=question)
        case Verb.PASSAGE, (passage,):
            return Command(Kind.ASK, value=passage)
        case Verb.READ, (lesson,):
            return Command(Kind.LEARN, What.LESSON, value=lesson)
        case Verb.LESSON, (lesson, option):
            return Command(Kind.LEARN, What.ANSWER, question=f"lesson:{lesson}", value=option)
        case Verb.PRACTICE, (question, option):
            return Command(Kind.LEARN, What.ANSWER, question=question, option=option)
        case Verb.IDEA, (number,):
            return Command(Kind.OPEN, ideas=(number,))
        case Verb.ASK, (number, question):
            return Command(Kind.OPEN, ideas=(number,), question=question)
        case Verb.SUM, (number,):
            return Command(Kind.SHOW, What.DETAILS, (number,), value=Value.OF_SUM)
        case _:
            return _ALONE[verb]
