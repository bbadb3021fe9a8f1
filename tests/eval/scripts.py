"""Scripts of whole talks: lines typed one after the other, whatever is said to them, and where they should end.

A script's author did not know what would be asked or proposed. Counted are the scripts that end in the verdict of their
labelled answers, and those in which every answer is as labelled as well. Who talks says yes to a last proposal that is
right, which no script can foresee: how many end well then is told apart.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message, Typed
from dialogs.message import Person as Sender
from dialogs.open_question import open_question
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.decision import decide
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack_loader import builtin, load_pack
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
class Step:
    """One line, and what it came to: the open question before and after it, the answers it set, and what was said."""

    text: str
    before: str | None
    after: str | None
    taken: Mapping[str, str]
    proposed: str
    said: str


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
    steps: tuple[Step, ...]


def play(advisor: Advisor, script: Script) -> Played:
    """The whole script, each line as soon as the one before is answered."""
    conversation = Conversation.fresh(advisor.pack)
    steps: list[Step] = []
    for number, text in enumerate(script.lines):
        message = Message(f"m{number}", Sender("ana"), _NOON + 30 * number, Typed(text))
        turn = respond(advisor, conversation, message)
        steps.append(_step(advisor, conversation, turn, text))
        conversation = turn.conversation
    chosen = conversation.chosen if conversation.started else {}
    labelled = decide(advisor.pack, dict(script.answers)).verdict
    wrong = tuple(f"{q}: {chosen.get(q)} for {o}" for q, o in script.answers.items() if chosen.get(q) != o)
    repeated = any(one.said == other.said for one, other in pairwise(steps))
    verdict = _verdict(advisor, conversation)
    agreed = _verdict(advisor, _agreed(advisor, conversation, script)) == labelled
    reached = verdict == (script.verdict or labelled)
    return Played(script.name, reached, verdict == labelled, agreed, wrong, repeated, tuple(steps))


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


def _step(advisor: Advisor, before: Conversation, turn: Turn, text: str) -> Step:
    after = turn.conversation
    had = before.chosen if before.started else {}
    now = after.chosen if after.started else {}
    proposal = after.confirm
    return Step(
        text,
        _open(advisor, before),
        _open(advisor, after),
        {question: option for question, option in now.items() if had.get(question) != option},
        f"{proposal.question}: {proposal.option}" if proposal is not None else "",
        plain(lay_out(advisor, (*turn.card, *turn.below, *turn.aside), after.revision)),
    )


def _open(advisor: Advisor, conversation: Conversation) -> str | None:
    question = open_question(advisor.pack, conversation)
    return None if question is None else question.id


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


def traced(played: Played) -> str:
    """A script line by line: what was open, what was typed, and what it came to."""
    end = "reached" if played.reached else "off"
    lines = [f"{played.name}: {end}{'; ' + '; '.join(played.wrong) if played.wrong else ''}"]
    for step in played.steps:
        came = ", ".join(f"{question}={option}" for question, option in step.taken.items())
        proposed = f" proposed {step.proposed}" if step.proposed else ""
        said = "" if came or proposed else f" | {' '.join(step.said.split())[:110]}"
        lines.append(f"  [{step.before or '-'}] {step.text}\n      → {came or '-'}{proposed}{said}")
    return "\n".join(lines)


def main() -> None:
    """`python -m tests.eval.scripts FOLDER…`: each script that goes off, line by line; with --all every one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    understood = build_knowledge(load_pack(builtin()), encoder=load_encoder(None))
    advisor = Advisor.build(understood, catalogue.load())
    for folder in given.folders:
        results = [play(advisor, script) for script in load(folder)]
        shown = [traced(result) for result in results if given.all or not result.reached or result.wrong]
        sys.stdout.write("\n".join((folder.name, *shown, report(results), "")) + "\n")


if __name__ == "__main__":
    main()
