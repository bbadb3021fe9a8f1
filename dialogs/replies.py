"""What to show, free of any channel. `views` lays each of these out; a test fails when one is missing there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.conversation import Answer
from dialogs.lesson_replies import Checked, Finished, Judged, Offer, Practise, Teach
from dialogs.message import Person
from knowledge.answer_parser import Prompt
from knowledge.decision import Change, Decided
from knowledge.interfaces import Reading
from knowledge.pack import Beyond, Claim, Comparison, Pack, Passage, Question, Scenario, Step, Verdict

Remark = Literal[
    "questions_wait",
    "lessons_wait",
    "no_lessons",
    "no_such_lesson",
    "no_practice",
    "lessons_left",
    "lesson_why",
    "at_the_first_lesson",
    "once_more",
    "not_finished",
    "finished_by",
    "belongs_to",
    "hello_again",
    "you_are_welcome",
    "cancelled",
    "nothing_to_cancel",
    "at_the_first",
    "outdated",
    "came_late",
    "pack_changed",
    "nothing_open",
    "triage_empty",
    "one_idea",
    "too_fast",
    "newer_version",
    "forgotten",
]


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the fixed short remarks of the catalogue, by its key there."""

    remark: Remark
    values: Mapping[str, str | Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A question with the answer that is recorded for it. `by` is None where only one person takes part."""

    question: Question
    answer: Answer
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the advisor is, what it can do and what to type. `hello`: somebody only said hi."""

    pack: Pack
    hello: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """Answers read from a description, each with the words that led to it."""

    readings: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """The open question.

    `number` of `total` is its place among the questions that are asked, those read from a description left out.
    `records` are the answers so far. `previous` is the answer recorded before it was opened again. `settled` is the
    verdict when no answer can change it any more. `again`: it was asked before and something came in between.
    """

    question: Question
    number: int
    total: int
    records: tuple[Recorded, ...] = ()
    previous: Answer | None = None
    settled: Verdict | None = None
    first: bool = False
    can_go_back: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """Why the open question is asked."""

    question: Question


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Verdict, strength, reasons, what would change it, next steps, closest scenario, closest FAQ.

    `by_answers`: the scenario is the closest by answers, since the description was not close to any.
    """

    pack: Pack
    verdict: Verdict
    decided: Decided
    records: tuple[Recorded, ...]
    changes: tuple[Change, ...]
    steps: tuple[Step, ...]
    path: tuple[Claim, ...]
    scenario: Scenario | None
    by_answers: bool
    like: tuple[Question, ...]
    unlike: tuple[Question, ...]
    faq: Passage | None
    beyond: tuple[Beyond, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that answers a question. `offer`: followed by the offer to start."""

    pack: Pack
    passage: Passage
    beyond: tuple[Beyond, ...] = ()
    offer: bool = False


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Passages that may answer a question; the person picks."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The subject is not covered; what is, and the closest passages."""

    pack: Pack
    passages: tuple[Passage, ...]
    offer: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdicts side by side."""

    pack: Pack
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Already:
    """A late press: what is recorded for that question, since when (seconds), and the offer to change it."""

    recorded: Recorded
    age: int


@dataclass(frozen=True, slots=True)
class NewOrContinue:
    """A new request came while a question is open: take it up, or go on?"""

    request: str
    question: Question


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer was changed by what somebody said."""

    question: Question
    new: str
    old: str | None


@dataclass(frozen=True, slots=True)
class Between:
    """An answer fits several options of what is open: which one?"""

    question: Prompt
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CannotTake:
    """A text fits no option of what is open; what it can take."""

    question: Prompt


@dataclass(frozen=True, slots=True)
class Settled:
    """What an old card says once its question stands on another one.

    The question was answered (`record`), is asked again below, was left open, or there was something else to choose.
    """

    question: Question
    how: Literal["answered", "again", "open", "choice"]
    record: Recorded | None = None


@dataclass(frozen=True, slots=True)
class Idea:
    """One line of a backlog: what was read from it, what is missing, and what follows."""

    title: str
    verdict: Verdict
    strength: float
    readings: tuple[tuple[Question, Reading], ...]
    missing: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """A page of judged ideas.

    `first` counts from 1. `left_out` lines were not judged. `last_page` carries the hints.
    """

    ideas: tuple[Idea, ...]
    first: int
    total: int
    left_out: int
    last_page: bool


Reply = (
    Greeting
    | Backlog
    | Understood
    | Ask
    | Why
    | Recommendation
    | Told
    | DidYouMean
    | NotCovered
    | Compared
    | Already
    | NewOrContinue
    | Changed
    | Between
    | CannotTake
    | Settled
    | Teach
    | Checked
    | Offer
    | Practise
    | Judged
    | Finished
    | Notice
)
