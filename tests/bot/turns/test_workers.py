"""Threads for long work, with a queue that ends."""

import asyncio
import threading

import pytest

from bot.turns.workers import WorkerPool, is_long
from dialogs.message import Action, GivenIdea, Message, Person, Press, Typed, Verb


@pytest.mark.parametrize("weights", [(1, 1, 1), (3,)])
async def test_so_much_is_taken_and_then_no_more_and_of_costly_work_less(weights: tuple[int, ...]) -> None:
    pool, go_on = WorkerPool("test", threads=1, most=3), threading.Event()
    works = [asyncio.ensure_future(pool.run(go_on.wait, 60, weight=weight)) for weight in weights]
    await asyncio.sleep(0)
    assert pool.full
    go_on.set()
    assert all(await asyncio.gather(*works))
    assert not pool.full


def test_what_takes_long_is_known_before() -> None:
    def sent(content: Typed | Press) -> Message:
        return Message("m", Person("ana"), 7, content)

    assert is_long(sent(Typed("x" * 101)))
    assert is_long(sent(Typed("", ideas=(GivenIdea("a bot"),))))
    assert is_long(sent(Typed("a\n" * 9)))
    assert not is_long(sent(Typed("yes")))
    assert not is_long(sent(Press(Action(Verb.HELP))))
