"""Moves through questions, questions about the subject, remarks, and what cannot be done yet."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.answers import set_answer
from dialogs.executor.items import Reprompt
from dialogs.executor.sums import assume, is_asked
from dialogs.executor.targets import Context
from dialogs.executor.undo import left_alone, undo
from dialogs.flows import lookups
from dialogs.flows.base import Flow
from dialogs.intents import SubjectQuestion
from dialogs.message import Action, Verb, text_of
from dialogs.replies.lessons import LessonFeedback
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.passages import NotCovered, PassageReply, VerdictComparison
from dialogs.titles import shortened
from dialogs.turn import Effects
from knowledge.interfaces import Match, MatchOutcome
from knowledge.outside import Term
from knowledge.pack import UNSURE

_MOVES = {
    What.BACK: Verb.BACK,
    What.SKIP: Verb.SKIP,
    What.RESTART: Verb.RESTART,
}


def go(context: Context, effects: Effects, command: Command) -> Effects:
    """A move; what has nothing to act on is answered in a sentence."""
    if command.what is What.UNDO:
        return undo(context, effects, command)
    if command.what is What.WAIT:
        return effects.courteous(command, Notice("no_hurry"))
    conversation, flows = effects.conversation, context.advisor.flows
    if command.what is What.BACK and command.question in context.advisor.pack.question_of:
        return press(context, effects, command, Action(Verb.EDIT, (command.question,)))
    if command.what is What.STOP:
        return _stop(context, effects, command)
    if command.what is What.SKIP and is_asked(context, conversation):
        return assume(context, effects, command)
    if command.what is What.SKIP and flows.current(conversation) is flows.questions:
        return _skip(context, effects, command)
    if command.what is What.CONTINUE:
        return _continue(context, effects, command)
    return press(context, effects, command, Action(_MOVES[command.what]))


def press(context: Context, effects: Effects, command: Command, action: Action) -> Effects:
    """Has the flow of a button do what it says, unless it has nothing to act on."""
    flow = context.advisor.flows.flow_for(effects.conversation, action.verb)
    halted = refused(context, effects, flow, action)
    if halted is not None:
        return halted
    return effects.absorbed(command, flow.act(flow.activate(effects.conversation), context.message, action))


def refused(context: Context, effects: Effects, flow: Flow, action: Action) -> Effects | None:
    """Why a button has nothing to act on, or that only another person may press it; None if it acts."""
    theirs = anothers(context, effects, flow)
    if theirs is not None:
        return theirs
    objection = flow.objection(effects.conversation, action)
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
    """Goes on with what is open here; else with what waits elsewhere."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    if flow in (flows.questions, flows.board) and flow.prompt(conversation) is not None:
        return effects.drawn(command, conversation)
    if flow.accepts(conversation, Verb.CONTINUE):
        return press(context, effects, command, Action(Verb.CONTINUE))
    waiting = flows.waiting(conversation)
    if waiting is None:
        return effects.refused(Notice("nothing_to_resume"))
    return effects.drawn(command, waiting.activate(conversation))


