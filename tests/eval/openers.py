"""First messages: which of them start the questions, and which are questions about the subject.

Most that ask for advice do so as a question, with their case in it: "FT or prompt? 8D reports, 1400 closed ones". The
answers in them are not judged here but in `descriptions.jsonl` of other sets.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.commands.command import Kind
from dialogs.conversation import Conversation
from dialogs.message import Message, Person
from dialogs.message import Typed as TypedText
from dialogs.respond import respond
from tests.eval.labelled_lines import read

NAME = "openers.jsonl"

Wanted = Literal["advice", "question", "other"]


class Opener(BaseModel):
    """One first message, and what its author wants: advice on a case of their own, to know something, or neither."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    wants: Wanted


def load(folder: Path) -> tuple[Opener, ...]:
    """The first messages of a folder; none where it has no such file."""
    return read(folder / NAME, Opener)


def taken_for(advisor: Advisor, text: str) -> Wanted:
    """What a text is taken for at the start of a conversation; what is not understood is no question."""
    message = Message("m", Person("ana"), 0, TypedText(text), private=True)
    did = {command.command for command in respond(advisor, Conversation.fresh(advisor.pack), message).did}
    return "advice" if {Kind.IDEA, Kind.SET} & {*did} else "question" if Kind.ASK in did else "other"


def count(advisor: Advisor, openers: Sequence[Opener]) -> Counter[tuple[Wanted, Wanted]]:
    """How often each wish was taken for which."""
    return Counter((opener.wants, taken_for(advisor, opener.text)) for opener in openers)


def report(found: Counter[tuple[Wanted, Wanted]]) -> str:
    """What they come to."""

    def of(wants: Wanted) -> int:
        return sum(count for (wanted, _), count in found.items() if wanted == wants)

    advised = sum(count for (wanted, taken), count in found.items() if taken == "advice" and wanted != "advice")
    return (
        f"  first messages: {found['advice', 'advice']} of {of('advice')} that ask for advice start the questions, and "
        f"{advised} of {of('question') + of('other')} others"
    )
