"""Finished conversations, and the details of their recommendations as text."""

from collections.abc import Iterator
from itertools import product

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend
from dialogs.replies.results import ResultPart
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.pack import Pack
from tests.dialogs.talk import NOON


def finished(pack: Pack, options: dict[str, str]) -> Conversation:
    answers = {q: Answer(option=o, how=AnswerMethod.BUTTON, by="ana", at=NOON) for q, o in options.items()}
    return Conversation.fresh(pack).replace(started=True, answers=answers)


def details(advisor: Advisor, conversation: Conversation, at: int = NOON) -> str:
    return plain(lay_out(advisor, (ResultPart(What.DETAILS, recommend(advisor.knowledge, conversation, at)),), 1))


def combinations(pack: Pack) -> Iterator[dict[str, str]]:
    for options in product(*[[o.id for o in q.options] for q in pack.questions]):
        yield dict(zip([q.id for q in pack.questions], options, strict=True))


ANSWERS = {"data": "yes", "volume": "high", "domain": "general", "budget": "flexible", "consistency": "predictable"}
