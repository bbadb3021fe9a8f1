"""Redis is killed while people talk, and comes back: everybody hears something in time, and no process minds.

The short form is away for 3 s; ADVISOR_FAULTS=long makes it 10 s.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from aiohttp import ClientSession
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.playground.slack.api import WebApi
from bot.playground.slack.people import SlackPeople, buttons
from bot.playground.slack.workspace import ChannelKind
from bot.playground.teams import people as teams
from bot.playground.teams.connector import Connector
from tests.drivers.local_server import serving
from tests.faults.processes import SECRET, Process, Replica, redis, running
from tests.faults.scripted import Indexed
from tests.local_token import LOCAL_TOKEN
from tests.patience import HUNG, LONG

pytestmark = pytest.mark.whole

AWAY = 10.0 if LONG else 3.0
A_SECOND = 12
"""Messages a second, over both channels."""

REACTS_WITHIN = 3.0
"""Seconds that Slack waits, and that a person may have to."""

BACK_WITHIN = 2.0
"""Seconds after the server answers."""

NOTICE = "could not save"


@dataclass
class Reaction:
    """What came of one message: when it was sent and answered (seconds), with what, and what is shown of it."""

    sent: float
    took: float
    status: int
    carded: Callable[[], bool]
    told: Callable[[], bool]

    @property
    def heard(self) -> bool:
        return self.carded() or self.told()


@dataclass
class World:
    """Two replicas, their server, both platforms."""

    store: Process
    redis_url: str
    replicas: list[Replica]
    workspace: Indexed
    api_url: str
    connector: Connector
    http: ClientSession
    numbers: "count[int]" = field(default_factory=count)
    reactions: list[Reaction] = field(default_factory=list)

    async def speak(self) -> None:
        """Somebody new says hello, on one of the channels and to one of the replicas."""
        number = next(self.numbers)
        replica = self.replicas[number % len(self.replicas)]
        await (self._in_slack if number % 3 else self._in_teams)(number, replica.url)

    async def _in_slack(self, number: int, url: str) -> None:
        user = f"U{number:08d}"
        people = SlackPeople(self.workspace, f"{url}/slack/events", self.api_url, SECRET, self.http)
        channel = self.workspace.channel([user], ChannelKind.CHANNEL)
        said = people.write(user, channel, f"@{self.workspace.bot} hello")
        event = people.events(said)[0]
        sent = time.monotonic()
        status = (await people.send_event(event)).status
        self.reactions.append(
            Reaction(
                sent,
                time.monotonic() - sent,
                status,
                carded=lambda: any(buttons(message) for message in self.workspace.thread(channel.id, said.ts)),
                told=lambda: any(NOTICE in message.content.text for message in self.workspace.private[user]),
            )
        )

    async def _in_teams(self, number: int, url: str) -> None:
        chat = teams.TeamsChat(f"a:{number}")
        people = teams.TeamsPeople(
            self.http,
            f"{url}/api/messages",
            self.api_url,
            self.connector,
            chat,
            new_id=lambda: f"a{number}",
            now=lambda: datetime.now(UTC),
            token=lambda: LOCAL_TOKEN,
        )
        sent = time.monotonic()
        status, _ = await people.say(teams.Member(f"P{number}"), "hello")
        posted = lambda: [str(message.activity) for message in self.connector.messages(chat.id)]  # noqa: E731
        self.reactions.append(
            Reaction(
                sent,
                time.monotonic() - sent,
                status,
                carded=lambda: any("Action.Execute" in message for message in posted()),
                told=lambda: any(NOTICE in message for message in posted()),
            )
        )

    async def status(self, path: str) -> list[int]:
        """What each replica answers."""

        async def asked(replica: Replica) -> int:
            async with self.http.get(replica.url + path) as answer:
                return answer.status

        return await asyncio.gather(*[asked(replica) for replica in self.replicas])

    async def server_answers(self) -> None:
        """Returns as soon as it does."""
        client = Redis.from_url(self.redis_url)
        while True:
            try:
                await client.ping()
                break
            except (RedisError, OSError):
                await asyncio.sleep(0.01)
        await client.aclose()


@asynccontextmanager
async def _world(folder: Path) -> AsyncIterator[World]:
    workspace, connector = Indexed(time.time), Connector()
    platforms = WebApi(workspace).app()
    platforms.add_routes(connector.routes())
    async with serving(platforms) as api_url:
        store, redis_url = redis(folder)
        replicas = [Replica.of(n, folder, redis_url, api_url, workspace.token) for n in range(2)]
        async with running([store], replicas) as http:
            yield World(store, redis_url, replicas, workspace, api_url, connector, http)


async def test_redis_away_under_load(tmp_path: Path) -> None:
    async with _world(tmp_path) as world:
        await asyncio.gather(*[world.speak() for _ in range(12)])
        assert all(reaction.status == 200 and not reaction.told() for reaction in world.reactions)
        over = asyncio.Event()
        talk = asyncio.create_task(_talk(world, over))
        health = asyncio.create_task(_health(world, over))
        world.store.kill()
        away = time.monotonic()
        unready = [status for _ in range(2) for status in await world.status("/readyz")]
        await asyncio.sleep(max(0.0, AWAY - (time.monotonic() - away)))
        world.store.start()
        await world.server_answers()
        back = time.monotonic()
        while await world.status("/readyz") != [200, 200]:
            await asyncio.sleep(0.02)
        ready_after = time.monotonic() - back
        await asyncio.sleep(BACK_WITHIN + 1)
        over.set()
        healthy = await health
        await talk
        await _until_heard(world.reactions)
        processes = [replica.process.process for replica in world.replicas]
        alive = all(process is not None and process.poll() is None for process in processes)
    told = [reaction for reaction in world.reactions if reaction.told()]
    late = [reaction for reaction in told if reaction.sent > back + BACK_WITHIN]
    slowest = max(reaction.took for reaction in world.reactions)
    taken_after = min(r.sent + r.took for r in world.reactions if r.sent >= back and not r.told()) - back
    print(
        f"away for {back - away:.1f} s, {len(world.reactions)} messages: told {len(told)}, slowest reaction "
        f"{slowest:.2f} s, ready {ready_after:.2f} s and the first one taken {taken_after:.2f} s after the server; "
        f"{len(healthy)} looks at health"
    )
    assert alive
    assert set(healthy) == {200}
    assert set(unready) == {503}
    assert Counter(reaction.status for reaction in world.reactions).keys() == {200}
    assert told, "Redis was away for so long that somebody had to hear of it"
    assert all(reaction.heard for reaction in world.reactions)
    assert not any(reaction.told() and reaction.carded() for reaction in world.reactions), "refused, and counted later"
    if LONG:
        assert slowest < REACTS_WITHIN
        assert ready_after < BACK_WITHIN
        assert taken_after < BACK_WITHIN
        assert not late


async def _talk(world: World, over: asyncio.Event) -> None:
    """People speak at a steady pace, whether or not others have been answered."""
    async with asyncio.TaskGroup() as group:
        while not over.is_set():
            group.create_task(world.speak())
            await asyncio.sleep(1 / A_SECOND)


async def _health(world: World, over: asyncio.Event) -> list[int]:
    found = []
    while not over.is_set():
        found += await world.status("/healthz")
        await asyncio.sleep(0.1)
    return found


async def _until_heard(reactions: list[Reaction]) -> None:
    last = time.monotonic() + HUNG
    while not all(reaction.heard for reaction in reactions) and time.monotonic() < last:
        await asyncio.sleep(0.05)
