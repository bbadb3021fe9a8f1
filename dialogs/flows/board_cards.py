"""The cards of a board: the list, one idea, an idea's result for others; and which question comes next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dialogs.conversation import Conversation
from dialogs.flows.replay import recommend, summarise
from dialogs.ideas import board_csv
from dialogs.ideas.board import Board, Idea, IdeaRow, Judge, known_answers
from dialogs.ideas.board_list import PAGE, Listing
from dialogs.ideas.events import changed_at
from dialogs.ideas.orders import ordered
from dialogs.message import day_of
from dialogs.replies.ideas import BoardExport, IdeaCard, IdeaList
from dialogs.replies.questions import RecordedAnswer
from dialogs.replies.results import ResultSummary
from knowledge import decision
from knowledge.interfaces import Knowledge
from knowledge.pack import UNSURE, Option, Pack, Question

NOT_A_FIT = "not_a_fit"
"""The status of an idea that is no task for a language model."""

ASIDE = frozenset({"parked", "dropped", NOT_A_FIT})
"""Statuses of ideas that nothing more is asked about."""

ACTIVE = " ".join(f"-{status}" for status in sorted(ASIDE))
"""The filter by status that leaves out what was put aside."""

OPEN_AGAIN = "open"
"""What is said to take a status away."""


class BoardCards:
    """Makes cards from the ideas and the listing of a conversation; nothing of it is stored."""

    def __init__(self, knowledge: Knowledge, judge: Judge) -> None:
        self._knowledge = knowledge
        self._pack = knowledge.pack
        self._judge = judge

    def rows(self, board: Board, listing: Listing) -> tuple[IdeaRow, ...]:
        """The rows that pass the filters, in the list's order."""
        named = (listing.status or ACTIVE).split()
        denies = named[0].startswith("-")
        rows = (
            self._judge.row(idea)
            for idea in board.shown
            if (idea.number in listing.only or (f"-{idea.status}" not in named if denies else idea.status in named))
            and (not listing.only or idea.number in listing.only)
            and (not listing.owner or idea.by == listing.owner)
            and (not listing.answer or listing.answer in answers_of(idea))
            and (not listing.changed or day_of(changed_at(idea)).toordinal() >= listing.changed)
            and (not listing.until or listing.since <= idea.number <= listing.until)
        )
        passed = (
            row
            for row in rows
            if (not listing.verdict or (row.verdict is not None and row.verdict.id == listing.verdict))
            and (not listing.open or row.verdict is None)
        )
        return ordered(passed, listing.order)

    def list(self, board: Board, listing: Listing, at: int) -> IdeaList:
        """One page of the list. `at` (seconds since 1970) decides which outside facts still hold."""
        rows = self.rows(board, listing)
        pages = max(1, -(-len(rows) // PAGE))
        first = PAGE * (listing.page % pages)
        still_open = [row for row in rows if row.verdict is None]
        whole = not (listing.until or listing.status or listing.only)
        ask, _ = next_question(self._pack, still_open, listing)
        return IdeaList(
            pack=self._pack,
            rows=tuple(self._judge.row(row.idea, day_of(at)) for row in rows[first : first + PAGE]),
            first=first + 1,
            total=len(rows),
            decided=sum(row.verdict is not None for row in rows),
            kept=len(board.shown),
            verdict=self._pack.verdict(listing.verdict) if listing.verdict else None,
            owner={idea.by: idea.owner for idea in board.shown}.get(listing.owner),
            open=listing.open,
            answer=self._answer(listing),
            status=listing.status,
            only=listing.only,
            order=listing.order,
            changed=date.fromordinal(listing.changed) if listing.changed else None,
            ask=ask,
            settles=settled_by(self._pack, ask, still_open),
            near=frozenset().union(*(settled_by(self._pack, each, still_open) for each in self._pack.questions)),
            aside=tuple(i for i in board.shown if i.status in ASIDE and whole),
        )

    def _answer(self, listing: Listing) -> tuple[Question, Option] | None:
        question, _, option = listing.answer.partition(":")
        known = self._pack.has_option(question, option)
        return (self._pack.question(question), self._pack.question(question).option(option)) if known else None

    def idea(self, idea: Idea, at: int) -> IdeaCard:
        """One idea, with the recommendation if it has a verdict."""
        row = self._judge.row(idea, day_of(at))
        told = self.told(idea)
        answers = told.answers
        shared = len({idea.by, *(answer.by for answer in answers.values())}) > 1
        return IdeaCard(
            pack=self._pack,
            row=row,
            records=tuple(
                RecordedAnswer(q, answers[q.id], answers[q.id].person if shared else None)
                for q in self._pack.questions
                if q.id in answers
            ),
            questions=self._pack.questions,
            recommendation=None if row.verdict is None else recommend(self._knowledge, told, at),
        )

    def summary(self, board: Board, number: int, at: int, link: str | None) -> ResultSummary | None:
        """The result of an idea, with all answers; None if it has no verdict. `link` leads to the conversation for
        others; the idea's own link is preferred.
        """
        idea = board.find(number)
        if idea is None or self._judge.row(idea).verdict is None:
            return None
        found = summarise(self._knowledge, self.told(idea), at, link and (idea.link or link))
        return replace(found, recommendation=replace(found.recommendation, title=idea.title))

    def export(self, board: Board, order: str = "") -> tuple[BoardExport, ...]:
        """All ideas by number, or in this order, whatever is listed; owners by any name that is known here."""
        ideas = (idea.replace(name=board.names.get(idea.by, idea.name)) for idea in board.shown)
        rows = ordered(map(self._judge.row, ideas), order or "number")
        exports: list[BoardExport] = []
        parts = board_csv.parts(self._pack, rows)
        for part in parts:
            first = 1 + sum(len(one.rows) for one in exports)
            exports.append(BoardExport(self._pack, part, first, len(rows), () if exports else parts))
        return tuple(exports)

    def told(self, idea: Idea) -> Conversation:
        """The idea as a finished conversation."""
        answers = {q: answer for q, answer in idea.answers.items() if self._pack.has_option(q, answer.option)}
        told = Conversation.fresh(self._pack).replace(board=Board(ideas=(idea,)), own=idea.number)
        return told.replace(idea=idea.text, heading=idea.title, notes=idea.notes, answers=answers, started=True)


def answers_of(idea: Idea) -> frozenset[str]:
    return frozenset(f"{question}:{option}" for question, option in idea.chosen.items())


def unsettled(rows: Iterable[IdeaRow], listing: Listing) -> tuple[IdeaRow, ...]:
    """The rows with a missing answer that nobody has skipped."""
    return tuple(row for row in rows if any(_asks(row, question, listing) for question in row.missing))


def next_question(pack: Pack, rows: Sequence[IdeaRow], listing: Listing) -> tuple[Question, tuple[IdeaRow, ...]]:
    """The question that gives most rows a verdict, and the rows that lack it; no rows if nothing is left to ask."""
    best = max(pack.questions, key=lambda question: _settled_by(pack, question, rows, listing))
    return best, _missing(best, rows, listing)


def _asks(row: IdeaRow, question: Question, listing: Listing) -> bool:
    return f"{row.number}:{question.id}" not in listing.skipped


def _missing(question: Question, rows: Iterable[IdeaRow], listing: Listing) -> tuple[IdeaRow, ...]:
    return tuple(row for row in rows if question in row.missing and _asks(row, question, listing))


def settled_by(pack: Pack, question: Question, rows: Iterable[IdeaRow]) -> frozenset[int]:
    """The numbers of the rows without a verdict that get one by any definite answer to the question."""
    definite = [option.id for option in question.options if option.id != UNSURE]
    return frozenset(
        row.number
        for row in rows
        if row.verdict is None and question in row.missing
        for answers in (known_answers(pack, row.idea.chosen),)
        if all(decision.is_settled(pack, {**answers, question.id: option}) for option in definite)
    )


def _settled_by(pack: Pack, question: Question, rows: Iterable[IdeaRow], listing: Listing) -> tuple[float, int]:
    """How many rows a definite answer gives a verdict, averaged over the options; then how many rows lack it."""
    definite = [option.id for option in question.options if option.id != UNSURE]
    missing = _missing(question, rows, listing)
    given = Counter(tuple(known_answers(pack, row.idea.chosen).items()) for row in missing)
    settled = sum(
        count * decision.is_settled(pack, {**dict(answers), question.id: option})
        for answers, count in given.items()
        for option in definite
    )
    return settled / len(definite), len(missing)
