"""Makes the answers that a conversation or an idea records, with giver, time and words, from what was understood."""

from collections.abc import Mapping

from dialogs.answer import Answer, AnswerMethod
from dialogs.conversation import EVIDENCE_LIMIT
from dialogs.message import Message
from knowledge.interfaces import Reading


def given_answer(message: Message, reading: Reading, how: AnswerMethod) -> Answer:
    """An answer with its giver, time and words."""
    sender = message.sender
    words = reading.evidence[:EVIDENCE_LIMIT] or None
    return Answer(option=reading.option, how=how, by=sender.id, name=sender.name, at=message.at, evidence=words)


def answers_read_from(message: Message, readings: Mapping[str, Reading]) -> dict[str, Answer]:
    """The answers that were read from a message, by question."""
    return {question: given_answer(message, reading, AnswerMethod.READ) for question, reading in readings.items()}
