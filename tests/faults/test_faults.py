"""Processes are killed while people talk. Afterwards every conversation is what its script says.

The short form runs with `make test-whole`; `make test-faults` runs the long one. The seed is printed;
ADVISOR_FAULTS_SEED repeats it.
"""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.playground.slack.api import ApiCall
from bot.storage.boards import Boards
from bot.storage.place import Place
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from dialogs.conversation import Conversation
from knowledge.decision import decide
from tests.bot.harness import opened
from tests.drivers.local_server import serving
from tests.faults.processes import Process, Replica, running
from tests.faults.scripted import Balancer, Chaos, Indexed, Story
from tests.faults.stores import Kind, Store, store
from tests.faulty_platforms import FaultyWebApi
from tests.knowledge.fixtures import pack as builtin_pack
from tests.patience import HUNG, LONG

pytestmark = pytest.mark.whole


@dataclass(frozen=True)
class Plan:
    """How much happens."""

    stories: int
    at_once: int
    kills: int
    restarts: int


PLAN = Plan(2000, 40, 20, 5) if LONG else Plan(40, 20, 3, 1)
LATENCY = (0.02, 0.3)
"""Seconds that a call of the Web API takes."""

PACK = builtin_pack()


@pytest.mark.parametrize("kind", list(Kind) if LONG else [Kind.STANDALONE, Kind.CLUSTER])
async def test_nothing_is_lost_and_nothing_happens_twice(kind: Kind, tmp_path: Path) -> None:
    seed = int(os.environ.get("ADVISOR_FAULTS_SEED", time.time_ns() % 1_000_000))
    print(f"seed {seed}")
    chaos = Chaos(random.Random(seed))
    async with AsyncExitStack() as stack:
        workspace = Indexed(time.time)
        # As quick as Slack is: what a process has sent when it is killed may have its effect without an answer.
        api = FaultyWebApi(workspace, latency=lambda: chaos.dice.uniform(*LATENCY))
        api_url = await stack.enter_async_context(serving(api.app()))
        servers = store(kind, tmp_path)
        stack.callback(servers.stop)
        servers.start()
        replicas = [
            Replica.of(n, tmp_path, servers.url, api_url, workspace.token, **servers.settings) for n in range(2)
        ]
        http = await stack.enter_async_context(running([], replicas))
        balancer = Balancer([replica.url for replica in replicas], chaos)
        stories = [Story.of(n, workspace, balancer, PACK, http, api_url) for n in range(PLAN.stories)]
        begun = time.monotonic()
        trouble = asyncio.create_task(_trouble(chaos, replicas, servers, kind, http, stories))
        await play(stories, PLAN.at_once)
        await trouble
        took = time.monotonic() - begun
        await quiet(stories)
        # A node that was killed last takes seconds to rejoin its Cluster.
        storage = await stack.enter_async_context(opened(servers.url))
        stores = Stores.on(storage, ttl=timedelta(days=1))
        wrong = await differing(stories, partial(conversations_that_differ, stores.sessions))
        boards = await differing(stories, partial(boards_that_differ, stores.boards))
    twice = sum(max(0, len(story.messages()) - 1 - story.typed) for story in stories)
    refused = [call for call in api.calls if call.answer.get("ok") is False]
    again = deleted_again(api.calls)
    told = sum(story.told_not_saved for story in stories)
    print(
        f"{kind}: {len(stories)} conversations, {balancer.sent} acknowledged requests in {took:.0f} s, "
        f"{chaos.faults} faults; "
        f"wrong {len(wrong)}, posted twice {twice}, told to repeat {told}, "
        f"slowest acknowledgement {balancer.slowest:.2f} s, refused by the Web API {len(refused)}"
    )
    for line in wrong:
        print(f"wrong: {line}")
    assert not wrong
    assert not boards, boards
    assert twice <= 2 * chaos.faults
    assert not (results := [story.shown() for story in stories if story.results() > 1]), results
    live = [(story.user, story.shown(), story.said) for story in stories if story.live() > 1]
    for line in live:
        print(f"live: {line}")
    assert not live
    assert len(again) <= chaos.faults
    late = edited_late(api.calls)
    assert len(late) <= 2 * chaos.faults
    refused = [call for call in refused if call not in again and call not in late]
    for call in refused:
        about = [c for c in api.calls if c.body.get("ts") == call.body.get("ts")]
        print("refused:", [(c.method, c.answer.get("error"), str(c.body.get("text"))[:60]) for c in about])
    assert not refused, refused[:3]


