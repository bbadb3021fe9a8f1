"""Somebody writes to others in a thread in which the advisor takes part: of them nothing is stored."""

import pytest

from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.conversation import hashed
from tests.drivers import opener

PLACES = {"slack channel": ("slack", "U0BEN"), "teams channel": ("teams", "aad-ben")}
"""By place: the channel's name, and the person's id there."""


async def stored(storage: Storage, prefix: str) -> bytes:
    """All keys and all values."""
    found = b""
    for key in await storage.command("KEYS", f"{prefix}:*"):
        kind = await storage.command("TYPE", key)
        read = {
            b"string": ("GET", key),
            b"hash": ("HGETALL", key),
            b"set": ("SMEMBERS", key),
            b"zset": ("ZRANGE", key, 0, -1),
        }[kind]
        found += key + b" " + repr(await storage.command(*read)).encode() + b"\n"
    return found


@pytest.mark.parametrize("place", PLACES)
async def test_of_a_bystander_nothing_is_stored(
    place: str, service: Service, stores: Stores, storage: Storage, key_prefix: str
) -> None:
    channel, person = PLACES[place]
    async with opener(place)(service) as driver:
        assert "Question 1" in await driver.say("ana", "should we fine-tune our support bot?")
        for line in ("hmm, I think Carla knows more about that", "yes I asked her", "thanks!"):
            assert await driver.say("ben", line, aside=True) == ""
        assert await driver.say("ana", "yes", aside=True) == "", "it may be a reply to them"
        await service.background.join()
        found = await stored(storage, key_prefix)
        for trace in (person, hashed(person), stores.participants._key(channel, person)):
            assert trace.encode() not in found, trace
        said = await driver.say("ben", "yes, hundreds of them")
        assert "Question 2" in said, "a mention counts"
        await service.background.join()
        assert person.encode() in await stored(storage, key_prefix), "now they take part, and can be forgotten"
        said = await driver.say("ben", "yes, forget me")
        assert "conversations (1)" in said
        left = [line for line in (await stored(storage, key_prefix)).splitlines() if person.encode() in line]
        due = f"{key_prefix}:due ".encode()
        assert [line for line in left if not line.startswith(due)] == [], "but for a card that is still to be redrawn"
