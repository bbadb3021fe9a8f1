"""A service on a real server, and a room of Teams around it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.due import Due
from bot.service import Service
from bot.sessions import Storage
from bot.stores import Stores
from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.lexical import LexicalMatcher, LexicalReader
from knowledge.loading import builtin, load_pack
from knowledge.understanding import Knowledge

WEEK = timedelta(days=7)


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    pack = load_pack(builtin())
    return Advisor(Knowledge(pack, LexicalMatcher(pack), LexicalReader(pack)), catalogue.load())


@pytest.fixture
async def storage(redis_url: str) -> AsyncIterator[Storage]:
    storage = Storage(redis_url)
    yield storage
    await storage.close()


@pytest.fixture
def due(storage: Storage, key_prefix: str) -> Due:
    return Due(storage, ttl=WEEK, prefix=key_prefix)


@pytest.fixture
def service(advisor: Advisor, storage: Storage, key_prefix: str) -> Service:
    return Service(advisor, Stores.on(storage, ttl=WEEK, prefix=key_prefix))
