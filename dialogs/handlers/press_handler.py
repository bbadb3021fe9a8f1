"""What the press of a button does, on time or too late, and the command that each stands for."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.conversation import AnswerMethod, Conversation
from dialogs.executor.answers import new_answer, with_answer
from dialogs.executor.executor import execute, focused
from dialogs.flows import lookups
from dialogs.flows.base import Flow
from dialogs.flows.pending_proposals import with_proposal
from dialogs.message import Action, Message, Verb, number_in
from dialogs.parsers.feedback_parser import rating_of
from dialogs.replies.notices import ConversationGone, Notice
from dialogs.turn import Turn

LOOKUPS = frozenset({Verb.PASSAGE, Verb.COMPARE, Verb.HELP, Verb.EXPORT})
"""Buttons that belong to no flow and mean the same whenever they are pressed."""

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


def on_press(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Turn:
    if action.verb in LOOKUPS:
        return look_up(advisor, conversation, message, action)
    if action.verb is Verb.OFFER:
        return _take_offer(advisor, conversation, message, action, revision)
    if action.verb is Verb.FEEDBACK:
        return _take_feedback(advisor, conversation, message)
    flow = advisor.flows.flow_for(conversation, action.verb)
    if not conversation.revision and action.verb not in flow.never_stale:
        return Turn(conversation, aside=(ConversationGone(),))
    refusal = refuse_other_person(flow, conversation, message)
    if refusal is not None:
        return refusal
    on_time = action.verb in flow.never_stale or (
        flow is advisor.flows.current(conversation) and (revision is None or revision >= conversation.opened)
    )
    if not on_time or flow.objection(conversation, action) is not None:
        return flow.stale_press(conversation, message, action)
    match action:
        case Action(Verb.ANSWER, (question, option)) if flow is advisor.flows.questions:
            if conversation.board is None and question not in conversation.answers:
                return _first_answer(advisor, conversation, message, question, option)
            own = Command(Kind.SET, ideas=(OWN_NAME,), question=question, option=option)
            return execute(advisor, conversation, message, (own,))
        case Action(Verb.ANSWER | Verb.CONFIRM) if (command := command_of(action)) is not None:
            return execute(advisor, conversation, message, (command,))
    return flow.act(flow.activate(conversation), message, action)


def _first_answer(advisor: Advisor, conversation: Conversation, message: Message, question: str, option: str) -> Turn:
    """Records an answer to the open question. The next card has it among its records, so nothing else is said."""
    flow = advisor.flows.questions
    after = with_answer(conversation, question, new_answer(message, option, AnswerMethod.BUTTON))
    if after.likely:
        after = with_proposal(advisor.pack, flow.prompt(conversation), after)
    did = Command(Kind.SET, question=question, option=option)
    return Turn(after, flow.replay(after, message.at), did=(did,))


def told_as(action: Action, turn: Turn) -> Turn:
    """The turn of a button, or of a word for one, with the command that it stands for."""
    command = command_of(action) if turn.shows_something and not turn.did else None
    if command is None:
        return turn
    return turn._replace(did=(command,), conversation=focused(turn.conversation, command))


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


def _take_offer(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Turn:
    """Carries out what was offered; an offer holds until the next message."""
    offers, place = conversation.focus.offers, number_in(action.arguments[0])
    if not 0 < place <= len(offers) or (revision is not None and revision < conversation.revision):
        return Turn(conversation, aside=(Notice("offer_gone"),))
    return execute(advisor, conversation, message, offers[place - 1].commands)


def _take_feedback(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """Feedback changes no conversation; only its sender is thanked."""
    rating = rating_of(advisor, conversation, message)
    if rating is None:
        return Turn(conversation, aside=(Notice("nothing_to_rate"),))
    return Turn(conversation, aside=(Notice("feedback_up" if rating.up else "feedback_down"),), rating=rating)


def look_up(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Turn:
    """Look-ups, which every flow allows. A passage that does not exist (any more) changes nothing."""
    match action:
        case Action(Verb.PASSAGE, (passage_id,)) if any(p.id == passage_id for p in advisor.pack.entries):
            return lookups.show_passage(advisor, conversation, message, passage_id)
        case Action(Verb.PASSAGE):
            return Turn(conversation, aside=(Notice("outdated"),))
        case Action(Verb.COMPARE):
            return lookups.compare(advisor, conversation, message)
        case Action(Verb.EXPORT):
            return execute(advisor, conversation, message, (Command(Kind.WRITE, What.CSV),))
        case _:
            return lookups.greet(advisor, conversation, message)


def refuse_other_person(flow: Flow, conversation: Conversation, message: Message) -> Turn | None:
    """A remark to the sender if only another person may answer; None otherwise."""
    owner = flow.other_owner(conversation, message.sender)
    return None if owner is None else Turn(conversation, aside=(Notice("belongs_to", {"person": owner}),))
