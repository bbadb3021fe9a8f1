"""What holds unless somebody sets it: how long an idea is kept, and whose the server is."""

from datetime import timedelta

import redis.asyncio

from bot.storage.boards import BoardAddress
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from dialogs.ideas.board import Idea, idea_id

CHANNEL = Place("slack:T1:C1")
DAY = 86_400


async def test_an_idea_is_kept_for_a_year_however_short_conversations_live(
    storage: Storage, redis_url: str, key_prefix: str
) -> None:
    stores = Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix)
    idea = Idea(id=idea_id("m1", 1), number=0, title="a bot", by="ana", at=1_795_000_000)
    await stores.boards.apply(CHANNEL, [idea], BoardAddress("slack", {}))
    async with redis.asyncio.Redis.from_url(redis_url, protocol=2) as client:
        lives = [await client.ttl(key) for key in await client.keys(f"{key_prefix}*")]
    assert lives
    assert all(364 * DAY < seconds <= 365 * DAY for seconds in lives)


async def test_a_server_is_somebody_elses_unless_it_is_said_to_be_ours(storage: Storage, key_prefix: str) -> None:
    assert not Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix).own_server
    assert Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix, own_server=True).own_server
