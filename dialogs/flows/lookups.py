"""Answers to questions about the subject, in any flow; the open prompt stays open."""

from dataclasses import replace
from datetime import date

from dialogs.advisor import Advisor
from dialogs.conversation import ANSWERED, Conversation
from dialogs.message import Message
from dialogs.replies import Reply
from dialogs.replies.notices import Greeting, KnownAboutPerson, Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, ShownEntry, VerdictComparison
from dialogs.replies.questions import RecordedAnswer
from dialogs.turn import Turn
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import Pack, Passage

FACTS_SHOWN = 3
"""Most outside facts that are linked under a result."""

FACTS_BESIDE = 2
"""Most outside facts that are linked under a passage."""

LIKELY = 0.25
"""Score from which one of those that are offered is probably meant."""

NEAR = 0.05
"""Minimum score of a passage that is named if the subject is not covered."""


def reply_to(
    pack: Pack, match: Match, today: date, offer: bool = False
) -> PassageReply | EntryReply | DidYouMean | NotCovered:
    """The passage or entry, several to choose from, or what is covered instead. `offer`: the offer to start follows.
    What leads is shown with the others below.
    """
    passages = tuple(pack.entry(entry_id) for entry_id in match.top)
    match match.outcome:
        case MatchOutcome.ANSWER:
            return entry_reply(pack, match.top[: match.together], today, offer)
        case MatchOutcome.OFFER if match.leads:
            return replace(entry_reply(pack, match.top[:1], today, offer=False), others=passages[1:])
        case MatchOutcome.OFFER:
            return DidYouMean(passages, likely=match.score >= LIKELY)
        case MatchOutcome.UNKNOWN:
            return NotCovered(pack, passages if match.score >= NEAR else (), offer)


def entry_reply(pack: Pack, ids: tuple[str, ...], today: date, offer: bool) -> PassageReply | EntryReply:
    """One passage with the outside facts of that day; or outside entries or terms, all together."""
    found = [pack.entry(entry_id) for entry_id in ids]
    first = found[0]
    if isinstance(first, Passage):
        facts = tuple(entry for entry in pack.outside_on(today) if first.id in entry.passages)
        return PassageReply(pack, first, facts[:FACTS_BESIDE], offer)
    shown = tuple(ShownEntry(entry, entry.is_current(today)) for entry in found if not isinstance(entry, Passage))
    return EntryReply(pack, shown, offer)


def shown_ids(reply: Reply) -> tuple[str, ...]:
    """The ids of what a reply shows, as `shown` holds them, without those out of date."""
    match reply:
        case PassageReply():
            return (reply.passage.id,)
        case EntryReply():
            return tuple(shown.entry.id for shown in reply.entries if shown.current)
        case _:
            return ()


def answer_question(
    advisor: Advisor, conversation: Conversation, message: Message, match: Match, *, brief: bool = False
) -> Turn:
    """Answers a question about the subject, as far as the pack can. `brief`: a passage without its details."""
    reply = reply_to(advisor.pack, match, message.day, offer=not _under_way(advisor, conversation) and not brief)
    if brief and isinstance(reply, PassageReply):
        reply = replace(reply, brief=True, outside=())
    asked = conversation.replace(answered=shown_ids(reply), offered=offered_ids(reply))
    return digress(advisor, asked, message, reply, shown=_marks(reply))


def ask_for_idea(
    advisor: Advisor, conversation: Conversation, message: Message, match: Match, *, short: bool = False
) -> Turn:
    """The reply to a text that asks and describes nothing, at the beginning: what to say instead. `short`: it is a few
    words, which may well ask something.
    """
    if _under_way(advisor, conversation) or match.outcome is not MatchOutcome.UNKNOWN:
        return answer_question(advisor, conversation, message, replace(match, leads=match.leads and short))
    missed = conversation.replace(missed=conversation.missed + 1)
    return digress(advisor, missed, message, NotCovered(advisor.pack, (), offer=True, asked=False))


def nearest(advisor: Advisor, message: Message, match: Match) -> PassageReply | EntryReply:
    """The closest passage, outside entry or term, for a request that also asks a question."""
    return entry_reply(advisor.pack, match.top[:1], message.day, offer=False)


def show_passage(advisor: Advisor, conversation: Conversation, message: Message, passage_id: str) -> Turn:
    """One passage, outside entry or term by its id."""
    reply = entry_reply(advisor.pack, (passage_id,), message.day, offer=not _under_way(advisor, conversation))
    chosen = conversation.replace(answered=(passage_id,))  # what else was offered can still be chosen
    return digress(advisor, chosen, message, reply, shown=_marks(reply))


def offered_ids(reply: PassageReply | EntryReply | DidYouMean | NotCovered) -> tuple[str, ...]:
    """The ids of what may have been meant, in the order of the buttons."""
    match reply:
        case DidYouMean(passages) | NotCovered(passages=passages):
            return tuple(entry.id for entry in passages)
        case PassageReply(others=others) | EntryReply(others=others):
            return tuple(entry.id for entry in others)


def _marks(reply: Reply) -> tuple[str, ...]:
    """`Turn.shown` for the card of an answer."""
    return (ANSWERED, *shown_ids(reply)) if isinstance(reply, PassageReply | EntryReply) else ()


def sources(pack: Pack) -> Notice:
    """What all of it rests on, and who gains by it."""
    source = pack.source
    return Notice("sources", {"title": source.title, "publisher": source.publisher, "interest": source.interest})


def known_about(advisor: Advisor, conversation: Conversation, message: Message) -> KnownAboutPerson:
    """What the conversation holds about the sender."""
    person, pack = message.sender.id, advisor.pack
    tour = conversation.tour
    mine = conversation.idea_by == person or (not conversation.idea_by and conversation.people[:1] == (person,))
    listed = () if conversation.intake is None else conversation.intake.ideas
    told = (conversation.idea if mine else "", *(idea.text for idea in listed if idea.by == person))
    return KnownAboutPerson(
        tuple(
            RecordedAnswer(question, conversation.answers[question.id])
            for question in pack.questions
            if question.id in conversation.answers and conversation.answers[question.id].by == person
        ),
        tuple(filter(None, told)),
        tour is not None and tour.by == person,
    )


def compare(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """The verdicts side by side; the greeting if the pack has no comparison."""
    comparison = advisor.pack.comparison
    if comparison is None:
        return greet(advisor, conversation, message)
    return digress(advisor, conversation, message, VerdictComparison(advisor.pack, comparison), shown=(ANSWERED,))


def greet(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """What the advisor can do."""
    return digress(advisor, conversation, message, Greeting(advisor.pack))


def digress(
    advisor: Advisor, conversation: Conversation, message: Message, reply: Reply, shown: tuple[str, ...] = ()
) -> Turn:
    """A reply that leaves the conversation where it is: a message of its own, followed by the open prompt if there is
    one; the card itself if nothing is under way.

    `shown`: what the card shows if nothing is under way.
    """
    flow = advisor.flows.current(conversation)
    if flow.prompt(conversation) is not None:
        return flow.digress(conversation, message, reply)
    if flow.under_way(conversation):
        return Turn(conversation, below=(reply,))
    return Turn(conversation, (reply,), shown=shown)


def _under_way(advisor: Advisor, conversation: Conversation) -> bool:
    return advisor.flows.current(conversation).under_way(conversation)
