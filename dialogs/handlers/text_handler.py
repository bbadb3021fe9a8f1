"""What a typed text does: is it meant for the advisor, and does it say one thing or several?"""

from typing import TypeGuard

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, hashed
from dialogs.handlers.intent_handler import on_intent
from dialogs.handlers.press_handler import refuse_other_person
from dialogs.intents import (
    Acknowledgement,
    Confirmation,
    Correction,
    GivenAnswer,
    Hello,
    Intent,
    LikelyAnswer,
    Rejection,
    ResultQuestion,
    SmallTalk,
    SubjectQuestion,
    Thanks,
    Unknown,
)
from dialogs.message import Message
from dialogs.parsers.answer_parser import refers_back
from dialogs.parsers.intent_parser import parse_intent
from dialogs.parsers.utterances import question_beside, questions_in
from dialogs.turn import Turn
from knowledge.interfaces import MatchOutcome
from knowledge.typed_answers.word_parser import fold


def on_text(advisor: Advisor, conversation: Conversation, message: Message, text: str) -> Turn:
    if not message.addressed and not conversation.revision:
        return Turn(conversation)
    several = _utterances(advisor, conversation, text)
    intent = several[0][1] if several else parse_intent(advisor, conversation, text)
    people = _people(conversation, message)
    with_sender = conversation.replace(people=people, spoke=hashed(message.sender.id) if len(people) > 1 else "")
    if not message.addressed and _replies_to_another(advisor, conversation, with_sender, text):
        return Turn(with_sender)
    if not message.addressed and not _meant_for_us(advisor, with_sender, message, intent):
        return Turn(with_sender)
    if several:
        return _on_all(advisor, with_sender, message, several)
    return on_intent(advisor, with_sender, message, text, intent)


def _utterances(advisor: Advisor, conversation: Conversation, text: str) -> tuple[tuple[str, Intent], ...]:
    """The parts of a text that answers and asks, or that asks several things; none if it says one thing.

    In the order of the text; but in a lesson the question comes first, since the answer leads to the next lesson.
    """
    flow = advisor.flows.current(conversation)
    learning = not flow.accepts_descriptions
    if not learning and not (flow is advisor.flows.questions and conversation.started):
        return ()
    asked = tuple((part, parse_intent(advisor, conversation, part)) for part in questions_in(text))
    if asked and flow.prompt(conversation) is not None:
        tops = {intent.match.top[0] for _, intent in asked if _is_answered(intent)}
        return asked if len(tops) == len(asked) else ()
    parts = question_beside(text)
    if parts is None or _remarks(advisor, parts[1]):
        return ()
    first, second = ((part, parse_intent(advisor, conversation, part)) for part in parts)
    answer, question = (first, second) if parts[1].endswith("?") else (second, first)
    asks = isinstance(question[1], SubjectQuestion | ResultQuestion | SmallTalk)
    answers = isinstance(answer[1], GivenAnswer | LikelyAnswer | Correction | Confirmation | Rejection)
    if not (asks and answers):
        return ()
    return (question, answer) if learning else (first, second)


def _remarks(advisor: Advisor, text: str) -> bool:
    """Whether a text comments on the question before it: "what is LoRA? it sounds so glamorous!"."""
    return refers_back(advisor, fold(text)) and not advisor.knowledge.reader.stated(text)


def _is_answered(intent: Intent) -> TypeGuard[SubjectQuestion]:
    return isinstance(intent, SubjectQuestion) and intent.match.outcome is MatchOutcome.ANSWER


def _on_all(
    advisor: Advisor, conversation: Conversation, message: Message, parts: tuple[tuple[str, Intent], ...]
) -> Turn:
    """Handles one part after the other. The card of the first stays unless the next one shows another card."""
    turn = Turn(conversation)
    for text, intent in parts:
        then = on_intent(advisor, turn.conversation, message, text, intent)
        shown = then if then.card else turn
        turn = then._replace(card=shown.card, shown=shown.shown, below=(*turn.below, *then.below))
    return turn


def _people(conversation: Conversation, message: Message) -> tuple[str, ...]:
    if message.sender.id in conversation.people:
        return conversation.people
    return (*conversation.people, message.sender.id)[:2]


def _replies_to_another(advisor: Advisor, before: Conversation, after: Conversation, text: str) -> bool:
    """Whether a bare yes, no or number follows another person's line, so that it may be a reply to that."""
    if len(after.people) < 2 or before.spoke in ("", after.spoke):
        return False
    bare = " ".join(fold(text))
    phrases = advisor.catalogue.phrases
    return bare.isdecimal() or bare in phrases.confirm or bare in phrases.reject


def _meant_for_us(advisor: Advisor, conversation: Conversation, message: Message, intent: Intent) -> bool:
    """Whether text without a mention is for the advisor rather than for the other people in the thread."""
    if refuse_other_person(advisor.flows.current(conversation), conversation, message) is not None:
        return False
    if len(conversation.people) > 1:
        return isinstance(intent, GivenAnswer) and intent.plain
    if advisor.flows.open_prompt(conversation) is not None:
        return True
    match intent:
        case Unknown() | Thanks() | Hello() | Acknowledgement() | SmallTalk():
            return False
        case SubjectQuestion(match):
            return match.outcome is not MatchOutcome.UNKNOWN
        case _:
            return True
