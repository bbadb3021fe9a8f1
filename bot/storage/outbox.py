"""Replies that are owed: what a process writes down before it lets a message have its effect.

The entry lies in another slot than the conversation, so no step covers both. It is written with the load, before the
conversation is saved, and removed after delivery; one that is left over without an effect is harmless.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from pydantic_core import to_json

from bot.storage.place import Place
from bot.storage.redis import Call, Script, Storage
from dialogs.message import Message, Person, Press, Typed, parse_action

_NOTE = Script("""
-- KEYS: due. ARGV: entry, time, time to live in ms.
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
""")

_CLAIM = Script("""
-- KEYS: due. ARGV: oldest to leave alone, time of the claim, most.
-- Answer: entries that nobody has claimed for long enough, in their order, which they keep, each followed by its time
-- from now on; they are ours until as much time has passed again.
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[3])
local claimed = {}
for place, entry in ipairs(found) do
  local since = string.format('%.6f', ARGV[2] + place / 1000000)
  redis.call('ZADD', KEYS[1], 'XX', since, entry)
  claimed[2 * place - 1], claimed[2 * place] = entry, since
end
return claimed
""")

_RENEW = Script("""
-- KEYS: due, messages sent. ARGV: entry, time of the claim, time from now on.
-- Answer: how many messages of the reply were sent before; -1 where the entry is not ours any more.
local since = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '-1')
if since ~= tonumber(ARGV[2]) and since ~= tonumber(ARGV[3]) then return -1 end
redis.call('ZADD', KEYS[1], 'XX', ARGV[3], ARGV[1])
return tonumber(redis.call('GET', KEYS[2]) or '0')
""")

_MOST = 20
"""Entries claimed at a time: few enough that most are delivered before others may claim them."""

_COUNTED = 3600
"""Seconds for which it is known how many messages of a reply were sent: about as long as the reply is of use."""


@dataclass(frozen=True)
class OutboxEntry:
    """A message in hand, and where its reply goes.

    `token` tells apart the attempts at the same message: a repeat of it must neither remove the entry of the first nor
    take back what the first has written.
    """

    channel: str
    place: Place
    address: Mapping[str, str]
    message: Message
    token: str
    stored: str | bytes | None = None
    """The entry that it was read from."""

    @cached_property
    def entry(self) -> str | bytes:
        """The stored form, which also is what removes it again: one of another version to the letter as it stands."""
        if self.stored is not None:
            return self.stored
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
    def from_json(cls, entry: str | bytes) -> "OutboxEntry":
        """Reads the stored form; ValueError, KeyError or TypeError where it is not one."""
        found: dict[str, Any] = json.loads(entry)
        return cls(found["channel"], Place(*found["place"]), found["address"], _message(found), found["token"], entry)


def written_at(entry: bytes) -> int | None:
    """When the message of an entry was sent, in seconds since 1970, whatever else another version put into the entry.

    None where it does not say.
    """
    try:
        return int(json.loads(entry)["at"])
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
    private, fingerprint = found.get("private", False), found.get("twin")
    return Message(found["id"], sender, found["at"], content, found["addressed"], private, fingerprint)


class LeaseLost(Exception):
    """The reply was delivered meanwhile, or another process is about to deliver it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry that this process may deliver; `since` is the time it bears for as long as no other claims it."""

    entry: bytes
    since: str


class Outbox:
    """The entries of all processes, in one sorted set by time (seconds since 1970)."""

    def __init__(self, storage: Storage, *, ttl: timedelta, prefix: str = "advisor") -> None:
        self._storage = storage
        self._prefix = prefix
        self._key = f"{prefix}:due"
        self._ttl = int(ttl / timedelta(milliseconds=1))

    def noting(self, debt: OutboxEntry, at: float) -> Call:
        """Writes down that a reply is owed from now on; the message itself may have been long on its way."""
        return Call.of(_NOTE, [self._key], [debt.entry, _time(at), self._ttl])

    async def settle(self, debt: OutboxEntry) -> None:
        """Removes the entry: delivered, or nothing was owed."""
        await self._storage.command("ZREM", self._key, debt.entry)

    async def claim(self, at: float, older_than: int) -> tuple[Claim, ...]:
        """Entries that have waited longer than `older_than` seconds; each is given to one process at a time."""
        found = await self._storage.script(_CLAIM, [self._key], [_time(at - older_than), _time(at), _MOST])
        return tuple(Claim(entry, since.decode()) for entry, since in zip(found[::2], found[1::2], strict=True))

    async def renew(self, debt: OutboxEntry, since: str, at: str) -> int:
        """Claims one entry anew, and says how many messages of the reply were sent already.

        NotOurs where it does not bear the time `since` any more.
        """
        sent = int(await self._storage.script(_RENEW, [self._key, self._sent(debt)], [debt.entry, since, at]))
        if sent < 0:
            raise LeaseLost
        return sent

    async def keep_sent(self, debt: OutboxEntry, number: int) -> None:
        """Writes down how many messages of a reply were sent before one was refused."""
        await self._storage.command("SET", self._sent(debt), number, "EX", _COUNTED)

    async def drop(self, entry: bytes) -> None:
        """Removes an entry as it is stored."""
        await self._storage.command("ZREM", self._key, entry)

    def _sent(self, debt: OutboxEntry) -> str:
        """In the slot of the entries."""
        return f"{self._prefix}:{{{self._key}}}:{debt.token}"


class Lease:
    """A claim on a debt, to be renewed right before each message that is sent for it.

    `now` gives seconds since 1970. `sent`: how many messages below the live card are known to have arrived.
    """

    def __init__(self, outbox: Outbox, debt: OutboxEntry, since: str, now: Callable[[], float]) -> None:
        self.debt = debt
        self.sent = 0
        self._outbox = outbox
        self._since = since
        self._now = now

    async def renew(self) -> None:
        """NotOurs where somebody else has delivered or claimed it; then nothing may be sent."""
        at = _time(self._now())
        self.sent = max(self.sent, await self._outbox.renew(self.debt, self._since, at))
        self._since = at


def _time(at: float) -> str:
    """Fine enough to keep replies in their order."""
    return f"{at:.6f}"
