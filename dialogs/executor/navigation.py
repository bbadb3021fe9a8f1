"""Navigation: from one question to another, back, on, out; and what cannot be done yet."""

from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.executor.answers import set_answer
from dialogs.executor.looks import guided
from dialogs.executor.sums import assume, is_asked
from dialogs.executor.targets import Context
from dialogs.executor.undo import left_alone, undo
from dialogs.flows.base import Flow
from dialogs.message import Typed
from dialogs.replies import Reply
from dialogs.replies.lessons import LessonFeedback
from dialogs.replies.notices import Notice
from dialogs.turn import Effects
from knowledge.pack import UNSURE


def go(context: Context, effects: Effects, command: Command) -> Effects:
    """A move; what has nothing to act on is answered in a sentence."""
    conversation, flows = effects.conversation, context.advisor.flows
    match command.what:
        case What.UNDO:
            return undo(context, effects, command)
        case What.WAIT:
            return effects.courteous(command, Notice("no_hurry"))
        case What.STOP:
            return _stop(context, effects, command)
        case What.SKIP if isinstance(context.message.content, Typed) and is_asked(context, conversation):
            return assume(context, effects, command)
        case What.SKIP if flows.current(conversation) is flows.questions:
            return _skip(context, effects, command)
        case What.CONTINUE:
            return _continue(context, effects, command)
        case _:
            return by_flow(context, effects, command)


def by_flow(context: Context, effects: Effects, command: Command, told: Command | None = None) -> Effects:
    """Has a flow carry out a command, unless it has nothing to act on. `told` is what it is called, if not the same."""
    halted = refused(context, effects, command)
    if halted is not None:
        return halted
    flow = context.advisor.flows.flow_for(effects.conversation, command)
    turn = flow.act(flow.activate(effects.conversation), context.message, command)
    return effects.absorbed(told or command, turn)


def refused(context: Context, effects: Effects, command: Command) -> Effects | None:
    """Why a command has nothing to act on, or that only another person may give it; None where it has."""
    flow = context.advisor.flows.flow_for(effects.conversation, command)
    theirs = anothers(context, effects, flow)
    if theirs is not None:
        return theirs
    objection = flow.objection(effects.conversation, command)
    return None if objection is None else effects.refused(Notice(objection))


def anothers(context: Context, effects: Effects, flow: Flow) -> Effects | None:
    """What is said to somebody where only another person may go on; None where they may."""
    owner = flow.other_owner(effects.conversation, context.message.sender)
    return None if owner is None else effects._replace(aside=(Notice("belongs_to", {"person": owner}),))


def _skip(context: Context, effects: Effects, command: Command) -> Effects:
    """A skipped question counts as not sure."""
    conversation = effects.conversation
    question = context.advisor.flows.questions.prompt(conversation)
    if question is None:
        return effects.refused(Notice("nothing_open"))
    unsure = Command(Kind.SET, ideas=(OWN_NAME,), question=question.id, option=UNSURE)
    return set_answer(context, effects, unsure)._replace(done=(*effects.done, command))


def _continue(context: Context, effects: Effects, command: Command) -> Effects:
    """Goes on with what is missing about ideas named here or in an offer, is open here, or waits elsewhere."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    waiting = flows.waiting(conversation)
    if not command.ideas and flow.resumes(conversation):
        return by_flow(context, effects, command)
    offered = (each for offer in context.start.focus.offers for each in offer.commands if each.name == command.name)
    names = (command if command.ideas or effects.done else next(offered, command)).ideas
    idle = flow is flows.board and not any(each.prompt(conversation) for each in (flow, waiting) if each is not None)
    asked = guided(context, effects, command, names) if names or idle else None
    if asked is not None:
        return asked
    if flow in (flows.questions, flows.board) and flow.prompt(conversation) is not None:
        return effects.drawn(command, conversation)
    if waiting is None:
        return effects.refused(Notice("nothing_to_resume"))
    return effects.drawn(command, waiting.activate(conversation))


def _stop(context: Context, effects: Effects, command: Command) -> Effects:
    """Stops what is open; where nothing is, all stays."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    if flow in (flows.questions, flows.board) and flow.prompt(conversation) is None and not command.value:
        return left_alone(context, effects, command)
    stopped = by_flow(context, effects, command)
    if effects.card and stopped.card is effects.card:  # of what the line drew before, nothing is asked any more
        judged = tuple(reply for reply in effects.card if isinstance(reply, LessonFeedback))
        stopped = stopped._replace(card=(), shown=(), replies=(*judged, *stopped.replies))
    if context.has(Kind.SHOW, Kind.OPEN, Kind.IDEA, Kind.COMPARE):  # what was asked for says enough
        return Effects(stopped.conversation, effects.receipts, effects.replies, effects.courtesies, done=stopped.done)
    return stopped


def reprompt(context: Context, effects: Effects, *lead: Reply, missed: bool = False) -> Effects:
    """What is open, asked again; where nothing is, only what is said of the text. `missed`: it may be an answer."""
    conversation, message = effects.conversation, context.message
    flow = context.advisor.flows.current(conversation)
    theirs = anothers(context, effects, flow)
    if theirs is not None:
        return theirs
    if flow.prompt(conversation) is None:
        return effects.refused(*lead)
    changed = conversation.replace(missed=context.start.missed + 1) if missed else conversation
    again = flow.reprompt(changed, message.at, digressed=False)
    return effects._replace(conversation=changed, card=(*lead, *again))


def refuse(context: Context, effects: Effects, command: Command) -> Effects:
    """What the advisor cannot do, with the nearest thing that it can."""
    return effects.refused(Notice("cannot_remind" if command.command is Kind.REMIND else "cannot_do_that"))
