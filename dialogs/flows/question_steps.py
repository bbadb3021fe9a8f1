"""The flow that asks the questions and ends in a recommendation."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.conversation import (
    EVIDENCE_LIMIT,
    IDEA_LIMIT,
    Answer,
    Conversation,
    How,
    open_question,
    previous_question,
)
from dialogs.flows.replay import recorded, replay
from dialogs.message import Message, Press
from dialogs.replies import Already, Ask, Changed, NewOrContinue, Notice, Remark, Reply, Understood, Why
from dialogs.turn import Step
from knowledge.interfaces import Reading

PRESSED_AGAIN = 60
"""Seconds within which the same answer by the same person is the same wish."""


def start(
    advisor: Advisor, conversation: Conversation, message: Message, idea: str = "", by: str | None = None
) -> Step:
    """A new idea: what its description already says is shown as understood, the first open question is asked.

    `by` is what the conversation holds for whoever wrote it (`Conversation.author`), the sender unless given.
    """
    readings = advisor.knowledge.reader.read(idea) if idea else {}
    begun = conversation.having(
        started=True,
        concluded=False,
        revisit=None,
        pending=None,
        idea_by=conversation.author(message.sender.id) if by is None else by,
        idea=idea[:IDEA_LIMIT],
        answers=_read(readings, message),
    )
    if not begun.answers:
        return Step(begun, replay(advisor, begun, message.at))
    return Step(begun, _with_readings(advisor, begun, message, readings))


def begin(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """Begins, unless a question is open already: then that one is shown."""
    if open_question(advisor.pack, conversation) is not None:
        return keep(advisor, conversation, message)
    return start(advisor, conversation, message)


def take_up(advisor: Advisor, conversation: Conversation, message: Message, idea: str) -> Step:
    """A new idea; while a question is open the person chooses."""
    if open_question(advisor.pack, conversation) is not None:
        return new_or_continue(advisor, conversation, message, idea)
    return start(advisor, conversation, message, idea)


def _read(readings: Mapping[str, Reading], message: Message) -> dict[str, Answer]:
    return {q: _answer(message, reading.option, How.READ, reading.evidence) for q, reading in readings.items()}


def _answer(message: Message, option: str, how: How, evidence: str | None = None) -> Answer:
    sender = message.sender
    cut = evidence[:EVIDENCE_LIMIT] if evidence else None
    return Answer(option=option, how=how, by=sender.id, name=sender.name, at=message.at, evidence=cut)


def answer(
    advisor: Advisor,
    conversation: Conversation,
    message: Message,
    question_id: str,
    option: str,
    how: How,
    others: Mapping[str, Reading] | None = None,
) -> Step:
    """The open question is answered; whatever else was stated is taken as read where nothing is recorded yet."""
    more = {q: r for q, r in (others or {}).items() if q not in conversation.answers}
    answers = {**conversation.answers, question_id: _answer(message, option, how), **_read(more, message)}
    taken = conversation.having(answers=answers, revisit=None, pending=None)
    if not more:
        return Step(taken, replay(advisor, taken, message.at))
    return Step(taken, _with_readings(advisor, taken, message, more))


def _with_readings(
    advisor: Advisor, conversation: Conversation, message: Message, readings: Mapping[str, Reading]
) -> tuple[Reply, ...]:
    """What was just read, said once: the question below does not repeat it among its records."""
    understood = Understood(tuple(recorded(advisor.pack, conversation, q) for q in readings))
    below = (
        replace(reply, records=tuple(r for r in reply.records if r.question.id not in readings))
        if isinstance(reply, Ask)
        else reply
        for reply in replay(advisor, conversation, message.at)
    )
    return (understood, *below)


def correct(
    advisor: Advisor, conversation: Conversation, message: Message, readings: Mapping[str, Reading], how: How
) -> Step:
    """Recorded answers are replaced; everything else stays."""
    answers = dict(conversation.answers)
    changes: list[Reply] = []
    for question_id, reading in readings.items():
        old = answers.get(question_id)
        answers[question_id] = _answer(message, reading.option, how, reading.evidence)
        changes.append(Changed(advisor.pack.question(question_id), reading.option, old.option if old else None))
    revisit = conversation.revisit if conversation.revisit not in readings else None
    taken = conversation.having(answers=answers, revisit=revisit, pending=None)
    return Step(taken, (*changes, *replay(advisor, taken, message.at)))


def reopen(advisor: Advisor, conversation: Conversation, message: Message, question_id: str) -> Step:
    """A question is asked again, its old answer kept until another is given."""
    opened = conversation.having(started=True, revisit=question_id, pending=None)
    return Step(opened, replay(advisor, opened, message.at))


def back(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """The question before the open one."""
    previous = previous_question(advisor.pack, conversation)
    if previous is None:
        return remark(advisor, conversation, message, "at_the_first")
    return reopen(advisor, conversation, message, previous.id)


def keep(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """The question opened again keeps its answer, or a waiting new request is dropped."""
    kept = conversation.having(revisit=None, pending=None)
    return Step(kept, replay(advisor, kept, message.at))


def conclude(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """The recommendation now; what is not answered decides as unsure."""
    concluded = conversation.having(concluded=True, revisit=None, pending=None)
    return Step(concluded, replay(advisor, concluded, message.at))


def restart(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """The same idea from the first question, without its answers."""
    fresh = conversation.having(started=True, answers={}, revisit=None, pending=None, concluded=False)
    return Step(fresh, replay(advisor, fresh, message.at))


def cancel(conversation: Conversation) -> Step:
    """The questions end; nothing of them is kept."""
    ended = conversation.having(started=False, concluded=False, answers={}, idea="", revisit=None, pending=None)
    return Step(ended, (Notice("cancelled"),))


def explain(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """Why the open question is asked, and the question again."""
    question = open_question(advisor.pack, conversation)
    lead: tuple[Reply, ...] = (Why(question),) if question else ()
    return Step(conversation, (*lead, *replay(advisor, conversation, message.at)))


def new_or_continue(advisor: Advisor, conversation: Conversation, message: Message, request: str) -> Step:
    """A new request while a question is open: neither is chosen for the person."""
    question = open_question(advisor.pack, conversation)
    if question is None:
        raise ValueError("a request only waits while a question is open")
    by = conversation.author(message.sender.id)
    waiting = conversation.having(pending=request[:IDEA_LIMIT], pending_by=by)
    return Step(waiting, (NewOrContinue(request, question),))


def remark(advisor: Advisor, conversation: Conversation, message: Message, key: Remark) -> Step:
    """A short remark, then what the card shows anyway."""
    return Step(conversation, (Notice(key), *replay(advisor, conversation, message.at)))


def late(advisor: Advisor, conversation: Conversation, message: Message, question_id: str | None = None) -> Step:
    """A press on a card that is out of date: what is recorded, for the sender alone.

    Whoever presses the very answer again that they have just given may not have seen it arrive: the card is shown anew.
    """
    if question_id is None or question_id not in conversation.answers:
        return Step(conversation, aside=(Notice("outdated"),))
    record = recorded(advisor.pack, conversation, question_id)
    age = max(0, message.at - record.answer.at)
    again = (
        age <= PRESSED_AGAIN
        and record.answer.by == message.sender.id
        and isinstance(message.content, Press)
        and message.content.action.arguments == (question_id, record.answer.option)
    )
    card = replay(advisor, conversation, message.at) if again else ()
    return Step(conversation, card, aside=(Already(record, age),))
