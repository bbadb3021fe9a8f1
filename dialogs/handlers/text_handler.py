"""What a typed text does, if it is meant for the advisor: one intent, or several one after the other."""

import re
from dataclasses import replace

from dialogs.addressee import is_for_advisor, takes_part, with_bystander, with_sender
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.exact_commands import exact_command
from dialogs.executor.executor import execute
from dialogs.flows.lesson_progress import AtLesson
from dialogs.handlers.intent_commands import items_of_parts
from dialogs.handlers.lesson_utterances import leaving
from dialogs.intents import (
    NO,
    YES,
    AdviceRequest,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    TriageRequest,
    Unknown,
    is_answered,
)
from dialogs.limits import BoundedText, prose, remark
from dialogs.message import Message
from dialogs.parsers.answer_parser import refers_back
from dialogs.parsers.intent_parser import described_idea, parse_intent
from dialogs.parsers.lesson_talk import answers_plainly
from dialogs.parsers.list_parser import listed_ideas
from dialogs.parsers.pending_choice import asks
from dialogs.parsers.utterances import question_beside, questions_in
from dialogs.replies.notices import left_out, text_cut
from dialogs.turn import Turn
from knowledge.typed_answers.word_parser import fold

_SPACES = re.compile(r"[^\S\n]{3,}")
"""Long runs of spaces, which say nothing and take long to cut at."""


def on_text(advisor: Advisor, conversation: Conversation, message: Message, read: BoundedText) -> Turn:
    """What a text does. Of what is neither an idea nor a list of ideas, the beginning is read."""
    if not takes_part(conversation, message):
        return Turn(conversation)
    whole = _SPACES.sub("  ", read.text)
    text = remark(whole)
    exact = exact_command(advisor, conversation, text, message.at)
    several = _utterances(advisor, conversation, text) if exact is None else ()
    intent = exact or (several[0][1] if several else parse_intent(advisor, conversation, text))
    current = with_sender(conversation, message)
    if not is_for_advisor(advisor, conversation, current, message, text, intent):
        return Turn(with_bystander(conversation, current, message))
    cut = left_out(read)
    if not several and len(text) < len(whole):
        fuller = _with_rest(advisor, conversation, intent, whole, len(text))
        text, intent, cut = (text, intent, (text_cut(text),)) if fuller is None else (whole, fuller, cut)
    parts = several or ((text, intent),)
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


def _utterances(advisor: Advisor, conversation: Conversation, text: str) -> tuple[tuple[str, Intent], ...]:
    """The parts of a text that answers and asks, or that asks several things; none if it says one thing.

    In the order of the text; but in a lesson the question comes first, since the answer leads to the next lesson.
    """
    flow = advisor.flows.current(conversation)
    learning = not flow.accepts_descriptions
    if not learning and not (flow is advisor.flows.questions and conversation.started):
        return ()
    left = leaving(advisor, conversation, text) if flow.is_reviewed(conversation) else ()
    if left:
        return left
    asked = tuple((part, parse_intent(advisor, conversation, part)) for part in questions_in(text))
    if asked and flow.prompt(conversation) is not None:
        tops = {intent.match.top[0] for _, intent in asked if is_answered(intent)}
        return asked if len(tops) == len(asked) else ()
    parts = question_beside(text)
    if parts is None or _remarks(advisor, parts[1]):
        return ()
    first, second = ((part, parse_intent(advisor, conversation, part)) for part in parts)
    answer, question = (first, second) if parts[1].endswith("?") else (second, first)
    asking = asks(question[1])
    answers = isinstance(answer[1], GivenAnswer | LikelyAnswer | Correction) or answer[1] in (YES, NO)
    if not (asking and answers):
        return ()
    prompt = flow.prompt(conversation)
    if question is first and isinstance(prompt, AtLesson) and not answers_plainly(advisor, prompt, second[0]):
        return ()  # what follows a question says more about it
    return (question, answer) if learning else (first, second)


def _remarks(advisor: Advisor, text: str) -> bool:
    """Whether a text comments on the question before it: "what is LoRA? it sounds so glamorous!"."""
    return refers_back(advisor, fold(text)) and not advisor.knowledge.reader.stated(text)
