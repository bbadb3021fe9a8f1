"""What people type at a result, a question or a proposal, and after a stop: how much is taken as it was meant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.commands.command import NONE, OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation, Proposal
from dialogs.intents import (
    ABOUT_RESULT,
    AboutIdeas,
    Acknowledgement,
    AdviceRequest,
    Correction,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    Refusal,
    RemoveIdeas,
    SubjectQuestion,
    TriageRequest,
    Unknown,
)
from dialogs.message import Action, Verb
from dialogs.open_question import open_question
from dialogs.understanding.policy import understand
from knowledge.interfaces import MatchOutcome
from tests.eval.labelled_lines import read

NAME = "talk.jsonl"

RECORDS = "records"
"""What records an answer or changes one, where no answer was given."""


class Said(BaseModel):
    """One text, where it was typed ("result", "idle", a question, or "proposal" and a question), and what it does."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: str
    text: str
    does: str
    answers: Mapping[str, str] = {}


Counted = Mapping[tuple[str, str], int]
"""How many texts of a kind (what they do) were taken rightly ("right"), for something else ("wrong"), or for an idea,
an answer or the end of the questions, which is worse ("worse").
"""


def load(folder: Path) -> tuple[Said, ...]:
    """The texts of a folder; none where it has no such file."""
    return read(folder / NAME, Said)


def count(advisor: Advisor, texts: Sequence[Said]) -> Counted:
    """All texts, each where its author had typed it."""
    return Counter((said.does, verdict(advisor, said)) for said in texts)


def verdict(advisor: Advisor, said: Said) -> str:
    """How a text was taken."""
    before = conversation_at(advisor, said.at, said.answers)
    intent = understand(advisor, before, said.text)[0].intent
    if said.does in _answering:
        recorded = _recorded(advisor, before, intent)
        if recorded == dict(said.answers):
            return "right"
        return "wrong" if recorded.items() <= said.answers.items() else "worse"
    taken = _taken(advisor, before, intent)
    if said.does == "yes" and before.confirm is not None:
        agreed = {before.confirm.question: before.confirm.option}
        if _recorded(advisor, before, intent) == agreed:
            return "right"
    if taken == said.does or (said.does, taken) in ALIKE:
        return "right"
    return "worse" if taken in _WITH_EFFECT else "wrong"


_answering = frozenset({"fact", "whatif"})

_WITH_EFFECT = frozenset({"idea", RECORDS, "stop", "undo", "yes", "no", "rename"})

ALIKE = frozenset(
    {("summary", "details"), ("strength", "reasons"), ("thanks", "bye"), ("bye", "thanks"), ("bye", "stop"),
     ("stop", "bye"), ("undo", "stop"), ("where", "recorded"), ("recorded", "where"), ("purpose", "meaning"),
     ("meaning", "purpose"), ("changes", "reasons"), ("chat", "unknown"), ("chat", "self"), ("annoyed", "reasons"),
     ("steps", "where"), ("show", "where"), ("back", "ideas"), ("meaning", "question"), ("annoyed", "stop"),
     ("source", "self"), ("summary", "show"), ("chat", "thanks"), ("chat", "bye")}
)  # fmt: skip
"""What somebody wants, and what serves as well."""


def conversation_at(advisor: Advisor, at: str, meant: Mapping[str, str] = {}) -> Conversation:
    """A conversation at the point that a label names, with other answers than those that are `meant`."""
    options = {
        q.id: next(option.id for option in q.options if option.id != meant.get(q.id)) for q in advisor.pack.questions
    }
    begun = Conversation.fresh(advisor.pack).replace(
        started=True, begun=1, revision=5, people=("ana",), idea="a bot that sorts our mail"
    )
    match at.split():
        case ["result" | "idle"]:
            answers = {q: Answer(option, AnswerMethod.BUTTON, "ana", 1) for q, option in options.items()}
            return begun.replace(answers=answers, started=at == "result", concluded=at == "result")
        case [*_, name]:
            asked = [question.id for question in advisor.pack.questions]
            before = asked[: asked.index(name)]
            answers = {q: Answer(options[q], AnswerMethod.BUTTON, "ana", 1) for q in before}
            confirm = Proposal(name, options[name], "so they say") if " " in at else None
            return begun.replace(answers=answers, confirm=confirm)
        case _:
            raise ValueError(at)


