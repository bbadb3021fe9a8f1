"""Files that wait for consent: Teams asks a person before a bot may save a file for them."""

import secrets
from dataclasses import dataclass
from hashlib import blake2s

from bot.storage.redis_retries import Storage

TTL = 3600
"""Seconds for which a file waits."""


@dataclass(eq=False)
class PendingUploads:
    """Each file has a key that reveals nothing: a hash of the conversation's id and of a token in the file's card."""

    storage: Storage
    prefix: str

    async def keep(self, where: str, name: str, data: bytes) -> str:
        """Stores a file for a conversation; returns the token to find it by."""
        token = secrets.token_hex(16)
        await self.storage.command("SET", self._key(where, token), name.encode() + b"\n" + data, "EX", TTL)
        return token

    async def find(self, where: str, token: str) -> tuple[str, bytes] | None:
        """A file's name and bytes; None if it has expired, or waits in another conversation."""
        found = await self.storage.command("GET", self._key(where, token))
        if found is None:
            return None
        name, _, data = found.partition(b"\n")
        return name.decode(), data

    async def drop(self, where: str, token: str) -> None:
        await self.storage.command("DEL", self._key(where, token))

    def _key(self, where: str, token: str) -> str:
        return f"{self.prefix}:file:{blake2s(f'{where} {token}'.encode(), digest_size=16).hexdigest()}"
