"""What people say beside answers: which texts are taken for the act that their author meant, and which others are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import Intent, Refusal
from dialogs.message import Action, Verb
from dialogs.understanding.policy import understand
from tests.eval.labelled_lines import read

NAME = "acts.jsonl"

OTHER = "other"


class Said(BaseModel):
    """One text, the question that is open ("" where a result is shown), and what it does."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    open: str
    text: str
    act: str


Counted = Mapping[tuple[str, str], int]
"""How often a text of the first act was taken for the second."""


def load(folder: Path) -> tuple[Said, ...]:
    """The texts of a folder; none where it has no such file."""
    return read(folder / NAME, Said)


def count(advisor: Advisor, texts: Sequence[Said]) -> Counted:
    """All texts, each at the question that its author had in mind, or at a result."""
    return Counter(
        (text.act, _taken(understand(advisor, _at(advisor, text.open), text.text)[0].intent)) for text in texts
    )


def _at(advisor: Advisor, question: str) -> Conversation:
    begun = Conversation.fresh(advisor.pack).replace(started=True, begun=1, revision=5, people=("ana",), idea="a bot")
    if question:
        return begun.replace(revisit=question)
    answers = {q.id: Answer(q.options[0].id, AnswerMethod.BUTTON, "ana", 1) for q in advisor.pack.questions}
    return begun.replace(answers=answers)


def _taken(intent: Intent) -> str:
    match intent:
        case (Command(Kind.CHAT, What.THANKS),) | (Command(Kind.CHAT, What.PRAISE),):
            return "thanks"
        case (Command(Kind.CHAT, What.BYE),):
            return "bye"
        case Action(Verb.SHOW) | (Command(Kind.SHOW, What.RESULT),):
            return "show"
        case (Command(Kind.SHOW, What.PROGRESS, value="standing"),):
            return "short"
        case (Command(Kind.WRITE),) | Refusal("no_result_yet"):
            return "share"
        case Action(Verb.SHARE):
            return "share"
        case (Command(Kind.SHOW, What.PROGRESS, value="left" | "duration"),):
            return "left"
        case (Command(Kind.CHAT, What.COMPLAINT),):
            return "annoyed"
        case (Command(Kind.SHOW, What.PROGRESS),):
            return "left"
        case (Command(Kind.CHAT, What.ABOUT_YOU),):
            return "self"
        case (Command(Kind.CHAT, value=str(remark)),) if remark:
            return "self"
        case _:
            return OTHER


ALIKE = frozenset({("bye", "thanks"), ("short", "share"), ("show", "short"), ("share", "short"), ("thanks", "bye")})
"""Acts whose replies serve each other."""


def report(counted: Counted) -> str:
    """How many of each act were recognised, or answered by what serves as well; others: taken for none."""
    parts = []
    for act in dict.fromkeys(act for act, _ in counted):
        total = sum(number for (meant, _), number in counted.items() if meant == act)
        right = sum(
            n for (meant, taken), n in counted.items() if meant == act and (taken == act or (meant, taken) in ALIKE)
        )
        parts.append(f"{act} {right} of {total}")
    return f"  beside answers: {', '.join(parts)}"
