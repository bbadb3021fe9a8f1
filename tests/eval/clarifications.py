"""What is typed at an open question: which texts ask what it means, beside answers and questions about the subject."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, What
from dialogs.conversation import Conversation
from dialogs.intents import steps
from dialogs.understanding.policy import understand
from tests.eval.labelled_lines import read

NAME = "clarify.jsonl"


class Typed(BaseModel):
    """One text, the question that is open, and whether its author asks what that means."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    open: str
    text: str
    kind: Literal["clarify", "unsure", "answer", "subject"]


class Counted(NamedTuple):
    """How many clarifications there are and are found, and how many other texts are taken for one."""

    asked: int
    found: int
    others: int
    mistaken: int


def load(folder: Path) -> tuple[Typed, ...]:
    """The texts of a folder; none where it has no such file."""
    return read(folder / NAME, Typed)


def count(advisor: Advisor, texts: Sequence[Typed]) -> Counted:
    """All texts, each at the question that its author had in mind, the first that is asked."""
    asked = [text for text in texts if text.kind == "clarify"]
    others = [text for text in texts if text.kind != "clarify"]
    found, mistaken = (sum(_asks_back(advisor, text) for text in some) for some in (asked, others))
    return Counted(len(asked), found, len(others), mistaken)


def _asks_back(advisor: Advisor, typed: Typed) -> bool:
    begun = Conversation.fresh(advisor.pack).replace(started=True, revisit=typed.open)
    parts = understand(advisor, begun, typed.text)
    return any(isinstance(step, Command) and step.what is What.OPTION for part in parts for step in steps(part.intent))


def report(counted: Counted) -> str:
    """What they come to."""
    return (
        f"  asking back: {counted.found} of {counted.asked} are told what the question means, "
        f"and {counted.mistaken} of {counted.others} others"
    )
