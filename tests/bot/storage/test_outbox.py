"""Entries of the outbox: in order, one process's at a time, on one server and on a Cluster."""

import asyncio
import gc
import json
from datetime import timedelta

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Lease, LeaseLost, Outbox
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.redis_retries import Storage, Timeouts
from dialogs.ideas.board import Idea
from dialogs.message import Message, Person, Typed
from tests.bot import server_clock
from tests.bot.harness import EVERYTHING, opened
from tests.patience import HUNG

NOON = 1_795_000_000
PLACE = Place("test", "1")


def entry(token: str) -> OutboxEntry:
    message = Message(f"m-{token}", Person("ana"), NOON, Typed("hello"))
    return OutboxEntry("test", PLACE, {}, message, token)


SERVERS = ("redis_url", "cluster_url")


@pytest.fixture
def outbox(storage: Storage, key_prefix: str) -> Outbox:
    return Outbox(storage, ttl=timedelta(hours=1), prefix=key_prefix)


async def test_what_came_first_is_claimed_first_each_time(outbox: Outbox) -> None:
    entries = [entry(token) for token in "hgfedcba"]
    for one in entries:
        await outbox.add(one)
    serialized = [str(one.serialized).encode() for one in entries]
    server_clock.ahead(20)
    assert [claimed for claimed, _ in await outbox.claim(10)] == serialized
    server_clock.ahead(40)
    assert [claimed for claimed, _ in await outbox.claim(10)] == serialized


async def test_replicas_confirm_what_a_board_is_owed(redis_url: str, key_prefix: str) -> None:
    """It stands nowhere else once its conversation is saved; this server has no replica that could."""
    extended = entry("a")._replace(board_changes=(Idea(id="i", title="a bot", by="ana", at=NOON),))
    brief = Timeouts(total=0.5, connect=HUNG, answer=0.2)
    async with opened(redis_url, wait_replicas=1, timeouts=brief) as storage:
        outbox = Outbox(storage, ttl=timedelta(hours=1), prefix=key_prefix)
        await outbox.add(entry("a"))
        accepted = entry("b")._replace(accepted=True)
        for call in (outbox.add(extended), outbox.add(extended, instead_of=entry("a")), outbox.add(accepted)):
            with pytest.raises(StorageUnavailable):
                await call


async def test_a_claim_lasts_until_another_is_made_or_the_reply_is_there(outbox: Outbox) -> None:
    pending = entry("a")
    await outbox.add(pending)
    server_clock.ahead(100)
    ((_, first),) = await outbox.claim(50)
    lease = Lease(outbox, pending, first)
    server_clock.ahead(140)
    await lease.renew()
    assert await outbox.claim(50) == ()
    server_clock.ahead(240)
    ((_, second),) = await outbox.claim(50)
    with pytest.raises(LeaseLost):
        await lease.renew()
    assert lease.lost
    lease = Lease(outbox, pending, second)
    await lease.renew()
    await lease.renew()
    await outbox.acknowledge(pending)
    with pytest.raises(LeaseLost):
        await lease.renew()
    server_clock.ahead(500)
    assert await outbox.claim(10) == ()


async def test_one_who_renews_at_the_same_moment_twice_or_is_cut_off_keeps_the_claim(outbox: Outbox) -> None:
    lease = await outbox.add(entry("a"))
    await asyncio.gather(lease.renew(), lease.renew())
    cut_off = asyncio.create_task(lease.renew())
    await asyncio.sleep(0)
    cut_off.cancel()
    await lease.renew()
    assert not lease.lost


async def test_a_renewal_that_is_cut_off_and_then_comes_too_late_is_no_error_of_the_process(outbox: Outbox) -> None:
    lease, reported = await outbox.add(entry("a")), []
    await outbox.acknowledge(entry("a"))
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: reported.append(context))
    cut_off = asyncio.create_task(lease.renew())
    await asyncio.sleep(0)
    cut_off.cancel()
    with pytest.raises(LeaseLost):
        await lease.renew()
    del cut_off
    gc.collect()
    assert lease.lost and not reported


async def test_a_process_whose_clock_is_ahead_claims_nothing_early(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await outbox.add(entry("a"))
    monkeypatch.setattr("time.time", lambda: 2**33)
    assert await outbox.claim(30) == ()


async def test_how_much_was_sent_is_known_to_whoever_claims_next(
    storage: Storage, outbox: Outbox, key_prefix: str
) -> None:
    pending = entry("a")
    await outbox.add(pending)
    await outbox.record_sent(pending, 2)
    ((_, since),) = await outbox.claim(EVERYTHING)
    lease = Lease(outbox, pending, since)
    await lease.renew()
    assert lease.sent == 2
    assert 0 < await storage.command("TTL", f"{key_prefix}:{{{key_prefix}:due}}:a") <= 3600


async def test_another_kind_of_value_under_the_key_is_replaced(
    storage: Storage, outbox: Outbox, key_prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    key, pending = f"{key_prefix}:due", entry("a")
    await storage.command("SET", key, "text")
    await outbox.acknowledge(pending)
    assert "not the advisor's" in caplog.text
    lease = await outbox.add(pending)
    await lease.renew()
    assert "pending replies are lost" in caplog.text


def test_of_an_entry_that_does_not_say_who_reads_along_others_are_taken_to() -> None:
    """As an older version wrote it."""
    stored = json.loads(entry("a").serialized)
    del stored["private"]
    assert not OutboxEntry.from_json(json.dumps(stored)).message.private
