"""Positions that the questions can be in, and short forms of what a turn shows."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, Proposal
from dialogs.message import Message, Person, Press, Typed
from dialogs.replies.notices import Notice
from dialogs.turn import Turn
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON, kind

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


def states(advisor: Advisor) -> Mapping[str, Conversation]:
    """Each position that the questions can be in, by a name."""
    fresh = Conversation.fresh(advisor.pack)
    middle = asked(advisor, None, data="yes").replace(concluded=False)
    return {
        "fresh": fresh,
        "stopped": middle.replace(started=False),
        "stopped after the idea": fresh.replace(idea="a bot"),
        "open": middle,
        "open again": middle.replace(revisit="data"),
        "proposed": middle.replace(confirm=Proposal(question="volume", option="low", evidence="some")),
        "result": asked(advisor, None, **ALL),
        "result early": middle.replace(concluded=True),
    }


def message(content: Typed | Press | None = None, who: str = "ana", at: int = NOON + 100) -> Message:
    return Message("m", Person(who, who), at, content or Typed("x"))


def kinds(turn: Turn) -> list[object]:
    return [kind(reply) for reply in (*turn.card, *turn.below, *turn.aside)]


def notices(turn: Turn) -> list[object]:
    return [reply.remark for reply in (*turn.card, *turn.below, *turn.aside) if isinstance(reply, Notice)]
