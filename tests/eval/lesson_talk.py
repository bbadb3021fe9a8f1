"""What is typed in a lesson, or by somebody who wants to learn: whether it has the effect that its author expects.

A wrong take (another answer, another effect) is worse than a text that is not understood, and is counted apart.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, Tour
from dialogs.message import Message, Person, Typed
from dialogs.replies import Reply
from dialogs.replies.lessons import LessonCard, LessonExplained
from dialogs.replies.notices import Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply
from dialogs.replies.questions import AmbiguousAnswer, UnmatchedAnswer
from dialogs.respond import respond
from dialogs.turn import Turn
from knowledge.matching.factory import build_knowledge, load_encoder
from knowledge.pack import UNSURE
from knowledge.pack_loader import builtin, load_pack
from tests.eval.labelled_lines import read

NAME = "lessons.jsonl"
_NOON = 1_795_000_000

Effect = Literal[
    "answer", "unsure", "explain", "next", "back", "stop", "why", "where", "start", "resume", "question", "nothing",
    "other",
]  # fmt: skip

_AS_GOOD: dict[str, frozenset[str]] = {
    "why": frozenset({"explain", "question"}),
    "question": frozenset({"explain"}),
    "resume": frozenset({"start"}),
}
"""Effects that serve the author of a text as well."""

_TOLD: dict[str, Effect] = {
    "lesson_place": "where", "lessons_to_go": "where", "lesson_last": "where", "lesson_time": "where",
    "lesson_was_right": "why", "lesson_was_wrong": "why", "lesson_was_open": "why", "lesson_why": "why",
    "lessons_unanswered": "why", "at_the_first_lesson": "back", "goodbye": "stop", "nothing_to_resume": "resume",
}  # fmt: skip


class Line(BaseModel):
    """One text, the lesson that is open (0: none), and what its author expects it to do."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lesson: int
    text: str
    does: Effect
    option: int = 0


Counts = Counter[tuple[str, Literal["right", "wrong", "missed"]]]


def load(folder: Path) -> tuple[Line, ...]:
    """The texts of a folder; none where it has no such file."""
    return read(folder / NAME, Line)


def opened(advisor: Advisor, number: int) -> Conversation:
    """A conversation in which this lesson is open, all before it answered right; one without lessons for 0."""
    pack = advisor.pack
    fresh = Conversation.fresh(pack)
    if not number:
        return fresh
    answered = {lesson.id: lesson.check.right.id for lesson in pack.lessons[: number - 1]}
    tour = Tour(by="ana", order=tuple(lesson.id for lesson in pack.lessons), first=answered)
    return fresh.replace(flow="learn", tour=tour, people=("ana",), revision=number)


def effect(advisor: Advisor, line: Line) -> tuple[Effect, int]:
    """What a text did, and with an answer which option it was taken for."""
    before = opened(advisor, line.lesson)
    turn = respond(advisor, before, Message("m", Person("ana"), _NOON, Typed(line.text)))
    tour = turn.conversation.tour
    if before.tour is None or tour is None:
        return _said(turn) if tour is None else "start", 0
    lesson = advisor.pack.lessons[line.lesson - 1]
    given = tour.first.get(lesson.id)
    if given is None:
        moved = "back" if tour.revisit is not None and tour.revisit != before.tour.revisit else None
        left = "stop" if turn.conversation.flow != before.flow else None
        return moved or left or _said(turn), 0
    if given in ("", UNSURE):
        return "unsure" if given else "next", 0
    return "answer", 1 + [option.id for option in lesson.check.options].index(given)


def _said(turn: Turn) -> Effect:
    """What the replies to a text are, where it moved nothing."""
    replies: tuple[Reply, ...] = (*turn.below, *turn.card, *turn.aside)
    for reply in replies:
        match reply:
            case LessonExplained():
                return "explain"
            case PassageReply() | EntryReply():
                return "question"
            case UnmatchedAnswer() | AmbiguousAnswer() | DidYouMean() | NotCovered():
                return "nothing"
            case Notice(remark) if remark in _TOLD:
                return _TOLD[remark]
            case LessonCard(brief=False):
                return "explain"
    return "other"


def judged(advisor: Advisor, line: Line) -> Literal["right", "wrong", "missed"]:
    """Whether a text did what was expected, something else, or was not understood."""
    done, option = effect(advisor, line)
    if done == "nothing":
        return "missed"
    fits = done == line.does or done in _AS_GOOD.get(line.does, ())
    return "right" if fits and option == (line.option if line.does == "answer" else 0) else "wrong"


def count(advisor: Advisor, lines: Sequence[Line]) -> Counts:
    """How many texts of each kind were understood, misunderstood and not understood."""
    return Counter((line.does, judged(advisor, line)) for line in lines)


def total(counts: Counts, outcome: Literal["right", "wrong", "missed"]) -> int:
    """The texts of all kinds with this outcome."""
    return sum(number for (_, found), number in counts.items() if found == outcome)


def report(counts: Counts) -> str:
    """What they come to, kind by kind: understood, wrong, not understood."""
    kinds = dict.fromkeys(kind for kind, _ in counts)
    each = ", ".join(f"{k} {counts[k, 'right']}/{counts[k, 'wrong']}/{counts[k, 'missed']}" for k in kinds)
    right, wrong, missed = total(counts, "right"), total(counts, "wrong"), total(counts, "missed")
    return (
        f"  lessons: {right} of {right + wrong + missed} as expected, {wrong} wrong, {missed} not understood ({each})"
    )


def main() -> None:
    """`python -m tests.eval.lesson_talk FOLDER…`: each text that had another effect; `--words`: without the encoder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--words", action="store_true")
    given = parser.parse_args()
    understood = build_knowledge(load_pack(builtin()), encoder=None if given.words else load_encoder(None))
    advisor = Advisor.build(understood, catalogue.load())
    for folder in given.folders:
        lines = load(folder)
        for line in lines:
            outcome = judged(advisor, line)
            if outcome != "right":
                done, option = effect(advisor, line)
                sys.stdout.write(
                    f"{outcome}: [{line.lesson}] {line.text} | {line.does} {line.option} → {done} {option}\n"
                )
        sys.stdout.write(f"{folder.name}\n{report(count(advisor, lines))}\n")


if __name__ == "__main__":
    main()
