"""Answers to questions about the subject, in any flow: a digression, after which the open prompt is still open."""

from datetime import UTC, date, datetime

from dialogs.advisor import Advisor
from dialogs.conversation import ANSWERED, Conversation
from dialogs.message import Message
from dialogs.replies import DidYouMean, Greeting, NotCovered, Notice, PassageReply, Reply, VerdictComparison
from dialogs.turn import Turn
from knowledge.interfaces import Decision, Match
from knowledge.pack import Pack

NEAR = 0.05
"""Below this score no passage is close enough to be named where the subject is not covered."""


def reply_to(pack: Pack, match: Match, today: date, offer: bool = False) -> PassageReply | DidYouMean | NotCovered:
    """The passage, a choice of passages, or what is covered instead. `offer`: followed by the offer to start."""
    passages = tuple(pack.passage(passage_id) for passage_id in match.top)
    match match.decision:
        case Decision.ANSWER:
            return passage_reply(pack, match.top[0], today, offer)
        case Decision.OFFER:
            return DidYouMean(passages)
        case Decision.UNKNOWN:
            return NotCovered(pack, passages if match.score >= NEAR else (), offer)


def passage_reply(pack: Pack, passage_id: str, today: date, offer: bool) -> PassageReply:
    """One passage, with what is known outside the source on that day."""
    facts = tuple(fact for fact in pack.beyond_on(today) if passage_id in fact.passages)
    return PassageReply(pack, pack.passage(passage_id), facts, offer)


def answer_question(advisor: Advisor, conversation: Conversation, message: Message, match: Match) -> Turn:
    """Answers a question about the subject as far as the pack can."""
    reply = reply_to(advisor.pack, match, _day(message), offer=not _under_way(advisor, conversation))
    shown = (ANSWERED, reply.passage.id) if isinstance(reply, PassageReply) else ()
    return digress(advisor, conversation, message, reply, shown=shown)


def nearest(advisor: Advisor, message: Message, match: Match) -> PassageReply:
    """The closest passage, for a request that also asks something."""
    return passage_reply(advisor.pack, match.top[0], _day(message), offer=False)


def show_passage(advisor: Advisor, conversation: Conversation, message: Message, passage_id: str) -> Turn:
    """One passage by its id."""
    reply = passage_reply(advisor.pack, passage_id, _day(message), offer=not _under_way(advisor, conversation))
    return digress(advisor, conversation, message, reply, shown=(ANSWERED, passage_id))


def _day(message: Message) -> date:
    return datetime.fromtimestamp(message.at, UTC).date()


def compare(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """The verdicts side by side; the greeting where the pack has no comparison."""
    comparison = advisor.pack.comparison
    if comparison is None:
        return greet(advisor, conversation, message)
    return digress(advisor, conversation, message, VerdictComparison(advisor.pack, comparison), shown=(ANSWERED,))


def greet(advisor: Advisor, conversation: Conversation, message: Message, hello: bool = False) -> Turn:
    """What the advisor can do. A mere hello in the middle gets a short one."""
    if hello and _under_way(advisor, conversation):
        return digress(advisor, conversation, message, Notice("hello_again"))
    return digress(advisor, conversation, message, Greeting(advisor.pack, hello))


def digress(
    advisor: Advisor, conversation: Conversation, message: Message, reply: Reply, shown: tuple[str, ...] = ()
) -> Turn:
    """A reply that leaves the conversation where it is: a message of its own, with an open prompt again below it.

    `shown`: what stands on the card where nothing is under way.
    """
    flow = advisor.flows.current(conversation)
    if flow.prompt(conversation) is not None:
        return flow.digress(conversation, message, reply)
    if flow.under_way(conversation):
        return Turn(conversation, below=(reply,))
    return Turn(conversation, (reply,), shown=shown)


def _under_way(advisor: Advisor, conversation: Conversation) -> bool:
    return advisor.flows.current(conversation).under_way(conversation)
