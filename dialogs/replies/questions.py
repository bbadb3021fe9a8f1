"""Questions, recorded answers, and replies to typed answers."""

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from dialogs.answer import IdeaNote
from dialogs.conversation import Answer
from dialogs.message import Person
from dialogs.replies.base import Reply
from knowledge.pack import Question, Verdict
from knowledge.typed_answers.word_parser import Prompt


class RecordedAnswer(NamedTuple):
    """A question with its recorded answer. `by` is None if only one person takes part."""

    question: Question
    answer: Answer
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class UnderstoodAnswers(Reply):
    """Answers read from a description, each with its words. `begins`: the first question that is asked stands below."""

    readings: tuple[RecordedAnswer, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class QuestionCard(Reply):
    """The open question.

    `number` of `total` follows on those that are answered, in whatever way; one that is opened again has its place in
    the pack. `records` are the answers so far. `previous` is the answer recorded before the question was opened again.
    `certain` is the verdict if no answer can change it any more. `first`: nothing is answered yet. `again`: the
    question was asked before and something came in between, so the card is shorter. `several`: several people talk in
    the thread, so the advisor has to be mentioned. `told` is the option that the description of the idea suggests, to
    be confirmed. `untold`: there is no description. `read` are the questions whose answers stand above it as read.
    `below`: something was said above it in the same message, so it is in brief.
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
    untold: bool = False
    read: tuple[Question, ...] = ()
    below: bool = False

    @property
    def tells_records(self) -> bool:
        """Whether it has the answers so far: not where it was asked before, or where no answer changes the result."""
        return not (self.again or self.previous is not None or self.certain is not None)

    @property
    def begins(self) -> bool:
        """Whether it is the first question about an idea that was described."""
        return (self.first or bool(self.read)) and not (self.again or self.untold)

    def without(self, read: Container[str]) -> Self:
        """The card without the answers to these questions, which stand above it as read."""
        kept = tuple(record for record in self.records if record.question.id not in read)
        return replace(self, records=kept, read=tuple(r.question for r in self.records if r.question.id in read))


@dataclass(frozen=True, slots=True)
class WhyAsked(Reply):
    """Why the open question is asked."""

    question: Question


@dataclass(frozen=True, slots=True)
class QuestionMeaning(Reply):
    """What the open question means."""

    question: Question


@dataclass(frozen=True, slots=True)
class AlreadyAnswered(Reply):
    """A reply to a stale press: the recorded answer, its age in seconds, and the offer to change it."""

    recorded: RecordedAnswer
    age: int


@dataclass(frozen=True, slots=True)
class AnswerChanged(Reply):
    """An answer was changed by a text, or withdrawn (`new` is "").

    `idea` names the idea where it is not plain which one is meant. `old` is None if there was none, if it is not known
    any more, or if a correction repeats it; an answer that is repeated beside another one has `old` equal to `new`.
    `quote` are the words that only imply it, or the new amount of one that is repeated. `asked`: somebody wants to know
    how these words count; `covered`: what the answer covers is said where it is repeated. `between` is an amount for
    which the answer is not sure, and what the pack says of the limits between which it lies.
    """

    question: Question
    new: str
    old: str | None
    idea: str = ""
    quote: str = ""
    asked: bool = False
    covered: bool = False
    between: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class AmbiguousAnswer(Reply):
    """An answer fits several options of the open prompt: the person chooses."""

    question: Prompt
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnmatchedAnswer(Reply):
    """A text fits no option of the open prompt. `times`: how many times in a row; from the second time on the text is
    quoted.

    `shows_answer`: "I don't know" is no option, but shows the right one.
    """

    question: Prompt
    text: str = ""
    times: int = 1
    shows_answer: bool = False


@dataclass(frozen=True, slots=True)
class LikelyOption(Reply):
    """The option that was likely meant, to be confirmed, with the other options to choose from.

    `times`: how many times in a row a text was not understood for sure. `named`: another question is open, so this one
    is named.
    """

    question: Question
    option: str
    times: int = 1
    named: bool = False


@dataclass(frozen=True, slots=True)
class LikelyChange(Reply):
    """A recorded answer was likely meant to be another, to be confirmed."""

    question: Question
    new: str
    old: str


@dataclass(frozen=True, slots=True)
class InterimResult(Reply):
    """What the result would be with the answers so far, and how many questions are open.

    `verdict` is None if no answer points anywhere yet. `certain`: the open answers cannot change it. `step` is the
    first thing to do, once it is certain.
    """

    verdict: Verdict | None
    left: int
    certain: bool = False
    step: str = ""


@dataclass(frozen=True, slots=True)
class AnswersSoFar(Reply):
    """Which idea this is, how far it has come, its answers and notes.

    `title` is "" if no idea was described. `open` is the question that is open, `verdict` the result, if there is one.
    """

    title: str
    records: tuple[RecordedAnswer, ...]
    open: Question | None = None
    verdict: Verdict | None = None
    notes: tuple[IdeaNote, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedQuestion(Reply):
    """What a question's card becomes once there is a newer one: its answer, or that it has none."""

    question: Question
    record: RecordedAnswer | None = None
