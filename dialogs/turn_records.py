"""What is kept of a turn beside its conversation: ideas on the board of its place, and the counts of `advisor report`.

Pure; the counts are free of personal data.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, migrate
from dialogs.flows.lookups import shown_ids
from dialogs.flows.replay import called_entries, open_question
from dialogs.ideas.board import NO_IDEAS, Idea, idea_id
from dialogs.message import Message, Typed, day_of
from dialogs.replies import Reply
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply
from dialogs.replies.receipts import Offered
from dialogs.turn import Turn
from knowledge.pack import Pack

BEGUN = "begun"
"""Ideas whose questions were started."""

ASKED = "asked"
"""`asked:<id>`: how often a passage, an outside entry or a term was shown."""

AT_QUESTION, AT_RESULT, STOPPED = "open", "result", "stopped"
"""`open:<question>`, `result:<verdict>` and `stopped`: how many conversations are at each of these positions. A
conversation that moves on is subtracted from one and added to another: a day's counts may be negative, and they add up
to the number that was begun.
"""

OFFERED, UNKNOWN, UNKEPT = "offered", "unknown", "unknown:unkept"
"""Questions that were answered by "did you mean", questions without an answer, and those of the latter whose text is
not kept.
"""


def board_changes(
    advisor: Advisor, source: str, before: Conversation, after: Conversation, message: Message
) -> tuple[tuple[Idea, Idea | None], ...]:
    """The ideas that a turn has changed, and the idea whose questions it has finished, each with what it was before.

    `noted` records their verdicts and outside facts. `source` names the conversation, the same for each of its turns;
    `message` led to the turn.
    """
    board, known = after.board or NO_IDEAS, before.board or NO_IDEAS
    old = {idea.id: idea for idea in known.ideas}
    told, finished = (_finished(advisor, source, each, message) for each in (before, after))
    if told is not None:
        old[told.id] = told
    changed = board.changed_since(known)
    listed = next((idea for idea in board.ideas if finished is not None and idea.id == finished.id), None)
    if finished is not None and listed is not None:  # it may have been removed and brought back
        finished = finished.replace(life=listed.life)
    if finished is not None and before.begun == after.begun and before.title != after.title:
        finished = finished.replace(named=message.at)
    if finished is not None and finished != told:
        changed = (*changed, finished)
    return tuple((idea, old.get(idea.id)) for idea in changed)


def noted(advisor: Advisor, ideas: Iterable[Idea], at: int) -> tuple[Idea, ...]:
    """The ideas with their verdicts and outside facts recorded. `at` is in seconds since 1970. The text of each idea is
    read, which takes a while if there are many.
    """
    judge, found = advisor.flows.board.judge, list[Idea]()
    for idea in ideas:
        if not idea.text or idea.removed:
            found.append(judge.noted(idea))
        else:
            called = called_entries(advisor.knowledge, idea.text, day_of(at))
            found.append(judge.noted(idea, facts=tuple([entry.id for entry in called])))
    return tuple(found)


def _finished(advisor: Advisor, source: str, conversation: Conversation, message: Message) -> Idea | None:
    """The idea of a conversation whose questions are finished. It has no number: the board gives it one, and keeps the
    first that it gave.
    """
    if not conversation.started or open_question(advisor.pack, conversation) is not None or not conversation.answers:
        return None
    return own_idea(message, conversation).replace(id=idea_id(source, conversation.begun))


def own_idea(message: Message, conversation: Conversation) -> Idea:
    """The conversation's own idea as one of the list, which gives it its number."""
    given = conversation.answers.values()
    by = conversation.idea_by or (*conversation.people, *(answer.by for answer in given), message.sender.id)[0]
    return Idea(
        id=idea_id(f"{message.id}:own", conversation.begun),
        title=conversation.title,
        text=conversation.idea,
        by=by,
        name=next((answer.name for answer in given if answer.by == by), None),
        at=message.at,
        answers=conversation.answers,
        notes=conversation.notes,
        link=message.permalink or "",
    )


def usage(advisor: Advisor, before: Conversation, turn: Turn, *, kept: bool) -> Mapping[str, int]:
    """The counts of a turn, by name, without zeros.

    `kept`: the text of a question without an answer is kept.
    """
    counts: defaultdict[str, int] = defaultdict(int)
    after = turn.conversation
    was, now = _position(advisor.pack, before), _position(advisor.pack, after)
    begun = after.begun != before.begun
    if begun:
        counts[BEGUN] += 1
    if was and not begun:
        counts[was] -= 1
    if now:
        counts[now] += 1
    for reply in answers(turn):
        match reply:
            case DidYouMean():
                counts[OFFERED] += 1
            case NotCovered() | Offered():
                counts[UNKNOWN] += 1
                counts[UNKEPT] += not kept
            case PassageReply() | EntryReply():
                for name in shown_ids(reply):
                    counts[f"{ASKED}:{name}"] += 1
    return {name: count for name, count in counts.items() if count}


def answers(turn: Turn) -> tuple[Reply, ...]:
    """The replies to what was just asked about the subject."""
    return (*turn.below, *turn.card)


def is_unanswered(turn: Turn, message: Message) -> bool:
    """Whether a question was typed that the advisor could not answer."""
    typed = isinstance(message.content, Typed)
    return typed and any(isinstance(reply, NotCovered | Offered) for reply in answers(turn))


def _position(pack: Pack, conversation: Conversation) -> str:
    """The position of the questions about an idea; "" before the start."""
    if not conversation.begun:
        return ""
    if not conversation.started:
        return STOPPED
    current = migrate(pack, conversation)[0]
    question = open_question(pack, current)
    if question is not None:
        return f"{AT_QUESTION}:{question.id}"
    return f"{AT_RESULT}:{pack.scale.outcome(current.chosen)}"
