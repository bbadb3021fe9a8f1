"""Usage: what `advisor report` counts of a turn. Pure, and free of personal data."""

from collections import defaultdict
from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, migrate
from dialogs.flows.lookups import shown_ids
from dialogs.message import Message, Typed
from dialogs.open_question import open_question
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
