"""What is typed about a list of ideas: facts about one of them, what is to be shown, removed, renamed and so on.

Each text is typed while the list, one idea or a question about one is shown, and is handled whole: it counts what then
stands on the board and on the card.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.commands.command import Kind, What
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board, Idea
from dialogs.ideas.board_list import Listing
from dialogs.message import Message, Person, Typed
from dialogs.replies.ideas import BoardExport, IdeaCard, IdeaComparison, IdeaList, IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.replies.passages import DidYouMean, EntryReply, NotCovered, PassageReply, VerdictComparison
from dialogs.respond import respond
from dialogs.turn import Turn

NOON = 1_795_000_000

SIX: Mapping[str, Mapping[str, str]] = {
    "Chatbot for customer tickets": {"data": "yes", "volume": "high"},
    "Summaries of board meetings": {},
    "Checking lease contracts for odd clauses": {"domain": "specialised"},
    "Product texts for the web shop": {"domain": "general"},
    "Triage of incoming lab reports": {"data": "no"},
    "Birthday greetings for members": {},
}

Outcome = Literal["done", "wrong", "missed"]


class Said(BaseModel):
    """One text, what is shown when it is typed, and what it is meant to do."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    shown: str
    text: str
    does: str
    idea: int = 0
    ideas: tuple[int, ...] = ()
    answers: Mapping[str, str] = {}
    title: str = ""


def board() -> Board:
    """The six ideas."""

    def told(option: str) -> Answer:
        return Answer(option=option, how=AnswerMethod.TYPED, by="ana", at=NOON)

    return Board().add(
        Idea(id=title, title=title, text=title, by="ana", at=NOON, answers={q: told(o) for q, o in known.items()})
        for title, known in SIX.items()
    )


def at(advisor: Advisor, shown: str) -> Conversation:
    """A conversation that shows "list", "idea 4" or "ask 4 budget"."""
    _, *place = shown.split()
    number, ask = (*place, "", "")[:2]
    listing = Listing(idea=int(number or 0), ask=ask)
    return Conversation.fresh(advisor.pack).replace(
        revision=5, people=("ana",), flow=advisor.flows.board.name, board=board(), listing=listing
    )


def outcome(advisor: Advisor, said: Said) -> Outcome:
    """What became of one text: wrong is whatever changes or shows something else than is meant."""
    before = at(advisor, said.shown)
    turn = respond(advisor, before, Message("m", Person("ana"), NOON + 60, Typed(said.text)))
    after, wanted, begun = _facts(turn.conversation.board), _wanted(said), turn.conversation.started
    if not after - _facts(before.board) <= wanted or (begun and said.does != "idea") or _shows_another(turn, said):
        return "wrong"
    return "done" if wanted <= after and (bool(wanted) or begun or _shows(turn, said)) else "missed"


Change = tuple[int, str, str]
"""An idea, and its question with the new option, "title" with the new one, or "removed"."""


def _wanted(said: Said) -> frozenset[Change]:
    match said.does:
        case "fact":
            return frozenset((said.idea, question, option) for question, option in said.answers.items())
        case "remove":
            return frozenset((number, "removed", "") for number in said.ideas)
        case "rename":
            return frozenset({(said.idea, "title", said.title.casefold())})
        case _:
            return frozenset()


def _facts(ideas: Board | None) -> frozenset[Change]:
    return frozenset(change for idea in (ideas or Board()).ideas for change in _of(idea))


def _of(idea: Idea) -> Iterable[Change]:
    if idea.removed:
        return [(idea.number, "removed", "")]
    answers = [(idea.number, question, option) for question, option in idea.chosen.items()]
    return [(idea.number, "title", idea.title.casefold()), *answers]


def _shows_another(turn: Turn, said: Said) -> bool:
    """Whether another idea has come up than those that are meant and the one that was shown before."""
    known = {*said.ideas, said.idea, *(int(part) for part in said.shown.split() if part.isdecimal())}
    return bool({number for reply in turn.card for number in _numbers(reply)} - known)


def _numbers(reply: object) -> tuple[int, ...]:
    match reply:
        case IdeaCard(row=row):
            return (row.number,)
        case IdeaQuestion(rows=rows) | IdeaComparison(rows=rows):
            return tuple(row.number for row in rows)
        case _:
            return ()


def _shows(turn: Turn, said: Said) -> bool:
    """Whether the reply shows what was asked for."""
    replies = (*turn.card, *turn.below)
    match said.does:
        case "why" if any(c.command is Kind.EXPLAIN and c.ideas == (str(said.idea),) for c in turn.did):
            return True
        case "open" | "ask" | "why":
            return any(_numbers(reply) == (said.idea,) for reply in turn.card)
        case "first":
            return any(command.what is What.NEXT for command in turn.did)
        case "compare":
            compared = [{*_numbers(reply)} for reply in turn.card if isinstance(reply, IdeaComparison)]
            return {*said.ideas} in compared
        case "export":
            return any(isinstance(reply, BoardExport) for reply in replies)
        case "list":
            return any(isinstance(reply, IdeaList) for reply in turn.card)
        case "undo":
            return Notice("nothing_to_undo") in replies or any(done.what is What.UNDO for done in turn.did)
        case "question":
            kinds = (PassageReply, EntryReply, DidYouMean, NotCovered, VerdictComparison)
            return any(isinstance(reply, kinds) for reply in replies)
        case _:
            return False
