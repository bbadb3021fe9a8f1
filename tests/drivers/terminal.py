"""The terminal: lines in, text out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from bot.storage.place import Place
from bot.terminal.chat import TerminalChat
from bot.terminal.text import Screen
from bot.turns.service import Service
from dialogs import catalogue
from dialogs.message import Person

_MENU = frozenset(["why", "back", "restart", "cancel", "skip"])
NOON = 1_795_000_000


class TerminalDriver:
    """One person's terminal; whoever speaks, it is the same keyboard."""

    def __init__(self, service: Service) -> None:
        ids = count(1)
        clock = count(NOON, 30)
        self._written: list[str] = []
        self._chat = TerminalChat(
            service=service,
            catalogue=catalogue.load(),
            place=Place("terminal:ana", "driver"),
            person=Person("ana", "ana"),
            screen=Screen(),
            write=self._written.append,
            clock=lambda: next(clock),
            new_id=lambda: f"line-{next(ids)}",
        )

    async def say(self, who: str, text: str, aside: bool = False) -> str:
        """Types a line. All that is typed in a terminal is for the advisor."""
        before = len(self._written)
        await self._chat.handle_line(text)
        return "\n".join(self._written[before:])

    def standing(self, who: str) -> list[str]:
        """All that was written stays."""
        return list(self._written)

    async def press(self, who: str, button: str, old: bool = False) -> str:
        """Types the number that stands for the button, or a menu's word. What has scrolled away cannot be pressed."""
        shown = {action.id: number for number, action in self._chat.numbers.items()}
        if not old and button in _MENU:
            return await self.say(who, button)
        if old or button not in shown:
            raise LookupError(f"no button {button}; there are: {', '.join(shown)}")
        return await self.say(who, str(shown[button]))


@asynccontextmanager
async def terminal(service: Service) -> AsyncIterator[TerminalDriver]:
    """A terminal in which nothing has been typed."""
    yield TerminalDriver(service)
