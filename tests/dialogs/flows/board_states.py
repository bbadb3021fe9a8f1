"""Positions that the board can be in."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board, Idea
from dialogs.ideas.board_list import Listing
from dialogs.message import Message, Person, Press, Typed
from tests.dialogs.talk import NOON


def given(option: str, by: str = "ana") -> Answer:
    return Answer(option=option, how=AnswerMethod.BUTTON, by=by, at=NOON)


def idea(number: int, by: str = "ana", **answers: str) -> Idea:
    return Idea(
        number=number, id=f"i{number}", title=f"idea {number}", text=f"idea {number}", by=by, at=NOON,
        answers={question: given(option) for question, option in answers.items()},
    )  # fmt: skip


BOARD = Board(ideas=(idea(1, data="no"), idea(2, by="ben"), idea(3)), next=4)


def at(advisor: Advisor, listing: Listing | None, board: Board = BOARD, flow: str = "board") -> Conversation:
    return Conversation.fresh(advisor.pack).replace(board=board, listing=listing, flow=flow, people=("ana",))


def states(advisor: Advisor) -> Mapping[str, Conversation]:
    """Each position that the board can be in, by a name."""
    return {
        "nothing": at(advisor, None, Board()),
        "not shown": at(advisor, None, flow=""),
        "left": at(advisor, Listing(), flow=""),
        "list": at(advisor, Listing()),
        "idea": at(advisor, Listing(idea=1)),
        "idea without a verdict": at(advisor, Listing(idea=2)),
        "asked": at(advisor, Listing(idea=2, ask="data")),
        "rows asked": at(advisor, Listing(ask="data", rows=(2, 3))),
        "guided": at(advisor, Listing(ask="data", rows=(2, 3), guided=True)),
        "compared": at(advisor, Listing(compared=(1, 2))),
        "idea that is gone": at(advisor, Listing(idea=9)),
    }


def message(content: Typed | Press | None = None, who: str = "ana") -> Message:
    return Message("m", Person(who, who), NOON + 100, content or Typed("x"))
