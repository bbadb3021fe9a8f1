"""Conversations in Redis: load, compare-and-set, mark as delivered. One command each, so one round trip each."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import blake2s
from typing import Any

from bot.storage import record
from bot.storage.errors import CorruptRecord
from bot.storage.outbox_entry import new_token
from bot.storage.place import Place
from bot.storage.record import FIELDS, Card, DeliveryResult, SaveResult, StoredConversation
from bot.storage.redis_client import Arguments
from bot.storage.redis_retries import Storage, Value, eval_command
from bot.storage.scripts import sessions as scripts

PREFIX = "advisor"


MAX_MARKS = 4
"""How many marks of a conversation are known, should one be sent again: so many overlap at the very most."""


class Sessions:
    """Keeps conversations, each for `ttl` after its last save.

    Loading does not extend the time: what others write in a thread must not keep a conversation that nobody goes on
    with. `schema` is the version of the documents that this process writes and the highest that it reads. A wrong kind
    of value under a key, or one that is not the advisor's, is CorruptRecord; Redis out of reach is StorageUnavailable.
    """

    def __init__(self, storage: Storage, *, schema: int, ttl: timedelta, prefix: str = PREFIX) -> None:
        self._storage = storage
        self._schema = schema
        self._ttl = int(ttl / timedelta(milliseconds=1))
        self._prefix = prefix

    async def load(self, place: Place) -> StoredConversation:
        """The conversation at a place.

        In a direct space: the thread's own, else the open one (`StoredConversation.place` says which), else none.
        NewerSchema for a conversation that a newer version wrote.
        """
        (answer,) = await self._storage.pipeline(self.load_command(place))
        return self.read_answer(place, answer)

    def load_command(self, place: Place) -> Arguments:
        """The command whose answer `read_answer` reads: for callers that send something else together with it."""
        if not place.direct:
            return ("HMGET", place.key(self._prefix), *FIELDS)
        values = [place.space_key(self._prefix), place.thread_key]
        return eval_command(scripts.LOAD_DIRECT, [place.open_key(self._prefix)], values)

    def read_answer(self, place: Place, answer: Any) -> StoredConversation:
        """What `load` returns, from the answer to `load_command`."""
        if not place.direct:
            return record.parse(place, answer, self._schema)
        if not answer:
            return StoredConversation(place)
        thread_key, values = answer
        stored = record.parse(place.at_thread_key(thread_key.decode()), values, self._schema)
        return stored if stored.document is not None else StoredConversation(place)

    async def save(
        self,
        place: Place,
        document: str,
        revision: int,
        *,
        expected: int,
        token: str | None = None,
        over: str = "",
        pressed: tuple[Card, int] | None = None,
        answered: bool = False,
        forget_marks: bool = False,
        within: float = 0,
    ) -> SaveResult:
        """Writes the document if the stored revision is still `expected` (0: nothing stored), and starts its time anew.

        In a direct space the conversation becomes the open one. Sent twice, it writes once: each save carries a token
        that tells its own write from others' (`StoredConversation.write`). After StorageUnavailable the save may have
        been applied: load the conversation again and compare the token.
        NewerSchema where a newer version has written meanwhile; its document stays. `over`: the token that must still
        be there, for undoing one write and no other. `pressed` is a card that was pressed and the revision that it
        showed: where that is above what was delivered so far, it is on record as the live card from now on, also if the
        process that posted it has died; `answered`: also where that is the same, as an answer can be pressed on a live
        card alone, and it is the one that the person sees. `forget_marks`: which cards were on record before is
        forgotten, and with them who had asked for those, and the draft. `within` is what the caller can wait, in
        seconds, where that is more than usual.
        """
        if revision <= expected:
            raise ValueError("a change needs a revision above the expected one")
        keys = [place.key(self._prefix), *([place.open_key(self._prefix)] if place.direct else [])]
        head: list[Value] = [expected, document, revision, self._schema, token or new_token(), self._ttl]
        head += [place.thread_key, over]
        head += ["", 0] if pressed is None else [pressed[0].to_json(), pressed[1]]
        head += [int(forget_marks), int(answered)]
        done, values = await self._storage.script(scripts.SAVE, keys, head, confirm=True, within=within)
        return SaveResult(bool(done), record.parse(place, values, self._schema))

    async def adopt(self, place: Place) -> StoredConversation:
        """What is stored at a place (with its thread), which no process rolls back from now on: `unconfirmed_writes`.

        For callers about to show what another process has written, which replicas have confirmed, if they could: so a
        reply does not wait for one that is away.
        """
        values = await self._storage.script(scripts.ADOPT, [place.key(self._prefix)], [])
        return record.parse(place, values, self._schema)

    async def mark_delivered(
        self,
        place: Place,
        card: Card | None,
        revision: int,
        about: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> DeliveryResult:
        """Records that the replies up to `revision` were delivered and where the live card is (None: as it was).

        `about` says by message what feedback on it is about. The record of a later delivery stays. After
        StorageUnavailable it may have been applied: sent again with the same `token` it changes nothing more. It waits
        for no replica: where a failover loses it, a card is shown once more, and nothing that somebody said is lost.
        """
        shown = "" if card is None else card.to_json()
        subjects = about or {}
        keys = [place.key(self._prefix), *(self._subject_key(place, message) for message in subjects)]
        token = token or new_token()
        values: list[Value] = [shown, revision, self._ttl, token, MAX_MARKS, *subjects.values()]
        answer = await self._storage.script(scripts.MARK_DELIVERED, keys, values)
        now, before, delivered, left, behind = answer
        try:
            revision_now = record.number("rev", now)
        except ValueError as error:
            raise CorruptRecord(str(error), place) from None
        try:
            cards = record.read_card(before), record.number("delivered", delivered), record.read_card(left)
            return DeliveryResult(revision_now, *cards, behind is not None)
        except ValueError:
            return DeliveryResult(revision_now, None)

    async def keep_draft(self, place: Place, draft: str) -> None:
        """Keeps a text beside the conversation, as long as that is kept; its revision stays."""
        await self._storage.script(scripts.KEEP_DRAFT, [place.key(self._prefix)], [draft])

    async def subject(self, place: Place, message: str) -> str:
        """What feedback on a message is about; "" where that is not known (any more)."""
        found: bytes | None = await self._storage.command("GET", self._subject_key(place, message))
        return "" if found is None else found.decode(errors="replace")

    def _subject_key(self, place: Place, message: str) -> str:
        """In the conversation's slot; no thread has a colon in its key."""
        return f"{place.key(self._prefix)}:about:{blake2s(message.encode(), digest_size=12).hexdigest()}"

    async def delete(self, place: Place) -> bool:
        """Removes a conversation (a direct place without a thread: the open one). Whether there was one."""
        if not place.direct:
            return bool(await self._storage.command("DEL", place.key(self._prefix)))
        which: list[Value] = [place.space_key(self._prefix), place.thread_key]
        return bool(
            await self._storage.script(scripts.DELETE_DIRECT, [place.open_key(self._prefix)], which, confirm=True)
        )
