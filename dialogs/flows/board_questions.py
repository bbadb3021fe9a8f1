"""Which question of the board comes next: the one that gives most of its ideas a verdict."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dialogs.ideas.board import IdeaRow, known_answers
from dialogs.ideas.board_list import Listing
from knowledge import decision
from knowledge.pack import UNSURE, Pack, Question


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
