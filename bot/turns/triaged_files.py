"""Sends a file of ideas back with a verdict for each row, once, through the outbox.

Its ideas are on the board by then; this is the file itself, with its columns. It is triaged in a thread. If the
process is killed meanwhile, another one fetches the file again.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.batch.csv_columns import BadFile
from bot.batch.file_triage import TriagedFile, triage_file
from bot.storage.errors import StorageUnavailable
from bot.storage.message_claims import AlreadyHandled
from bot.storage.outbox import Lease
from bot.storage.outbox_entry import FileJob, OutboxEntry, new_token
from bot.storage.place import Place
from bot.storage.stores import Stores, conversation_in
from bot.turns.channel import Surface, TryLater, Undeliverable, said
from bot.turns.file_message import FileSource, PendingFile
from bot.turns.workers import WorkerPool
from dialogs.advisor import Advisor
from dialogs.message import Message, Typed
from dialogs.view import File, Line

log = logging.getLogger(__name__)

_MAX_LINES_NAMED = 10


@dataclass(eq=False)
class TriagedFiles:
    """Triages files and sends them back, one at a time in this process."""

    advisor: Advisor
    stores: Stores
    pool: WorkerPool
    _one: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def note(
        self, channel: str, place: Place, address: Mapping[str, str], message: Message, file: FileSource, data: bytes
    ) -> PendingFile | None:
        """Adds an outbox entry for a file, before its message has its effect; None if there is one already."""
        about = message._replace(id=f"file:{message.id}", content=Typed(""), fingerprint=None)
        job = FileJob(file.name, file.url, message.id)
        entry = OutboxEntry(channel, place, address, about, new_token(), file=job)
        try:
            await self.stores.message_claims.claim(entry)
            return PendingFile(job, await self.stores.outbox.add(entry), data)
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
                    await self._send(file.job, surface, file.data)
            await self.stores.outbox.acknowledge(entry)
        except (TryLater, StorageUnavailable) as error:
            log.warning("a triaged file waits: %s", error)
        except Exception:
            log.exception("a file could not be sent back")

    async def send_again(self, lease: Lease, job: FileJob, surface: Surface) -> bool:
        """Sends back a file that a dead process did not; returns whether anything was sent.

        Nothing where the message that the file came with had no effect.
        """
        conversation = conversation_in(await self.stores.sessions.load(lease.entry.place))
        if conversation is None or not conversation.has_seen(job.source):
            return False
        with lease.kept():
            await self._send(job, surface)
        return True

    async def _send(self, job: FileJob, surface: Surface, data: bytes | None = None) -> None:
        """Sends a file back, which is fetched where its `data` are not at hand; or says why that is not possible."""
        try:
            if data is None:
                data = await surface.fetch(job.name, job.url)
            async with self._one:
                file = await self.pool.run(triage_file, job.name, data, self.advisor.knowledge)
            await surface.post_file(File(file.name, file.data, self._told(file)))
        except (BadFile, Undeliverable) as error:
            reason = str(error)
            if isinstance(error, Undeliverable):
                log.error("a triaged file cannot be sent: %s", error)
                reason = f"{error.reason or error}."
            with suppress(Undeliverable):
                line = self.advisor.catalogue.line("file_unsent", name=job.name, reason=reason)
                await surface.post(said(line))

    def _told(self, file: TriagedFile) -> Line:
        """What is said beside a file."""
        line = self.advisor.catalogue.line
        if not file.bad:
            return line("file_judged", count=file.rows)
        named = ", ".join(map(str, file.bad[:_MAX_LINES_NAMED])) + (", …" if len(file.bad) > _MAX_LINES_NAMED else "")
        return line("file_judged_partly", count=file.rows, bad=len(file.bad), lines=named)
