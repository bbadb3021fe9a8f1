"""A service whose clock shows the time of the people in `world`, and worlds around it, each in a chat of its own."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.teams.people import TeamsChat
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.bot.teams.world import CHANNEL, GROUP, NOON, PERSONAL, World, local, signed


@pytest.fixture
def service(advisor: Advisor, stores: Stores) -> Service:
    return Service(advisor, stores, now=NOON.timestamp)


@pytest.fixture
def chat() -> TeamsChat:
    """Where `world` is; a test may choose."""
    return PERSONAL


@pytest.fixture
async def world(service: Service, chat: TeamsChat) -> AsyncIterator[World]:
    async with local(service, chat) as world:
        yield world


@pytest.fixture
async def group(service: Service) -> AsyncIterator[World]:
    async with local(service, GROUP) as world:
        yield world


@pytest.fixture
async def channel(service: Service) -> AsyncIterator[World]:
    async with local(service, CHANNEL) as world:
        yield world


@pytest.fixture
async def signed_world(service: Service) -> AsyncIterator[World]:
    async with signed(service) as world:
        yield world
