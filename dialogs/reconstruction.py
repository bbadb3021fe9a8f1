"""Reconstructs the replies to a message from the conversation that the message has already changed. Pure."""

from dialogs.advisor import Advisor
from dialogs.commands.command import WRITES
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.lookups import shown_ids
from dialogs.message import Message, Typed, text_of
from dialogs.replies import Reply
from dialogs.replies.ideas import BoardExport
from dialogs.replies.passages import EntryReply, PassageReply, VerdictComparison
from dialogs.replies.questions import AnswerChanged
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.wording.placement import apart


def reconstruct(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """The replies to a message, as far as the conversation still tells.

    Otherwise (the words that gave an answer mean something else after it) the card as it stands, and which answers were
    corrected. If newer messages followed, the card is followed by what this message asked about the subject.
    """
    before = conversation.replace(revision=conversation.revision - 1, seen=(), missed=max(0, conversation.missed - 1))
    before = before.replace(focus=before.focus.replace(explained=frozenset()))  # else it had been said just before
    again = respond(advisor, before.replace(answered=(), offered=()), message)
    if conversation.answered and again.conversation.answered != conversation.answered:
        again = respond(advisor, before, message)  # it went back to what was offered before
    if not conversation.ends_with(message.ids):
        return Turn(conversation, _live_card(advisor, conversation, message), _lookups(again, conversation))
    if _repeats(advisor, conversation, message, again):
        return Turn(
            conversation, again.card or _live_card(advisor, conversation, message), (*again.below, *again.expanded)
        )
    corrected = _corrected(advisor, conversation, message)
    return Turn(conversation, (*corrected, *_live_card(advisor, conversation, message)))


def asked(advisor: Advisor, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
    """The answers to what a language model has heard a message ask, beside what it wrote."""
    looks = tuple(command for command in message.heard or () if command.command not in WRITES)
    before = conversation.replace(seen=(), focus=conversation.focus.replace(explained=frozenset()))
    again = respond(advisor, before, message._replace(content=Typed(text_of(message), commands=looks)))
    return tuple(reply for replies in apart(again)[1].values() for reply in replies)


def unanswered(conversation: Conversation, message: Message) -> Conversation:
    """The conversation without the answers that a message gave: what was open when it came."""
    answers = {question: one for question, one in conversation.answers.items() if not _given_by(message, one)}
    return conversation.replace(answers=answers)


def _live_card(advisor: Advisor, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
    """The live card with what else stands on it."""
    flow = advisor.flows.current(conversation)
    return (*flow.lead(conversation), *flow.replay(conversation, message.at))


def _lookups(again: Turn, conversation: Conversation) -> tuple[Reply, ...]:
    """Replies that do not depend on when they are given, except for those that the card shows."""
    return tuple(
        reply
        for reply in (*again.below, *again.card)
        if isinstance(reply, PassageReply | EntryReply | VerdictComparison | BoardExport)
        and not set(shown_ids(reply)).intersection(conversation.shown)
    )


def _corrected(advisor: Advisor, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
    """Answers that the message corrected by other words than an option's. Their old values are not known."""
    return tuple(
        AnswerChanged(advisor.pack.question(question_id), answer.option, old=None)
        for question_id, answer in conversation.answers.items()
        if _given_by(message, answer)
        and answer.how is AnswerMethod.TYPED
        and answer.evidence is not None
        and advisor.pack.has_option(question_id, answer.option)
    )


def _given_by(message: Message, answer: Answer) -> bool:
    return answer.at == message.at and answer.by == message.sender.id


def _repeats(advisor: Advisor, conversation: Conversation, message: Message, again: Turn) -> bool:
    """Whether the message means the same in the conversation it has changed, so that the turn `again` is the right one.

    A turn that moved on is recognised by `opened`, an answer by its person and time. Options for a practice case have
    neither.
    """
    moved = conversation.opened >= conversation.revision
    answered = any(_given_by(message, answer) for answer in conversation.answers.values())
    practising = bool(advisor.flows.current(conversation).chosen(conversation))
    same = again.conversation.replace(seen=conversation.seen) == conversation
    return same and not (moved or answered or practising)
