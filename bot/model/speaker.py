"""Has a language model word the answers in a turn. Whatever goes wrong, the built-in answers are left."""

import time
from asyncio import gather
from collections.abc import Callable, Mapping
from functools import partial, reduce

from bot.config.setting_types import ModelUse
from bot.model.calls import ModelCalls
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message
from dialogs.turn import Turn
from dialogs.wording.answer import Wording, checked
from dialogs.wording.checks import DROPS
from dialogs.wording.placement import Words
from dialogs.wording.request import WordingRequest, wording_requests

LIMIT = 6.0
"""Seconds within which an answer is worded, or longer where more is waited for what the model hears."""


class ModelSpeaker:
    """See `bot.turns.listener`."""

    use, drops = ModelUse.SPEAK, DROPS

    def __init__(self, advisor: Advisor, calls: ModelCalls, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = max(LIMIT, calls.limit)
        self._advisor, self._calls, self._clock = advisor, calls, clock

    async def words(self, before: Conversation, turn: Turn, message: Message) -> Words | None:
        """The words for the answers in a turn; None where there are none, and after any error or limit."""
        requests = wording_requests(self._advisor, before, turn, message)
        return reduce(Words.beside, await gather(*map(self._words, requests)), Words()) or None

    async def _words(self, request: WordingRequest) -> Words:
        """What does not hold is asked for once more, if that can be expected within the limit."""
        if request.is_only_shown:
            return request.unworded
        began = self._clock()
        wording = await self._asked(request, self.limit)
        took = self._clock() - began
        if wording is not None and wording.dropped and 2 * took <= self.limit:
            again = await self._asked(request.again(wording.tried), self.limit - took)
            wording = wording if again is None or again.held < wording.held else again
        return (None if wording is None else wording.words(request)) or request.unworded

    async def _asked(self, request: WordingRequest, limit: float) -> Wording | None:
        return await self._calls.ask(ModelUse.SPEAK, request, partial(_read, self._advisor, request), limit)


def _read(advisor: Advisor, request: WordingRequest, answer: str) -> tuple[Wording | None, Mapping[str, int]]:
    """What of an answer holds, and what did not."""
    read = checked(advisor, request, answer)
    return None if read.sentences is None else read, read.dropped
