"""Workspaces that refuse `data_table`, a new block: they get the plain table.

Slack rolls new blocks out workspace by workspace, and answers `invalid_blocks` elsewhere. A refusal is stored in Redis
for a day, under a key of the workspace. Each process reads it at most once a minute, and only for a turn with a table.
"""

import logging
from collections.abc import Callable

from bot.slack.events import Workspace
from bot.slack.web_api_errors import status_and_reason
from bot.storage.errors import StorageUnavailable
from bot.storage.redis_retries import Storage

log = logging.getLogger(__name__)

REFUSAL_TTL = 24 * 60 * 60
"""Seconds for which a workspace gets plain tables once it has refused one of the other kind."""

CACHE_TTL = 60.0
"""Seconds for which a process uses what it last read."""

_REFUSED = "invalid_blocks"


class RefusedBlocks:
    """The refusals of each workspace, as far as known. Without a storage only this process knows them.

    `clock` gives seconds and never goes back.
    """

    def __init__(self, storage: Storage | None, prefix: str, clock: Callable[[], float]) -> None:
        self._storage = storage
        self._prefix = prefix
        self._clock = clock
        self._known: dict[str, tuple[float, bool]] = {}

    async def refuses(self, workspace: Workspace) -> bool:
        """Whether this workspace gets plain tables. If Redis is away, the last known answer."""
        until, refused = self._known.get(workspace.owner, (0.0, False))
        if self._clock() < until:
            return refused
        if self._storage is not None:
            try:
                refused = await self._storage.command("GET", self._key(workspace)) is not None
            except StorageUnavailable:
                log.info("could not look up whether a workspace refuses data tables")
        self._known[workspace.owner] = self._clock() + CACHE_TTL, refused
        return refused

    async def note(self, workspace: Workspace) -> None:
        log.info("A workspace does not accept data tables; it gets plain ones for a day.")
        self._known[workspace.owner] = self._clock() + CACHE_TTL, True
        if self._storage is not None:
            try:
                await self._storage.command("SET", self._key(workspace), "1", "EX", REFUSAL_TTL)
            except StorageUnavailable:
                log.info("could not save that a workspace refuses data tables; only this process knows it")

    def _key(self, workspace: Workspace) -> str:
        return f"{self._prefix}:slack:plain_tables:{workspace.owner}"


def is_refusal(error: Exception) -> bool:
    """Whether an error says that Slack does not accept the blocks."""
    return status_and_reason(error)[1] == _REFUSED
