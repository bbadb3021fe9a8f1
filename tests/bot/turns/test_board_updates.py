"""An entry is acknowledged only once the board has its changes."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.storage.background import BackgroundTasks
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.turns.board_updates import BoardUpdates
from tests.bot.harness import PLACE
from tests.patience import HUNG


@pytest.mark.parametrize("written", [True, False, None])
async def test_what_redis_did_not_take_is_not_updated(written: bool | None) -> None:
    async def apply_board_changes(entry: object) -> bool:
        if written is None:
            raise StorageUnavailable("away")
        return written

    stores = SimpleNamespace(apply_board_changes=apply_board_changes)
    updates = BoardUpdates(stores, BackgroundTasks(), SimpleNamespace(), SimpleNamespace())
    updated = updates.begin(SimpleNamespace(place=PLACE))
    assert await asyncio.wait_for(updated, HUNG) is written
    await updates.finished(PLACE)


async def test_who_looks_at_a_board_waits_for_all_that_is_under_way_for_it() -> None:
    gates = [asyncio.Event() for _ in range(3)]
    order: list[int] = []

    async def apply_board_changes(entry: SimpleNamespace) -> None:
        await gates[entry.number].wait()
        order.append(entry.number)

    stores = SimpleNamespace(apply_board_changes=apply_board_changes)
    updates = BoardUpdates(stores, BackgroundTasks(), SimpleNamespace(), SimpleNamespace())
    elsewhere = Place("slack:T1:C9", "1.0")
    first, second, third = (updates.begin(SimpleNamespace(place=PLACE, number=number)) for number in range(3))
    await asyncio.wait_for(updates.finished(elsewhere), HUNG)
    gates[2].set()
    await asyncio.wait_for(third, HUNG)  # is over before anybody looks
    waiting = asyncio.ensure_future(updates.finished(PLACE))
    gates[1].set()
    await asyncio.wait_for(second, HUNG)
    for _ in range(3):
        await asyncio.sleep(0)
    assert not waiting.done(), "one is still under way"
    gates[0].set()
    await asyncio.wait_for(waiting, HUNG)
    assert first.done() and order == [2, 1, 0]
    await asyncio.wait_for(updates.finished(PLACE), HUNG)
    assert not updates._under_way, "nothing is remembered of what is over"
