"""Replies about ideas: the board, one idea, questions about several, and files of ideas."""

from dataclasses import dataclass
from datetime import date

from dialogs.ideas.board import Idea, IdeaRow
from dialogs.message import Person
from dialogs.replies.base import Reply
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.results import Recommendation
from knowledge.pack import Option, Pack, Question, Verdict


@dataclass(frozen=True, slots=True)
class IdeaList(Reply):
    """A page of the ideas of a board, those with a verdict first.

    `first` counts from 1, `total` and `decided` count the ideas that pass the filters, `kept` counts all. The filters:
    a `verdict`, an `owner`, `open` ideas only, an `answer`, a `status`, `changed` since a day, `only` these numbers.
    `aside` are ideas that were put aside, which are in no row. `order` is the name of an order, "" for the usual one.
    `ask` is the question that gives most of the open ones a verdict, `settles` are those that any definite answer to it
    settles, `near` those that one answer to some question settles.
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
    answer: tuple[Question, Option] | None = None
    status: str = ""
    only: tuple[int, ...] = ()
    aside: tuple[Idea, ...] = ()
    order: str = ""
    changed: date | None = None
    ask: Question | None = None
    settles: frozenset[int] = frozenset()
    near: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class IdeasAwaited(Reply):
    """The next idea of a list is awaited; `count` were sent so far."""

    count: int


@dataclass(frozen=True, slots=True)
class IdeaCard(Reply):
    """One idea of a board: its answers, what is missing, and the recommendation if there is a verdict."""

    pack: Pack
    row: IdeaRow
    records: tuple[RecordedAnswer, ...]
    questions: tuple[Question, ...]
    recommendation: Recommendation | None


@dataclass(frozen=True, slots=True)
class IdeaQuestion(Reply):
    """A question about one idea, or about several at once. `left` counts the ideas without a verdict.

    `guided`: it is one of all missing questions, which are asked in turn. `again`: something else came in between.
    `below`: something was said above it in the same message, so it is in brief.
    """

    question: Question
    rows: tuple[IdeaRow, ...]
    left: int
    guided: bool
    again: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class IdeaComparison(Reply):
    """Ideas side by side."""

    pack: Pack
    rows: tuple[IdeaRow, ...]


@dataclass(frozen=True, slots=True)
class ClosedIdeas(Reply):
    """What a card of the board becomes once there is a newer one: the question and its ideas, or the list."""

    question: Question | None
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class FileProblems(Reply):
    """What was wrong with a file of ideas; `taken` ideas were added."""

    problems: tuple[str, ...]
    taken: int


@dataclass(frozen=True, slots=True)
class IdeasChanged(Reply):
    """Ideas of one person with news: the verdict would be another now, or a fact is out of date."""

    pack: Pack
    rows: tuple[IdeaRow, ...]
    owner: Person | None


@dataclass(frozen=True, slots=True)
class BoardExport(Reply):
    """Ideas as CSV: all `total` of them, or one part of several, whose rows count from `first`. The first has all
    `parts`, as one file.
    """

    pack: Pack
    rows: tuple[IdeaRow, ...]
    first: int
    total: int
    parts: tuple[tuple[IdeaRow, ...], ...] = ()
