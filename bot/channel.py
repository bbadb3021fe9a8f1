"""What every channel that is served has in common."""

from collections.abc import Awaitable, Sequence
from typing import Protocol

from aiohttp.web import AbstractRouteDef

from bot.due import Debt
from bot.surface import Surface


class Channel(Protocol):
    """A channel that is on."""

    @property
    def routes(self) -> Sequence[AbstractRouteDef]:
        """What it serves over HTTP; may be empty."""

    def start(self) -> Awaitable[None]:
        """Awaited before the first request is served."""

    def stop(self) -> Awaitable[None]:
        """Awaited after the last request; ends within a few seconds."""

    def surface(self, debt: Debt) -> Surface:
        """Where a reply that is owed goes."""
