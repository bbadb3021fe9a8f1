"""Entries of what is owed: in order, one process's at a time, on one server and on a Cluster."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.storage.outbox import Debt, Due, Hold, NotOurs
from bot.storage.place import Place
from bot.storage.redis import Storage
from dialogs.message import Message, Person, Typed
from tests.bot.desk import Desk
from tests.patience import UNHURRIED

NOON = 1_795_000_000
PLACE = Place("wall", "1")


def debt(token: str) -> Debt:
    message = Message(f"m-{token}", Person("ana"), NOON, Typed("hello"))
    return Debt("wall", PLACE, {}, message, token)


@pytest.fixture(params=["redis_url", "cluster_url"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    storage = Storage(url, patience=UNHURRIED)
    yield storage
    await storage.close()


@pytest.fixture
def due(storage: Storage, key_prefix: str) -> Due:
    return Due(storage, ttl=timedelta(hours=1), prefix=key_prefix)


async def note(storage: Storage, due: Due, debt: Debt, at: float) -> None:
    await storage.together(due.noting(debt, at))


async def test_what_came_first_is_claimed_first_each_time(storage: Storage, due: Due) -> None:
    debts = [debt(token) for token in "hgfedcba"]
    for number, owed in enumerate(debts):
        await note(storage, due, owed, NOON + number / 1000)
    entries = [str(owed.entry).encode() for owed in debts]
    assert [claimed.entry for claimed in await due.claim(NOON + 20, 10)] == entries
    assert [claimed.entry for claimed in await due.claim(NOON + 40, 10)] == entries


async def test_a_claim_lasts_until_another_is_made_or_the_reply_is_there(storage: Storage, due: Due) -> None:
    owed = debt("a")
    await note(storage, due, owed, NOON)
    (first,) = await due.claim(NOON + 20, 10)
    hold = Hold(due, owed, first.since, lambda: NOON + 25)
    await hold.renew()
    assert await due.claim(NOON + 31, 10) == ()
    (second,) = await due.claim(NOON + 36, 10)
    with pytest.raises(NotOurs):
        await hold.renew()
    hold = Hold(due, owed, second.since, lambda: NOON + 40)
    await hold.renew()
    await hold.renew()
    await due.settle(owed)
    with pytest.raises(NotOurs):
        await hold.renew()
    assert await due.claim(NOON + 100, 10) == ()


async def test_how_much_was_sent_is_known_to_whoever_claims_next(storage: Storage, due: Due, key_prefix: str) -> None:
    owed = debt("a")
    await note(storage, due, owed, NOON)
    await due.keep_sent(owed, 2)
    (claimed,) = await due.claim(NOON + 20, 10)
    hold = Hold(due, owed, claimed.since, lambda: NOON + 20)
    await hold.renew()
    assert hold.sent == 2
    assert 0 < await storage.command("TTL", f"{key_prefix}:{{{key_prefix}:due}}:a") <= 3600


@pytest.mark.parametrize(
    "message",
    [
        Message("m1", Person("ana", "Ana"), NOON, Typed("hello"), private=False, twin="ana hello"),
        Message("m1", Person("ana"), NOON, Typed("hello"), addressed=False, private=True),
        Message("m1", Person("ana"), NOON, Desk.button("answer:data:yes", 3)),
    ],
)
def test_what_is_owed_knows_all_of_its_message(message: Message) -> None:
    found = Debt.from_json(Debt("wall", PLACE, {"channel": "C1"}, message, "token").entry)
    assert found.message == message
    assert (found.channel, found.place, found.address, found.token) == ("wall", PLACE, {"channel": "C1"}, "token")


def test_of_an_entry_that_does_not_say_who_reads_along_others_are_taken_to() -> None:
    """As an older version wrote it."""
    entry = json.loads(debt("a").entry)
    del entry["private"]
    assert not Debt.from_json(json.dumps(entry)).message.private
