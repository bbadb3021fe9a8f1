"""Makes an idea of the board of a row of a message, with the answers that its text gives."""

from dialogs.answer import Answer, AnswerMethod
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT
from dialogs.ideas.board import Idea, idea_id
from dialogs.limits import bounded
from dialogs.message import GivenIdea, Message
from dialogs.titles import Titles
from knowledge.interfaces import Knowledge, Reading


def given_answer(message: Message, reading: Reading, how: AnswerMethod) -> Answer:
    """An answer with its giver, time and words."""
    sender = message.sender
    words = reading.evidence[:EVIDENCE_LIMIT] or None
    return Answer(option=reading.option, how=how, by=sender.id, name=sender.name, at=message.at, evidence=words)


def new_idea(knowledge: Knowledge, titles: Titles, message: Message, given: GivenIdea, row: int) -> Idea:
    """An idea from one row of a message, with the answers read from its text; the board gives it its number."""
    if given.by is not None:
        message = message._replace(sender=given.by)
    sender, line, pack = message.sender, bounded(given.text).text, knowledge.pack
    read = {} if given.understood else knowledge.reader.read(line)
    told = {q: Reading(option, "") for q, option in given.answers if pack.has_option(q, option)}
    return Idea(
        number=0,
        id=idea_id(message.id, row),
        title=titles.of(line),
        text=given.text[:IDEA_LIMIT],
        by=sender.id,
        name=sender.name,
        at=message.at,
        link=message.permalink or "",
        answers={
            **{q: given_answer(message, reading, AnswerMethod.READ) for q, reading in read.items()},
            **{q: given_answer(message, reading, AnswerMethod.TYPED) for q, reading in told.items()},
        },
    )
