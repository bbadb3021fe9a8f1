"""The keys with which Microsoft signs what it sends to bots.

They are fetched without blocking, kept for a day, and fetched again when a token names an unknown key, since keys are
rotated without notice. If a fetch fails, the old keys stay.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from jwt import PyJWK, PyJWTError

log = logging.getLogger(__name__)

MAX_AGE = 24 * 3600.0
MIN_AGE = 60.0
"""Seconds between two fetches, so that tokens with made-up key ids do not cause a flood of requests to Microsoft."""

MIN_AGE_OF_NONE = 2.0
"""The same while there are no keys at all."""

TIMEOUT = 5.0
"""Seconds to wait for each of the two documents."""

Fetch = Callable[[], Awaitable[Mapping[str, Any]]]
"""Fetches a set of keys; ClientError, TimeoutError or ValueError where that fails."""


class KeysUnavailable(Exception):
    """No keys could be fetched so far, so nothing can be checked."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels that it may sign for."""

    key: PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """The keys by id. `clock` is a clock in seconds that never goes back."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def get(self, key_id: str) -> SigningKey | None:
        """The key with this id; None where Microsoft has none. KeysUnavailable before any could be fetched."""
        if key_id not in self._keys and self._age() > (MIN_AGE if self._keys else MIN_AGE_OF_NONE):
            await asyncio.shield(self._refresh())
        elif self._age() > MAX_AGE:
            self._refresh()
        if not self._keys:
            raise KeysUnavailable
        return self._keys.get(key_id)

    def start(self) -> None:
        """Fetches the keys, so that the first message need not wait."""
        self._refresh()

    async def stop(self) -> None:
        """Gives up a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait({self._fetching})

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else self._clock() - self._fetched_at

    def _refresh(self) -> asyncio.Task[None]:
        """The one fetch that is under way."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._load())
        return self._fetching

    async def _load(self) -> None:
        try:
            found = dict(_keys(await self._fetch()))
        except (ClientError, TimeoutError, ValueError, KeyError) as error:
            log.warning("Microsoft's signing keys could not be fetched (%s); the last good ones stay.", error)
        else:
            self._keys = found or self._keys
        self._fetched_at = self._clock()


def openid_fetch(session: Callable[[], ClientSession], openid: str) -> Fetch:
    """Fetches the keys that an OpenID document points to."""

    async def fetch() -> Mapping[str, Any]:
        document = await _get(session(), openid)
        return await _get(session(), str(document["jwks_uri"]))

    return fetch


async def _get(session: ClientSession, url: str) -> Mapping[str, Any]:
    async with session.get(url, timeout=ClientTimeout(total=TIMEOUT), raise_for_status=True) as response:
        found = await response.json(content_type=None)
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found


def _keys(document: Mapping[str, Any]) -> Iterator[tuple[str, SigningKey]]:
    """Parses each key by itself: an unreadable key must not prevent the others from being refreshed."""
    entries = document.get("keys")
    if not isinstance(entries, list):
        raise ValueError("there is no list of keys")
    for entry in entries:
        if not (isinstance(entry, dict) and entry.get("kty") == "RSA" and isinstance(entry.get("kid"), str)):
            continue
        try:
            yield entry["kid"], SigningKey(PyJWK(entry, algorithm="RS256"), frozenset(entry.get("endorsements", ())))
        except (PyJWTError, ValueError, TypeError) as error:
            log.warning("One of Microsoft's signing keys cannot be read (%s); it is left out.", type(error).__name__)
