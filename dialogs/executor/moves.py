"""Moves through questions and lessons, questions about the subject, remarks, and what cannot be done yet."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.catalogue import Remark
from dialogs.commands.command import NONE, OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.answers import set_answer
from dialogs.executor.targets import Context
from dialogs.executor.undo import undo
from dialogs.flows import lookups
from dialogs.message import Action, Verb, number_in
from dialogs.replies.notices import Greeting, Notice
from dialogs.replies.passages import NotCovered, PassageReply
from dialogs.replies.questions import AnswerChanged
from dialogs.titles import shortened
from dialogs.turn import Effects, Turn
from knowledge.interfaces import Match, MatchOutcome
from knowledge.outside import Term
from knowledge.pack import UNSURE, Question

_MOVES = {
    What.BACK: Verb.BACK,
    What.SKIP: Verb.SKIP,
    What.RESTART: Verb.RESTART,
}

_LESSONS = {
    What.START: Verb.LEARN,
    What.CONTINUE: Verb.LEARN,
    What.PRACTICE: Verb.TRY,
    What.TEST: Verb.RESTART,
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
    if command.what is What.SKIP and flows.current(conversation) is flows.questions:
        return _skip(context, effects, command)
    if command.what is What.CONTINUE:
        return _continue(context, effects, command)
    return press(context, effects, command, Action(_MOVES[command.what]))


def press(context: Context, effects: Effects, command: Command, action: Action) -> Effects:
    """Has the flow of a button do what it says, unless it has nothing to act on."""
    conversation, message = effects.conversation, context.message
    flow = context.advisor.flows.flow_for(conversation, action.verb)
    owner = flow.other_owner(conversation, message.sender)
    if owner is not None:
        return effects.absorbed(command, refusal(conversation, Notice("belongs_to", {"person": owner})))
    objection = flow.objection(conversation, action)
    if objection is not None:
        return effects.refused(Notice(objection))
    return effects.absorbed(command, flow.act(flow.activate(conversation), message, action))


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
    if flow is flows.questions and flows.questions.prompt(conversation) is not None:
        return effects.drawn(command, conversation.replace(pending=None))
    if flow.accepts(conversation, Verb.CONTINUE):
        return press(context, effects, command, Action(Verb.CONTINUE))
    waiting = flows.waiting(conversation)
    if waiting is None:
        return effects.refused(Notice("nothing_to_resume"))
    return effects.drawn(command, waiting.activate(conversation))


def _stop(context: Context, effects: Effects, command: Command) -> Effects:
    """Stops what is open; where nothing is, there is nothing to say beside other commands."""
    conversation, flows = effects.conversation, context.advisor.flows
    flow = flows.current(conversation)
    if flow is flows.questions and flows.questions.prompt(conversation) is None:
        return effects.courteous(command, Notice("all_stopped"))
    if flow is flows.board and flows.board.prompt(conversation) is None:
        return effects.courteous(command, Notice("all_stopped"))
    stopped = press(context, effects, command, Action(Verb.CANCEL))
    if context.has(Kind.SHOW, Kind.OPEN, Kind.IDEA, Kind.COMPARE):  # what was asked for says enough
        return Effects(stopped.conversation, effects.receipts, effects.replies, effects.courtesies, done=stopped.done)
    return stopped


def learn(context: Context, effects: Effects, command: Command) -> Effects:
    """Lessons: begun, chosen, answered, looked at."""
    conversation, lessons = effects.conversation, context.advisor.flows.lessons
    match command.what:
        case What.ANSWER:
            return _lesson_answer(context, effects, command)
        case What.LESSON if number_in(command.value):
            return press(context, effects, command, Action(Verb.READ, (command.value,)))
        case What.SCORE if lessons.is_reviewed(conversation):
            return _without_card(effects, command, lessons.review(conversation, context.message, last=False))
        case What.HINT if lessons.is_reviewed(conversation):
            return _without_card(effects, command, lessons.explain(conversation, context.message))
        case What.PRACTICE if isinstance(lessons.prompt(conversation), Question) and lessons.chosen(conversation):
            return effects.drawn(command, lessons.activate(conversation))  # the case that is under way
        case What.LESSON | What.FIND:
            return effects.refused(Notice("no_such_lesson"))
        case _:
            return press(context, effects, command, Action(_LESSONS.get(command.what, Verb.LEARN)))


def _without_card(effects: Effects, command: Command, turn: Turn) -> Effects:
    """The reply alone: what is open follows anyway."""
    return effects.absorbed(command, turn._replace(card=()))


def _lesson_answer(context: Context, effects: Effects, command: Command) -> Effects:
    """An answer to a lesson's question by its place, or to the question of a case."""
    conversation, message, lessons = effects.conversation, context.message, context.advisor.flows.lessons
    prompt = lessons.prompt(conversation)
    owner = lessons.other_owner(conversation, message.sender)
    if owner is not None:
        return effects.absorbed(command, refusal(conversation, Notice("belongs_to", {"person": owner})))
    option = command.value if command.option == NONE else command.option
    if lessons.chosen(conversation).get(command.question) == option:
        question = context.advisor.pack.question(command.question)
        return effects.wrote(command, conversation, AnswerChanged(question, option, option))
    if prompt is None:
        return effects.refused(Notice("nothing_open"))
    active = lessons.activate(conversation)
    if command.question != NONE:
        if not context.advisor.pack.has_option(command.question, option):
            return effects.refused(Notice("no_such_option"))
        return effects.absorbed(command, lessons.answer_case(active, message, {command.question: option}))
    ids = [option.id for option in prompt.options]
    place = number_in(command.value)
    option = ids[place - 1] if 0 < place <= len(ids) else command.value
    if option not in ids and not (option == "unsure" and lessons.takes_unsure(active)):
        return effects.refused(Notice("no_such_option"))
    return effects.absorbed(command, lessons.answer(active, message, option, {}))


