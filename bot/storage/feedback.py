"""Feedback and questions without an answer: what `advisor report` shows of them, kept under keyed hashes of people.

Both are hashes of JSON, by person and subject. Each has a sorted set of times, by the server's clock, from which old
records are found. The key of the hashes is in Redis as well: all replicas need the same one, for as long as the
records; see decision 094.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2s
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.storage.place import Place
from bot.storage.redis_retries import Storage, Value
from bot.storage.scripts import feedback as scripts
from dialogs.message import RESULT, Rating

FEEDBACK_TTL = timedelta(days=90)
"""For how long feedback is kept, after its last press."""

UNANSWERED_TTL = timedelta(days=30)
"""For how long the text of a question without an answer is kept."""

_KEY_TTL = timedelta(days=400)
"""For how long the key is kept after its last use: longer than anything that is kept under it."""

_MAX_RATINGS, _MAX_TEXTS = 20_000, 5_000
"""Most records that are kept; then the oldest are dropped."""


@dataclass(frozen=True, slots=True)
class StoredRating:
    """Somebody's last press about one thing."""

    about: str
    up: bool
    note: str
    at: int


@dataclass(frozen=True, slots=True)
class UnansweredText:
    """A question without an answer, as it is kept; `at` is in seconds since 1970."""

    text: str
    at: int


Record = TypeVar("Record")


class FeedbackStore:
    """Keeps feedback and questions without an answer. StorageUnavailable and CorruptRecord as from `Storage`."""

    def __init__(self, storage: Storage, *, prefix: str) -> None:
        self._storage = storage
        tag = f"{prefix}:{{{prefix}:feedback}}"
        self._key = f"{tag}:key"
        self._ratings = _Records(storage, f"{tag}:ratings", StoredRating, FEEDBACK_TTL, _MAX_RATINGS)
        self._texts = _Records(storage, f"{tag}:unanswered", UnansweredText, UNANSWERED_TTL, _MAX_TEXTS)

    async def rate(self, channel: str, place: Place, person: str, rating: Rating, at: int) -> bool:
        """Stores a press in place of the previous one on the same subject; False if it was the same."""
        who = await self._who(channel, place.scope, person)
        changed = False
        for about in rating.about:
            thing = about
            if about.startswith(f"{RESULT}:"):
                # One conversation has one result at a time, whichever verdict that is.
                thing = f"{RESULT}:{_digest(f'{place.space} {place.thread} {rating.begun}')}"
            before = await self._ratings.put(f"{who}:{thing}", StoredRating(about, rating.up, rating.note, at))
            changed |= before is None or replace(before, at=at) != StoredRating(about, rating.up, rating.note, at)
        return changed

    async def add_unanswered(self, channel: str, place: Place, person: str, message: str, text: str, at: int) -> None:
        """Stores a text that the advisor had no answer to; `message` is the id of its message."""
        who = await self._who(channel, place.scope, person)
        await self._texts.put(f"{who}:{_digest(f'{place.space} {message}')}", UnansweredText(text, at))

    async def forget(self, channel: str, scope: str, person: str) -> None:
        """Removes what is kept of a person within a workspace or tenant (`Place.scope`)."""
        key: bytes | None = await self._storage.command("GET", self._key)
        if key is None:  # nothing is kept of anybody
            return
        who = _name(key, channel, scope, person)
        await self._ratings.forget(f"{who}:")
        await self._texts.forget(f"{who}:")

    async def ratings(self) -> tuple[StoredRating, ...]:
        """All feedback; what cannot be read is left out."""
        return await self._ratings.all()

    async def unanswered(self) -> tuple[UnansweredText, ...]:
        """All questions without an answer; what cannot be read is left out."""
        return await self._texts.all()

    async def _who(self, channel: str, scope: str, person: str) -> str:
        """A person in a workspace or tenant, so that only who has the key can tell who it is."""
        key: bytes = await self._storage.script(
            scripts.KEY, [self._key], [secrets.token_hex(32), _KEY_TTL // timedelta(milliseconds=1)], confirm=True
        )
        return _name(key, channel, scope, person)


class _Records(Generic[Record]):
    """Records by name, each kept for `keep` after it was stored, `most` at a time."""

    def __init__(self, storage: Storage, name: str, kind: type[Record], keep: timedelta, most: int) -> None:
        self._storage = storage
        self._keys = [name, f"{name}:times"]
        self._form = TypeAdapter(kind)
        self._keep = int(keep.total_seconds())
        self._most = most

    async def put(self, name: str, record: Record) -> Record | None:
        """Stores a record; returns the previous one, if there was any that can be read."""
        values: list[Value] = [name, self._form.dump_json(record), self._keep, self._most, self._keep * 1000]
        return self._read(await self._storage.script(scripts.PUT, self._keys, values, confirm=True))

    async def all(self) -> tuple[Record, ...]:
        found = await self._storage.script(scripts.ALL, self._keys, [self._keep, self._most])
        return tuple(record for record in map(self._read, found[1::2]) if record is not None)

    def _read(self, stored: bytes) -> Record | None:
        try:
            return self._form.validate_json(stored)
        except ValidationError:
            return None

    async def forget(self, begin: str) -> None:
        """Removes records whose names have this prefix."""
        await self._storage.script(scripts.FORGET, self._keys, [begin], confirm=True)


def _name(key: bytes, channel: str, scope: str, person: str) -> str:
    return hmac.digest(key, f"{channel}\n{scope}\n{person}".encode(), "sha256").hex()[:32]


def _digest(text: str) -> str:
    return blake2s(text.encode(), digest_size=12).hexdigest()
