"""Files that wait for somebody's word before they are sent: Teams asks a person before a bot may save one for them."""

import secrets
from collections.abc import Callable
from hashlib import blake2s

from bot.storage.redis import Storage

TTL = 3600
"""Seconds for which a file waits."""


class PendingUploads:
    """Each under a key that tells nothing of it, made of where it waits and of a token that its card carries."""

    def __init__(
        self, storage: Storage, *, prefix: str, new_token: Callable[[], str] = lambda: secrets.token_hex(16)
    ) -> None:
        self._storage = storage
        self._prefix = prefix
        self._new_token = new_token

    async def keep(self, where: str, name: str, data: bytes) -> str:
        """Keeps a file for a conversation; the token to have it by."""
        token = self._new_token()
        await self._storage.command("SET", self._key(where, token), name.encode() + b"\n" + data, "EX", TTL)
        return token

    async def find(self, where: str, token: str) -> tuple[str, bytes] | None:
        """A file's name and bytes; None where it waits no longer, or somewhere else."""
        found = await self._storage.command("GET", self._key(where, token))
        if found is None:
            return None
        name, _, data = found.partition(b"\n")
        return name.decode(), data

    async def drop(self, where: str, token: str) -> None:
        """Removes a file."""
        await self._storage.command("DEL", self._key(where, token))

    def _key(self, where: str, token: str) -> str:
        return f"{self._prefix}:file:{blake2s(f'{where} {token}'.encode(), digest_size=16).hexdigest()}"
