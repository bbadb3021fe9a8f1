"""The ideas that a turn has changed on the board of its place, and the idea whose questions it has finished."""

from collections.abc import Iterable

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import NO_IDEAS, Idea, idea_id
from dialogs.ideas.triage import called_entries
from dialogs.message import Message, day_of
from dialogs.open_question import open_question
from knowledge.pack import Pack


def board_changes(
    advisor: Advisor, source: str, before: Conversation, after: Conversation, message: Message
) -> tuple[Idea, ...]:
    """The ideas that a turn has changed, and the idea whose questions it has finished.

    `noted` records their verdicts and outside facts. `source` names the conversation, the same for each of its turns;
    `message` led to the turn.
    """
    board = after.board or NO_IDEAS
    changed = board.changed_since(before.board or NO_IDEAS)
    finished = _finished(advisor.pack, source, after, message)
    listed = next((idea for idea in board.ideas if finished is not None and idea.id == finished.id), None)
    if finished is not None and listed is not None:  # it may have been removed and brought back
        finished = finished.replace(life=listed.life)
    if finished is not None and before.begun == after.begun and before.title != after.title:
        finished = finished.replace(named=message.at)
    if finished is not None and finished != _finished(advisor.pack, source, before, message):
        changed = (*changed, finished)
    return changed


def in_order(
    advisor: Advisor, source: str, before: Conversation, changed: tuple[Idea, ...], message: Message, order: int
) -> tuple[Idea, ...]:
    """The changed ideas, what they set marked as set by the board's change of this number."""
    known = {idea.id: idea for idea in (before.board or NO_IDEAS).ideas}
    told = _finished(advisor.pack, source, before, message)
    if told is not None:
        known[told.id] = told
    return tuple(idea.in_order(known.get(idea.id), order) for idea in changed)


def noted(advisor: Advisor, ideas: Iterable[Idea], at: int) -> tuple[Idea, ...]:
    """The ideas with their verdicts and outside facts recorded. `at` is in seconds since 1970. The text of each idea is
    read, which takes a while if there are many.
    """
    return tuple(_noted(advisor, idea, at) for idea in ideas)


def _noted(advisor: Advisor, idea: Idea, at: int) -> Idea:
    """The idea with its verdict recorded, and with the outside facts that its text calls for."""
    judge = advisor.flows.board.judge
    if not idea.text or idea.removed:
        return judge.noted(idea)
    called = called_entries(advisor.knowledge, idea.text, day_of(at))
    return judge.noted(idea, facts=tuple([entry.id for entry in called]))


def _finished(pack: Pack, source: str, conversation: Conversation, message: Message) -> Idea | None:
    """The idea of a conversation whose questions are finished. It has no number: the board gives it one, and keeps the
    first that it gave.
    """
    answers, people = conversation.answers, conversation.people
    if not conversation.started or open_question(pack, conversation) is not None or not answers:
        return None
    first = next(iter(answers.values()))
    by = conversation.idea_by or (people[0] if people else first.by)
    name = next((answer.name for answer in answers.values() if answer.by == by), None)
    return Idea(
        id=idea_id(source, conversation.begun),
        title=conversation.title,
        text=conversation.idea,
        by=by,
        name=name,
        at=message.at,
        answers=answers,
        notes=conversation.notes,
        link=message.permalink or "",
    )
