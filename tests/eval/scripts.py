"""Scripts of whole talks: lines typed one after the other, whatever is said to them, and where they should end.

A script's author did not know what would be asked or proposed. Counted are the scripts that end in the verdict of their
labelled answers, and those in which every answer is as labelled as well. Who talks says yes to a last proposal that is
right, which no script can foresee: how many end well then is told apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question
from dialogs.message import Message, Typed
from dialogs.message import Person as Sender
from dialogs.respond import respond
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.decision import decide
from tests.eval.labelled_lines import read

NAME = "scripts.jsonl"
_NOON = 1_795_000_000


class Script(BaseModel):
    """One script. `verdict` is None where its author left it to the answers."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    lines: tuple[str, ...]
    answers: Mapping[str, str]
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """How a script went. `reached`: the verdict that its author expected; `decided`: the one of the labelled answers,
    which an author who does not know how answers are weighed may take for another; `agreed`: the same, once what was
    proposed last and is right has got its yes. `wrong`: answers that are not as labelled. `repeated`: the same message
    twice in a row.
    """

    name: str
    reached: bool
    decided: bool
    agreed: bool
    wrong: tuple[str, ...]
    repeated: bool


def play(advisor: Advisor, script: Script) -> Played:
    """The whole script, each line as soon as the one before is answered."""
    conversation = Conversation.fresh(advisor.pack)
    shown: list[str] = []
    for number, text in enumerate(script.lines):
        message = Message(f"m{number}", Sender("ana"), _NOON + 30 * number, Typed(text))
        turn = respond(advisor, conversation, message)
        conversation = turn.conversation
        shown.append(plain(lay_out(advisor, (*turn.card, *turn.below, *turn.aside), conversation.revision)))
    chosen = conversation.chosen if conversation.started else {}
    labelled = decide(advisor.pack, dict(script.answers)).verdict
    wrong = tuple(f"{q}: {chosen.get(q)} for {o}" for q, o in script.answers.items() if chosen.get(q) != o)
    repeated = any(one == other for one, other in pairwise(shown))
    verdict = _verdict(advisor, conversation)
    agreed = _verdict(advisor, _agreed(advisor, conversation, script)) == labelled
    reached = verdict == (script.verdict or labelled)
    return Played(script.name, reached, verdict == labelled, agreed, wrong, repeated)


def _verdict(advisor: Advisor, conversation: Conversation) -> str | None:
    finished = conversation.started and open_question(advisor.pack, conversation) is None
    return decide(advisor.pack, conversation.chosen).verdict if finished else None


def _agreed(advisor: Advisor, conversation: Conversation, script: Script) -> Conversation:
    """The conversation after a yes to each proposal that is as labelled."""
    for number in range(len(script.answers)):
        proposal = conversation.confirm
        if proposal is None or script.answers.get(proposal.question) != proposal.option:
            break
        message = Message(f"yes{number}", Sender("ana"), _NOON + 30 * (len(script.lines) + number), Typed("yes"))
        conversation = respond(advisor, conversation, message).conversation
    return conversation


def load(folder: Path) -> tuple[Script, ...]:
    """The scripts of a folder; none where it has no such file."""
    return read(folder / NAME, Script)


def report(results: list[Played]) -> str:
    """What they come to."""
    reached, exact = sum(r.reached for r in results), sum(r.reached and not r.wrong for r in results)
    repeated = sum(r.repeated for r in results)
    decided, agreed = sum(r.decided for r in results), sum(r.agreed for r in results)
    return (
        f"  scripts: {reached} of {len(results)} reach the expected end, {decided} that of their labelled answers "
        f"({agreed} after a yes to what is proposed last), "
        f"{exact} with every answer as labelled; the same twice in a row in {repeated}"
    )
