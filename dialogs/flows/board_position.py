"""What of a board is on the card: the list, one idea, ideas side by side, or a question."""

import dataclasses

from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.flows.board_cards import BoardCards
from dialogs.ideas.board import NO_IDEAS, Board, Idea, Judge
from dialogs.ideas.board_list import Listing
from dialogs.replies import Reply
from dialogs.replies.ideas import IdeaComparison, IdeaQuestion
from knowledge.interfaces import Knowledge
from knowledge.pack import Question


class BoardPosition(Flow):
    """The part of the board's flow that knows what is shown. Nothing of it is stored but the listing."""

    name = "board"

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge.pack)
        self._knowledge = knowledge
        self.judge = Judge(knowledge.judgements)
        self.cards = BoardCards(knowledge, self.judge)

    def shown_idea(self, conversation: Conversation) -> int | None:
        """The number of the idea on the card; None if the card shows something else."""
        listing = conversation.listing
        if conversation.flow != self.name or listing is None or not listing.idea or listing.ask or listing.compared:
            return None
        return listing.idea

    def under_way(self, conversation: Conversation) -> bool:
        return conversation.listing is not None

    def prompt(self, conversation: Conversation) -> Question | None:
        """The question about one idea or several."""
        listing = conversation.listing
        if listing is None or not listing.ask or not self._asked(conversation):
            return None
        return self.pack.question_of.get(listing.ask)

    def shows_list(self, conversation: Conversation) -> bool:
        """Whether the list itself is on the card."""
        listing = conversation.listing
        active = conversation.flow == self.name and listing is not None
        return active and listing is not None and not (listing.idea or listing.ask or listing.compared)

    def numbers_are_ideas(self, conversation: Conversation) -> bool:
        """Whether a bare number names an idea: while something of the board is shown and no question is open."""
        return conversation.flow == self.name and self.under_way(conversation) and self.prompt(conversation) is None

    def asks_rows(self, conversation: Conversation) -> bool:
        """Whether a question about several ideas is on the card."""
        listing = conversation.listing
        return conversation.flow == self.name and listing is not None and bool(listing.ask and listing.rows)

    def replay(self, conversation: Conversation, at: int) -> tuple[Reply, ...]:
        """The question, the ideas side by side, the idea, or the list."""
        listing, board = conversation.listing or Listing(), board_of(conversation)
        question = self.prompt(conversation)
        if question is not None:
            asked = tuple(self.judge.row(idea) for idea in self._asked(conversation))
            left = sum(row.verdict is None for row in self.cards.rows(board, listing))
            return (IdeaQuestion(question, asked, max(left, len(asked)), guided=listing.guided),)
        compared = tuple(self.judge.row(idea) for idea in map(board.find, listing.compared) if idea is not None)
        if len(compared) > 1:
            return (IdeaComparison(self.pack, compared),)
        idea = board.find(listing.idea)
        return (self.cards.list(board, listing, at),) if idea is None else (self.cards.idea(idea, at),)

    def reprompt(self, conversation: Conversation, at: int, digressed: bool) -> tuple[Reply, ...]:
        """The question in a line."""
        return tuple(
            dataclasses.replace(reply, again=True) if isinstance(reply, IdeaQuestion) else reply
            for reply in self.replay(conversation, at)
        )

    def _asked(self, conversation: Conversation) -> tuple[Idea, ...]:
        """The ideas that the question is about."""
        listing = conversation.listing
        if listing is None or not listing.ask:
            return ()
        found = map(board_of(conversation).find, listing.rows or (listing.idea,))
        return tuple(idea for idea in found if idea is not None)


def board_of(conversation: Conversation) -> Board:
    """The ideas of the place; none if it has no board yet."""
    return conversation.board or NO_IDEAS
