"""Conversations, replies and what a view shows of them."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.replay import recommend
from dialogs.replies import Reply
from dialogs.replies.results import Recommendation
from dialogs.view import Button, Buttons, Choices, View
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.pack import Pack
from tests.dialogs.stored import answer
from tests.dialogs.talk import NOON

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


def laid_out(advisor: Advisor, *replies: Reply) -> View:
    return lay_out(advisor, replies, 1)


def text(advisor: Advisor, *replies: Reply) -> str:
    return plain(laid_out(advisor, *replies))


def buttons(shown: View) -> list[Button]:
    return [button for e in shown.elements if isinstance(e, Buttons | Choices) for button in e.buttons]


def ids(shown: View) -> list[str]:
    return [button.action.id for button in buttons(shown)]


def finished(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> Conversation:
    given = {question: answer(option) for question, option in (ALL if answers is None else answers).items()}
    return Conversation.fresh(advisor.pack).replace(started=True, concluded=True, answers=given, **changes)


def result(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> Recommendation:
    return recommend(advisor.knowledge, finished(advisor, answers, **changes), NOON)


def named(advisor: Advisor, *names: str | None) -> Conversation:
    given = {
        question: answer(option, by=name or "x", name=name)
        for (question, option), name in zip(ALL.items(), names, strict=False)
    }
    return finished(advisor).replace(answers=given)


def having(pack: Pack, **changes: object) -> Pack:
    return pack.model_copy(update=changes)
