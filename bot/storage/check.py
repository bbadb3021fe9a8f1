"""Checks Redis for `advisor doctor`."""

import re
import secrets
from collections.abc import AsyncIterator, Mapping

from bot.config.findings import Finding, bad, look, ok
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.redis_retries import Storage, Value

AREA = "Redis"

_NO_RIGHT = "NOPERM"

_COMMAND = re.compile(r"to run the '(\w+)")
"""How Redis names a command that a user may not run."""


async def check(storage: Storage, prefix: str) -> AsyncIterator[Finding]:
    """Checks that Redis answers, accepts writes, scripts and deletions, allows every command, and keeps its data."""
    try:
        await storage.ping()
    except StorageUnavailable as error:
        if _NO_RIGHT not in str(error):
            yield bad(AREA, "redis_unreachable", str(error))
            return
    try:
        await storage.check_write(prefix)
    except StorageUnavailable as error:
        yield bad(AREA, "redis_not_writable", f"It accepts no writes below `{prefix}:`. {error}")
    else:
        yield ok(AREA, "redis_writable", f"It accepts writes, scripts and deletions below `{prefix}:`")
    missing = await _missing_rights(storage, prefix)
    if missing:
        yield bad(
            AREA,
            "redis_rights_missing",
            f"Its user may not {', '.join(missing)} below `{prefix}:`. Give it the rights that docs/operations.md "
            "lists, or set ADVISOR_KEY_PREFIX to what it may use.",
        )
    else:
        yield ok(AREA, "redis_rights", "Its user has every right that is needed")
    async for finding in _check_memory(storage):
        yield finding


_TRIES = {
    "text": ("SET 1 EX 60", "GET", "GETEX EX 60", "EXISTS", "TYPE"),
    "hash": ("HSET field 1", "PEXPIRE 60000", "HGET field", "HMGET field", "HGETALL", "HINCRBY count 1", "HDEL count"),
    "set": ("SADD 1", "PEXPIRE 60000", "SMEMBERS", "SCARD", "SRANDMEMBER", "SREM 1"),
    "sorted": ("ZADD 1 1", "PEXPIRE 60000", "ZCARD", "ZSCORE 1", "ZRANGE 0 0", "ZRANGEBYSCORE -inf +inf", "ZREM 1"),
}
"""Commands that are needed, by the kind of key that they take, which stands behind their name."""


async def _missing_rights(storage: Storage, prefix: str) -> list[str]:
    """The commands that Redis refuses to this user, on keys that are the advisor's."""
    tag = f"{prefix}:{{doctor:{secrets.token_hex(4)}}}"
    words = ((f"{tag}:{kind}", command.split()) for kind, commands in _TRIES.items() for command in commands)
    tries: list[tuple[Value, ...]] = [(name, key, *rest) for key, (name, *rest) in words]
    tries += [("TIME",), ("EVAL", "return 1", 1, tag), ("DEL", *(f"{tag}:{kind}" for kind in _TRIES))]
    refused = []
    for command in tries:
        try:
            await storage.command(*command)
        except StorageUnavailable as error:
            if _NO_RIGHT in str(error):
                named = _COMMAND.search(str(error))  # opening a connection needs rights as well
                refused.append(named[1].upper() if named else str(command[0]))
            elif not refused:
                break  # full, or a replica: that has been said
        except CorruptRecord:
            continue
    return list(dict.fromkeys(refused))


async def _check_memory(storage: Storage) -> AsyncIterator[Finding]:
    try:
        memory, persistence = await _info(storage, "memory"), await _info(storage, "persistence")
    except StorageUnavailable as error:
        yield look(AREA, "redis_settings_unknown", f"Its settings cannot be read. {error}")
        return
    policy, limit = memory.get("maxmemory_policy", ""), memory.get("maxmemory", "0")
    if policy != "noeviction" and limit != "0":
        yield look(
            AREA,
            "redis_evicts",
            f"It evicts keys when it is full (maxmemory-policy {policy}): set noeviction, else conversations get lost.",
        )
    else:
        yield ok(AREA, "redis_keeps", "It evicts nothing")
    if persistence.get("aof_enabled") == "1":
        yield ok(AREA, "redis_append_only", "It keeps an append-only file")
    else:
        yield look(
            AREA,
            "redis_no_append_only",
            "It keeps no append-only file: its data is lost when it restarts. "
            "Set appendonly yes and appendfsync always.",
        )


async def _info(storage: Storage, section: str) -> Mapping[str, str]:
    """A section of INFO; on a Cluster that of one node."""
    answer = await storage.command("INFO", section)
    nodes = [value for value in answer.values() if isinstance(value, dict)]
    return {str(name): str(value) for name, value in (nodes[0] if nodes else answer).items()}
