"""Whether a board got what an entry owes it decides whether the entry is over."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.turns.settlement import Settlements
from tests.bot.harness import PLACE
from tests.patience import HUNG


@pytest.mark.parametrize("there", [True, False])
async def test_what_redis_did_not_take_is_not_settled(there: bool) -> None:
    async def apply_owed(entry: object) -> None:
        if not there:
            raise StorageUnavailable("away")

    settlements = Settlements(SimpleNamespace(apply_owed=apply_owed), BackgroundTasks())
    settled = settlements.begin(SimpleNamespace(place=PLACE))
    assert await asyncio.wait_for(settled, HUNG) is there
    await settlements.finished(PLACE)
