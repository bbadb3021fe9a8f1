"""Replies: what to show, free of any channel. `views` has one layout for each; a test fails where one is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dialogs.board import Idea, IdeaRow
from dialogs.catalogue import Remark
from dialogs.conversation import Answer
from dialogs.message import Person
from knowledge.answer_parser import Prompt
from knowledge.decision import Change, Decided, Reason
from knowledge.interfaces import Reading
from knowledge.lessons import Case, CheckOption, Lesson
from knowledge.outside import OutsideEntry, Term
from knowledge.pack import Claim, Comparison, Entry, NextStep, Option, Pack, Passage, Question, Scenario, Verdict


@dataclass(frozen=True, slots=True)
class Notice:
    """A fixed short remark of the catalogue, by its key there."""

    remark: Remark
    values: Mapping[str, str | Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConversationDeleted:
    """What is left of the live card of a conversation that was erased."""


class RecordedAnswer(NamedTuple):
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
class Recommendation:
    """Verdict, strength, reasons, what would change it, next steps, closest scenario, closest FAQ.

    `title` is the idea in the person's words, "" where none is known. `main` are the reasons by weight, the heaviest
    first. `by_answers`: the scenario is the closest by answers, since the description was not close to any.
    `moved` is what an answer that was changed just now has moved.
    `differences` say why the scenario comes out otherwise: question, the person's option, the story's (None: it does
    not say). `faq_reason` says why an FAQ that speaks for another verdict does not settle it. `outside` are current
    facts about the verdict, `called` is the one that the description calls for.
    """

    pack: Pack
    title: str
    verdict: Verdict
    decided: Decided
    main: tuple[Reason, ...]
    records: tuple[RecordedAnswer, ...]
    changes: tuple[Change, ...]
    steps: tuple[NextStep, ...]
    path: tuple[Claim, ...]
    scenario: Scenario | None
    by_answers: bool
    like: tuple[Question, ...]
    unlike: tuple[Question, ...]
    differences: tuple[tuple[Question, str, str | None], ...]
    faq: Passage | None
    faq_reason: Reason | None
    outside: tuple[OutsideEntry, ...]
    called: OutsideEntry | None = None
    moved: "Moved | None" = None


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that was changed while a result was shown, and the verdict before."""

    question: Question
    old: str
    new: str
    before: Verdict


@dataclass(frozen=True, slots=True)
class KnownAboutPerson:
    """What this conversation holds about somebody: answers, ideas in their words, lessons."""

    answers: tuple[RecordedAnswer, ...]
    ideas: tuple[str, ...]
    lessons: bool


@dataclass(frozen=True, slots=True)
class ConversationGone:
    """A press on a card whose conversation is no longer kept."""


@dataclass(frozen=True, slots=True)
class PassageReply:
    """A passage that answers a question. `offer`: followed by the offer to start."""

    pack: Pack
    passage: Passage
    outside: tuple[OutsideEntry, ...] = ()
    offer: bool = False


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An outside entry or a term. `current`: it is still shown; else that it is out of date is said in its place."""

    entry: OutsideEntry | Term
    current: bool


@dataclass(frozen=True, slots=True)
class EntryReply:
    """Outside entries or terms that answer a question, several where it asks how they differ."""

    pack: Pack
    entries: tuple[ShownEntry, ...]
    offer: bool = False


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Passages, outside entries or terms that may answer a question; the person picks."""

    passages: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The subject is not covered; what is, and the closest passages. `asked`: it was a question."""

    pack: Pack
    passages: tuple[Entry, ...]
    offer: bool = False
    asked: bool = True


@dataclass(frozen=True, slots=True)
class VerdictComparison:
    """The verdicts side by side."""

    pack: Pack
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class AlreadyAnswered:
    """A stale press: what is recorded for that question, how old that is in seconds, and the offer to change it."""

    recorded: RecordedAnswer
    age: int


@dataclass(frozen=True, slots=True)
class NewOrContinue:
    """A new request came while a question is open: start with it, or go on?"""

    request: str
    question: Question


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
class ResultDetails:
    """All that there is to say about the result."""

    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class ResultReasons:
    """Why the result is what it is."""

    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class ResultStrength:
    """How clear the case is, and what that comes from."""

    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class ResultStanding:
    """The result in short, for whoever asks for it again."""

    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class Standing:
    """What the result would be so far, and how many questions are open.

    `verdict` is None where no answer points anywhere yet. `certain`: the open answers cannot change it.
    """

    verdict: Verdict | None
    left: int
    certain: bool = False


@dataclass(frozen=True, slots=True)
class ResultChanges:
    """What would change the result."""

    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """The result as Markdown source, to be copied.

    `records` are the answers with whoever gave them, where their name is known. `at` is in seconds since 1970; `link`
    leads to the thread.
    """

    recommendation: Recommendation
    records: tuple[RecordedAnswer, ...]
    at: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class SharedResult:
    """The result for others, who have not seen the conversation; `by` shares it, with a note of theirs, "" for none."""

    summary: ResultSummary
    by: Person
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """What was read from the person's own text, and from which words; none where all was asked."""

    readings: tuple[RecordedAnswer, ...]


