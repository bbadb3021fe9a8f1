"""The flow that shows a board of ideas: the list, one idea, ideas side by side, and the questions that are missing."""

from collections.abc import Iterator

from dialogs.answer import AnswerMethod
from dialogs.catalogue import Remark
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.conversation import IDEA_LIMIT, Conversation, given_answer
from dialogs.flows.base import ClosedCard
from dialogs.flows.board_cards import next_question, unsettled
from dialogs.flows.board_position import BoardPosition, board_of
from dialogs.ideas.board import Idea, idea_id
from dialogs.ideas.board_list import PAGE, Listing
from dialogs.limits import bounded
from dialogs.message import GivenIdea, Message, number_in
from dialogs.replies import Reply
from dialogs.replies.ideas import ClosedIdeas, FileProblems
from dialogs.replies.notices import Notice
from dialogs.titles import Titles
from dialogs.turn import Turn
from knowledge.interfaces import Knowledge
from knowledge.pack import UNSURE

IDEAS_JUDGED = 50
"""Most ideas that one message adds."""

MOST_ASKED = 6
"""Most ideas that one question is asked about: a phone shows the names of so many above it."""

MOST_COMPARED = 4
"""Most ideas side by side."""


class BoardFlow(BoardPosition):
    """See `Flow`. Everybody in the place may answer."""

    accepts_descriptions = True
    waiting_remark = "ideas_wait"

    def __init__(self, knowledge: Knowledge, titles: Titles) -> None:
        super().__init__(knowledge)
        self._titles = titles

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """A question becomes one line, or is deleted if it is asked again; a list becomes a line if another follows.
        All else stays, to be read.
        """
        question = self.prompt(before)
        if question is not None:
            answered = tuple(board_of(after).find(idea.number) or idea for idea in self._asked(before))
            again = after.flow == self.name and after.listing == before.listing
            return ClosedCard((ClosedIdeas(question, answered),), deleted=again)
        if before.listing is None:
            return None
        if self.shows_list(before) and self.shows_list(after):
            return ClosedCard((ClosedIdeas(None, ()),))
        return ClosedCard(self.replay(before, at))

    def objection(self, conversation: Conversation, command: Command) -> Remark | None:
        """The idea has to exist, and an answer needs its question to be open."""
        board, question, prompt = board_of(conversation), command.question, self.prompt(conversation)
        match command:
            case Command(Kind.OPEN, ideas=(number,)):
                known = question == NONE or self.pack.has_option(question, UNSURE)
                return None if known and board.find(number_in(number)) is not None else "no_such_idea"
            case Command(Kind.SET):
                fits = prompt is not None and prompt.id == question
                return None if fits and self.pack.has_option(question, command.option) else "outdated"
            case Command(Kind.GO, What.STOP) if self.shows_list(conversation):
                return "nothing_to_cancel"
            case Command(Kind.GO, What.RESTART):
                return "nothing_to_restart"
            case Command(Kind.EXPLAIN) if self.shown_idea(conversation) is not None:
                return None
            case Command(_, What.SKIP | What.QUESTION) if prompt is None:
                return "open_an_idea"
            case _ if not board.shown:
                return "no_ideas"
            case _:
                return None

    def stale_press(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        """Tells the sender alone why the button has no effect."""
        objection = self.objection(conversation, command)
        gone = objection if objection in ("no_such_idea", "no_ideas") else "outdated"
        return Turn(conversation, aside=(Notice(gone),))

    def act(self, conversation: Conversation, message: Message, command: Command) -> Turn:
        listing = conversation.listing or Listing()
        match command.what:
            case What.SKIP:
                skipped = tuple(f"{idea.number}:{listing.ask}" for idea in self._asked(conversation))
                left_out = listing.replace(skipped=(*listing.skipped, *skipped))
                if listing.guided:
                    return self.guide(conversation, message, left_out)
                return self._show(conversation, message, listing.as_list())
            case What.BACK | What.STOP:
                return self._show(conversation, message, listing.as_list())
            case _:  # of another flow, or of one that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def opened(self, conversation: Conversation, number: int, ask: str = "") -> Conversation:
        """The conversation with an idea of the list on the card, or a question about it."""
        listing = (conversation.listing or Listing()).as_list().replace(idea=number, ask=ask)
        focus = conversation.focus.replace(idea=number)
        return self.activate(conversation.replace(listing=listing, focus=focus))

    def next_page(self, conversation: Conversation) -> Listing:
        """The list from its next page on, or from the first behind the last."""
        listing = conversation.listing or Listing()
        pages = max(1, -(-len(self.cards.rows(board_of(conversation), listing)) // PAGE))
        return listing.as_list().replace(page=(listing.page + 1) % pages)

    def take(self, conversation: Conversation, message: Message, ideas: tuple[GivenIdea, ...]) -> Turn:
        """Adds ideas, which may belong to several people, with the answers read from their texts, and lists them."""
        left_out = max(0, len(ideas) - IDEAS_JUDGED)
        lead = (Notice("ideas_left_out", {"count": str(left_out)}),) if left_out else ()
        return self._add(conversation, message, ideas[:IDEAS_JUDGED], *lead)

    def take_file(
        self, conversation: Conversation, message: Message, ideas: tuple[GivenIdea, ...], problems: tuple[str, ...]
    ) -> Turn:
        """Adds the ideas of a file, and says what was wrong with it."""
        lead = (FileProblems(problems, len(ideas)),) if problems else ()
        people = conversation.people or (message.sender.id,)
        return self._add(conversation.replace(people=people), message, ideas, *lead)

    def read_ahead(self, text: str) -> Iterator[object]:
        """Reads one idea before the turn that adds it, a part at each step. What was read is remembered until then."""
        line = bounded(text).text
        yield from self._knowledge.reader.read_ahead(line)
        yield self._knowledge.reader.read(line)
        yield self._titles.of(line)

    def _add(self, conversation: Conversation, message: Message, ideas: tuple[GivenIdea, ...], *lead: Reply) -> Turn:
        board = board_of(conversation)
        after = board.add(new_idea(self._knowledge, self._titles, message, idea, row) for row, idea in enumerate(ideas))
        added = [idea.number for idea in after.ideas if idea.id not in {old.id for old in board.ideas}]
        whole = not board.shown or not added
        listing = Listing(order=conversation.own_order)
        listing = listing if whole else listing.replace(since=added[0], until=added[-1])
        return self._show(conversation.replace(board=after), message, listing, *lead)

    def guide(self, conversation: Conversation, message: Message, listing: Listing) -> Turn:
        """The question that gives most open ideas a verdict, asked for MOST_ASKED of them; of ideas that are named also
        what is missing beside a verdict, first where that may change it. Else the list, whose title says that all have
        one where this was just asked for.
        """
        listed = self.cards.rows(board_of(conversation), listing.replace(verdict="", open=False))
        rows, loose = ([row for row in listed if row.verdict is None], [row for row in listed if len(row.possible) > 1])
        groups = (rows, loose, listed) if listing.only else (rows,)
        left = next(filter(None, (unsettled(group, listing) for group in groups)), ())
        best, asked_rows = next_question(self.pack, left, listing)
        if not asked_rows:
            done = () if listing.ask and not rows else (Notice("rest_left_out" if rows else "nothing_missing"),)
            return self._show(conversation, message, listing.as_list(), *done)
        asked = tuple(sorted(row.number for row in asked_rows))[:MOST_ASKED]
        return self._show(conversation, message, listing.replace(guided=True, ask=best.id, rows=asked, idea=0))

    def _show(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        after = self.activate(conversation.replace(listing=listing))
        return Turn(after, (*lead, *self.replay(after, message.at)))


def new_idea(knowledge: Knowledge, titles: Titles, message: Message, given: GivenIdea, row: int) -> Idea:
    """An idea from one row of a message, with the answers read from its text; the board gives it its number."""
    if given.by is not None:
        message = message._replace(sender=given.by)
    sender, line, pack = message.sender, bounded(given.text).text, knowledge.pack
    read = {} if given.understood else knowledge.reader.read(line)
    told = {q: option for q, option in given.answers if pack.has_option(q, option)}
    return Idea(
        number=0,
        id=idea_id(message.id, row),
        title=titles.of(line),
        text=given.text[:IDEA_LIMIT],
        by=sender.id,
        name=sender.name,
        at=message.at,
        link=message.permalink or "",
        answers={
            **{q: given_answer(message, r.option, AnswerMethod.READ, r.evidence) for q, r in read.items()},
            **{q: given_answer(message, option, AnswerMethod.TYPED) for q, option in told.items()},
        },
    )
