"""Asks a language model what a line asks for. Whatever goes wrong, the built-in understanding is left."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from bot.model.endpoint import Called, Outcome
from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import Conversation, migrate
from dialogs.limits import bounded
from dialogs.message import Message, text_of
from dialogs.understanding.model.answer import DROPS, Answer, commands_in
from dialogs.understanding.model.eligibility import line_for_model
from dialogs.understanding.model.request import Request, request_for

log = logging.getLogger(__name__)

FAILURES, PAUSE = 3, 60.0
"""After so many failures in a row nothing is asked for so many seconds."""

Count = Callable[[str, float, int, int, Mapping[str, int]], None]
"""Is told of each call: outcome, seconds, tokens in and out, dropped commands by reason."""


class Caller(Protocol):
    """An endpoint that can be called."""

    async def call(self, request: Request) -> Called:
        """Never raises; ends within its limit."""


class ModelListener:
    """See `bot.turns.listener`. `always`: it is asked as well where the built-in understanding is sure. `clock` gives
    seconds that only grow.
    """

    outcomes, drops = tuple(Outcome), DROPS

    def __init__(
        self,
        advisor: Advisor,
        endpoint: Caller,
        count: Count = lambda *_: None,
        *,
        always: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._advisor = advisor
        self._endpoint = endpoint
        self._count = count
        self._always = always
        self._clock = clock
        self._failed = 0
        self._until = 0.0

    def wanted(self, conversation: Conversation, message: Message) -> bool:
        """Whether the model is to be asked about a message."""
        if self._clock() < self._until:
            return False
        return bool(line_for_model(self._advisor, conversation, message, always=self._always))

    async def heard(self, conversation: Conversation, message: Message) -> tuple[Command, ...] | None:
        """What it hears; None after any error or limit."""
        if self._clock() < self._until:
            return None
        try:
            answer = await self._ask(migrate(self._advisor.pack, conversation)[0], bounded(text_of(message)).text)
        except Exception:
            log.exception("what the language model heard could not be read")
            answer = None
        failed = answer is None or answer.commands is None
        self._failed = self._failed + 1 if failed else 0
        if self._failed >= FAILURES:
            log.warning("the language model failed %d times in a row; it is not asked for %d s", FAILURES, PAUSE)
            self._failed, self._until = 0, self._clock() + PAUSE
        return None if answer is None else answer.commands

    async def _ask(self, conversation: Conversation, text: str) -> Answer | None:
        began, request = self._clock(), request_for(self._advisor, conversation, text)
        called = await self._endpoint.call(request)
        answer, outcome = None, called.outcome
        if outcome is Outcome.ANSWERED:
            answer = commands_in(self._advisor, conversation, request.line, called.text)
            outcome = Outcome.INVALID if answer.commands is None else outcome
        dropped = {} if answer is None else answer.dropped
        self._count(outcome, self._clock() - began, called.tokens_in, called.tokens_out, dropped)
        return answer
