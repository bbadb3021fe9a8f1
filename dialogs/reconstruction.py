"""What was said for a message, worked out from the conversation that the message has already changed. Pure."""

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, Conversation, How, hashed
from dialogs.flows.registry import ADVISING, current_flow
from dialogs.message import Message
from dialogs.replies import Backlog, Changed, Compared, Reply, Told
from dialogs.respond import respond
from dialogs.turn import Turn


def recall(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """The replies of the turn that a message led to, as far as the conversation tells.

    Where it does not tell (the words that gave an answer mean something else after it), the card as it stands, and
    which answers were corrected. Of a message that newer ones followed, what it asked about the subject is said below
    the card.
    """
    again = respond(advisor, conversation.having(revision=conversation.revision - 1, seen=()), message)
    names = tuple(map(hashed, message.names))
    if conversation.seen[-len(names) :] != names:
        return Turn(conversation, _standing(advisor, conversation, message), _timeless(again, conversation))
    if _led_to(advisor, conversation, message, again):
        return Turn(conversation, again.card or _standing(advisor, conversation, message), again.below)
    return Turn(conversation, (*_corrected(advisor, conversation, message), *_standing(advisor, conversation, message)))


def _standing(advisor: Advisor, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
    """The live card with what else stands on it."""
    flow = current_flow(advisor, conversation)
    return (*flow.beside(advisor, conversation), *flow.replay(advisor, conversation, message.at))


def _timeless(again: Turn, conversation: Conversation) -> tuple[Reply, ...]:
    """Replies that do not depend on when they are asked for, without what stands on the card."""
    return tuple(
        reply
        for reply in (*again.below, *again.card)
        if isinstance(reply, Told | Compared | Backlog)
        and not (isinstance(reply, Told) and reply.passage.id in conversation.shown)
    )


def _corrected(advisor: Advisor, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
    """What other words than those of the open question's options have changed; from what is not known any more."""
    return tuple(
        Changed(advisor.pack.question(question_id), answer.option, old=None)
        for question_id, answer in conversation.answers.items()
        if _given_by(message, answer)
        and answer.how is How.TYPED
        and answer.evidence is not None
        and advisor.pack.has_option(question_id, answer.option)
    )


def _given_by(message: Message, answer: Answer) -> bool:
    return answer.at == message.at and answer.by == message.sender.id


def _led_to(advisor: Advisor, conversation: Conversation, message: Message, again: Turn) -> bool:
    """Whether the newest turn changed nothing that its message's meaning depends on, so that it repeats to the letter.

    A turn that moves on says so in `opened`, an answer in who gave it and when. Options for a case to practise on
    say neither.
    """
    moved = conversation.opened >= conversation.revision
    answered = any(_given_by(message, answer) for answer in conversation.answers.values())
    flow = current_flow(advisor, conversation)
    practising = flow is not ADVISING and bool(flow.recorded(conversation))
    same = again.conversation.having(seen=conversation.seen) == conversation
    return same and not (moved or answered or practising)
