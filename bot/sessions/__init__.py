"""Conversations in Redis.

`Storage` is the way to Redis, whatever runs there: one server, Sentinel or a Cluster. `Sessions` keeps conversations in
it, each under the key that its `Place` gives it.
"""

from bot.sessions.errors import CorruptRecord, NewerSchema, StorageUnavailable
from bot.sessions.place import Place
from bot.sessions.record import Card, Saved, Stored
from bot.sessions.storage import Call, Patience, Script, Storage
from bot.sessions.store import Sessions

__all__ = [
    "Call",
    "Card",
    "CorruptRecord",
    "NewerSchema",
    "Patience",
    "Place",
    "Saved",
    "Script",
    "Sessions",
    "Storage",
    "StorageUnavailable",
    "Stored",
]
