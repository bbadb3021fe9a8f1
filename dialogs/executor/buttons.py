"""Buttons and the commands that they stand for."""

from collections.abc import Mapping

from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.executor import navigation, told_ideas
from dialogs.executor.ideas import start
from dialogs.executor.proposals import Step
from dialogs.executor.sums import details, is_asked
from dialogs.executor.targets import Context
from dialogs.flows.lesson_progress import AtLesson
from dialogs.flows.replay import recommend
from dialogs.message import Action, Typed, Verb, number_in
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.questions import WhyAsked
from dialogs.replies.results import ResultPart
from dialogs.turn import Effects
from knowledge.pack import Question

_ALONE: Mapping[Verb, Command] = {
    Verb.BACK: Command(Kind.GO, What.BACK),
    Verb.KEEP: Command(Kind.GO, What.CONTINUE),
    Verb.CONTINUE: Command(Kind.GO, What.CONTINUE),
    Verb.SKIP: Command(Kind.GO, What.SKIP),
    Verb.CANCEL: Command(Kind.GO, What.STOP),
    Verb.FINISH: Command(Kind.GO, What.STOP),
    Verb.RESTART: Command(Kind.GO, What.RESTART),
    Verb.WHY: Command(Kind.EXPLAIN, What.QUESTION),
    Verb.SHOW: Command(Kind.SHOW, What.RESULT),
    Verb.DETAILS: Command(Kind.SHOW, What.DETAILS),
    Verb.START: Command(Kind.IDEA),
    Verb.NEW: Command(Kind.IDEA),
    Verb.COMPARE: Command(Kind.ASK),
    Verb.HELP: Command(Kind.CHAT, What.ABOUT_YOU),
    Verb.LEARN: Command(Kind.LEARN, What.START),
    Verb.TRY: Command(Kind.LEARN, What.PRACTICE),
    Verb.REPEAT: Command(Kind.LEARN, What.CONTINUE),
    Verb.SHARE: Command(Kind.WRITE, What.RECORD),
    Verb.NAME: Command(Kind.EDIT, What.RENAME),
    Verb.FORGET: Command(Kind.FORGET),
    Verb.IDEAS: Command(Kind.SHOW, What.IDEAS),
    Verb.MORE: Command(Kind.SHOW, What.IDEAS),
    Verb.GUIDE: Command(Kind.SHOW, What.MISSING),
    Verb.EXPORT: Command(Kind.WRITE, What.CSV),
    Verb.RECORD: Command(Kind.WRITE, What.RECORD, (OWN_NAME,), value="style=file"),
}
"""Buttons without arguments."""


def command_of(action: Action) -> Command | None:
    """The command of a button; None for feedback, which is about no idea, and for an offer, which has its own."""
    match action.verb, action.arguments:
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
        case Verb.LESSON, (_, option):
            return Command(Kind.LEARN, What.ANSWER, value=option)
        case Verb.PRACTICE, (question, option):
            return Command(Kind.LEARN, What.ANSWER, question=question, option=option)
        case Verb.IDEA, (number,):
            return Command(Kind.OPEN, ideas=(number,))
        case Verb.SUM, (_,):
            return Command(Kind.CALCULATE)
        case Verb.ASK, (number, question):
            return Command(Kind.OPEN, ideas=(number,), question=question)
        case _:
            return _ALONE.get(action.verb)


def press(context: Context, effects: Effects, action: Action) -> Step:
    """What a button does, pressed or typed. One that has nothing to act on is answered in a sentence."""
    conversation, flows, command = effects.conversation, context.advisor.flows, command_of(action)
    if command is None:
        return Step(effects)
    match action.verb:
        case Verb.SKIP if is_asked(context, conversation) and isinstance(context.message.content, Typed):
            return Step(effects, (command,))
        case Verb.ANSWER if flows.current(conversation) is flows.questions:
            return Step(effects, (command.replace(ideas=(OWN_NAME,)),))
        case Verb.ANSWER | Verb.CONFIRM | Verb.PASSAGE | Verb.COMPARE | Verb.EXPORT | Verb.RECORD:
            return Step(effects, (command,))
        case Verb.SUM:
            return Step(details(context, effects, number_in(action.arguments[0])))
        case Verb.HELP:
            return Step(effects.told(command, Greeting(context.advisor.pack)))
        case Verb.START | Verb.NEW if action.verb is Verb.NEW or flows.questions.prompt(conversation) is None:
            return Step(start(context, effects, command))
        case Verb.FINISH if conversation.flow == flows.intake.name:
            return told_ideas.settle(context, effects._replace(done=(*effects.done, command)))
        case Verb.WHY:
            halted = navigation.refused(context, effects, flows.flow_for(conversation, action.verb), action)
            return _why(context, effects, command) if halted is None else Step(halted)
        case Verb.CONTINUE if not flows.flow_for(conversation, Verb.CONTINUE).accepts(conversation, Verb.CONTINUE):
            return Step(navigation.go(context, effects, command))
        case _:
            return Step(navigation.press(context, effects, command, action))


def _why(context: Context, effects: Effects, command: Command) -> Step:
    """Why the open question is asked, why the last answer was right or wrong, or why the result is what it is."""
    conversation, flows = effects.conversation, context.advisor.flows
    match flows.open_prompt(conversation):
        case AtLesson() if conversation.tour is not None and any(conversation.tour.first.values()):
            return Step(effects, (Command(Kind.EXPLAIN, What.LAST),))
        case Question() as question:
            return Step(effects.told(command, WhyAsked(question)))
        case None if flows.current(conversation) is flows.questions:
            result = recommend(context.advisor.knowledge, conversation, context.message.at)
            return Step(effects.told(command, ResultPart(What.VERDICT, result)))
        case None:  # an idea of the list, whose card says so
            return Step(effects.drawn(command, conversation))
        case _:
            return Step(effects.told(command, Notice("lesson_why")))
