"""The flow that shows a board of ideas: the list, one idea, ideas side by side, and the questions that are missing."""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.answer import AnswerMethod
from dialogs.board import Board, Idea, Judge
from dialogs.board_list import PAGE, Listing
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation, title_of
from dialogs.flows import board_questions
from dialogs.flows.answer_factory import given_answer
from dialogs.flows.base import ClosedCard, Flow
from dialogs.flows.board_cards import BoardCards
from dialogs.flows.idea_reader import new_idea, read_answers
from dialogs.intents import AboutIdeas, BoardCommand, CompareIdeas, FilterIdeas, RemoveIdeas, RenameIdea
from dialogs.message import Action, GivenIdea, Message, Press, Verb, number_in
from dialogs.replies import Reply
from dialogs.replies.ideas import ClosedIdeas, FileProblems, IdeaComparison, IdeaQuestion, IdeasNoted
from dialogs.replies.notices import Notice
from dialogs.replies.questions import WhyAsked
from dialogs.replies.results import ResultSummary, SharedResult
from dialogs.turn import Turn
from knowledge.interfaces import Knowledge, Reading
from knowledge.pack import UNSURE, Question
from knowledge.typed_answers.word_parser import fold

IDEAS_JUDGED = 50
"""Most ideas that one message adds."""

MOST_COMPARED = 4

_SHORT = 3
"""A text of at most this many words answers only the open question."""

Answers = Mapping[int, Mapping[str, Reading]]
"""Options with their words, by idea and question."""


