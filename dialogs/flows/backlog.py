"""Many ideas at once: each judged by its words alone, the clearest first."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, title_of
from dialogs.message import Message
from dialogs.replies import BacklogPage, RankedIdea
from dialogs.triage import triage
from dialogs.turn import Turn

IDEAS_JUDGED = 50
PAGE = 20
"""Ideas in one message: as many as fit into a card on every channel."""


def rank(advisor: Advisor, conversation: Conversation, message: Message, lines: tuple[str, ...]) -> Turn:
    """A table of the ideas, a message a page; an open prompt is shown again below it."""
    pages = _pages(advisor, lines)
    flow = advisor.flows.current(conversation)
    if flow.prompt(conversation) is None:
        return Turn(conversation, below=pages)
    return Turn(conversation, flow.reprompt(conversation, message.at, digressed=False), below=pages)


def _pages(advisor: Advisor, lines: tuple[str, ...]) -> tuple[BacklogPage, ...]:
    ideas = sorted((_idea(advisor, line) for line in lines[:IDEAS_JUDGED]), key=_clearest_first)
    starts = range(0, len(ideas), PAGE)
    return tuple(
        BacklogPage(
            ideas=tuple(ideas[start : start + PAGE]),
            first=start + 1,
            total=len(ideas),
            left_out=max(0, len(lines) - IDEAS_JUDGED),
            last_page=start == starts[-1],
        )
        for start in starts
    )


def _idea(advisor: Advisor, line: str) -> RankedIdea:
    pack = advisor.pack
    judged = triage(advisor.knowledge, line)
    return RankedIdea(
        title=title_of(line),
        verdict=pack.verdict(judged.decided.verdict),
        strength=judged.decided.strength,
        readings=tuple((pack.question(q), reading) for q, reading in judged.readings.items()),
        missing=tuple(pack.question(q) for q in judged.missing),
    )


def _clearest_first(idea: RankedIdea) -> tuple[float, int]:
    return -idea.strength, len(idea.missing)
