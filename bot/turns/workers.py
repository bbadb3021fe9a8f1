"""Worker threads for long work, so that the event loop goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.limits import bounded, cost
from dialogs.message import Message, Typed, text_of
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.understanding.lists import read_ahead

_SHORT = 100
"""Characters of a text that is read at once: a command, an answer."""

T = TypeVar("T")


class WorkerPool:
    """Threads with a bounded queue: whoever adds work asks first whether it is `full`.

    `most` is what may be under way or wait, weighed by cost (`dialogs.limits.cost`): nobody waits long behind a few
    costly texts.
    """

    def __init__(self, name: str, threads: int, most: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = most
        self._under_way = 0

    @property
    def full(self) -> bool:
        """Whether as much is under way or waits as is taken."""
        return self._under_way >= self._most

    async def run(self, work: Callable[..., T], *arguments: object, weight: int = 1) -> T:
        """The result of work that is done in a thread."""
        self._under_way += weight
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._under_way -= weight


@dataclass(frozen=True)
class Workers:
    """The threads of a service. Texts and files have a pool each, as neither should wait for the other."""

    texts: WorkerPool = field(default_factory=lambda: WorkerPool("texts", threads=2, most=64))
    files: WorkerPool = field(default_factory=lambda: WorkerPool("files", threads=2, most=16))


def is_long(message: Message) -> bool:
    text, given = text_of(message), isinstance(message.content, Typed) and bool(message.content.ideas)
    return given or len(text) > _SHORT or bounded(text).is_list


async def responded(texts: WorkerPool, advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """The turn of a message (`dialogs.respond`), in a thread if it is long work."""
    if is_long(message):
        await texts.run(list, read_ahead(advisor, conversation, text_of(message)), weight=cost(text_of(message)))
        return await texts.run(respond, advisor, conversation, message)
    return respond(advisor, conversation, message)
