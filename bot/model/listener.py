"""Asks a language model what a line asks for. Whatever goes wrong, the built-in understanding is left."""

from functools import partial

from bot.config.setting_types import ModelUse
from bot.model.calls import ModelCalls
from bot.model.endpoint import Outcome
from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import Conversation, migrate
from dialogs.limits import bounded
from dialogs.message import Message, text_of
from dialogs.understanding.model.answer import DROPS, commands_in
from dialogs.understanding.model.eligibility import line_for_model
from dialogs.understanding.model.request import Requests


class ModelListener:
    """See `bot.turns.listener`. `always`: it is asked as well where the built-in understanding is sure."""

    use, outcomes, drops = ModelUse.LISTEN, tuple(Outcome), DROPS

    def __init__(self, advisor: Advisor, calls: ModelCalls, *, always: bool = False) -> None:
        self.limit = calls.limit
        self._advisor, self._calls, self._always = advisor, calls, always
        self._requests = Requests(advisor)

    def wanted(self, conversation: Conversation, message: Message) -> bool:
        """Whether the model is to be asked about a message."""
        if self._calls.paused:
            return False
        return bool(line_for_model(self._advisor, conversation, message, always=self._always))

    async def heard(self, conversation: Conversation, message: Message) -> tuple[Command, ...] | None:
        """What it hears; None after any error or limit."""
        current = migrate(self._advisor.pack, conversation)[0]
        request = self._requests.about(current, bounded(text_of(message)).text)
        read = partial(commands_in, self._advisor, current, request.line)
        return await self._calls.ask(ModelUse.LISTEN, request, read)
