"""The composition root: settings in, real objects out. Nothing else builds them.

What a command does not need is not imported: neither Redis' client for judging a text, nor an SDK of a channel that is
off.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.checking import open_pack
from knowledge.lexical import LexicalMatcher, LexicalReader
from knowledge.loading import builtin
from knowledge.problems import Problem
from knowledge.understanding import Knowledge

if TYPE_CHECKING:
    from bot.due import Due
    from bot.service import Service
    from bot.sessions import Sessions, Storage


def pack_folder(settings: Settings) -> Path:
    """Where the pack is: an organisation's own, or the one that comes along."""
    return settings.pack or builtin()


def open_advisor(settings: Settings, today: date) -> tuple[Advisor, tuple[Problem, ...]]:
    """The advisor on its pack, and the pack's warnings. PackError where the pack has a mistake."""
    pack, warnings = open_pack(pack_folder(settings), today)
    return Advisor(Knowledge(pack, LexicalMatcher(pack), LexicalReader(pack)), catalogue.load()), warnings


@asynccontextmanager
async def open_storage(settings: Settings) -> "AsyncIterator[Storage]":
    """The way to Redis, or to an embedded server that ends with its last user. EmbeddedError where that cannot be."""
    from bot.sessions import Storage

    if settings.redis_url is not None:
        storage = Storage(settings.redis_url.get_secret_value(), wait_replicas=settings.redis_wait_replicas)
        try:
            yield storage
        finally:
            await storage.close()
        return
    from bot.embedded import EmbeddedServer

    server = await EmbeddedServer.open(settings.state)
    storage = Storage(server.url)
    try:
        yield storage
    finally:
        await storage.close()
        await server.close()


def open_sessions(settings: Settings, storage: "Storage") -> "Sessions":
    """Conversations in Redis."""
    from bot.sessions import Sessions
    from dialogs.conversation import SCHEMA

    return Sessions(storage, schema=SCHEMA, ttl=settings.session_ttl)


def open_due(settings: Settings, storage: "Storage") -> "Due":
    """Replies that are owed, in Redis."""
    from bot.due import Due

    return Due(storage, ttl=settings.session_ttl)


def open_service(advisor: Advisor, sessions: "Sessions", due: "Due") -> "Service":
    """The turn that all channels share."""
    from bot.service import Service

    return Service(advisor, sessions, due)
