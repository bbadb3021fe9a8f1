"""Reads a text about one idea of the board: as a new idea with its answers, or as answers about a known one."""

from collections.abc import Mapping

from dialogs.answer import AnswerMethod
from dialogs.board import Idea, idea_id
from dialogs.conversation import IDEA_LIMIT, title_of
from dialogs.flows.answer_factory import given_answer
from dialogs.message import GivenIdea, Message
from knowledge.interfaces import Certainty, Knowledge, Reading
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import parse_answer


def new_idea(knowledge: Knowledge, message: Message, given: GivenIdea, row: int) -> Idea:
    """An idea from one row of a message, with the answers read from its text; the board gives it its number."""
    if given.by is not None:
        message = message._replace(sender=given.by)
    sender, line, pack = message.sender, given.text, knowledge.pack
    read = knowledge.reader.read(line)
    told = {q: Reading(option, "") for q, option in given.answers if pack.has_option(q, option)}
    return Idea(
        number=0,
        id=idea_id(message.id, row),
        title=title_of(line),
        text=line[:IDEA_LIMIT],
        by=sender.id,
        name=sender.name,
        at=message.at,
        link=message.permalink or "",
        answers={
            **{q: given_answer(message, reading, AnswerMethod.READ) for q, reading in read.items()},
            **{q: given_answer(message, reading, AnswerMethod.TYPED) for q, reading in told.items()},
        },
    )


def read_answers(knowledge: Knowledge, text: str, asked: Question | None) -> Mapping[str, Reading]:
    """The answers in a text about one idea. `asked` is the question that waits for one."""
    if asked is not None:
        options = parse_answer(asked, text).options
        if len(options) == 1:
            return {asked.id: Reading(options[0], text)}
    found = knowledge.typed_answers.answers(text, asked.id if asked is not None else None)
    taken = {a.question: Reading(a.option, a.evidence) for a in found if a.certainty is Certainty.TAKE}
    return taken or {a.question: Reading(a.option, a.evidence) for a in found[:1]}
