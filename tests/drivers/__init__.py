"""Drivers play one conversation on one channel, as the people in it would, and tell what they see.

A channel's driver goes through the channel's real endpoint: signed requests for Slack, activities for Teams, lines of
input for the terminal. `CHANNELS` names, for each channel, the function that opens its driver:

    @asynccontextmanager
    async def opened(service: Service) -> AsyncIterator[Driver]
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from typing import Protocol

from bot.turns.service import Service


class Driver(Protocol):
    """One conversation that nobody has written in yet.

    `say` and `press` return, as one text, what became visible by the step: messages posted, messages edited and what
    only the sender is shown, each with its buttons' labels, as a person reads them. Nothing new: the empty string.
    """

    async def say(self, who: str, text: str, aside: bool = False) -> str:
        """A person types. The bot is spoken to, with a mention where the channel needs one, unless it is an aside."""

    def standing(self, who: str) -> list[str]:
        """What the bot's messages say now, oldest first, as this person sees them."""

    async def press(self, who: str, button: str, old: bool = False) -> str:
        """A person presses the button with this id, such as `answer:data:yes`, on the newest message that has it.

        `old`: on the oldest one, as it was first shown. LookupError, naming what there is, where no message has it.
        """


Opened = Callable[[Service], AbstractAsyncContextManager[Driver]]

CHANNELS = {
    "terminal": "tests.drivers.terminal:terminal",
    "slack channel": "tests.drivers.slack:channel",
    "slack direct message": "tests.drivers.slack:direct_message",
    "teams personal": "tests.drivers.teams:personal",
    "teams group": "tests.drivers.teams:group",
    "teams channel": "tests.drivers.teams:channel",
}
"""Where each channel's driver is opened; imported only when that channel plays."""


def opener(channel: str) -> Opened:
    """The function that opens the driver of a channel."""
    module, name = CHANNELS[channel].split(":")
    opened: Opened = getattr(import_module(module), name)
    return opened
