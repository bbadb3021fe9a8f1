"""What a typed text does, if it is meant for the advisor: one intent, or several one after the other."""

import re
from dataclasses import replace

from dialogs.addressee import is_for_advisor, takes_part, with_bystander, with_sender
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.exact_commands import exact_command
from dialogs.executor.executor import execute
from dialogs.handlers.intent_commands import items_of_parts
from dialogs.handlers.lesson_utterances import leaving
from dialogs.intents import (
    AdviceRequest,
    Intent,
    TriageRequest,
    Unknown,
)
from dialogs.limits import BoundedText, prose, remark
from dialogs.message import Message
from dialogs.parsers.intent_parser import described_idea
from dialogs.parsers.list_parser import listed_ideas
from dialogs.replies.notices import left_out, text_cut
from dialogs.turn import Turn
from dialogs.understanding.policy import understand

_SPACES = re.compile(r"[^\S\n]{3,}")
"""Long runs of spaces, which say nothing and take long to cut at."""


def on_text(advisor: Advisor, conversation: Conversation, message: Message, read: BoundedText) -> Turn:
    """What a text does. Of what is neither an idea nor a list of ideas, the beginning is read."""
    if not takes_part(conversation, message):
        return Turn(conversation)
    whole = _SPACES.sub("  ", read.text)
    text = remark(whole)
    exact = exact_command(advisor, conversation, text, message.at)
    parts = ((text, exact),) if exact is not None else _parts(advisor, conversation, text)
    intent = parts[0][1]
    current = with_sender(conversation, message)
    if not is_for_advisor(advisor, conversation, current, message, text, intent):
        return Turn(with_bystander(conversation, current, message))
    cut = left_out(read)
    if len(parts) == 1 and len(text) < len(whole):
        fuller = _with_rest(advisor, conversation, intent, whole, len(text))
        parts, cut = (parts, (text_cut(text),)) if fuller is None else (((whole, fuller),), cut)
    return execute(advisor, current, message, items_of_parts(advisor, current, parts)).saying(*cut)


def _with_rest(
    advisor: Advisor, conversation: Conversation, intent: Intent, whole: str, read: int
) -> AdviceRequest | TriageRequest | None:
    """An idea, or a list of ideas, with all that is said of it; of the rest the first `read` characters are enough."""
    told = isinstance(intent, AdviceRequest | TriageRequest | Unknown)
    listed = listed_ideas(advisor, conversation, whole) if told else None
    if listed is not None:
        return listed
    match intent:
        case AdviceRequest(idea):
            idea += prose(whole)[read:]
            return replace(intent, text=idea, readings=advisor.knowledge.reader.read(idea))
        case Unknown():
            return described_idea(advisor, conversation, prose(whole))
        case _:
            return None


def _parts(advisor: Advisor, conversation: Conversation, text: str) -> tuple[tuple[str, Intent], ...]:
    """What each part of a text means."""
    flow = advisor.flows.current(conversation)
    left = leaving(advisor, conversation, text) if flow.is_reviewed(conversation) else ()
    return left or understand(advisor, conversation, text)
