"""Several ideas: the board, one of it, questions about several, and files of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.board import Idea, IdeaRow
from dialogs.message import Person
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.results import Recommendation
from knowledge.interfaces import Reading
from knowledge.pack import Pack, Question, Verdict


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
