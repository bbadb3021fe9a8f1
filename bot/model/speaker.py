"""Has a language model word the answers in a turn. Whatever goes wrong, the built-in answers are left."""

from collections.abc import Mapping
from functools import partial

from bot.config.setting_types import ModelUse
from bot.model.calls import ModelCalls
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message
from dialogs.turn import Turn
from dialogs.wording.checks import DROPS, Wording, checked
from dialogs.wording.placement import Words
from dialogs.wording.request import WordingRequest, wording_request

LIMIT = 6.0
"""Seconds within which an answer is worded, or longer where more is waited for what the model hears."""


class ModelSpeaker:
    """See `bot.turns.listener`."""

    use, drops = ModelUse.SPEAK, DROPS

    def __init__(self, advisor: Advisor, calls: ModelCalls) -> None:
        self.limit = max(LIMIT, calls.limit)
        self._advisor, self._calls = advisor, calls

    async def words(self, before: Conversation, turn: Turn, message: Message) -> Words | None:
        """The words for the answers in a turn; None where there are none, and after any error or limit."""
        request = wording_request(self._advisor, before, turn, message)
        if request is None:
            return None
        read = partial(_read, self._advisor, request)
        wording = await self._calls.ask(ModelUse.SPEAK, request, read, self.limit)
        return (None if wording is None else wording.words(request)) or request.unchanged


def _read(advisor: Advisor, request: WordingRequest, answer: str) -> tuple[Wording | None, Mapping[str, int]]:
    """What of an answer holds, nothing of a text that has not enough of it; and what did not."""
    read = checked(advisor, request, answer)
    if read.sentences is None:
        return None, read.dropped
    said = " ".join(each.text for each in read.sentences)
    enough = request.is_enough(said, kept=len(read.sentences), dropped=sum(read.dropped.values()))
    return read if enough or not said else read._replace(sentences=()), read.dropped
