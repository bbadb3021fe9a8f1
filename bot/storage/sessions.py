"""Conversations in Redis: load, compare-and-set, mark as delivered. One command each, so one round trip each.

The thread of a direct space's open conversation is known only inside a script, so `_LOAD_DIRECT` and `_DELETE_DIRECT`
build that conversation's key themselves; it has the hash tag of the declared ones, which is what a Cluster needs.
Dragonfly wants to be told: that is their first line, which is a comment to the others.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import blake2s
from typing import Any

from bot.storage import record
from bot.storage.errors import CorruptRecord
from bot.storage.place import Place
from bot.storage.record import FIELDS, Card, Marked, Saved, Stored
from bot.storage.redis import LuaScript, RedisCommand, Storage, Value

PREFIX = "advisor"

_NAMES = ", ".join(f"'{name}'" for name in FIELDS)

MARKS_KNOWN = 4
"""How many marks of a conversation are known, should one be sent again: so many overlap at the very most."""

_LOAD_DIRECT = LuaScript(f"""--!df flags=allow-undeclared-keys
-- KEYS: open_key. ARGV: space_key, thread_key or ''.
-- The thread's own conversation, else the open one, else none. Answer: {{thread_key, {{values}}}} or {{}}.
local thread_key = ARGV[2]
if thread_key == '' or redis.call('EXISTS', ARGV[1] .. thread_key) == 0 then
  thread_key = redis.call('GET', KEYS[1])
end
if not thread_key then return {{}} end
return {{thread_key, redis.call('HMGET', ARGV[1] .. thread_key, {_NAMES})}}
""")

_SAVE = LuaScript(f"""
-- KEYS: conversation [, open_key].
-- ARGV: expected revision, document, revision, schema, write token, time to live in ms, thread_key,
--       the write token that must still be there or '', card that was pressed or '', revision that it showed,
--       1 where marks are forgotten.
-- Answer: {{1, {{card, delivered}}}} when written, {{0, {{values}}}} with what stands there instead.
local found = redis.call('HMGET', KEYS[1], 'rev', 'schema', 'write', 'card', 'delivered')
local again = found[3] == ARGV[5]
local newer = found[2] and (tonumber(found[2]) or 0) > tonumber(ARGV[4])
local same = tonumber(found[1] or '0') == tonumber(ARGV[1]) and (ARGV[8] == '' or found[3] == ARGV[8])
if again or (not newer and same) then
  redis.call('HSET', KEYS[1], 'doc', ARGV[2], 'rev', ARGV[3], 'schema', ARGV[4], 'write', ARGV[5])
  if ARGV[9] ~= '' and (tonumber(found[5] or '0') or 0) < tonumber(ARGV[10]) then
    found[4], found[5] = ARGV[9], ARGV[10]
    redis.call('HSET', KEYS[1], 'card', ARGV[9], 'delivered', ARGV[10])
  end
  if ARGV[11] == '1' then redis.call('HDEL', KEYS[1], 'marks') end
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  if KEYS[2] then redis.call('SET', KEYS[2], ARGV[7], 'PX', ARGV[6]) end
  return {{1, {{found[4], found[5]}}}}
end
return {{0, redis.call('HMGET', KEYS[1], {_NAMES})}}
""")

_ADOPT = LuaScript(f"""
-- KEYS: conversation. ARGV: write token.
-- Answer: the values of what is stored, which now bears this token.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'write', ARGV[1]) end
return redis.call('HMGET', KEYS[1], {_NAMES})
""")

_MARK_DELIVERED = LuaScript("""
-- KEYS: conversation, then one for each message with feedback. ARGV: card or '', revision that was delivered, time to
-- live in ms, token, how many marks are known, what the feedback of each message is about.
-- Answer: the current revision ('0' when nothing is stored); the card and the delivered revision on record before.
-- A later delivery is never overwritten by an earlier one. A mark that is sent again changes nothing and is answered as
-- before: by then the card on record may be its own.
local found = redis.call('HMGET', KEYS[1], 'rev', 'delivered', 'card', 'marks')
if not found[1] then return {'0', found[3], '0'} end
local marks = {table.concat({ARGV[4], found[1], found[2] or '0', found[3] or ''}, ' ')}
for mark in string.gmatch(found[4] or '', '[^\\n]+') do
  local token, revision, delivered, card = string.match(mark, '^(%S+) (%S*) (%S*) (.*)$')
  if token == ARGV[4] then return {revision, card ~= '' and card, delivered} end
  if #marks < tonumber(ARGV[5]) then marks[#marks + 1] = mark end
end
redis.call('HSET', KEYS[1], 'marks', table.concat(marks, '\\n'))
for at = 2, #KEYS do redis.call('SET', KEYS[at], ARGV[at + 4], 'PX', ARGV[3]) end
if (tonumber(found[2] or '0') or 0) <= tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'delivered', ARGV[2])
  if ARGV[1] ~= '' then redis.call('HSET', KEYS[1], 'card', ARGV[1]) end
