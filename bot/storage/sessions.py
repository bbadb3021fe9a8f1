"""Conversations: load, compare-and-set, record of delivery. One command each, so one round trip each."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.storage import record, scripts
from bot.storage.errors import CorruptRecord
from bot.storage.place import Place
from bot.storage.record import FIELDS, Card, Saved, Stored
from bot.storage.redis import Call, Storage, Value

PREFIX = "advisor"


class Sessions:
    """Keeps conversations, each for `ttl` after its last save.

    Loading does not extend the time: what others write in a thread must not keep a conversation that nobody goes on
    with. `schema` is the version of the documents that this process writes and the highest that it reads. A wrong kind
    of value under a key, or one that is not ours, is CorruptRecord; Redis out of reach is StorageUnavailable.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        schema: int,
        ttl: timedelta,
        prefix: str = PREFIX,
        new_token: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._storage = storage
        self._schema = schema
        self._ttl = int(ttl / timedelta(milliseconds=1))
        self._prefix = prefix
        self._new_token = new_token

    async def load(self, place: Place) -> Stored:
        """The conversation at a place.

        In a direct space: the thread's own, else the open one (`Stored.place` says which), else none. NewerSchema for
        a conversation that a newer version wrote.
        """
        (answer,) = await self._storage.together(self.loading(place))
        return self.loaded(place, answer)

    def loading(self, place: Place) -> Call:
        """The call whose answer `loaded` reads: for whoever sends something else together with it."""
        if not place.direct:
            return Call(("HMGET", place.key(self._prefix), *FIELDS))
        values = [place.stem(self._prefix), place.leaf, *FIELDS]
        return Call.of(scripts.LOAD_DIRECT, [place.pointer(self._prefix)], values)

    def loaded(self, place: Place, answer: Any) -> Stored:
        """What `load` returns, from the answer to `loading`."""
        if not place.direct:
            return record.read(place, answer, self._schema)
        if not answer:
            return Stored(place)
        leaf, values = answer
        stored = record.read(place.at_leaf(leaf.decode()), values, self._schema)
        return stored if stored.document is not None else Stored(place)

    async def save(
        self,
        place: Place,
        document: str,
        revision: int,
        *,
        expected: int,
        token: str | None = None,
        over: str = "",
        patience: float | None = None,
    ) -> Saved:
        """Writes the document if the stored revision is still `expected` (0: nothing stored), and starts its time anew.

        In a direct space the conversation becomes the open one. Sent twice, it writes once: each save carries a token
        that tells its own write from others' (`Stored.write`). After StorageUnavailable it may have been applied: load
        again, and look whose token is there.
        NewerSchema where a newer version has written meanwhile; its document stays. `over`: the token that must still
        be there, for undoing one write and no other. `patience` is what the caller can wait, in seconds, where that is
        more than usual.
        """
        if revision <= expected:
            raise ValueError("a change needs a revision above the expected one")
        keys = [place.key(self._prefix), *([place.pointer(self._prefix)] if place.direct else [])]
        token = token or self._new_token()
        head: list[Value] = [expected, document, revision, self._schema, token, self._ttl, place.leaf, over]
        done, values = await self._storage.script(scripts.SAVE, keys, [*head, *FIELDS], confirm=True, patience=patience)
        if not done:
            return Saved(False, record.read(place, values, self._schema))
        return Saved(True, record.written(place, document, revision, self._schema, token, *values))

    async def adopt(self, place: Place) -> Stored:
        """What is stored at a place (with its thread), which from now on nobody rolls back: see `unconfirmed_writes`.

        For whoever is about to show what another process has written.
        """
        values = await self._storage.script(
            scripts.ADOPT, [place.key(self._prefix)], [self._new_token(), *FIELDS], confirm=True
        )
        return record.read(place, values, self._schema)

    async def mark(self, place: Place, card: Card | None, revision: int) -> int:
        """Records that the replies up to `revision` were delivered and where the live card is (None: as it was).

        Returns the revision that is stored now: above `revision`, the card is already superseded; 0, the conversation
        is gone and nothing was recorded. The record of a later delivery stays.
        """
        shown = "" if card is None else card.to_json()
        stored = await self._storage.script(scripts.MARK, [place.key(self._prefix)], [shown, revision], confirm=True)
        try:
            return record.number("rev", stored)
        except ValueError as error:
            raise CorruptRecord(str(error), place) from None

    async def forget(self, place: Place) -> bool:
        """Removes a conversation (a direct place without a thread: the open one). Whether there was one."""
        if not place.direct:
            return bool(await self._storage.command("DEL", place.key(self._prefix)))
        return bool(
            await self._storage.script(
                scripts.FORGET_DIRECT,
                [place.pointer(self._prefix)],
                [place.stem(self._prefix), place.leaf],
                confirm=True,
            )
        )
