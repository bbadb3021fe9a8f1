"""One turn: conversation and message in, new conversation and replies out. Pure."""

from dialogs import advise, ask, backlog
from dialogs.action import Action, Verb
from dialogs.advisor import Advisor
from dialogs.conversation import REMEMBERED_IDS, Conversation, How, hashed, on_pack, open_question
from dialogs.hearing import (
    Ambiguous,
    Answering,
    Asked,
    Command,
    Correction,
    Edit,
    Heard,
    Hello,
    Nod,
    Request,
    Thanks,
    Triage,
    Unclear,
    hear,
)
from dialogs.message import Message, Press, Typed
from dialogs.replay import replay
from dialogs.reply import Notice
from dialogs.step import Step
from dialogs.turn import Turn
from knowledge.understanding import Decision


def respond(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """What a message changes and what is said for it.

    A message whose id was seen before changes nothing, and neither does a late press; text that people write to each
    other gets no reply.
    """
    if conversation.has_seen(message.id):
        return Turn(conversation, duplicate=True)
    current, asks_again = on_pack(advisor.pack, conversation)
    match message.content:
        case Press(action, revision):
            step = _pressed(advisor, current, message, action, revision)
        case Typed(text):
            step = _typed(advisor, current, message, text)
    return _closed(advisor, conversation, message, step, asks_again)


def _closed(advisor: Advisor, before: Conversation, message: Message, step: Step, asks_again: bool) -> Turn:
    """Counts the revision, remembers the message and says what a new pack means for the answers."""
    if not step.card and not step.below and step.conversation == before:
        return Turn(before, aside=step.aside)
    after = step.conversation
    revision = before.revision + 1
    moved = _position(advisor, before) != _position(advisor, after)
    after = after.having(
        revision=revision,
        opened=revision if moved else after.opened,
        seen=(*after.seen, hashed(message.id))[-REMEMBERED_IDS:],
        shown=step.shown if step.card else after.shown,
    )
    card = (Notice("pack_changed"), *step.card) if asks_again and step.card else step.card
    return Turn(after, card, step.below, step.aside)


def _position(advisor: Advisor, conversation: Conversation) -> tuple[object, ...]:
    question = open_question(advisor.pack, on_pack(advisor.pack, conversation)[0])
    return conversation.started, question and question.id, conversation.pending is not None


def _pressed(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Step:
    if action.verb in _TIMELESS:
        return _act(advisor, conversation, message, action)
    question_id = action.arguments[0] if action.arguments else None
    on_time = conversation.started and (revision is None or revision >= conversation.opened)
    if action.verb is Verb.EDIT:
        on_time = conversation.started
    if action.verb is Verb.ANSWER:
        question = open_question(advisor.pack, conversation)
        on_time = on_time and question is not None and question.id == question_id
    if not on_time:
        return advise.late(advisor, conversation, message, question_id)
    return _act(advisor, conversation, message, action)


_TIMELESS = frozenset({Verb.START, Verb.PASSAGE, Verb.COMPARE, Verb.HELP})
"""Buttons that mean the same whenever they are pressed."""


def _act(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
    """Does what a button, or the word for it, says. Unknown questions, options and passages change nothing."""
    pack = advisor.pack
    match action:
        case Action(Verb.ANSWER, (question_id, option)) if pack.has_option(question_id, option):
            return advise.answer(advisor, conversation, message, question_id, option, How.BUTTON)
        case Action(Verb.EDIT, (question_id,)) if any(q.id == question_id for q in pack.questions):
            return advise.reopen(advisor, conversation, message, question_id)
        case Action(Verb.PASSAGE, (passage_id,)) if any(p.id == passage_id for p in pack.passages):
            return ask.tell(advisor, conversation, message, passage_id)
        case Action(Verb.ANSWER | Verb.EDIT | Verb.PASSAGE):
            return advise.late(advisor, conversation, message)
        case Action(Verb.BACK):
            return advise.back(advisor, conversation, message)
        case Action(Verb.WHY):
            return advise.explain(advisor, conversation, message)
        case Action(Verb.KEEP | Verb.CONTINUE):
            return advise.keep(advisor, conversation, message)
        case Action(Verb.SHOW):
            return advise.conclude(advisor, conversation, message)
        case Action(Verb.RESTART):
            return advise.restart(advisor, conversation, message)
        case Action(Verb.CANCEL):
            return advise.cancel(conversation)
        case Action(Verb.START):
            return _start(advisor, conversation, message)
        case Action(Verb.NEW):
            return advise.start(advisor, conversation, message, conversation.pending or "")
        case Action(Verb.COMPARE):
            return ask.compare(advisor, conversation, message)
        case Action(Verb.HELP):
            return ask.greet(advisor, conversation, message)
        case _:
            raise ValueError(f"no flow for the button {action.id}")


def _start(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """Begins, unless a question is open already: then that one is shown."""
    if _asking(advisor, conversation):
        return advise.keep(advisor, conversation, message)
    return advise.start(advisor, conversation, message)


def _typed(advisor: Advisor, conversation: Conversation, message: Message, text: str) -> Step:
    if not message.addressed and not conversation.revision:
        return Step(conversation)
    heard = hear(advisor, conversation, text)
    listening = conversation.having(people=_people(conversation, message))
    if not message.addressed and not _meant_for_us(advisor, listening, heard):
        return Step(listening)
    return _heard(advisor, listening, message, text, heard)


def _people(conversation: Conversation, message: Message) -> tuple[str, ...]:
    if message.sender.id in conversation.people:
        return conversation.people
    return (*conversation.people, message.sender.id)[:2]


def _meant_for_us(advisor: Advisor, conversation: Conversation, heard: Heard) -> bool:
    """Whether text without a mention is for the advisor rather than for the other people in the thread."""
    if len(conversation.people) > 1:
        return isinstance(heard, Answering) and heard.plain
    if _asking(advisor, conversation):
        return True
    match heard:
        case Unclear() | Thanks() | Hello() | Nod():
            return False
        case Asked(match):
            return match.decision is not Decision.UNKNOWN
        case _:
            return True


def _heard(advisor: Advisor, conversation: Conversation, message: Message, text: str, heard: Heard) -> Step:
    match heard:
        case Command(verb):
            return _commanded(advisor, conversation, message, verb)
        case Hello():
            return ask.greet(advisor, conversation, message, hello=True)
        case Thanks():
            return ask.thanked(advisor, conversation, message)
        case Nod():
            return Step(
                conversation, replay(advisor, conversation, message.at) if _asking(advisor, conversation) else ()
            )
        case Edit(question_id):
            return advise.reopen(advisor, conversation, message, question_id)
        case Answering(question_id, option, _, _, others):
            return advise.answer(advisor, conversation, message, question_id, option, How.TYPED, others)
        case Ambiguous(_, options):
            return advise.between(advisor, conversation, message, options)
        case Correction(readings):
            return advise.correct(advisor, conversation, message, readings, How.TYPED)
        case Request():
            return _take_up(advisor, conversation, message, text)
        case Triage(lines):
            return _triage(advisor, conversation, message, lines)
        case Asked(match):
            return ask.matched(advisor, conversation, message, match)
        case Unclear(match):
            if _asking(advisor, conversation):
                return advise.cannot_take(advisor, conversation, message)
            return ask.matched(advisor, conversation, message, match)


def _take_up(advisor: Advisor, conversation: Conversation, message: Message, idea: str) -> Step:
    """A new idea; while a question is open the person chooses."""
    if _asking(advisor, conversation):
        return advise.new_or_continue(advisor, conversation, idea)
    return advise.start(advisor, conversation, message, idea)


def _triage(advisor: Advisor, conversation: Conversation, message: Message, lines: tuple[str, ...]) -> Step:
    """One idea is taken up, several are ranked."""
    match lines:
        case ():
            return ask.around(advisor, conversation, message, Notice("triage_empty"))
        case (idea,):
            return _take_up(advisor, conversation, message, idea)
        case _:
            return backlog.rank(advisor, conversation, message, lines)


def _asking(advisor: Advisor, conversation: Conversation) -> bool:
    return open_question(advisor.pack, conversation) is not None


def _commanded(advisor: Advisor, conversation: Conversation, message: Message, verb: Verb) -> Step:
    """A typed command. Those about the questions need them to be under way."""
    if not conversation.started and verb in (Verb.BACK, Verb.WHY, Verb.SHOW, Verb.RESTART):
        return ask.around(advisor, conversation, message, Notice("nothing_open"))
    return _act(advisor, conversation, message, Action(verb))