def _stop(context: Context, effects: Effects, command: Command) -> Effects:
    """Stops what is open; where nothing is, all stays."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    if flow in (flows.questions, flows.board) and flow.prompt(conversation) is None:
        return left_alone(context, effects, command)
    stopped = press(context, effects, command, Action(Verb.CANCEL))
    if (
        effects.card and stopped.card is effects.card
    ):  # of what was drawn before it in the line, nothing is asked any more
        judged = tuple(reply for reply in effects.card if isinstance(reply, LessonFeedback))
        stopped = stopped._replace(card=(), shown=(), replies=(*judged, *stopped.replies))
    if context.has(Kind.SHOW, Kind.OPEN, Kind.IDEA, Kind.COMPARE):  # what was asked for says enough
        return Effects(stopped.conversation, effects.receipts, effects.replies, effects.courtesies, done=stopped.done)
    return stopped


def reprompt(context: Context, effects: Effects, asked: Reprompt) -> Effects:
    """What is open, asked again; where nothing is, only what is said of the text."""
    conversation, message = effects.conversation, context.message
    flow = context.advisor.flows.current(conversation)
    theirs = anothers(context, effects, flow)
    if theirs is not None:
        return theirs
    changed = conversation.replace(shown=()) if asked.agreed else conversation
    changed = changed.replace(missed=context.start.missed + 1) if asked.missed else changed
    effects = effects._replace(conversation=changed)
    if flow.prompt(conversation) is None:
        return effects.refused(*asked.lead)
    return effects._replace(card=(*asked.lead, *flow.reprompt(changed, message.at, digressed=False)))


def ask(context: Context, effects: Effects, command: Command) -> Effects:
    """A question about the subject: the nearest passage, or that it is not covered."""
    advisor = context.advisor
    if not command.value and not command.quote:
        comparison = advisor.pack.comparison
        return effects.told(
            command, Greeting(advisor.pack) if comparison is None else VerdictComparison(advisor.pack, comparison)
        )
    verdict = next((verdict for verdict in advisor.pack.verdicts if verdict.id == command.value), None)
    if verdict is not None:
        return effects.told(command, Notice("verdict_meaning", {"verdict": verdict.name, "meaning": verdict.meaning}))
    known = tuple(name for name in command.value.split() if any(entry.id == name for entry in advisor.pack.entries))
    if known and len(known) == len(command.value.split()):
        shown = lookups.entry_reply(advisor.pack, known, context.message.day, _offers_start(context, effects))
        offered = effects.conversation.offered
        left = offered if set(known) <= {*offered} else ()  # what else was offered can still be chosen
        return _answered(effects.told(command, shown), known, left)
    asked = command.value or command.quote
    match = advisor.knowledge.matcher.passage(asked)
    if match.outcome is MatchOutcome.OFFER and not match.leads:  # a wrong look costs little
        far = match.score < lookups.LIKELY
        effects = effects.refused(Notice("nearest_to_that")) if far else effects
        match = replace(match, top=_best_first(context, match), leads=True)
        return _told(context, effects, command, match, brief=far)
    return _told(context, effects, command, match, topic=shortened(asked))


def answer(context: Context, effects: Effects, question: SubjectQuestion) -> Effects:
    """The same for a question whose nearest passages are known. Of one that is not on the subject no topic is named."""
    match = question.match
    answered = match.top[: match.together] if match.outcome is MatchOutcome.ANSWER else ()
    command = Command(Kind.ASK, value=" ".join(answered) or text_of(context.message))
    return _told(context, effects, command, match, brief=question.brief)


def _told(
    context: Context, effects: Effects, command: Command, match: Match, *, topic: str = "", brief: bool = False
) -> Effects:
    """The answer, in few words if it was shown just now; or that it is not covered, with the nearest as buttons."""
    offer = _offers_start(context, effects) and not brief
    reply = lookups.reply_to(context.advisor.pack, match, context.message.day, offer=offer, topic=topic)
    if isinstance(reply, NotCovered):
        return _answered(effects.refused(reply), (), lookups.offered_ids(reply))
    ids = lookups.shown_ids(reply)
    again = bool(ids) and ids == context.start.answered and not brief
    if again:
        effects = effects.refused(Notice("all_on_that"))
    if isinstance(reply, PassageReply) and (brief or again):
        reply = replace(reply, brief=True, outside=() if brief else reply.outside)
    return _answered(effects.told(command, reply), ids, lookups.offered_ids(reply))


def _offers_start(context: Context, effects: Effects) -> bool:
    """Whether to offer the questions below: nothing is under way, and the message asks nothing else."""
    return not _under_way(context, effects.conversation) and len(context.line) <= 1


def _best_first(context: Context, match: Match) -> tuple[str, ...]:
    """Of the first two, about as likely, what was shown just now comes later, and the meaning of a word as well."""
    shown, entry = context.start.answered, context.advisor.pack.entry
    first = sorted(match.top[:2], key=lambda name: (name in shown, isinstance(entry(name), Term)))
    return (*first, *match.top[2:])


def _answered(effects: Effects, answered: tuple[str, ...], offered: tuple[str, ...]) -> Effects:
    conversation = effects.conversation.replace(answered=answered, offered=offered)
    return effects._replace(conversation=conversation)


def chat(context: Context, effects: Effects, command: Command) -> Effects:
    """A remark: answered where a message has nothing else; what the advisor is, always."""
    advisor, conversation = context.advisor, effects.conversation
    match command.what:
        case What.BYE:
            return effects.courteous(command, Notice("goodbye"))._replace(conversation=_parted(context, conversation))
        case _ if command.value == "sources":
            return effects.told(command, lookups.sources(advisor.pack))
        case _ if command.value in (*advisor.catalogue.small_talk, *advisor.catalogue.languages):
            return effects.told(command, Notice(command.value))
        case What.ABOUT_YOU if context.start.last == command.name:  # what was said did not answer it
            return effects.told(command, Notice("what_is_stored"))
        case What.ABOUT_YOU if conversation.revision and (_under_way(context, conversation) or context.line[1:]):
            return effects.told(command, Notice("about_me", {"subject": advisor.pack.subject}))
        case What.ABOUT_YOU:
            return effects.told(command, Greeting(advisor.pack))
        case What.OFFTOPIC:
            return effects.told(command, Notice("off_topic"))
        case What.HELLO if not _under_way(context, conversation):
            return effects.courteous(command, Greeting(advisor.pack, hello=True))
        case _:
            return effects.courteous(command, Notice(_REMARKS.get(command.what, "glad")))


_REMARKS: Mapping[What, Remark] = {
    What.HELLO: "hello_again",
    What.THANKS: "you_are_welcome",
    What.COMPLAINT: "complained",
}


def _parted(context: Context, conversation: Conversation) -> Conversation:
    """The conversation that somebody leaves. Lessons wait from then on, unless questions would be asked instead."""
    flows = context.advisor.flows
    if flows.current(conversation) is not flows.lessons or conversation.started:
        return conversation
    return flows.questions.activate(conversation)


def _under_way(context: Context, conversation: Conversation) -> bool:
    return context.advisor.flows.current(conversation).under_way(conversation)


def refuse(context: Context, effects: Effects, command: Command) -> Effects:
    """What the advisor cannot do, with the nearest thing that it can."""
    match command.command:
        case Kind.REMIND:
            return effects.refused(Notice("cannot_remind"))
        case _:
            return effects.refused(Notice("cannot_do_that"))