@dataclass(frozen=True, slots=True)
class OtherResult:
    """What the result would be with other answers. `offer`: it is a single one, which can be changed by a press."""

    answers: tuple[tuple[Question, str], ...]
    verdict: Verdict
    now: Verdict
    offer: bool


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """What is left of a question's card once there is a newer card: its answer, or that it has none."""

    question: Question
    record: RecordedAnswer | None = None


@dataclass(frozen=True, slots=True)
class IdeaList:
    """A page of the ideas of a board, those with a verdict first.

    `first` counts from 1, `total` and `decided` count what the filters leave, `kept` all ideas. The filters: a
    `verdict`, an `owner`, `open` ideas only.
    """

    pack: Pack
    rows: tuple[IdeaRow, ...]
    first: int
    total: int
    decided: int
    kept: int
    verdict: Verdict | None = None
    owner: Person | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class IdeasAwaited:
    """The next idea of a list is awaited, of which there are so many."""

    count: int


@dataclass(frozen=True, slots=True)
class IdeaCard:
    """One idea of a board: what is known, what is missing, and what follows where enough is known."""

    pack: Pack
    row: IdeaRow
    records: tuple[RecordedAnswer, ...]
    questions: tuple[Question, ...]
    recommendation: Recommendation | None


@dataclass(frozen=True, slots=True)
class IdeaQuestion:
    """A question about an idea, or about several at once. `left`: ideas without a verdict.

    `guided`: one of all that are missing.
    """

    question: Question
    rows: tuple[IdeaRow, ...]
    left: int
    guided: bool


@dataclass(frozen=True, slots=True)
class IdeaComparison:
    """Ideas side by side."""

    pack: Pack
    rows: tuple[IdeaRow, ...]


@dataclass(frozen=True, slots=True)
class IdeasNoted:
    """Answers that were just given to ideas, by number and question; `rows` are those whose verdict is said."""

    pack: Pack
    ideas: Mapping[int, Idea]
    given: Mapping[int, Mapping[str, Reading]]
    rows: tuple[IdeaRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedIdeas:
    """What is left of a card of the board once there is a newer one: the question and the ideas, or the list."""

    question: Question | None
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class FileProblems:
    """What was wrong with a file of ideas, of which so many were taken."""

    problems: tuple[str, ...]
    taken: int


@dataclass(frozen=True, slots=True)
class IdeasChanged:
    """Ideas of one person about which there is news: they would come out differently now, or a fact is out of date."""

    pack: Pack
    rows: tuple[IdeaRow, ...]
    owner: Person | None


@dataclass(frozen=True, slots=True)
class BoardExport:
    """Ideas as CSV: all `total` of them, or one part of several, whose rows count from `first`."""

    pack: Pack
    rows: tuple[IdeaRow, ...]
    first: int
    total: int


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


Reply = (
    Greeting
    | ConversationDeleted
    | ConversationGone
    | KnownAboutPerson
    | IdeasAwaited
    | IdeaList
    | IdeaCard
    | IdeaQuestion
    | IdeaComparison
    | IdeasNoted
    | ClosedIdeas
    | FileProblems
    | IdeasChanged
    | BoardExport
    | UnderstoodAnswers
    | QuestionCard
    | WhyAsked
    | Recommendation
    | PassageReply
    | EntryReply
    | DidYouMean
    | NotCovered
    | VerdictComparison
    | AlreadyAnswered
    | NewOrContinue
    | AnswerChanged
    | AmbiguousAnswer
    | UnmatchedAnswer
    | LikelyOption
    | LikelyChange
    | ResultDetails
    | ResultReasons
    | ResultStrength
    | ResultStanding
    | Standing
    | ResultChanges
    | ResultSummary
    | SharedResult
    | AnswersRead
    | OtherResult
    | ClosedQuestion
    | LessonCard
    | LessonFeedback
    | PracticeOffer
    | CaseQuestion
    | CaseResult
    | LessonsFinished
    | Notice
)
