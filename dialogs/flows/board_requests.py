"""What a board reads in texts about its ideas, what it asks back, and which question comes next."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dialogs.conversation import Conversation
from dialogs.flows.board_position import BoardPosition, board_of
from dialogs.ideas.board import IdeaRow, known_answers
from dialogs.ideas.board_list import PAGE, Listing
from dialogs.message import Message
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.turn import Turn
from knowledge import decision
from knowledge.pack import UNSURE, Pack, Question

MOST_COMPARED = 4


class BoardRequests(BoardPosition):
    """The part of the board's flow that reads what was typed and asks what is missing."""

    def _guide(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        """The question that gives most open ideas a verdict, asked for as many as fit on a card."""
        rows = self.cards.rows(board_of(conversation), listing.replace(verdict="", open=True))
        left = unsettled(rows, listing)
        best, asked_rows = next_question(self.pack, left, listing)
        if not asked_rows:
            done = Notice("rest_left_out" if left else "nothing_missing")
            return self._show(conversation, message, listing.as_list(), *lead, done)
        asked = tuple(sorted(row.number for row in asked_rows))[:PAGE]
        return self._show(conversation, message, listing.replace(guided=True, ask=best.id, rows=asked, idea=0), *lead)

    def following(self, conversation: Conversation, message: Message) -> Turn:
        """The next of the missing questions, or the list once none is left."""
        listing = (conversation.listing or Listing()).replace(guided=True)
        return self._guide(conversation, message, listing)

    def _show(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        after = self.activate(conversation.replace(listing=listing))
        return Turn(after, (*lead, *self.replay(after, message.at)))


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
