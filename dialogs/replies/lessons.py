"""Lessons and practice cases."""

from dataclasses import dataclass

from dialogs.message import Person
from dialogs.replies.base import Reply
from knowledge.lessons import Case, CheckOption, Lesson
from knowledge.pack import Option, Pack, Question, Scenario, Verdict
from knowledge.typed_answers.word_parser import Prompt


@dataclass(frozen=True, slots=True)
class LessonCard(Reply):
    """A lesson with its question. `brief`: the question alone. `again`: something else came in between.

    `first`: nothing of this round is answered yet.
    """

    pack: Pack
    lesson: Lesson
    number: int
    total: int
    can_go_back: bool
    first: bool = False
    brief: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class LessonsToChoose(Reply):
    """Lessons that may be meant, with their numbers."""

    lessons: tuple[tuple[int, Lesson], ...]


@dataclass(frozen=True, slots=True)
class LessonFeedback(Reply):
    """The answer to a lesson's question, whether it was right, and why. `chosen` is None for "I don't know"."""

    pack: Pack
    lesson: Lesson
    number: int
    chosen: CheckOption | None


@dataclass(frozen=True, slots=True)
class PracticeOffer(Reply):
    """All lessons are done: the choice to practise on a case, or to finish."""

    choices: Prompt


@dataclass(frozen=True, slots=True)
class CaseQuestion(Reply):
    """A case and one of the framework's questions for it; `brief` and `again` as for a lesson."""

    case: Case
    scenario: Scenario
    question: Question
    number: int
    total: int
    can_go_back: bool
    brief: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One question of a case: the person's option, the story's option, and the passage of the story that shows it.

    `verdict` is the story's verdict with the person's option in place of its own.
    """

    question: Question
    yours: Option
    story: Option
    clue: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CaseResult(Reply):
    """A case with the person's answers beside the story's. `yours` and `story` are the verdicts of all answers."""

    scenario: Scenario
    rows: tuple[CaseRow, ...]
    yours: Verdict
    story: Verdict


@dataclass(frozen=True, slots=True)
class LessonsFinished(Reply):
    """The end of the lessons: how many first answers were right, and which lessons to read again, by number.

    `total` counts all questions, `skipped` those without an answer. `public`: the form for everybody, which says only
    that the lessons are done.
    """

    pack: Pack
    person: Person
    right: int
    total: int
    again: tuple[tuple[int, Lesson], ...]
    at: int
    can_practise: bool
    public: bool = False
    skipped: int = 0
