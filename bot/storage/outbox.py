"""The outbox: one entry for each message whose replies are not delivered yet.

An entry lies in another slot than the conversation, so no step covers both. It is added with the load, before the
conversation is saved, and acknowledged after delivery; one that is left over without an effect is harmless.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from pydantic_core import to_json

from bot.storage.place import Place
from bot.storage.redis import LuaScript, RedisCommand, Storage
from dialogs.message import Message, Person, Press, Typed, parse_action

_ADD = LuaScript("""
-- KEYS: entries. ARGV: entry, time, time to live in ms.
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
""")

_CLAIM = LuaScript("""
-- KEYS: entries. ARGV: oldest to leave alone, time of the claim, most.
-- Answer: entries that nobody has claimed for long enough, in their order, which they keep, each followed by its time
-- from now on; the claim holds until as much time has passed again.
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[3])
local claimed = {}
for place, entry in ipairs(found) do
  local since = string.format('%.6f', ARGV[2] + place / 1000000)
  redis.call('ZADD', KEYS[1], 'XX', since, entry)
  claimed[2 * place - 1], claimed[2 * place] = entry, since
end
return claimed
""")

_RENEW = LuaScript("""
-- KEYS: entries, messages sent. ARGV: entry, time of the claim, time from now on.
-- Answer: how many messages of the reply were sent before; -1 where the claim is lost.
local since = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '-1')
if since ~= tonumber(ARGV[2]) and since ~= tonumber(ARGV[3]) then return -1 end
redis.call('ZADD', KEYS[1], 'XX', ARGV[3], ARGV[1])
return tonumber(redis.call('GET', KEYS[2]) or '0')
""")

_BATCH = 20
"""Entries claimed at a time: few enough that most are delivered before others may claim them."""

_SENT_TTL = 3600
"""Seconds for which the number of messages sent is kept: about as long as the reply is of use."""


@dataclass(frozen=True)
class OutboxEntry:
    """A message in hand, and where its replies go.

    `token` tells apart the attempts at the same message: a repeat of it must neither remove the entry of the first nor
    roll back what the first has written.
    """

    channel: str
    place: Place
    address: Mapping[str, str]
    message: Message
    token: str
    original: str | bytes | None = None
    """The stored form that it was read from."""

    @cached_property
    def serialized(self) -> str | bytes:
        """The stored form. It also removes the entry, so one of another version stays as it was read, to the letter."""
        if self.original is not None:
            return self.original
        message = self.message
        content = (
            {"text": message.content.text}
            if isinstance(message.content, Typed)
            else {"press": message.content.action.id, "revision": message.content.revision}
        )
        return to_json(
            {
                "token": self.token,
                "channel": self.channel,
                "place": [self.place.space, self.place.thread, self.place.direct],
                "address": dict(self.address),
                "id": message.id,
                "sender": [message.sender.id, message.sender.name],
                "at": message.at,
                "addressed": message.addressed,
                "private": message.private,
                **({} if message.fingerprint is None else {"twin": message.fingerprint}),
                **content,
            }
        ).decode()

    @classmethod
    def from_json(cls, serialized: str | bytes) -> "OutboxEntry":
        """Reads the stored form; ValueError, KeyError or TypeError where it is not one."""
        found: dict[str, Any] = json.loads(serialized)
        place = Place(*found["place"])
        return cls(found["channel"], place, found["address"], _message(found), found["token"], serialized)


def message_time(serialized: bytes) -> int | None:
    """When the message of an entry was sent, in seconds since 1970, whatever else another version put into the entry.

    None where it does not say.
    """
    try:
        return int(json.loads(serialized)["at"])
    except (ValueError, KeyError, TypeError):
        return None


def _message(found: Mapping[str, Any]) -> Message:
    content: Typed | Press
    if "text" in found:
        content = Typed(found["text"])
    else:
        action = parse_action(found["press"])
        if action is None:
            raise ValueError("no such button")
        content = Press(action, found["revision"])
    sender = Person(*found["sender"])
    private, twin = found.get("private", False), found.get("twin")
    return Message(found["id"], sender, found["at"], content, found["addressed"], private, twin)


class LeaseLost(Exception):
    """The reply was delivered meanwhile, or another process is about to deliver it."""


@dataclass(frozen=True, slots=True)
class ClaimedEntry:
    """An entry that this process may deliver; `since` is the time it bears for as long as no other claims it."""

    serialized: bytes
    since: str


class Outbox:
    """The entries of all processes, in one sorted set by time (seconds since 1970)."""

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._prefix = prefix
        self._key = f"{prefix}:due"
        self._ttl = int(ttl / timedelta(milliseconds=1))

    def add_command(self, entry: OutboxEntry, at: float) -> RedisCommand:
        """The command that adds an entry, pending from now on; the message itself may have been sent long before."""
        return RedisCommand.of(_ADD, [self._key], [entry.serialized, _time(at), self._ttl])

    async def acknowledge(self, entry: OutboxEntry) -> None:
        """Removes an entry: its replies are delivered, or there are none."""
        await self.remove(entry.serialized)

    async def remove(self, serialized: str | bytes) -> None:
        """Removes an entry by its stored form."""
        await self._storage.command("ZREM", self._key, serialized)

    async def claim(self, at: float, older_than: int) -> tuple[ClaimedEntry, ...]:
        """Entries that have waited longer than `older_than` seconds; each is given to one process at a time."""
        found = await self._storage.script(_CLAIM, [self._key], [_time(at - older_than), _time(at), _BATCH])
        return tuple(ClaimedEntry(entry, since.decode()) for entry, since in zip(found[::2], found[1::2], strict=True))

    async def renew(self, entry: OutboxEntry, since: str, at: str) -> int:
        """Claims one entry anew, and says how many messages of the reply were sent already.

        LeaseLost where it does not bear the time `since` any more.
        """
        keys = [self._key, self._sent_key(entry)]
        sent = int(await self._storage.script(_RENEW, keys, [entry.serialized, since, at]))
        if sent < 0:
            raise LeaseLost
        return sent

    async def record_sent(self, entry: OutboxEntry, number: int) -> None:
        """Records how many messages of a reply were sent before one was refused."""
        await self._storage.command("SET", self._sent_key(entry), number, "EX", _SENT_TTL)

    def _sent_key(self, entry: OutboxEntry) -> str:
        """In the slot of the entries."""
        return f"{self._prefix}:{{{self._key}}}:{entry.token}"


class Lease:
    """A claim on an entry, to be renewed right before each message that is sent for it.

    `now` gives seconds since 1970. `sent`: how many messages below the live card are known to have arrived.
    """

    def __init__(self, outbox: Outbox, entry: OutboxEntry, since: str, now: Callable[[], float]) -> None:
        self.entry = entry
        self.sent = 0
        self._outbox = outbox
        self._since = since
        self._now = now

    async def renew(self) -> None:
        """LeaseLost where another process has delivered or claimed it; then nothing may be sent."""
        at = _time(self._now())
        self.sent = max(self.sent, await self._outbox.renew(self.entry, self._since, at))
        self._since = at


def _time(at: float) -> str:
    """Fine enough to keep replies in their order."""
    return f"{at:.6f}"