def edited_late(calls: list[ApiCall]) -> list[ApiCall]:
    """Edits of a message that another process has deleted since it was looked up, posting the card below. Calls are
    noted when they are answered, so one may stand before the deletion that it came after."""

    def which(call: ApiCall) -> tuple[str, str]:
        return str(call.body.get("channel")), str(call.body.get("ts"))

    gone = {which(call) for call in calls if call.method == "chat.delete" and call.answer.get("ok")}
    edits = [call for call in calls if call.method == "chat.update" and call.answer.get("error") == "message_not_found"]
    return [call for call in edits if which(call) in gone]


def deleted_again(calls: list[ApiCall]) -> list[ApiCall]:
    """Deletions of a message that was deleted before: its process was killed before it had the answer, and the one that
    went on cannot know. Slack says that there is no such message, and that is all."""
    gone: set[tuple[str, str]] = set()
    again = []
    for call in calls:
        which = str(call.body.get("channel")), str(call.body.get("ts"))
        if call.method == "chat.delete" and call.answer.get("ok"):
            gone.add(which)
        elif call.method == "chat.delete" and call.answer.get("error") == "message_not_found" and which in gone:
            again.append(call)
    return again


async def play(stories: list[Story], at_once: int) -> None:
    gate = asyncio.Semaphore(at_once)

    async def one(story: Story) -> None:
        async with gate:
            await story.play()

    await asyncio.gather(*[one(story) for story in stories])


async def _trouble(
    chaos: Chaos, replicas: list[Replica], servers: Store, kind: Kind, http: ClientSession, stories: list[Story]
) -> None:
    """Kills replicas and servers, spread over the stories."""

    async def restart(process: Process) -> None:
        process.kill()
        await asyncio.sleep(chaos.dice.uniform(0.1, 1.0))
        process.start()

    faults: list[Callable[[], Awaitable[None]]]
    faults = [lambda: restart(chaos.dice.choice(replicas).process)] * PLAN.kills
    faults += [lambda: restart(chaos.dice.choice(servers.processes))] * PLAN.restarts
    faults += [servers.fail_over] * (kind is Kind.FAILOVER)
    chaos.dice.shuffle(faults)
    for number, fault in enumerate(faults, 1):
        due = len(stories) * number // (len(faults) + 1)
        while sum(len(story.chosen) for story in stories) < due * len(PACK.questions):
            if all(story.problem or len(story.chosen) == len(PACK.questions) for story in stories):
                return
            await asyncio.sleep(0.02)
        chaos.faults += 1
        await fault()
        for replica in replicas:
            await replica.ready(http)


async def quiet(stories: list[Story]) -> None:
    """Returns when nothing has been posted for a while, so that what is owed had its time."""
    last, since = -1, time.monotonic()
    limit = time.monotonic() + HUNG
    while time.monotonic() < min(since + 1, limit):
        count = sum(len(story.messages()) for story in stories)
        if count != last:
            last, since = count, time.monotonic()
        await asyncio.sleep(0.1)


async def differing(stories: list[Story], look: Callable[[list[Story]], Awaitable[list[str]]]) -> list[str]:
    """What a look finds wrong, once what is owed had its time."""
    limit = time.monotonic() + HUNG
    while (wrong := await look(stories)) and time.monotonic() < limit:
        await asyncio.sleep(0.5)
    return wrong


async def conversations_that_differ(sessions: Sessions, stories: list[Story]) -> list[str]:
    """Conversations that differ from their script, in what is stored or shown."""
    wrong = []
    for story in stories:
        place = Place(f"slack:{story.workspace.team}:{story.channel.id}", story.root)
        stored = await sessions.load(place)
        answers = Conversation.from_json(stored.document).chosen if stored.document else None
        verdict = PACK.verdict(decide(PACK, story.chosen).verdict).name
        shown = [m.content.text for m in story.messages() if f"\n{verdict} · " in f"\n{m.content.text}"]
        if story.problem or answers != story.chosen or not shown:
            wrong.append(
                f"{story.user}: {story.problem}; chose {story.chosen}, stored {answers}; shown {story.shown()}; "
                f"said {story.said}; record {stored}"
            )
    return wrong


async def boards_that_differ(boards: Boards, stories: list[Story]) -> list[str]:
    """Channels whose board does not hold the one idea that was finished there."""
    wrong = []
    for story in stories:
        board = await boards.load(Place(f"slack:{story.workspace.team}:{story.channel.id}"))
        if [(idea.number, idea.chosen) for idea in board.shown] != [(1, story.chosen)]:
            wrong.append(f"{story.user}: chose {story.chosen}, on the board {board}")
    return wrong
