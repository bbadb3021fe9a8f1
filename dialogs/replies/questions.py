"""A question, the answers so far, and what a typed answer led to."""

from dataclasses import dataclass
from typing import NamedTuple

from dialogs.conversation import Answer
from dialogs.message import Person
from knowledge.pack import Question, Verdict
from knowledge.typed_answers.word_parser import Prompt


class RecordedAnswer(NamedTuple):
    """A question with the answer that is recorded for it. `by` is None where only one person takes part."""

    question: Question
    answer: Answer
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class UnderstoodAnswers:
    """Answers read from a description, each with the words that led to it. `closed`: on a card that is not live."""

    readings: tuple[RecordedAnswer, ...]
    closed: bool = False


class QuestionCard(NamedTuple):
    """The open question.

    `number` of `total` is its place among the questions that are asked, those read from a description left out.
    `records` are the answers so far. `previous` is the answer recorded before it was opened again. `certain` is the
    verdict when no answer can change it any more. `again`: it was asked before and something came in between, so it is
    shorter. `several`: several people talk in the thread, so the advisor has to be mentioned. `told` is the option that
    the description of the idea sounds like: right?
    """

    question: Question
    number: int
    total: int
    records: tuple[RecordedAnswer, ...] = ()
    previous: Answer | None = None
    certain: Verdict | None = None
    first: bool = False
    can_go_back: bool = False
    again: bool = False
    several: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """Why the open question is asked."""

    question: Question


@dataclass(frozen=True, slots=True)
class AlreadyAnswered:
    """A stale press: what is recorded for that question, how old that is in seconds, and the offer to change it."""

    recorded: RecordedAnswer
    age: int


@dataclass(frozen=True, slots=True)
class AnswerChanged:
    """An answer was changed by what somebody said."""

    question: Question
    new: str
    old: str | None


@dataclass(frozen=True, slots=True)
class AmbiguousAnswer:
    """An answer fits several options of the open prompt: which one?"""

    question: Prompt
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnmatchedAnswer:
    """A text fits no option of the open prompt. `times`: so often in a row; from the second time on it is quoted.

    `shows_answer`: that one does not know is no option, but shows the right one.
    """

    question: Prompt
    text: str = ""
    times: int = 1
    shows_answer: bool = False


@dataclass(frozen=True, slots=True)
class LikelyOption:
    """The option that was likely meant: right? With the other options to choose from.

    `times`: so often in a row something was not understood for sure. `named`: another question is open, so this one is
    named.
    """

    question: Question
    option: str
    times: int = 1
    named: bool = False


@dataclass(frozen=True, slots=True)
class LikelyChange:
    """A recorded answer was likely meant to be another: right?"""

    question: Question
    new: str
    old: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the result would be so far, and how many questions are open.

    `verdict` is None where no answer points anywhere yet. `certain`: the open answers cannot change it.
    """

    verdict: Verdict | None
    left: int
    certain: bool = False


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """What was read from the person's own text, and from which words; none where all was asked."""

    readings: tuple[RecordedAnswer, ...]


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """What is left of a question's card once there is a newer card: its answer, or that it has none."""

    question: Question
    record: RecordedAnswer | None = None
