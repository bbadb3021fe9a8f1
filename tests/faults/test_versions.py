"""Replicas of two versions side by side, as during a roll-out: nothing is lost, and nothing newer is overwritten."""

import asyncio
import random
import shutil
import time
from collections.abc import AsyncIterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import yaml
from aiohttp import ClientSession

from bot.playground.slack.api import WebApi
from bot.playground.slack.people import SlackPeople, buttons
from bot.playground.slack.workspace import ChannelKind, SlackMessage, WorkspaceChannel
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.sessions import Sessions
from dialogs.conversation import SCHEMA, Conversation
from knowledge.pack_loader import builtin
from tests.bot.harness import opened
from tests.drivers.local_server import serving
from tests.faults.processes import SECRET, Replica, redis, running
from tests.faults.scripted import Balancer, Chaos, Indexed, Story
from tests.faults.test_faults import PACK, conversations_that_differ, differing, play, quiet
from tests.patience import HUNG

pytestmark = pytest.mark.whole

STORIES = 12
REMOVED = "penniless"
DAY = timedelta(days=1)


def _previous_pack(folder: Path) -> Path:
    """A pack like ours, whose budget has one option that ours does not have any more."""
    pack = Path(shutil.copytree(builtin(), folder / "previous"))
    file = pack / "questions.yaml"
    content = yaml.safe_load(file.read_text())
    budget = next(question for question in content["questions"] if question["id"] == "budget")
    limited = next(option for option in budget["options"] if option["id"] == "limited")
    words = {"label": "Nothing at all", "record": "nothing at all", "words": ["we are broke"]}
    budget["options"].insert(2, {**deepcopy(limited), "id": REMOVED, **words})
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    return pack


@dataclass
class World:
    """One replica of the previous version, one of ours."""

    previous: Replica
    ours: Replica
    workspace: Indexed
    api_url: str
    http: ClientSession
    storage: Storage

    def people(self, replica: Replica) -> SlackPeople:
        """People whose requests reach this replica."""
        url = f"{replica.url}/slack/events"
        return SlackPeople(self.workspace, url, self.api_url, SECRET, self.http)

    def place(self, channel: WorkspaceChannel, root: str) -> Place:
        return Place(f"slack:{self.workspace.team}:{channel.id}", root)

    async def until(self, thread: tuple[WorkspaceChannel, str], *wanted: str) -> SlackMessage:
        """The message in a thread that has all these buttons, as soon as there is one."""
        async with asyncio.timeout(HUNG):
            while True:
                for message in self.workspace.thread(thread[0].id, thread[1]):
                    if set(wanted) <= set(buttons(message)):
                        return message
                await asyncio.sleep(0.02)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    workspace = Indexed(time.time)
    older = {"ADVISOR_PACK": str(_previous_pack(tmp_path)), "ADVISOR_ENCODER": "/nonexistent"}
    async with serving(WebApi(workspace).app()) as api_url:
        store, redis_url = redis(tmp_path, durable=False)
        previous = Replica.of(0, tmp_path, redis_url, api_url, workspace.token, **older)
        ours = Replica.of(1, tmp_path, redis_url, api_url, workspace.token)
        async with running([store], [previous, ours]) as http, opened(redis_url) as storage:
            yield World(previous, ours, workspace, api_url, http, storage)


async def test_conversations_go_on_across_two_versions(world: World) -> None:
    """Each request meets either version. By buttons: a typed number means what stands at that place on the card."""
    balancer = Balancer([world.previous.url, world.ours.url], Chaos(random.Random(1), typed=0.0))
    stories = [Story.of(n, world.workspace, balancer, PACK, world.http, world.api_url) for n in range(STORIES)]
    await play(stories, STORIES)
    await quiet(stories)
    sessions = Sessions(world.storage, schema=SCHEMA, ttl=DAY)
    assert not await differing(stories, partial(conversations_that_differ, sessions))


async def test_an_answer_that_is_none_any_more_is_asked_again_and_the_others_stay(world: World) -> None:
    channel = world.workspace.channel(["U1"], ChannelKind.CHANNEL)
    before, after = world.people(world.previous), world.people(world.ours)
    root = (await before.mention("U1", channel, "should we fine-tune our bot?")).ts
    thread = (channel, root)
    for name in ("answer:data:yes", "answer:volume:low", "answer:domain:general", f"answer:budget:{REMOVED}"):
        assert (await before.press("U1", await world.until(thread, name), name)).status == 200
    last = "answer:consistency:tolerant"
    assert (await after.press("U1", await world.until(thread, last), last)).status == 200
    asked = await world.until(thread, "answer:budget:limited")
    assert "were updated" in asked.content.text.split("\n")[0], "nobody was told why"
    stored = await Sessions(world.storage, schema=SCHEMA, ttl=DAY).load(world.place(channel, root))
    chosen = Conversation.from_json(stored.document or "").chosen
    assert chosen == {"data": "yes", "volume": "low", "domain": "general"}
    assert f"answer:budget:{REMOVED}" not in buttons(asked)
    assert (await after.press("U1", asked, "answer:budget:limited")).status == 200
    assert (await after.press("U1", await world.until(thread, last), last)).status == 200
    await world.until(thread, "edit:budget")


async def test_what_a_newer_version_wrote_is_not_overwritten(world: World) -> None:
    channel = world.workspace.channel(["U1"], ChannelKind.CHANNEL)
    people = world.people(world.ours)
    said = people.write("U1", channel, f"@{world.workspace.bot} hello")
    newer = Sessions(world.storage, schema=SCHEMA + 1, ttl=DAY)
    place = world.place(channel, said.ts)
    await newer.save(place, '{"of": "tomorrow"}', 1, expected=0)
    assert (await people.send_event(people.events(said)[0])).status == 200
    async with asyncio.timeout(HUNG):
        while not world.workspace.private["U1"]:
            await asyncio.sleep(0.02)
    assert (await newer.load(place)).document == '{"of": "tomorrow"}'
