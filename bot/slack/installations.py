"""Installations into workspaces, done and under way, in Redis, so that any replica knows them."""

import json
import logging
import secrets
from collections.abc import Callable
from logging import Logger
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.sessions import Storage, StorageUnavailable

KEPT = 400 * 24 * 3600
"""Seconds for which an installation is kept after its last use."""

REMEMBERED = 60.0
"""Seconds for which a process does not ask Redis again: so long may a replica use a token that was given back."""

STATE = 600
"""Seconds for which an installation may be under way."""


class Installations(AsyncInstallationStore):
    """One entry a workspace, or an organisation. `clock` never goes back, in seconds."""

    def __init__(self, storage: Storage, clock: Callable[[], float], prefix: str = "advisor") -> None:
        self._storage = storage
        self._clock = clock
        self._prefix = prefix
        self._known: dict[str, tuple[float, Bot | None]] = {}

    @property
    def logger(self) -> Logger:
        """Where the SDK writes about this store."""
        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Keeps what the bot needs of an installation."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keeps a bot's token and ids."""
        key = self._key(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        entry = json.dumps(bot.to_dict(), default=lambda when: when.isoformat())
        await self._storage.command("SET", key, entry, "EX", KEPT)
        self._known.pop(key, None)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot in a workspace, or in the organisation as a whole; while Redis is away, as far as it is known."""
        key = self._key(enterprise_id, team_id, is_enterprise_install)
        until, known = self._known.get(key, (0.0, None))
        if known is not None and self._clock() < until:
            return known
        try:
            entry = await self._storage.command("GETEX", key, "EX", KEPT)
        except StorageUnavailable:
            if known is None:
                raise
            return known
        bot = None if entry is None else Bot(**json.loads(entry))
        self._known[key] = (self._clock() + REMEMBERED, bot)
        return bot

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forgets a workspace, and the organisation's installation where that is the one."""
        for whole in (False, True):
            key = self._key(enterprise_id, team_id, whole)
            await self._storage.command("DEL", key)
            self._known.pop(key, None)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """People's own tokens are not kept, so there is nothing to forget."""

    def _key(self, enterprise: str | None, team: str | None, whole: bool | None) -> str:
        return f"{self._prefix}:slack:bot:{enterprise or '-'}:{'-' if whole else team or '-'}"


class States(AsyncOAuthStateStore):
    """What proves that an installation that comes back from Slack was begun here. Each works once."""

    def __init__(
        self,
        storage: Storage,
        prefix: str = "advisor",
        new_state: Callable[[], str] = lambda: secrets.token_urlsafe(24),
    ) -> None:
        self._storage = storage
        self._prefix = prefix
        self._new_state = new_state

    @property
    def logger(self) -> Logger:
        """Where the SDK writes about this store."""
        return logging.getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """A new state."""
        state = self._new_state()
        await self._storage.command("SET", self._key(state), "1", "EX", STATE)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued, not long ago, and not used yet."""
        return bool(await self._storage.command("DEL", self._key(state)))

    def _key(self, state: str) -> str:
        return f"{self._prefix}:slack:state:{state}"
