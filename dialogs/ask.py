"""Answers to questions about the subject, in any flow; what was open stays open."""

from datetime import UTC, datetime

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.foreground import foreground
from dialogs.message import Message
from dialogs.reply import Compared, DidYouMean, Greeting, NotCovered, Notice, Reply, Told
from dialogs.step import Step
from knowledge.understanding import Decision, Match


def matched(advisor: Advisor, conversation: Conversation, message: Message, match: Match) -> Step:
    """The passage, a choice of passages, or what is covered instead."""
    pack = advisor.pack
    passages = tuple(pack.passage(passage_id) for passage_id in match.top)
    match match.decision:
        case Decision.ANSWER:
            return tell(advisor, conversation, message, match.top[0])
        case Decision.OFFER:
            return around(advisor, conversation, message, DidYouMean(passages))
        case Decision.UNKNOWN:
            return around(
                advisor, conversation, message, NotCovered(pack, passages, offer=not _under_way(advisor, conversation))
            )


def tell(advisor: Advisor, conversation: Conversation, message: Message, passage_id: str) -> Step:
    """One passage, with what stands beside it outside the source."""
    facts = advisor.pack.beyond_on(datetime.fromtimestamp(message.at, UTC).date())
    told = Told(
        advisor.pack,
        advisor.pack.passage(passage_id),
        beyond=tuple(fact for fact in facts if passage_id in fact.passages),
        offer=not _under_way(advisor, conversation),
    )
    return around(advisor, conversation, message, told, shown=(passage_id,))


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
    flow = foreground(advisor, conversation)
    if flow.prompt(advisor, conversation) is not None:
        again = flow.again(advisor, conversation, message.at, digressed=True)
        return Step(conversation, (reply, *again), shown=shown)
    if flow.under_way(conversation):
        return Step(conversation, below=(reply,))
    return Step(conversation, (reply,), shown=shown)


def _under_way(advisor: Advisor, conversation: Conversation) -> bool:
    return foreground(advisor, conversation).under_way(conversation)
