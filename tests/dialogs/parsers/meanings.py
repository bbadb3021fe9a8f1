"""What a typed text means, told in a few words, given what is understood of it."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import (
    ABOUT_RESULT,
    ANSWERS,
    GOODBYE,
    HELLO,
    HINT,
    LAST_SCORE,
    NO,
    SCORE,
    THANKS,
    UNDO,
    YES,
    AdviceRequest,
    Ambiguous,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    Refusal,
    TriageRequest,
)
from dialogs.message import Action
from dialogs.parsers.intent_parser import parse_intent
from knowledge.interfaces import Reading
from tests.dialogs.stub_knowledge import Understanding, asked, sure, understanding
from tests.knowledge.fixtures import pack as builtin_pack

PACK = builtin_pack()
PASSAGE, OUTSIDE = PACK.passages[0].id, PACK.outside[0].id
LOW, HIGH, CHEAP = sure("volume", "low"), sure("volume", "high"), sure("budget", "limited")
UNSURE, RICH = sure("volume", "unsure"), sure("budget", "flexible")


_KNOWN = {
    HELLO: "Hello",
    THANKS: "Thanks",
    YES: "Confirmation",
    NO: "Rejection",
    UNDO: "Undo",
    ANSWERS: "where: answers",
    GOODBYE: "goodbye",
    HINT: "[hint]",
    SCORE: "Score",
    LAST_SCORE: "Last",
}


def readings(found: Mapping[str, Reading]) -> str:
    return ", ".join(f"{question} {reading.option}" for question, reading in found.items())


def told(intent: Intent) -> str:
    """An intent in a few words; what else a text answers stands behind a plus."""
    match intent:
        case GivenAnswer(option, plain, others):
            said = f"{option} plainly" if plain else option
            return f"{said} + {readings(others)}" if others else said
        case LikelyAnswer(question, option, others):
            said = f"likely {question} {option}"
            return f"{said} + {readings(others)}" if others else said
        case Correction(changes):
            return f"changes {readings(changes)}".strip()
        case Ambiguous(options):
            return " or ".join(options)
        case Refusal(remark):
            return remark
        case Action():
            return f"[{intent.id}]"
        case (Command(Kind.CHAT, value=remark),) if remark:
            return remark
        case (Command(Kind.SUPPOSE), *_):
            return f"what if {', '.join(f'{c.question} {c.option}' for c in intent if c.question != NONE)}".strip()
        case (Command(Kind.SHOW, What.PROGRESS, value=topic),):
            return f"where: {topic}"
        case (Command(Kind.LEARN, What.FIND, value=lessons),):
            return f"where: ahead {lessons}".strip()
        case (Command(Kind.ASK),):
            return "verdict"
        case tuple() if intent in ABOUT_RESULT.values():
            return f"result: {next(topic for topic, asked in ABOUT_RESULT.items() if asked == intent)}"
        case (Command(Kind.EXPLAIN, What.OPTION),):
            return "Clarification"
        case tuple():
            return _KNOWN[intent]
        case AdviceRequest(_, found, listed, match):
            marks = (readings(found), "a list" if listed else "", "asks besides" if match else "")
            return ": ".join(("advice", ", ".join(mark for mark in marks if mark))).removesuffix(": ")
        case TriageRequest(lines):
            return f"triage: {' | '.join(lines)}"
        case _:
            return type(intent).__name__


def meant(advisor: Advisor, conversation: Conversation, text: str, meanings: Understanding | None = None) -> str:
    return told(parse_intent(understanding(advisor, meanings or Understanding()), conversation, text))


def at_volume(advisor: Advisor) -> Conversation:
    """The question about volume is open, that about data was answered with yes."""
    return asked(advisor, "volume", data="yes")


def finished(advisor: Advisor, budget: str = "limited") -> Conversation:
    return asked(advisor, None, data="yes", volume="low", domain="general", budget=budget, consistency="tolerant")


def fresh(advisor: Advisor) -> Conversation:
    return Conversation.fresh(advisor.pack)