class BoardFlow(Flow):
    """See `Flow`. Everybody in the place may answer."""

    name = "board"
    verbs = frozenset({Verb.ANSWER, Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.MORE, Verb.GUIDE, Verb.EXPORT, Verb.SKIP})
    never_stale = frozenset({Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.GUIDE, Verb.EXPORT})
    accepts_descriptions = True
    waiting_remark = "ideas_wait"

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge.pack)
        self._knowledge = knowledge
        self.judge = Judge(knowledge.judgements)
        self.cards = BoardCards(knowledge, self.judge)

    def claims(self, conversation: Conversation, verb: Verb) -> bool:
        """Its own buttons, and sharing while an idea's result is shown."""
        return verb in self.verbs or (verb is Verb.SHARE and self.shown_idea(conversation) is not None)

    def shown_idea(self, conversation: Conversation) -> int | None:
        """The number of the idea on the card; None if the card shows something else."""
        listing = conversation.listing
        if conversation.flow != self.name or listing is None or not listing.idea or listing.ask or listing.compared:
            return None
        return listing.idea

    def under_way(self, conversation: Conversation) -> bool:
        """Whether something of the board is shown."""
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
        listing, board = conversation.listing or Listing(), _board(conversation)
        question = self.prompt(conversation)
        if question is not None:
            asked = tuple(self.judge.row(idea) for idea in self._asked(conversation))
            left = sum(row.verdict is None for row in self.cards.rows(board, listing))
            return (IdeaQuestion(question, asked, left, guided=listing.guided),)
        compared = tuple(self.judge.row(idea) for idea in map(board.find, listing.compared) if idea is not None)
        if len(compared) > 1:
            return (IdeaComparison(self.pack, compared),)
        idea = board.find(listing.idea)
        return (self.cards.list(board, listing, at),) if idea is None else (self.cards.idea(idea, at),)

    def _asked(self, conversation: Conversation) -> tuple[Idea, ...]:
        """The ideas that the question is about."""
        listing = conversation.listing
        if listing is None or not listing.ask:
            return ()
        found = map(_board(conversation).find, listing.rows or (listing.idea,))
        return tuple(idea for idea in found if idea is not None)

    def closed_card(self, before: Conversation, after: Conversation, at: int) -> ClosedCard | None:
        """A question becomes one line, or is deleted if it is asked again; a list becomes a line if the board stays
        active; all else stays, to be read.
        """
        question = self.prompt(before)
        if question is not None:
            answered = tuple(_board(after).find(idea.number) or idea for idea in self._asked(before))
            again = after.flow == self.name and after.listing == before.listing
            return ClosedCard((ClosedIdeas(question, answered),), deleted=again)
        if before.listing is None:
            return None
        if self.shows_list(before) and after.flow == self.name:
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
                return active or bool(_board(conversation).shown)
            case Verb.MORE:
                return self.shows_list(conversation)
            case Verb.BACK | Verb.CANCEL | Verb.RESTART:
                return active
            case Verb.SKIP:
                return self.prompt(conversation) is not None and listing is not None and listing.guided
            case Verb.WHY:  # an idea's card has the reasons
                return self.prompt(conversation) is not None or self.shown_idea(conversation) is not None
            case Verb.SHARE:
                return self.shown_idea(conversation) is not None
            case _:
                return False

    def objection(self, conversation: Conversation, action: Action) -> Remark | None:
        """The idea has to exist, and an answer needs its question to be open."""
        board = _board(conversation)
        match action:
            case Action(Verb.IDEA, (number,)):
                return None if _find(board, number) is not None else "no_such_idea"
            case Action(Verb.ASK, (number, question_id)):
                known = self.pack.has_option(question_id, UNSURE)
                return None if known and _find(board, number) is not None else "no_such_idea"
            case Action(Verb.SHARE):
                return None if self._summary(conversation, 0, None) is not None else "no_result_to_share"
            case Action(Verb.ANSWER, (question_id, option)):
                prompt = self.prompt(conversation)
                fits = prompt is not None and prompt.id == question_id
                return None if fits and self.pack.has_option(question_id, option) else "outdated"
            case Action(Verb.CANCEL) if self.shows_list(conversation):
                return "nothing_to_cancel"
            case Action(Verb.RESTART):
                return "nothing_open"
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
        """Does what the button says."""
        listing = conversation.listing or Listing()
        match action:
            case Action(Verb.IDEA, (number,)):
                return self._show(conversation, message, listing.as_list().replace(idea=int(number)))
            case Action(Verb.ASK, (number, question_id)):
                asks = listing.as_list().replace(idea=int(number), ask=question_id)
                return self._show(conversation, message, asks)
            case Action(Verb.ANSWER, (question_id, option)):
                asked = self._asked(conversation)
                given = {idea.number: {question_id: Reading(option, "")} for idea in asked}
                return self._record(conversation, message, given)
            case Action(Verb.IDEAS):
                return self._show(conversation, message, Listing())
            case Action(Verb.MORE):
                return self._show(conversation, message, listing.as_list().replace(page=self._next_page(conversation)))
            case Action(Verb.GUIDE):
                return self._guide(conversation, message, listing.as_list().replace(guided=True))
            case Action(Verb.SKIP):
                skipped = tuple(f"{idea.number}:{listing.ask}" for idea in self._asked(conversation))
                left_out = listing.replace(skipped=(*listing.skipped, *skipped))
                if listing.guided:
                    return self._guide(conversation, message, left_out)
                return self._show(conversation, message, listing.as_list())
            case Action(Verb.WHY):
                prompt = self.prompt(conversation)
                if prompt is None:
                    return self._show(conversation, message, listing)
                return self.digress(conversation, message, WhyAsked(prompt))
            case Action(Verb.SHARE):
                summary = self._summary(conversation, message.at, message.link)
                shared = () if summary is None else (SharedResult(summary, message.sender),)
                return Turn(conversation, below=shared)
            case Action(Verb.EXPORT):
                return Turn(
                    conversation,
                    self._card_below(conversation, message),
                    below=self.cards.export(_board(conversation)),
                )
            case Action(Verb.BACK | Verb.CANCEL):
                return self._show(conversation, message, listing.as_list())
            case _:  # a button of another flow, or one that this version does not have
                return Turn(conversation, aside=(Notice("outdated"),))

    def _summary(self, conversation: Conversation, at: int, link: str | None) -> ResultSummary | None:
        number = self.shown_idea(conversation)
        return None if number is None else self.cards.summary(_board(conversation), number, at, link)

    def _card_below(self, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
        """An open question again, below what was asked for; a list stays where it is."""
        return self.replay(conversation, message.at) if self.prompt(conversation) is not None else ()

    def _next_page(self, conversation: Conversation) -> int:
        listing = conversation.listing or Listing()
        pages = max(1, -(-len(self.cards.rows(_board(conversation), listing)) // PAGE))
        return (listing.page + 1) % pages

    def answer(self, conversation: Conversation, message: Message, option: str, others: Mapping[str, Reading]) -> Turn:
        """Takes a typed answer to the open question."""
        listing = conversation.listing or Listing()
        own = {listing.ask: Reading(option, "")}
        return self._record(
            conversation, message, {idea.number: {**others, **own} for idea in self._asked(conversation)}
        )

    def correct(self, conversation: Conversation, message: Message, readings: Mapping[str, Reading]) -> Turn:
        """Takes answers about the idea on the card; other ideas have to be named."""
        listing = conversation.listing or Listing()
        idea = _board(conversation).find(listing.idea)
        if idea is None:
            return Turn(conversation, below=(Notice("which_idea"),))
        return self._record(conversation, message, {idea.number: readings})

    def triage(self, conversation: Conversation, message: Message, lines: tuple[str, ...]) -> Turn:
        """Adds ideas with the answers read from their texts, and lists them."""
        return self.take(conversation, message, tuple(map(GivenIdea, lines)))

    def take(self, conversation: Conversation, message: Message, ideas: tuple[GivenIdea, ...]) -> Turn:
        """The same for ideas that may belong to several people."""
        left_out = max(0, len(ideas) - IDEAS_JUDGED)
        lead = (Notice("ideas_left_out", {"count": str(left_out)}),) if left_out else ()
        return self._add(conversation, message, ideas[:IDEAS_JUDGED], *lead)

    def take_file(
        self, conversation: Conversation, message: Message, ideas: tuple[GivenIdea, ...], problems: tuple[str, ...]
    ) -> Turn:
        """Adds the ideas of a file, and says what was wrong with it."""
        lead = (FileProblems(problems, len(ideas)),) if problems else ()
        if not ideas:
            return Turn(conversation, self._card_below(conversation, message), below=lead)
        people = conversation.people or (message.sender.id,)
        return self._add(conversation.replace(people=people), message, ideas, *lead)

    def _add(self, conversation: Conversation, message: Message, ideas: tuple[GivenIdea, ...], *lead: Reply) -> Turn:
        board = _board(conversation)
        after = board.add(new_idea(self._knowledge, message, idea, row) for row, idea in enumerate(ideas))
        added = [idea.number for idea in after.ideas if idea.id not in {old.id for old in board.ideas}]
        whole = not board.shown or not added
        listing = Listing() if whole else Listing(since=added[0], until=added[-1])
        return self._show(conversation.replace(board=after), message, listing, *lead)

    def request(self, conversation: Conversation, message: Message, command: BoardCommand | Remark) -> Turn:
        """Does what was typed about the ideas."""
        listing, board = conversation.listing or Listing(), _board(conversation)
        match command:
            case str():
                return Turn(conversation, self._card_below(conversation, message), below=(Notice(command),))
            case FilterIdeas() if not board.shown:
                return Turn(conversation, below=(Notice("no_ideas"),))
            case FilterIdeas(verdict, mine, is_open):
                owner = message.sender.id if mine else ""
                filtered = Listing(verdict=verdict, owner=owner, open=is_open)
                if not self.cards.rows(board, filtered):
                    none = Notice("no_ideas_like_that", {"count": str(len(board.shown))})
                    return Turn(conversation, self._card_below(conversation, message), below=(none,))
                return self._show(conversation, message, filtered)
            case CompareIdeas(numbers):
                most = (Notice("compared_most", {"count": str(MOST_COMPARED)}),) if len(numbers) > MOST_COMPARED else ()
                shown = listing.as_list().replace(compared=numbers[:MOST_COMPARED])
                return self._show(conversation, message, shown, *most)
            case RenameIdea(number, title):
                idea = board.find(number)
                if idea is None:
                    return Turn(conversation, below=(Notice("no_such_idea"),))
                renamed = idea.replace(title=title_of(title), named=message.at)
                notice = Notice("idea_renamed", {"number": str(number), "title": renamed.title})
                return self._changed(conversation, message, (renamed,), notice)
            case RemoveIdeas(numbers):
                found = [idea for idea in map(board.find, numbers) if idea is not None]
                removed = tuple(idea.replace(removed=message.at) for idea in found)
                notice = Notice("ideas_removed", {"numbers": ", ".join(str(idea.number) for idea in removed)})
                return self._changed(conversation, message, removed, notice)
            case AboutIdeas():
                return self._about(conversation, message, command)

    def _changed(self, conversation: Conversation, message: Message, ideas: tuple[Idea, ...], *lead: Reply) -> Turn:
        """Puts changed ideas on the board and shows the card again."""
        listing = conversation.listing or Listing()
        after = conversation.replace(board=_board(conversation).put(*ideas))
        shown = listing if _board(after).find(listing.idea) is not None or not listing.idea else listing.as_list()
        return self._show(after, message, shown, *lead)

    def _about(self, conversation: Conversation, message: Message, about: AboutIdeas) -> Turn:
        """Takes the plain answers and names the ideas without one. If no answer is plain, the question is asked."""
        board, prompt = _board(conversation), self.prompt(conversation)
        rows = self.asks_rows(conversation)
        found: dict[int, Mapping[str, Reading]] = {}
        unclear = list(about.unclear)
        for numbers, text in about.said:
            unclear += (number for number in numbers if board.find(number) is None)
            for idea in (idea for idea in map(board.find, numbers) if idea is not None):
                readings = read_answers(self._knowledge, text, prompt if rows else self.judge.row(idea).ask)
                if rows and prompt is not None and len(fold(text)) <= _SHORT:
                    readings = {q: reading for q, reading in readings.items() if q == prompt.id}
                if readings:
                    found[idea.number] = readings
                else:
                    unclear.append(idea.number)
        told = (Notice("not_understood_for", {"numbers": ", ".join(map(str, unclear))}),) if unclear else ()
        if found:
            return self._record(conversation, message, found, *told)
        if rows:
            return Turn(conversation, self._card_below(conversation, message), below=told or (Notice("which_answer"),))
        if len(unclear) != 1:
            return Turn(conversation, self._card_below(conversation, message), below=(Notice("which_answer"),))
        (number,) = unclear
        named = board.find(number)
        missing = self.judge.row(named).ask if named is not None else None
        listing = (conversation.listing or Listing()).as_list().replace(idea=number, ask=missing.id if missing else "")
        return self._show(conversation, message, listing, Notice("which_answer"))

    def _record(self, conversation: Conversation, message: Message, given: Answers, *told: Reply) -> Turn:
        """Adds answers to ideas, confirms them, and continues: with the next missing answer, or back to the list."""
        board, listing = _board(conversation), conversation.listing or Listing()
        how = AnswerMethod.BUTTON if isinstance(message.content, Press) else AnswerMethod.TYPED
        changed: list[Idea] = []
        for number, readings in given.items():
            idea = board.find(number)
            if idea is not None:
                new = {q: given_answer(message, reading, how) for q, reading in readings.items()}
                changed.append(self.judge.noted(idea.replace(answers={**idea.answers, **new})))
        after = conversation.replace(board=board.put(*changed))
        noted = IdeasNoted(self.pack, {idea.number: idea for idea in changed}, given)
        if listing.guided:
            return self._guide(after, message, listing, noted, *told)
        if listing.idea in given and not listing.ask:
            return self._show(after, message, listing, noted, *told)
        # In the list they may have moved to another page, so their verdicts are named.
        rows = tuple(row for row in map(self.judge.row, changed) if row.verdict is not None)
        return self._show(after, message, listing.as_list(), replace(noted, rows=rows), *told)

    def _guide(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        """The question that gives most open ideas a verdict, asked for as many as fit on a card."""
        rows = self.cards.rows(_board(conversation), listing.replace(verdict="", open=True))
        left = board_questions.unsettled(rows, listing)
        best, asked_rows = board_questions.next_question(self.pack, left, listing)
        if not asked_rows:
            done = Notice("rest_left_out" if left else "nothing_missing")
            return self._show(conversation, message, listing.as_list(), *lead, done)
        asked = tuple(sorted(row.number for row in asked_rows))[:PAGE]
        return self._show(conversation, message, listing.replace(guided=True, ask=best.id, rows=asked, idea=0), *lead)

    def _show(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        after = self.activate(conversation.replace(listing=listing))
        return Turn(after, (*lead, *self.replay(after, message.at)))


def _board(conversation: Conversation) -> Board:
    return conversation.board or Board()


def _find(board: Board, number: str) -> Idea | None:
    named = number_in(number)
    return board.find(named) if named else None
