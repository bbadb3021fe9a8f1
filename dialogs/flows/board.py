"""The flow that shows a board of ideas: the list, one idea, ideas side by side, and the questions that are missing."""

from collections.abc import Iterator

from dialogs.answer import AnswerMethod
from dialogs.catalogue import Remark
from dialogs.commands.command import What
from dialogs.conversation import IDEA_LIMIT, Conversation, given_answer
from dialogs.flows.base import ClosedCard
from dialogs.flows.board_cards import next_question, unsettled
from dialogs.flows.board_position import BoardPosition, board_of
from dialogs.ideas.board import Board, Idea, idea_id
from dialogs.ideas.board_list import PAGE, Listing
from dialogs.limits import bounded
from dialogs.message import Action, GivenIdea, Message, Verb, number_in
from dialogs.replies import Reply
from dialogs.replies.ideas import ClosedIdeas, FileProblems
from dialogs.replies.notices import Notice
from dialogs.replies.results import ResultPart, ResultSummary, SharedResult
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

_OF_RESULT = frozenset({Verb.SHARE, Verb.DETAILS})
"""Buttons of a result that an idea's card has as well."""


class BoardFlow(BoardPosition):
    """See `Flow`. Everybody in the place may answer."""

    verbs = frozenset({Verb.ANSWER, Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.MORE, Verb.GUIDE, Verb.EXPORT, Verb.SKIP})
    never_stale = frozenset({Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.GUIDE})
    accepts_descriptions = True
    waiting_remark = "ideas_wait"

    def __init__(self, knowledge: Knowledge, titles: Titles) -> None:
        super().__init__(knowledge)
        self._titles = titles

    def claims(self, conversation: Conversation, verb: Verb) -> bool:
        """Its own buttons, and those of a result while an idea's is shown."""
        return verb in self.verbs or (verb in _OF_RESULT and self.shown_idea(conversation) is not None)

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

    def accepts(self, conversation: Conversation, verb: Verb) -> bool:
        """Words for the list count if there are ideas, those for a question if one is open."""
        listing = conversation.listing
        active = conversation.flow == self.name and listing is not None
        match verb:
            case Verb.IDEA | Verb.IDEAS:
                return True
            case Verb.EXPORT | Verb.GUIDE:
                return active or bool(board_of(conversation).shown)
            case Verb.MORE:
                return self.shows_list(conversation)
            case Verb.BACK | Verb.CANCEL | Verb.RESTART:
                return active
            case Verb.SKIP:
                return self.prompt(conversation) is not None and listing is not None and listing.guided
            case Verb.WHY:  # an idea's card has the reasons
                return self.prompt(conversation) is not None or self.shown_idea(conversation) is not None
            case Verb.SHARE | Verb.DETAILS:
                return self.shown_idea(conversation) is not None
            case _:
                return False

    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """The idea has to exist, and an answer needs its question to be open."""
        board = board_of(conversation)
        match action:
            case Action(Verb.IDEA, (number,)):
                return None if _find(board, number) is not None else "no_such_idea"
            case Action(Verb.ASK, (number, question_id)):
                known = self.pack.has_option(question_id, UNSURE)
                return None if known and _find(board, number) is not None else "no_such_idea"
            case Action(Verb.SHARE | Verb.DETAILS):
                return None if self._summary(conversation, 0, None) is not None else "no_result_to_share"
            case Action(Verb.ANSWER, (question_id, option)):
                prompt = self.prompt(conversation)
                fits = prompt is not None and prompt.id == question_id
                return None if fits and self.pack.has_option(question_id, option) else "outdated"
            case Action(Verb.CANCEL) if self.shows_list(conversation):
                return "nothing_to_cancel"
            case Action(Verb.RESTART):
                return "nothing_to_restart"
            case Action(Verb.WHY) if self.shown_idea(conversation) is not None:
                return None
            case Action(Verb.SKIP | Verb.WHY) if self.prompt(conversation) is None:
                return "outdated"
            case _ if not board.shown:
                return "no_ideas"
            case _:
                return None

    def stale_press(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        """Tells the sender alone why the button has no effect."""
        objection = self.objection(conversation, action)
        gone = objection if objection in ("no_such_idea", "no_ideas") else "outdated"
        return Turn(conversation, aside=(Notice(gone),))

    def act(self, conversation: Conversation, message: Message, action: Action) -> Turn:
        listing = conversation.listing or Listing()
        match action:
            case Action(Verb.IDEA, (number,)):
                return self._show(conversation, message, listing.as_list().replace(idea=int(number)))
            case Action(Verb.ASK, (number, question_id)):
                asks = listing.as_list().replace(idea=int(number), ask=question_id)
                return self._show(conversation, message, asks)
            case Action(Verb.IDEAS):
                return self._show(conversation, message, Listing(order=conversation.own_order))
            case Action(Verb.MORE):
                pages = max(1, -(-len(self.cards.rows(board_of(conversation), listing)) // PAGE))
                return self._show(conversation, message, listing.as_list().replace(page=(listing.page + 1) % pages))
            case Action(Verb.GUIDE):
                return self._guide(conversation, message, listing.as_list().replace(guided=True))
            case Action(Verb.SKIP):
                skipped = tuple(f"{idea.number}:{listing.ask}" for idea in self._asked(conversation))
                left_out = listing.replace(skipped=(*listing.skipped, *skipped))
                if listing.guided:
                    return self._guide(conversation, message, left_out)
                return self._show(conversation, message, listing.as_list())
            case Action(Verb.SHARE):
                summary = self._summary(conversation, message.at, message.link)
                shared = () if summary is None else (SharedResult(summary, message.sender),)
                return Turn(conversation, below=shared)
            case Action(Verb.DETAILS):
                found = self._summary(conversation, message.at, None)
                told = () if found is None else (ResultPart(What.DETAILS, found.recommendation, listed=True),)
                return Turn(conversation, below=told)
            case Action(Verb.BACK | Verb.CANCEL):
                return self._show(conversation, message, listing.as_list())
            case _:  # a button of another flow, or one that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def _summary(self, conversation: Conversation, at: int, link: str | None) -> ResultSummary | None:
        number = self.shown_idea(conversation)
        return None if number is None else self.cards.summary(board_of(conversation), number, at, link)

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

    def _guide(self, conversation: Conversation, message: Message, listing: Listing) -> Turn:
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

    def following(self, conversation: Conversation, message: Message) -> Turn:
        """The next of the missing questions, or the list once none is left."""
        listing = (conversation.listing or Listing()).replace(guided=True)
        return self._guide(conversation, message, listing)

    def _show(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        after = self.activate(conversation.replace(listing=listing))
        return Turn(after, (*lead, *self.replay(after, message.at)))


def _find(board: Board, number: str) -> Idea | None:
    named = number_in(number)
    return board.find(named) if named else None


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
