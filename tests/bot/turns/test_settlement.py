"""Whether a board got what an entry owes it decides whether the entry is over."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
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


async def test_who_looks_at_a_board_waits_for_all_that_is_under_way_for_it() -> None:
    gates = [asyncio.Event(), asyncio.Event()]
    order: list[int] = []

    async def apply_owed(entry: SimpleNamespace) -> None:
        await gates[entry.number].wait()
        order.append(entry.number)

    settlements = Settlements(SimpleNamespace(apply_owed=apply_owed), BackgroundTasks())
    elsewhere = Place("slack:T1:C9", "1.0")
    for number in (0, 1):
        settlements.begin(SimpleNamespace(place=PLACE, number=number))
    await asyncio.wait_for(settlements.finished(elsewhere), HUNG)
    waiting = asyncio.ensure_future(settlements.finished(PLACE))
    gates[1].set()
    while not order:
        await asyncio.sleep(0)
    assert not waiting.done()
    gates[0].set()
    await asyncio.wait_for(waiting, HUNG)
    assert order == [1, 0]
    await asyncio.wait_for(settlements.finished(PLACE), HUNG)