def _recorded(advisor: Advisor, before: Conversation, intent: Intent) -> Mapping[str, str]:
    """The answers that a text gives, proposes or supposes."""
    question = open_question(advisor.pack, before)
    match intent:
        case GivenAnswer(option, _, others) if question is not None:
            return {question.id: option} | {q: reading.option for q, reading in others.items()}
        case LikelyAnswer(asked, option, others):
            return {asked: option} | {q: reading.option for q, reading in others.items()}
        case (Command(Kind.SUPPOSE), *_):
            return {c.question: c.option for c in intent if c.question != NONE}
        case Correction(readings):
            return {q: reading.option for q, reading in readings.items()}
        case (Command(Kind.CONFIRM),) if before.confirm is not None:
            return {before.confirm.question: before.confirm.option}
        case _:
            return {}


_COMMANDS = {
    Verb.WHY: "purpose", Verb.DETAILS: "details", Verb.SHOW: "show", Verb.CANCEL: "stop", Verb.SHARE: "summary",
    Verb.IDEAS: "ideas", Verb.LEARN: "learn", Verb.START: "idea", Verb.RESTART: "restart", Verb.EDIT: "undo",
    Verb.BACK: "undo", Verb.IDEA: "back",
}  # fmt: skip


def _taken(advisor: Advisor, before: Conversation, intent: Intent) -> str:
    match intent:
        case Action(verb):
            taken = _COMMANDS.get(verb, str(verb))
            return "reasons" if taken == "purpose" and open_question(advisor.pack, before) is None else taken
        case AdviceRequest():
            return "idea"
        case TriageRequest(()):
            return "list"
        case TriageRequest():
            return "idea"
        case tuple() if intent in ABOUT_RESULT.values():
            return next(topic for topic, asked in ABOUT_RESULT.items() if asked == intent)
        case (Command(Kind.SHOW, What.PROGRESS, value=topic),):
            return _PROGRESS.get(topic, topic)
        case (Command(Kind.WRITE),):
            return "summary"
        case (Command(Kind.SHOW, What.RESULT | What.DETAILS as shown),):
            return "show" if shown is What.RESULT else "details"
        case (Command(Kind.GO, What.STOP | What.UNDO as move),):
            return str(move)
        case (Command(Kind.SHOW, What.ANSWERS),):
            return "where"
        case (Command(Kind.CHAT, What.THANKS | What.PRAISE),) | Acknowledgement():
            return "thanks"
        case (Command(Kind.CHAT, What.BYE),):
            return "bye"
        case (Command(Kind.CHAT, What.COMPLAINT),):
            return "annoyed"
        case Refusal("no_result_yet"):
            return "summary"
        case (Command(Kind.CHAT, value=remark),) if remark:
            return _REMARKS.get(remark, "self")
        case (
            RemoveIdeas()
            | AboutIdeas()
            | Refusal()
            | (Command(Kind.COMPARE),)
            | (Command(Kind.SHOW, What.IDEAS | What.NEXT),)
        ):
            return "ideas"
        case (Command(Kind.EDIT, What.RENAME, ideas), *_):
            return "rename" if ideas == (OWN_NAME,) else "ideas"
        case (Command(Kind.EXPLAIN, What.OPTION),):
            return "meaning"
        case (Command(Kind.CONFIRM),):
            return "yes"
        case (Command(Kind.REJECT),):
            return "no"
        case SubjectQuestion(match) if match.outcome is not MatchOutcome.UNKNOWN:
            return "question"
        case SubjectQuestion() | Unknown():
            return "unknown"
        case GivenAnswer() | LikelyAnswer() | Correction():
            return RECORDS
        case other:
            return type(other).__name__


_PROGRESS = {"standing": "show", "place": "where"}
_REMARKS: Mapping[str, str] = {}


def report(counted: Counted) -> str:
    """How many of each kind were taken rightly, and how many wrongly with an effect."""
    kinds = sorted({does for does, _ in counted})
    rights = sum(n for (_, how), n in counted.items() if how == "right")
    worse = sum(n for (_, how), n in counted.items() if how == "worse")
    parts = []
    for does in kinds:
        of = sum(n for (meant, _), n in counted.items() if meant == does)
        bad = counted.get((does, "worse"), 0)
        parts.append(f"{does} {counted.get((does, 'right'), 0)} of {of}" + (f" ({bad} worse)" if bad else ""))
    total = sum(counted.values())
    return f"  talk: {rights} of {total} right, {worse} wrong with an effect: {', '.join(parts)}"
