"""What a board reads in texts about its ideas, what it asks back, and which question comes next."""

from dialogs.conversation import Conversation
from dialogs.flows.board_position import BoardPosition, board_of
from dialogs.flows.board_questions import next_question, unsettled
from dialogs.ideas.board_list import PAGE, Listing
from dialogs.message import Message
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.turn import Turn

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