def ask(context: Context, effects: Effects, command: Command) -> Effects:
    """A question about the subject: the nearest passage, or that it is not covered."""
    advisor = context.advisor
    offer = not _under_way(context, effects.conversation) and len(context.line) == 1
    known = tuple(name for name in command.value.split() if any(entry.id == name for entry in advisor.pack.entries))
    if known and len(known) == len(command.value.split()):
        shown = lookups.entry_reply(advisor.pack, known, context.message.day, offer=offer)
        return _answered(effects.told(command, shown), known, ())
    asked = command.value or command.quote
    match = advisor.knowledge.matcher.passage(asked)
    if match.outcome is MatchOutcome.UNKNOWN:
        nothing = NotCovered(advisor.pack, tuple(map(advisor.pack.entry, match.top)), topic=shortened(asked))
        return _answered(effects.refused(nothing), (), match.top)
    if match.outcome is MatchOutcome.OFFER:  # a wrong look costs little, and the others are below it
        match = replace(match, top=match.top if match.leads else _best_first(context, match), leads=True)
    reply = lookups.reply_to(advisor.pack, match, context.message.day, offer=offer)
    ids = lookups.shown_ids(reply)
    if ids and ids == context.start.answered:
        effects = effects.refused(Notice("all_on_that"))
        reply = replace(reply, brief=True) if isinstance(reply, PassageReply) else reply
    return _answered(effects.told(command, reply), ids, lookups.offered_ids(reply))


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
    What.BYE: "goodbye",
    What.COMPLAINT: "complained",
}


def _under_way(context: Context, conversation: Conversation) -> bool:
    return context.advisor.flows.current(conversation).under_way(conversation)


def refuse(context: Context, effects: Effects, command: Command) -> Effects:
    """What the advisor cannot do, with the nearest thing that it can."""
    match command.command:
        case Kind.CALCULATE:
            pack = context.advisor.pack
            nearest = lookups.entry_reply(pack, (pack.verdicts[-1].faq,), context.message.day, offer=False)
            return effects.refused(Notice("cannot_calculate"), nearest)
        case Kind.REMIND:
            return effects.refused(Notice("cannot_remind"))
        case Kind.FORGET:
            return effects.told(command, Notice("forget_how"))
        case _:
            return effects.refused(Notice("cannot_do_that"))


def refusal(conversation: Conversation, notice: Notice) -> Turn:
    """A remark to the sender alone."""
    return Turn(conversation, aside=(notice,))
