"""A service whose clock shows the time of the people in `world`."""

import pytest

from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.bot.teams.world import NOON


@pytest.fixture
def service(advisor: Advisor, stores: Stores) -> Service:
    return Service(advisor, stores, now=NOON.timestamp)
