"""The parts of a text that leaves the lessons: that it leaves, and what it wants besides."""

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import (
    Acknowledgement,
    AdviceRequest,
    GivenAnswer,
    Intent,
    SubjectQuestion,
    Unknown,
    is_answered,
)
from dialogs.message import Action, Verb
from dialogs.parsers.intent_parser import parse_intent
from dialogs.parsers.lesson_exit import exit_in, returns
from dialogs.parsers.phrases import is_question, requests
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

Utterance = tuple[str, Intent]

_FEW_WORDS = 3
"""A text of at most so many words may well answer the question that waits."""

_LEAVE = Action(Verb.CANCEL)


def leaving(advisor: Advisor, conversation: Conversation, text: str) -> tuple[Utterance, ...]:
    """The parts of a text that leaves the lessons; none if it does not, or does nothing else in well known words."""
    prompt = advisor.flows.open_prompt(conversation)
    found = exit_in(advisor, prompt, text) if prompt is not None else None
    if found is None or not (found.marked or found.after):
        return ()
    if found.after and _stays(parse_intent(advisor, conversation, found.after), surely=not found.marked):
        return ()
    left = advisor.flows.questions.activate(conversation)
    returned = text if returns(advisor, fold(text)) else ""
    wanted = found.after or (found.before if found.before.endswith("?") else returned)
    then = _after(advisor, left, wanted) if wanted else None
    return ((text, _LEAVE), *(() if then is None else (then,)))


def _stays(intent: Intent, *, surely: bool) -> bool:
    """Whether what follows is for the lessons after all: "enough of this one, show me lesson 4". `surely`: also if it
    only may be an answer there.
    """
    match intent:
        case Action(verb):
            return verb in (Verb.SKIP, Verb.BACK, Verb.READ, Verb.LEARN, Verb.TRY, Verb.FINISH)
        case (Command(Kind.LEARN, What.LESSON),):
            return True
        case GivenAnswer(plain=plain):
            return plain or surely
        case _:
            return False


def _after(advisor: Advisor, left: Conversation, text: str) -> Utterance | None:
    """What is wanted after the lessons are left: the whole, or its clearest question; None if nothing is clear."""
    words = fold(text)
    if returns(advisor, words):
        waits = advisor.flows.questions.prompt(left) is not None
        return (text, Action(Verb.START)) if waits else None
    whole = parse_intent(advisor, left, text)
    asked = [(part, _as_question(advisor, left, part)) for part in sentences(text) if part.endswith("?")]
    match whole:
        case Acknowledgement() | (Command(Kind.CHAT),):
            return None
        case AdviceRequest() | SubjectQuestion() | Unknown() if asked and not is_answered(whole):
            return max(asked, key=lambda each: _clearness(each[1]))
        case Unknown(match) if is_question(advisor, text, words):
            return text, SubjectQuestion(match)
        case Unknown():
            tried = advisor.flows.questions.prompt(left) is not None and len(words) <= _FEW_WORDS
            return (text, whole) if tried else None
        case _:
            return text, whole


def _as_question(advisor: Advisor, left: Conversation, text: str) -> Intent:
    """The intent of a question. Who has only asked something in lessons does not find questions begun instead."""
    intent = parse_intent(advisor, left, text)
    if isinstance(intent, AdviceRequest) and not requests(advisor, fold(text)):
        return SubjectQuestion(advisor.knowledge.matcher.passage(text))
    return intent


def _clearness(intent: Intent) -> float:
    """How clear it is what a question asks for."""
    return intent.match.score if isinstance(intent, SubjectQuestion | Unknown) else 1.0
