"""What goes on beside a request is repeated while it is wanted, and ends with it."""

import asyncio

from bot.storage.background import Periodic
from tests.patience import HUNG


class Call:
    """A call that says after so many times that it is enough; with `hangs`, the last of them never ends."""

    def __init__(self, times: int, hangs: bool = False) -> None:
        self.left, self.hangs = times, hangs
        self.made, self.last, self.cancelled = 0, asyncio.Event(), asyncio.Event()

    async def __call__(self) -> bool:
        self.made += 1
        if self.made == self.left:
            self.last.set()
            if self.hangs:
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    self.cancelled.set()
                    raise
        return self.made < self.left


async def moments() -> None:
    """All that is due has happened."""
    for _moment in range(10):
        await asyncio.sleep(0)


async def test_it_is_called_until_it_says_that_it_is_enough() -> None:
    call = Call(3)
    with Periodic(call, 0):
        await call.last.wait()
        await moments()
    assert call.made == 3


async def test_a_call_that_goes_on_where_the_request_ends_is_cancelled() -> None:
    call = Call(1, hangs=True)
    with Periodic(call, 0):
        await call.last.wait()
    await asyncio.wait_for(call.cancelled.wait(), HUNG)


async def test_nothing_is_called_once_the_request_has_ended() -> None:
    call = Call(2)
    with Periodic(call, 0):
        pass
    await moments()
    assert call.made == 0
