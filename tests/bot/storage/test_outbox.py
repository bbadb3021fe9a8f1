"""Entries of the outbox: in order, one process's at a time, on one server and on a Cluster."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.storage.outbox import Lease, LeaseLost, Outbox, OutboxEntry
from bot.storage.place import Place
from bot.storage.redis import Storage
from dialogs.message import Message, Person, Typed
from tests.bot.harness import Harness
from tests.patience import UNHURRIED

NOON = 1_795_000_000
PLACE = Place("test", "1")


def entry(token: str) -> OutboxEntry:
    message = Message(f"m-{token}", Person("ana"), NOON, Typed("hello"))
    return OutboxEntry("test", PLACE, {}, message, token)


@pytest.fixture(params=["redis_url", "cluster_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    storage = Storage(url, timeouts=UNHURRIED)
    yield storage
    await storage.close()


@pytest.fixture
def outbox(storage: Storage, key_prefix: str) -> Outbox:
    return Outbox(storage, ttl=timedelta(hours=1), prefix=key_prefix)


async def add(storage: Storage, outbox: Outbox, entry: OutboxEntry, at: float) -> None:
    await storage.pipeline(outbox.add_command(entry, at))


async def test_what_came_first_is_claimed_first_each_time(storage: Storage, outbox: Outbox) -> None:
    entries = [entry(token) for token in "hgfedcba"]
    for number, one in enumerate(entries):
        await add(storage, outbox, one, NOON + number / 1000)
    serialized = [str(one.serialized).encode() for one in entries]
    assert [claimed.serialized for claimed in await outbox.claim(NOON + 20, 10)] == serialized
    assert [claimed.serialized for claimed in await outbox.claim(NOON + 40, 10)] == serialized


async def test_a_claim_lasts_until_another_is_made_or_the_reply_is_there(storage: Storage, outbox: Outbox) -> None:
    pending = entry("a")
    await add(storage, outbox, pending, NOON)
    (first,) = await outbox.claim(NOON + 20, 10)
    lease = Lease(outbox, pending, first.since, lambda: NOON + 25)
    await lease.renew()
    assert await outbox.claim(NOON + 31, 10) == ()
    (second,) = await outbox.claim(NOON + 36, 10)
    with pytest.raises(LeaseLost):
        await lease.renew()
    lease = Lease(outbox, pending, second.since, lambda: NOON + 40)
    await lease.renew()
    await lease.renew()
    await outbox.acknowledge(pending)
    with pytest.raises(LeaseLost):
        await lease.renew()
    assert await outbox.claim(NOON + 100, 10) == ()


async def test_how_much_was_sent_is_known_to_whoever_claims_next(
    storage: Storage, outbox: Outbox, key_prefix: str
) -> None:
    pending = entry("a")
    await add(storage, outbox, pending, NOON)
    await outbox.record_sent(pending, 2)
    (claimed,) = await outbox.claim(NOON + 20, 10)
    lease = Lease(outbox, pending, claimed.since, lambda: NOON + 20)
    await lease.renew()
    assert lease.sent == 2
    assert 0 < await storage.command("TTL", f"{key_prefix}:{{{key_prefix}:due}}:a") <= 3600


@pytest.mark.parametrize(
    "message",
    [
        Message("m1", Person("ana", "Ana"), NOON, Typed("hello"), private=False, fingerprint="ana hello"),
        Message("m1", Person("ana"), NOON, Typed("hello"), addressed=False, private=True),
        Message("m1", Person("ana"), NOON, Harness.button("answer:data:yes", 3)),
    ],
)
def test_what_is_pending_knows_all_of_its_message(message: Message) -> None:
    found = OutboxEntry.from_json(OutboxEntry("test", PLACE, {"channel": "C1"}, message, "token").serialized)
    assert found.message == message
    assert (found.channel, found.place, found.address, found.token) == ("test", PLACE, {"channel": "C1"}, "token")


def test_of_an_entry_that_does_not_say_who_reads_along_others_are_taken_to() -> None:
    """As an older version wrote it."""
    stored = json.loads(entry("a").serialized)
    del stored["private"]
    assert not OutboxEntry.from_json(json.dumps(stored)).message.private
