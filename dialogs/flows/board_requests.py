"""What a board does with typed requests and facts about its ideas."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dialogs.answer import AnswerMethod
from dialogs.board import Board, Idea, IdeaRow, known_answers
from dialogs.board_list import PAGE, Listing
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation
from dialogs.flows.answer_factory import given_answer
from dialogs.flows.board_position import BoardPosition, board_of
from dialogs.flows.idea_reader import answers_to, likely_question, read_answers
from dialogs.intents import AboutIdeas, BoardCommand, CompareIdeas, FilterIdeas, FirstIdeas, RemoveIdeas, RenameIdeas
from dialogs.message import Message, Press
from dialogs.replies import Reply
from dialogs.replies.ideas import IdeasNoted
from dialogs.replies.notices import Notice
from dialogs.titles import shortened
from dialogs.turn import Turn
from knowledge import decision
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Pack, Question
from knowledge.typed_answers.word_parser import fold

MOST_COMPARED = 4

FIRST_NAMED = 3
"""Most ideas that are named to begin with."""

_SHORT = 3
"""A text of at most this many words answers only the open question."""

Answers = Mapping[int, Mapping[str, Reading]]
"""Options with their words, by idea and question."""


class BoardRequests(BoardPosition):
    """The part of the board's flow that records answers and does what was typed."""

    def request(self, conversation: Conversation, message: Message, command: BoardCommand | Remark) -> Turn:
        """Does what was typed about the ideas."""
        listing, board = conversation.listing or Listing(), board_of(conversation)
        match command:
            case str():
                return Turn(conversation, self._card_below(conversation, message), below=(Notice(command),))
            case FilterIdeas() if not board.shown:
                return Turn(conversation, below=(Notice("no_ideas"),))
            case FilterIdeas(verdict, mine, is_open, answer):
                owner = message.sender.id if mine else ""
                filtered = Listing(verdict=verdict, owner=owner, open=is_open, answer=":".join(answer or ()))
                if not self.cards.rows(board, filtered):
                    none = Notice("no_ideas_like_that", {"count": str(len(board.shown))})
                    return Turn(conversation, self._card_below(conversation, message), below=(none,))
                return self._show(conversation, message, filtered)
            case CompareIdeas(numbers):
                most = (Notice("compared_most", {"count": str(MOST_COMPARED)}),) if len(numbers) > MOST_COMPARED else ()
                shown = listing.as_list().replace(compared=numbers[:MOST_COMPARED])
                return self._show(conversation, message, shown, *most)
            case RenameIdeas(titles):
                return self._rename(conversation, message, dict(titles))
            case RemoveIdeas(numbers, sure):
                return self._remove(conversation, message, numbers, sure=sure)
            case FirstIdeas():
                return self._show(conversation, message, Listing(), self._clearest(board))
            case AboutIdeas():
                return self._about(conversation, message, command)

    def _clearest(self, board: Board) -> Notice:
        """The ideas to begin with, in the order of the list."""
        rows = [row for row in self.cards.rows(board, Listing()) if row.verdict is not None][:FIRST_NAMED]
        named = ", ".join(f"{row.number}. {row.idea.title}" for row in rows)
        return Notice("clearest_first", {"ideas": named}) if rows else Notice("none_clear_yet")

    def _rename(self, conversation: Conversation, message: Message, titles: Mapping[int, str]) -> Turn:
        board = board_of(conversation)
        found = [idea for idea in map(board.find, titles) if idea is not None]
        if not found:
            return Turn(conversation, below=(Notice("no_such_idea"),))
        renamed = tuple(
            idea.replace(title=shortened(titles[idea.number]), named=message.at, titled=0) for idea in found
        )
        told = [Notice("idea_renamed", {"number": str(idea.number), "title": idea.title}) for idea in renamed]
        return self._changed(conversation, message, renamed, *told)

    def _remove(self, conversation: Conversation, message: Message, numbers: tuple[int, ...], *, sure: bool) -> Turn:
        """Removes ideas, or asks whether to; what is removed does not come back."""
        board = board_of(conversation)
        found = [idea for idea in map(board.find, numbers) if idea is not None]
        unknown = [number for number in numbers if board.find(number) is None]
        named = ", ".join(str(idea.number) for idea in found)
        if not found:
            return Turn(conversation, self._card_below(conversation, message), below=(Notice("no_such_idea"),))
        if not sure:
            asked = Notice("remove_these", {"numbers": _ranges([idea.number for idea in found])})
            return Turn(conversation, self._card_below(conversation, message), below=(asked,))
        told = [Notice("ideas_removed", {"numbers": named})]
        if unknown:
            told.append(Notice("ideas_unknown", {"numbers": ", ".join(map(str, unknown))}))
        removed = tuple(idea.taken_off(message.at) for idea in found)
        return self._changed(conversation, message, removed, *told)

    def _changed(self, conversation: Conversation, message: Message, ideas: tuple[Idea, ...], *lead: Reply) -> Turn:
        """Puts changed ideas on the board and shows the card again."""
        listing = conversation.listing or Listing()
        after = conversation.replace(board=board_of(conversation).put(*ideas))
        shown = listing if board_of(after).find(listing.idea) is not None or not listing.idea else listing.as_list()
        return self._show(after, message, shown, *lead)

    def _about(self, conversation: Conversation, message: Message, about: AboutIdeas) -> Turn:
        """Takes the plain answers and names the ideas without one. If no answer is plain, the question is asked."""
        board = board_of(conversation)
        rows = self.asks_rows(conversation)
        found: dict[int, Mapping[str, Reading]] = {}
        unclear = list(about.unclear)
        for numbers, text in about.said:
            unclear += (number for number in numbers if board.find(number) is None)
            for idea in (idea for idea in map(board.find, numbers) if idea is not None):
                readings = self._readings(conversation, idea, text)
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
        likely = likely_question(self._knowledge, about.said[0][1]) if about.said else None
        ask = likely or missing
        listing = (conversation.listing or Listing()).as_list().replace(idea=number, ask=ask.id if ask else "")
        return self._show(conversation, message, listing, Notice("which_answer"))

    def _readings(self, conversation: Conversation, idea: Idea, text: str) -> Mapping[str, Reading]:
        """The answers in a text about an idea. If a question about several is open, a short text answers only that."""
        prompt = self.prompt(conversation)
        if prompt is None or not self.asks_rows(conversation):
            asked = prompt if idea in self._asked(conversation) else None
            return read_answers(self._knowledge, text, asked or self.judge.row(idea).ask)
        readings = answers_to(self._knowledge, text, prompt)
        return readings if len(fold(text)) > _SHORT else {q: r for q, r in readings.items() if q == prompt.id}

    def _record(self, conversation: Conversation, message: Message, given: Answers, *told: Reply) -> Turn:
        """Adds answers to ideas, confirms them, and continues: with the next missing answer, or back to the list."""
        board, listing = board_of(conversation), conversation.listing or Listing()
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
        rows = self.cards.rows(board_of(conversation), listing.replace(verdict="", open=True))
        left = unsettled(rows, listing)
        best, asked_rows = next_question(self.pack, left, listing)
        if not asked_rows:
            done = Notice("rest_left_out" if left else "nothing_missing")
            return self._show(conversation, message, listing.as_list(), *lead, done)
        asked = tuple(sorted(row.number for row in asked_rows))[:PAGE]
        return self._show(conversation, message, listing.replace(guided=True, ask=best.id, rows=asked, idea=0), *lead)

    def following(self, conversation: Conversation, message: Message) -> Conversation:
        """The conversation with the next of the missing questions open, or with the list once none is."""
        listing = (conversation.listing or Listing()).replace(guided=True)
        return self._guide(conversation, message, listing).conversation

    def _show(self, conversation: Conversation, message: Message, listing: Listing, *lead: Reply) -> Turn:
        after = self.activate(conversation.replace(listing=listing))
        return Turn(after, (*lead, *self.replay(after, message.at)))

    def _card_below(self, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
        """An open question again, below what was asked for; a list stays where it is."""
        return self.replay(conversation, message.at) if self.prompt(conversation) is not None else ()


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as somebody would type them: "1 to 7, 9"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    each = (f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(each)


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
