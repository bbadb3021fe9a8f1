"""The interfaces of an organisation's language model, which listens along and words answers."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Protocol, TypeVar

from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.message import Message
from dialogs.turn import Turn
from dialogs.wording.placement import Words

log = logging.getLogger(__name__)

GRACE = 1.0
"""Seconds for which a language model is waited for beyond its own limit, should it not keep that."""

Answer = TypeVar("Answer")


class Listener(Protocol):
    """Hears which commands a typed text asks for."""

    limit: float
    """Seconds within which it hears."""

    def wanted(self, conversation: Conversation, message: Message) -> bool:
        """Whether the model is to be asked about a message; quick and pure."""

    async def heard(self, conversation: Conversation, message: Message) -> tuple[Command, ...] | None:
        """What it hears; None where there is no usable answer within its limit."""


class Speaker(Protocol):
    """Words answers to what was asked, from facts that code chose."""

    limit: float
    """Seconds within which it has words."""

    async def words(self, before: Conversation, turn: Turn, message: Message) -> Words | None:
        """The words of the answers in a turn; None where there are none within its limit."""


async def within(limit: float, answer: Awaitable[Answer]) -> Answer | None:
    """What a language model answers; None after any error, and where it does not keep its limit in seconds."""
    try:
        async with asyncio.timeout(limit + GRACE):
            return await answer
    except TimeoutError:
        log.warning("a language model did not keep its limit")
    except Exception:
        log.exception("a language model could not be asked")
    return None
