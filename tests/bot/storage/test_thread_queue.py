"""Which messages of a thread are worked on first."""

import asyncio

import pytest

from bot.storage import thread_queue
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.thread_queue import ThreadQueue

PLACE, OTHER = Place("slack:T1:C1", "1.0"), Place("slack:T1:C1", "2.0")


@pytest.fixture
def queue(storage: Storage, key_prefix: str) -> ThreadQueue:
    return ThreadQueue(storage, prefix=key_prefix)


async def test_each_comes_after_those_that_joined_before(queue: ThreadQueue) -> None:
    for token in ("c", "a", "b", "a"):
        await queue.join(PLACE, token)
    assert await queue.before(PLACE) == ("c", "a", "b")
    assert await queue.before(PLACE, "a") == ("c",)
    assert await queue.before(PLACE, "none") == ("c", "a", "b")
    assert await queue.before(OTHER) == ()
    await queue.leave(PLACE, "c")
    await queue.join(PLACE, "c")
    assert await queue.before(PLACE) == ("a", "b", "c")


async def test_one_waits_for_those_that_stood_there_when_it_came(queue: ThreadQueue) -> None:
    await queue.wait(PLACE)
    for token in ("a", "b"):
        await queue.join(PLACE, token)
    await queue.wait(PLACE, "a")
    waiting = [asyncio.create_task(queue.wait(PLACE, token)) for token in ("b", "")]
    done, _ = await asyncio.wait(waiting, timeout=3 * thread_queue.LOOK_INTERVAL)
    assert not done
    await queue.join(PLACE, "later")
    await queue.leave(PLACE, "a")
    await waiting[0]
    await queue.leave(PLACE, "b")
    await waiting[1]


async def test_who_stays_first_for_too_long_loses_its_place(
    queue: ThreadQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread_queue, "PATIENCE", 0.1)
    for token in ("dead", "dead too", "b"):
        await queue.join(PLACE, token)
    await queue.wait(PLACE, "b")
    assert await queue.before(PLACE) == ("b",)


async def test_a_queue_does_not_stay_for_ever(queue: ThreadQueue, storage: Storage, key_prefix: str) -> None:
    await queue.join(PLACE, "a")
    assert await storage.command("PTTL", PLACE.queue_key(key_prefix)) > 0


async def test_another_kind_of_value_under_its_key_holds_up_nobody(
    queue: ThreadQueue, storage: Storage, key_prefix: str
) -> None:
    await storage.command("SET", PLACE.queue_key(key_prefix), "not ours")
    await queue.wait(PLACE)
    await queue.join(PLACE, "a")
    assert await queue.before(PLACE) == ("a",)
