"""A message with a file of ideas: the file is fetched and read before the turn, and travels with the message."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.batch.csv_columns import BadFile
from bot.batch.idea_file import MAX_BYTES, IdeaFile, check_size, read_idea_file
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import FileJob
from bot.turns.channel import Surface
from bot.turns.workers import WorkerPool
from dialogs.advisor import Advisor
from dialogs.message import Message, Typed, text_of

if TYPE_CHECKING:
    from aiohttp import ClientResponse

FETCH_TIMEOUT = 5.0
"""Seconds for fetching a file. A platform that gets no answer in time sends the message again; its effect is still one.
"""

READ_TIMEOUT = 10.0
"""Seconds for reading it."""

_CHUNK = 1 << 14


class FileSource(NamedTuple):
    """A file that came with a message: its name, where it is, and its size in bytes, 0 where that is not known."""

    name: str
    url: str
    size: int = 0


class PendingFile(NamedTuple):
    """A file that is to come back with verdicts, as its entry in the outbox has it, and the lease of that."""

    job: FileJob
    lease: Lease
    data: bytes


@dataclass(frozen=True)
class FileMessages:
    """Reads files, in threads of `pool`, so that nobody else waits for them. `clock` gives seconds."""

    advisor: Advisor
    pool: WorkerPool
    clock: Callable[[], float] = time.monotonic

    async def with_file(self, message: Message, file: FileSource, surface: Surface) -> tuple[Message, bytes | None]:
        """The message with the content of a file that was sent to a surface, and the file; or with the reason why it
        can't be used, and None."""
        name = file.name
        try:
            check_size(file.size)
            async with asyncio.timeout(FETCH_TIMEOUT):
                data = await surface.fetch(name, file.url)
            if self.pool.full:
                raise BadFile("I have many files to read just now. Send it again in a minute.")
            found = await self.pool.run(self._read, name, data)
        except (BadFile, TimeoutError) as error:
            late = "It took too long to fetch. Send it again, or paste the lines."
            problem = f"{name}: {error if isinstance(error, BadFile) else late}"
            return message._replace(content=Typed(text_of(message), problems=(problem,))), None
        left_out = (f"{found.left_out} ideas at the end were too many.",) if found.left_out else ()
        content = Typed(text_of(message), found.ideas, (*found.problems, *left_out))
        return message._replace(content=content), data if found.ideas else None

    def _read(self, name: str, data: bytes) -> IdeaFile:
        until = self.clock() + READ_TIMEOUT

        def check_time() -> None:
            if self.clock() > until:
                raise BadFile("It took too long to read. Send fewer lines, or shorter ones.")

        found = read_idea_file(name, data, self.advisor.pack, check_time)
        for idea in found.ideas:
            for _ in self.advisor.flows.board.read_ahead(idea.text):
                check_time()
        return found


async def limited_body(response: "ClientResponse") -> bytes:
    """The body of a response; BadFile as soon as it is too long, whatever its headers say."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        check_size(len(body) if len(body) > MAX_BYTES else 0)
    return bytes(body)
