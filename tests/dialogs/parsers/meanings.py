"""What a typed text means, told in a few words, given what is understood of it."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import (
    ABOUT_RESULT,
    HELLO,
    NO,
    THANKS,
    UNDO,
    YES,
    AdviceRequest,
    Ambiguous,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    ProgressQuestion,
    SmallTalk,
    TriageRequest,
    TypedCommand,
)
from dialogs.parsers.intent_parser import parse_intent
from knowledge.interfaces import Reading
from tests.dialogs.stub_knowledge import Understanding, asked, sure, understanding
from tests.knowledge.fixtures import pack as builtin_pack

PACK = builtin_pack()
PASSAGE, OUTSIDE = PACK.passages[0].id, PACK.outside[0].id
LOW, HIGH, CHEAP = sure("volume", "low"), sure("volume", "high"), sure("budget", "limited")
UNSURE, RICH = sure("volume", "unsure"), sure("budget", "flexible")


_KNOWN = {HELLO: "Hello", THANKS: "Thanks", YES: "Confirmation", NO: "Rejection", UNDO: "Undo"}


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
        case SmallTalk(remark):
            return remark
        case TypedCommand(action):
            return f"[{action.id}]"
        case (Command(Kind.SUPPOSE), *_):
            return f"what if {', '.join(f'{c.question} {c.option}' for c in intent if c.question != NONE)}".strip()
        case ProgressQuestion(topic, lessons):
            return " ".join((f"where: {topic}", *map(str, lessons)))
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
