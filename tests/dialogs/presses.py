"""A press, all answers, and replies as text."""

from dialogs.advisor import Advisor
from dialogs.message import Action, Message, Person, Press, Verb
from dialogs.replies import Reply
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


def text(advisor: Advisor, *replies: Reply) -> str:
    return plain(lay_out(advisor, replies, 1))


def press(*words: str, verb: Verb = Verb.FEEDBACK, **how: object) -> Message:
    return Message("m", Person("ana"), NOON, Press(Action(verb, words), None, **how))  # type: ignore[arg-type]
