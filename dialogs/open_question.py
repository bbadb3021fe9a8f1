"""Which of the framework's questions is open in a conversation, and which one came before it.

A conversation asks in the order of the pack. What is asked about an idea of the board: `knowledge.judgement`.
"""

from dialogs.conversation import Conversation
from knowledge.pack import Pack, Question


def open_question(pack: Pack, conversation: Conversation) -> Question | None:
    """The question that waits for an answer: the one whose answer is to be confirmed, the one opened again, or the
    first without an answer.
    """
    if not conversation.started:
        return None
    proposal = conversation.confirm
    if proposal is not None and proposal.question not in conversation.answers and not conversation.concluded:
        return pack.question(proposal.question)
    if conversation.revisit is not None:
        return pack.question(conversation.revisit)
    if conversation.concluded:
        return None
    answers = conversation.answers
    for name, question in pack.question_of.items():
        if name not in answers:
            return question
    return None


def previous_question(pack: Pack, conversation: Conversation) -> Question | None:
    """The question that "back" leads to; None at the first."""
    current = open_question(pack, conversation)
    ids = [question.id for question in pack.questions]
    position = ids.index(current.id) if current else len(ids)
    return pack.questions[position - 1] if position > 0 else None
