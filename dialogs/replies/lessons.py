"""Lessons and practice cases."""

from dataclasses import dataclass

from dialogs.message import Person
from knowledge.lessons import Case, CheckOption, Lesson
from knowledge.pack import Option, Pack, Question, Scenario, Verdict
from knowledge.typed_answers.word_parser import Prompt


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson with its question. `brief`: the question alone. `again`: something else came in between.

    `first`: nothing of this round is answered yet.
    """

    pack: Pack
    lesson: Lesson
    number: int
    total: int
    can_go_back: bool = False
    first: bool = False
    brief: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class LessonFeedback:
    """The answer to a lesson's question, whether it was right, and why. `chosen` is None where they did not know."""

    pack: Pack
    lesson: Lesson
    number: int
    chosen: CheckOption | None


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """All lessons are done: practise on a case, or finish?"""

    choices: Prompt


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A case and one of the framework's questions for it; `brief` and `again` as for a lesson."""

    case: Case
    scenario: Scenario
    question: Question
    number: int
    total: int
    can_go_back: bool = False
    brief: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One question of a case: the person's option, the story's, and where to see it there.

    `verdict` is where the story would have led with the person's option in place of its own.
    """

    question: Question
    yours: Option
    story: Option
    clue: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, answered, beside what its story says. `yours` and `story` are the verdicts of all answers together."""

    scenario: Scenario
    rows: tuple[CaseRow, ...]
    yours: Verdict
    story: Verdict


@dataclass(frozen=True, slots=True)
class LessonsFinished:
    """The end of the lessons: how many first answers were right, and what to read again (lessons by their number).

    `total` are all questions, `skipped` those that were not answered. `public`: what all may see, which is only that
    they are done.
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
