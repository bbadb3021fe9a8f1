"""Answers to questions about the subject, in any flow; what was open stays open."""

from datetime import UTC, date, datetime

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.registry import current_flow
from dialogs.message import Message
from dialogs.replies import Compared, DidYouMean, Greeting, NotCovered, Notice, Reply, Told
from dialogs.turn import Step
from knowledge.interfaces import Decision, Match
from knowledge.pack import Pack

NEAR = 0.05
"""Below this score no passage is close enough to be named where the subject is not covered."""


def reply_to(pack: Pack, match: Match, today: date, offer: bool = False) -> Told | DidYouMean | NotCovered:
    """The passage, a choice of passages, or what is covered instead. `offer`: followed by the offer to start."""
    passages = tuple(pack.passage(passage_id) for passage_id in match.top)
    match match.decision:
        case Decision.ANSWER:
            return told(pack, match.top[0], today, offer)
        case Decision.OFFER:
            return DidYouMean(passages)
        case Decision.UNKNOWN:
            return NotCovered(pack, passages if match.score >= NEAR else (), offer)


def told(pack: Pack, passage_id: str, today: date, offer: bool) -> Told:
    """One passage, with what stands beside it outside the source on that day."""
    facts = tuple(fact for fact in pack.beyond_on(today) if passage_id in fact.passages)
    return Told(pack, pack.passage(passage_id), facts, offer)


def matched(advisor: Advisor, conversation: Conversation, message: Message, match: Match) -> Step:
    """Answers a question as far as the pack can."""
    reply = reply_to(advisor.pack, match, _day(message), offer=not _under_way(advisor, conversation))
    shown = (reply.passage.id,) if isinstance(reply, Told) else ()
    return around(advisor, conversation, message, reply, shown=shown)


def tell(advisor: Advisor, conversation: Conversation, message: Message, passage_id: str) -> Step:
    """One passage that was asked for by its name."""
    reply = told(advisor.pack, passage_id, _day(message), offer=not _under_way(advisor, conversation))
    return around(advisor, conversation, message, reply, shown=(passage_id,))


def _day(message: Message) -> date:
    return datetime.fromtimestamp(message.at, UTC).date()


def compare(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """The verdicts side by side; the greeting where the pack has no comparison."""
    comparison = advisor.pack.comparison
    if comparison is None:
        return greet(advisor, conversation, message)
    return around(advisor, conversation, message, Compared(advisor.pack, comparison))


def greet(advisor: Advisor, conversation: Conversation, message: Message, hello: bool = False) -> Step:
    """What the advisor can do. A mere hello in the middle gets a short one."""
    if hello and _under_way(advisor, conversation):
        return around(advisor, conversation, message, Notice("hello_again"))
    return around(advisor, conversation, message, Greeting(advisor.pack, hello))


def thanked(advisor: Advisor, conversation: Conversation, message: Message) -> Step:
    """A word back; the open question stays."""
    return around(advisor, conversation, message, Notice("you_are_welcome"))


def around(
    advisor: Advisor, conversation: Conversation, message: Message, reply: Reply, shown: tuple[str, ...] = ()
) -> Step:
    """Says something without losing the thread.

    An open question is asked again below it on the same card. A result stays where it is, and the reply becomes a
    message of its own.
    """
    flow = current_flow(advisor, conversation)
    if flow.prompt(advisor, conversation) is not None:
        again = flow.again(advisor, conversation, message.at, digressed=True)
        return Step(conversation, (reply, *again), shown=shown)
    if flow.under_way(conversation):
        return Step(conversation, below=(reply,))
    return Step(conversation, (reply,), shown=shown)


def _under_way(advisor: Advisor, conversation: Conversation) -> bool:
    return current_flow(advisor, conversation).under_way(conversation)
