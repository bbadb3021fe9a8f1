"""Entries of what is owed: in order, one process's at a time, on one server and on a Cluster."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.storage.outbox import Lease, LeaseLost, Outbox, OutboxEntry
from bot.storage.place import Place
from bot.storage.redis import Storage
from dialogs.message import Message, Person, Typed
from tests.bot.desk import Desk
from tests.patience import UNHURRIED

NOON = 1_795_000_000
PLACE = Place("wall", "1")


def debt(token: str) -> OutboxEntry:
    message = Message(f"m-{token}", Person("ana"), NOON, Typed("hello"))
    return OutboxEntry("wall", PLACE, {}, message, token)


@pytest.fixture(params=["redis_url", "cluster_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    storage = Storage(url, patience=UNHURRIED)
    yield storage
    await storage.close()


@pytest.fixture
def outbox(storage: Storage, key_prefix: str) -> Outbox:
    return Outbox(storage, ttl=timedelta(hours=1), prefix=key_prefix)


async def note(storage: Storage, outbox: Outbox, debt: OutboxEntry, at: float) -> None:
    await storage.together(outbox.noting(debt, at))


async def test_what_came_first_is_claimed_first_each_time(storage: Storage, outbox: Outbox) -> None:
    debts = [debt(token) for token in "hgfedcba"]
    for number, owed in enumerate(debts):
        await note(storage, outbox, owed, NOON + number / 1000)
    entries = [str(owed.entry).encode() for owed in debts]
    assert [claimed.entry for claimed in await outbox.claim(NOON + 20, 10)] == entries
    assert [claimed.entry for claimed in await outbox.claim(NOON + 40, 10)] == entries


async def test_a_claim_lasts_until_another_is_made_or_the_reply_is_there(storage: Storage, outbox: Outbox) -> None:
    owed = debt("a")
    await note(storage, outbox, owed, NOON)
    (first,) = await outbox.claim(NOON + 20, 10)
    hold = Lease(outbox, owed, first.since, lambda: NOON + 25)
    await hold.renew()
    assert await outbox.claim(NOON + 31, 10) == ()
    (second,) = await outbox.claim(NOON + 36, 10)
    with pytest.raises(LeaseLost):
        await hold.renew()
    hold = Lease(outbox, owed, second.since, lambda: NOON + 40)
    await hold.renew()
    await hold.renew()
    await outbox.settle(owed)
    with pytest.raises(LeaseLost):
        await hold.renew()
    assert await outbox.claim(NOON + 100, 10) == ()


async def test_how_much_was_sent_is_known_to_whoever_claims_next(
    storage: Storage, outbox: Outbox, key_prefix: str
) -> None:
    owed = debt("a")
    await note(storage, outbox, owed, NOON)
    await outbox.keep_sent(owed, 2)
    (claimed,) = await outbox.claim(NOON + 20, 10)
    hold = Lease(outbox, owed, claimed.since, lambda: NOON + 20)
    await hold.renew()
    assert hold.sent == 2
    assert 0 < await storage.command("TTL", f"{key_prefix}:{{{key_prefix}:due}}:a") <= 3600


@pytest.mark.parametrize(
    "message",
    [
        Message("m1", Person("ana", "Ana"), NOON, Typed("hello"), private=False, fingerprint="ana hello"),
        Message("m1", Person("ana"), NOON, Typed("hello"), addressed=False, private=True),
        Message("m1", Person("ana"), NOON, Desk.button("answer:data:yes", 3)),
    ],
)
def test_what_is_owed_knows_all_of_its_message(message: Message) -> None:
    found = OutboxEntry.from_json(OutboxEntry("wall", PLACE, {"channel": "C1"}, message, "token").entry)
    assert found.message == message
    assert (found.channel, found.place, found.address, found.token) == ("wall", PLACE, {"channel": "C1"}, "token")


def test_of_an_entry_that_does_not_say_who_reads_along_others_are_taken_to() -> None:
    """As an older version wrote it."""
    entry = json.loads(debt("a").entry)
    del entry["private"]
    assert not OutboxEntry.from_json(json.dumps(entry)).message.private
