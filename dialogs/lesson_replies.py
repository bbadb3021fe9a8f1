"""What to show of the lessons; see `reply`."""

from dataclasses import dataclass

from dialogs.message import Person
from knowledge.answer_parser import Prompt
from knowledge.lessons import Case, CheckOption, Lesson
from knowledge.pack import Option, Pack, Question, Scenario, Verdict


@dataclass(frozen=True, slots=True)
class Teach:
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
class Checked:
    """What was answered to a lesson's question, whether it was right, and why."""

    pack: Pack
    lesson: Lesson
    number: int
    chosen: CheckOption


@dataclass(frozen=True, slots=True)
class Offer:
    """All lessons are through: practise on a case, or finish?"""

    choices: Prompt


@dataclass(frozen=True, slots=True)
class Practise:
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
class Compare:
    """One question of a case: the person's option, the story's, and where to see it there.

    `verdict` is where the story would have led with the person's option in place of its own.
    """

    question: Question
    yours: Option
    story: Option
    clue: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, answered, beside what its story says. `yours` and `story` are the verdicts of all answers together."""

    scenario: Scenario
    rows: tuple[Compare, ...]
    yours: Verdict
    story: Verdict


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of the lessons: how many first answers were right, and what to read again (lessons by their number).

    `public`: what all may see, which is only that they are done.
    """

    pack: Pack
    person: Person
    right: int
    total: int
    again: tuple[tuple[int, Lesson], ...]
    at: int
    can_practise: bool
    public: bool = False
