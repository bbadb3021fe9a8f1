"""Answers to questions about the subject, in any flow; the open prompt stays open."""

from dataclasses import replace
from datetime import date

from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, ShownEntry
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import Pack, Passage

FACTS_BESIDE = 2
"""Most outside facts that are linked under a passage."""

LIKELY = 0.25
"""Score from which one of those that are offered is probably meant."""

NEAR = 0.05
"""Minimum score of a passage that is named if the subject is not covered."""


def reply_to(
    pack: Pack, match: Match, today: date, offer: bool = False, topic: str = ""
) -> PassageReply | EntryReply | DidYouMean | NotCovered:
    """The passage or entry, several to choose from, or what is covered instead. `offer`: the offer to start follows.
    What leads is shown with the others below. A `topic` that is not covered is named.
    """
    passages = tuple(pack.entry(entry_id) for entry_id in match.top)
    match match.outcome:
        case MatchOutcome.ANSWER:
            return entry_reply(pack, match.top[: match.together], today, offer)
        case MatchOutcome.OFFER if match.leads:
            return replace(entry_reply(pack, match.top[:1], today, offer=False), others=passages[1:])
        case MatchOutcome.OFFER:
            return DidYouMean(passages, likely=match.score >= LIKELY)
        case MatchOutcome.UNKNOWN if topic:
            return NotCovered(pack, passages, topic=topic)
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


def offered_ids(reply: PassageReply | EntryReply | DidYouMean | NotCovered) -> tuple[str, ...]:
    """The ids of what may have been meant, in the order of the buttons."""
    match reply:
        case DidYouMean(passages) | NotCovered(passages=passages):
            return tuple(entry.id for entry in passages)
        case PassageReply(others=others) | EntryReply(others=others):
            return tuple(entry.id for entry in others)


def sources(pack: Pack) -> Notice:
    """What all of it rests on, and who gains by it."""
    source = pack.source
    return Notice("sources", {"title": source.title, "publisher": source.publisher, "interest": source.interest})
