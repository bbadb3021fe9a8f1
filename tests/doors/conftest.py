"""What the tests of the channels have as well."""

import pytest

from bot.storage.stores import Stores
from bot.turns.service import Service
from tests.bot.conftest import storage, stores
from tests.shipped import shipped

__all__ = ["storage", "stores"]


@pytest.fixture
def service(stores: Stores) -> Service:
    return Service(shipped(), stores)