end
return {found[1], found[3], found[2] or '0'}
""")

_DELETE_DIRECT = LuaScript("""--!df flags=allow-undeclared-keys
-- KEYS: open_key. ARGV: space_key, thread_key or '' for the open one. Answer: number of conversations removed.
local open = redis.pcall('GET', KEYS[1])
if type(open) == 'table' then
  redis.call('DEL', KEYS[1])
  open = false
end
local thread_key = ARGV[2] ~= '' and ARGV[2] or open
if not thread_key then return 0 end
if thread_key == open then redis.call('DEL', KEYS[1]) end
return redis.call('DEL', ARGV[1] .. thread_key)
""")


class Sessions:
    """Keeps conversations, each for `ttl` after its last save.

    Loading does not extend the time: what others write in a thread must not keep a conversation that nobody goes on
    with. `schema` is the version of the documents that this process writes and the highest that it reads. A wrong kind
    of value under a key, or one that is not the advisor's, is CorruptRecord; Redis out of reach is StorageUnavailable.
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
        (answer,) = await self._storage.pipeline(self.load_command(place))
        return self.read_answer(place, answer)

    def load_command(self, place: Place) -> RedisCommand:
        """The command whose answer `read_answer` reads: for callers that send something else together with it."""
        if not place.direct:
            return RedisCommand(("HMGET", place.key(self._prefix), *FIELDS))
        values = [place.space_key(self._prefix), place.thread_key]
        return RedisCommand.of(_LOAD_DIRECT, [place.open_key(self._prefix)], values)

    def read_answer(self, place: Place, answer: Any) -> Stored:
        """What `load` returns, from the answer to `load_command`."""
        if not place.direct:
            return record.parse(place, answer, self._schema)
        if not answer:
            return Stored(place)
        thread_key, values = answer
        stored = record.parse(place.at_thread_key(thread_key.decode()), values, self._schema)
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
        pressed: tuple[Card, int] | None = None,
        forget_marks: bool = False,
        within: float = 0,
    ) -> Saved:
        """Writes the document if the stored revision is still `expected` (0: nothing stored), and starts its time anew.

        In a direct space the conversation becomes the open one. Sent twice, it writes once: each save carries a token
        that tells its own write from others' (`Stored.write`). After StorageUnavailable it may have been applied: load
        again, and look whose token is there.
        NewerSchema where a newer version has written meanwhile; its document stays. `over`: the token that must still
        be there, for undoing one write and no other. `pressed` is a card that was pressed and the revision that it
        showed: where that is above what was delivered so far, it is on record as the live card from now on, also if the
        process that posted it has died. `forget_marks`: which cards were on record before is forgotten, and with them
        who had asked for those. `within` is what the caller can wait, in seconds, where that is
        more than usual.
        """
        if revision <= expected:
            raise ValueError("a change needs a revision above the expected one")
        keys = [place.key(self._prefix), *([place.open_key(self._prefix)] if place.direct else [])]
        token = token or self._new_token()
        head: list[Value] = [expected, document, revision, self._schema, token, self._ttl, place.thread_key, over]
        head += ["", 0] if pressed is None else [pressed[0].to_json(), pressed[1]]
        head.append(int(forget_marks))
        done, values = await self._storage.script(_SAVE, keys, head, confirm=True, within=within)
        if not done:
            return Saved(False, record.parse(place, values, self._schema))
        return Saved(True, record.parse_delivery(place, document, revision, self._schema, token, *values))

    async def adopt(self, place: Place) -> Stored:
        """What is stored at a place (with its thread), which no process rolls back from now on: `unconfirmed_writes`.

        For callers about to show what another process has written.
        """
        values = await self._storage.script(_ADOPT, [place.key(self._prefix)], [self._new_token()], confirm=True)
        return record.parse(place, values, self._schema)

    async def mark_delivered(
        self,
        place: Place,
        card: Card | None,
        revision: int,
        about: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Marked:
        """Records that the replies up to `revision` were delivered and where the live card is (None: as it was).

        `about` says by message what feedback on it is about. The record of a later delivery stays. After
        StorageUnavailable it may have been applied: sent again with the same `token` it changes nothing more.
        """
        shown = "" if card is None else card.to_json()
        subjects = about or {}
        keys = [place.key(self._prefix), *(self._subject_key(place, message) for message in subjects)]
        token = token or self._new_token()
        values: list[Value] = [shown, revision, self._ttl, token, MARKS_KNOWN, *subjects.values()]
        now, before, delivered = await self._storage.script(_MARK_DELIVERED, keys, values, confirm=True)
        try:
            revision_now = record.number("rev", now)
        except ValueError as error:
            raise CorruptRecord(str(error), place) from None
        try:
            card_before = None if before is None else record.read_card(before)
            return Marked(revision_now, card_before, record.number("delivered", delivered))
        except ValueError:
            return Marked(revision_now, None)

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
        return bool(
            await self._storage.script(
                _DELETE_DIRECT,
                [place.open_key(self._prefix)],
                [place.space_key(self._prefix), place.thread_key],
                confirm=True,
            )
        )
