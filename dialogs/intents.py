"""Intents: everything that a typed text can mean, as a closed list."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from dialogs.catalogue import Remark
from dialogs.message import Action, GivenIdea
from knowledge.interfaces import Match, MatchOutcome, Reading
from knowledge.pack import Question, Verdict


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """Words that stand for a button."""

    action: Action


@dataclass(frozen=True, slots=True)
class Hello:
    """A greeting."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An "ok" that asks nothing."""


@dataclass(frozen=True, slots=True)
class Clarification:
    """A request to explain the open question."""

    question: Question


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to the open prompt, and what else the text states. `plain`: it can hardly mean anything else."""

    option: str
    plain: bool
    others: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """An answer that was likely meant and is to be confirmed, and what else the text plainly states."""

    question: str
    option: str
    others: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A yes to what was to be confirmed, or offered."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A no to what was to be confirmed."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A remark or a question about the advisor itself, with the remark that answers it."""

    remark: Remark


class ResultTopic(StrEnum):
    """What somebody wants to know about the result."""

    REASONS = "reasons"
    CHANGES = "changes"
    STRENGTH = "strength"
    SUMMARY = "summary"
    STEPS = "steps"
    SOURCE = "source"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class ResultQuestion:
    """A question about the result that is shown."""

    topic: ResultTopic


@dataclass(frozen=True, slots=True)
class VerdictQuestion:
    """What a verdict means."""

    verdict: Verdict


class ProgressTopic(StrEnum):
    """What somebody wants to know about their progress: the interim result, the answers so far and for which idea, how
    much is left, which part this is, how long it takes, or where a later topic is.
    """

    STANDING = "standing"
    ANSWERS = "answers"
    LEFT = "left"
    PLACE = "place"
    DURATION = "duration"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class ProgressQuestion:
    """A question about one's progress. `lessons` are the numbers of those about what is looked for."""

    topic: ProgressTopic
    lessons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """A request for a lesson that fits several, by their numbers."""

    lessons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LessonReview:
    """A question about the score in the lessons. `last`: of the last question only."""

    last: bool


@dataclass(frozen=True, slots=True)
class LessonExplanation:
    """A request to explain the open lesson once more, or in simpler words."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A supposition: what would the result be with these answers? Empty if the text does not say which."""

    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An answer that fits several options of the open prompt."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """New answers to questions; none if a text repeats what is recorded. `beside`: the text was understood as the
    answer to another question than the open one, so it says nothing about a proposal there.
    """

    readings: Mapping[str, Reading]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Undo:
    """The last change is to be taken back."""


@dataclass(frozen=True, slots=True)
class NewTitle:
    """Another title for the idea that is talked about; "" if the text does not say which."""

    title: str


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """A decision is asked for, or a project described.

    `listed`: it looks like a list, perhaps of ideas. `match`: passages that answer a question in it. `announced`: it is
    called a new idea, so nobody has to be asked whether it is one.
    """

    text: str
    readings: Mapping[str, Reading]
    listed: bool = False
    match: Match | None = None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class FilterIdeas:
    """The list of ideas: all, with this verdict, the sender's own (`mine`), without a verdict (`open`), with this
    answer, a question and its option.
    """

    verdict: str
    mine: bool
    open: bool
    answer: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CompareIdeas:
    """Some ideas side by side."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RenameIdeas:
    """Other titles for ideas, by number."""

    titles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RemoveIdeas:
    """Ideas to be taken off the board; some numbers may be no idea. Not `sure`: they are only asked for."""

    numbers: tuple[int, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FirstIdeas:
    """With which ideas to begin."""


@dataclass(frozen=True, slots=True)
class AboutIdeas:
    """What a text says about ideas: groups of numbers, each with the words about them. `unclear` are numbers that it
    names without saying anything about them.
    """

    said: tuple[tuple[tuple[int, ...], str], ...]
    unclear: tuple[int, ...] = ()


BoardCommand = FilterIdeas | FirstIdeas | CompareIdeas | RenameIdeas | RemoveIdeas | AboutIdeas


@dataclass(frozen=True, slots=True)
class BoardRequest:
    """A request to the board of ideas, or the remark why it is not possible."""

    command: BoardCommand | Remark


@dataclass(frozen=True, slots=True)
class SubjectQuestion:
    """A question about the subject, or about anything else. `brief`: a short answer is asked for."""

    match: Match
    brief: bool = False


@dataclass(frozen=True, slots=True)
class NotNew:
    """What was taken for a new idea is none. `said` is what else the text says, about the idea before."""

    said: "Intent | None" = None


@dataclass(frozen=True, slots=True)
class MoreOfNew:
    """What else is said about the new idea while it waits for "new idea, or go on?"."""

    text: str


@dataclass(frozen=True, slots=True)
class TriageRequest:
    """Ideas to be judged, one a line. `left_out`: lines between them that are none. `answers`: those that a table gives
    for each of them, as question and option. `header`: that of the table, for rows that are sent later.
    """

    lines: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    answers: tuple[tuple[tuple[str, str], ...], ...] = ()
    header: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[GivenIdea, ...]:
        """The ideas with their answers."""
        answers = (*self.answers, *((),) * (len(self.lines) - len(self.answers)))
        return tuple(GivenIdea(line, given) for line, given in zip(self.lines, answers, strict=True))


@dataclass(frozen=True, slots=True)
class ListChange:
    """What changes a list that is being collected: ideas to be taken back by their places in it, ideas to be added, and
    whether this was all. `more` is what else is said about ideas, with their places.
    """

    removed: tuple[int, ...] = ()
    added: tuple[str, ...] = ()
    done: bool = False
    more: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """None of the above."""

    match: Match


Intent = (
    TypedCommand
    | Hello
    | Thanks
    | Acknowledgement
    | Clarification
    | GivenAnswer
    | LikelyAnswer
    | Confirmation
    | Rejection
    | SmallTalk
    | ResultQuestion
    | VerdictQuestion
    | ProgressQuestion
    | LessonChoice
    | LessonReview
    | LessonExplanation
    | WhatIf
    | Ambiguous
    | Correction
    | Undo
    | NewTitle
    | AdviceRequest
    | TriageRequest
    | ListChange
    | BoardRequest
    | SubjectQuestion
    | NotNew
    | MoreOfNew
    | Unknown
)


def is_answered(intent: Intent) -> TypeGuard[SubjectQuestion]:
    """Whether a text asks something that a passage answers."""
    return isinstance(intent, SubjectQuestion) and intent.match.outcome is MatchOutcome.ANSWER
