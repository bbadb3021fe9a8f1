"""Sends a file of ideas back with a verdict for each row, once, through the outbox.

Its ideas are on the board by then; this is the file itself, with its columns. It is triaged in a thread; for a long
file a message shows the progress. If the process is killed meanwhile, another one fetches the file again.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.batch.file_triage import TriagedFile, triage_file
from bot.batch.idea_file import BadFile
from bot.storage.errors import StorageUnavailable
from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import FileJob, OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Surface, TryLater, Undeliverable
from bot.turns.posted_view import FilePoster
from bot.turns.workers import WorkerPool
from dialogs.advisor import Advisor
from dialogs.message import Message, Typed
from dialogs.view import Paragraph, View
from knowledge.interfaces import Knowledge

log = logging.getLogger(__name__)

PROGRESS_ABOVE = 50
"""Rows above which a message shows the progress."""

EDIT_INTERVAL = 1.0
"""Seconds between two edits of that message."""

_MAX_LINES_NAMED = 10


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file that is to come back with verdicts, and the lease of its entry in the outbox."""

    lease: Lease
    data: bytes


FileTriage = Callable[[str, bytes, Knowledge, Callable[[int, int], None]], TriagedFile]


@runtime_checkable
class FileSurface(FilePoster, Protocol):
    """A surface where files go in and out."""

    async def fetch(self, name: str, url: str) -> bytes:
        """A file that somebody sent there. TryLater, Undeliverable or BadFile."""


@dataclass(eq=False)
class TriagedFiles:
    """Triages files and sends them back, one at a time in this process. `every`: seconds between two edits."""

    advisor: Advisor
    stores: Stores
    pool: WorkerPool
    every: float = EDIT_INTERVAL
    triage: FileTriage = triage_file
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def note(
        self, channel: str, place: Place, address: Mapping[str, str], message: Message, name: str, url: str
    ) -> Lease | None:
        """Adds an outbox entry for a file, before its message has its effect; None if there is one already. `url` is
        where it was fetched."""
        about = message._replace(id=f"file:{message.id}", content=Typed(""), fingerprint=None)
        entry = OutboxEntry(channel, place, address, about, secrets.token_hex(6), file=FileJob(name, url, message.id))
        try:
            await self.stores.message_claims.claim(entry)
            return await self.stores.outbox.add(entry)
        except AlreadyHandled:
            return None
        except StorageUnavailable as error:  # the message will not be processed either
            log.warning("a file will not come back: %s", error)
            return None

    async def settle(self, file: PendingFile, surface: Surface, taken: bool) -> None:
        """Triages a file and sends it back. What the platform does not accept for now stays in the outbox. Removes the
        entry of one whose message was refused (`taken` false); if that fails, `send_again` sends nothing."""
        entry = file.lease.entry
        try:
            if taken:
                with file.lease.kept():
                    await self._send(entry, surface, file.data, shows_progress=True)
            await self.stores.outbox.acknowledge(entry)
        except (TryLater, StorageUnavailable) as error:
            log.warning("a triaged file waits: %s", error)

    async def send_again(self, lease: Lease, surface: Surface) -> bool:
        """Sends back a file that a dead process did not; returns whether anything was sent.

        Nothing where the message that the file came with had no effect.
        """
        job = lease.entry.file
        conversation = conversation_in(await self.stores.sessions.load(lease.entry.place))
        if job is None or conversation is None or not conversation.has_seen(job.source):
            return False
        if not isinstance(surface, FileSurface):
            return False
        with lease.kept():
            try:
                data = await surface.fetch(job.name, job.url)
            except BadFile as error:
                await surface.post(self._line("file_unsent", name=job.name, reason=str(error)))
                return True
            await self._send(lease.entry, surface, data, shows_progress=False)
        return True

    async def _send(self, entry: OutboxEntry, surface: Surface, data: bytes, *, shows_progress: bool) -> None:
        name = entry.file.name if entry.file else ""
        if not isinstance(surface, FileSurface):
            return
        try:
            async with self._one:
                progress = _Progress(surface, self.every, self._line) if shows_progress else None
                file = await self._triaged(name, data, progress)
            await surface.post_file(file, self._done(file))
            if progress is not None:
                await progress.finished(file)
        except BadFile as error:
            await surface.post(self._line("file_unsent", name=name, reason=str(error)))
        except Undeliverable as error:
            log.error("a triaged file cannot be sent: %s", error)
            with suppress(Undeliverable):
                await surface.post(self._line("file_unsent", name=name, reason=f"{error.reason or error}."))

    async def _triaged(self, name: str, data: bytes, progress: "_Progress | None") -> TriagedFile:
        tell = progress.note if progress is not None else (lambda done, total: None)
        triaging = asyncio.ensure_future(self.pool.run(self.triage, name, data, self.advisor.knowledge, tell))
        while progress is not None and not (await asyncio.wait({triaging}, timeout=self.every))[0]:
            await progress.show()
        return await triaging

    def _done(self, file: TriagedFile) -> View:
        if not file.bad:
            return self._line("file_judged", count=file.rows)
        named = ", ".join(map(str, file.bad[:_MAX_LINES_NAMED])) + (", …" if len(file.bad) > _MAX_LINES_NAMED else "")
        return self._line("file_judged_partly", count=file.rows, bad=len(file.bad), lines=named)

    def _line(self, key: str, **values: str | int) -> View:
        return View((Paragraph(self.advisor.catalogue.line(key, **values)),))


class _Progress:
    """A message that shows the progress by edits. It is posted only for a long file."""

    def __init__(self, surface: Surface, every: float, line: Callable[..., View]) -> None:
        self._surface = surface
        self._line = line
        self._done = self._total = self._shown = 0
        self._card: Card | None = None

    def note(self, done: int, total: int) -> None:
        """Called in another thread for each row."""
        self._done, self._total = done, total

    async def show(self) -> None:
        """Shows the progress, if there is any since the last edit."""
        done, total = self._done, self._total
        if total <= PROGRESS_ABOVE or done == self._shown:
            return
        self._shown = done
        await self._put(self._line("file_progress", done=done, total=total))

    async def finished(self, file: TriagedFile) -> None:
        """Shows the end, if the message was posted."""
        if self._card is not None:
            await self._put(self._line("file_progress_done", total=file.rows))

    async def _put(self, view: View) -> None:
        try:
            if self._card is None:
                self._card = await self._surface.post(view)
            else:
                await self._surface.edit(self._card, view)
        except (TryLater, Undeliverable) as error:  # the file itself is what counts
            log.info("the progress of a file could not be shown: %s", error)
