"""A conversation in Microsoft's Agents Playground, driven by HTTP: a second opinion beside our own connector.

Needs Node.js and `npm ci` in this folder. The routes below `/_conversation` and `/_debug` are not documented, so the
version is pinned. It listens on all interfaces while the test runs.
"""

import asyncio
import os
import shutil
from asyncio.subprocess import DEVNULL, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from bot.config.environment import read_settings
from bot.playground.teams.card_rules import problems
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.teams.app import PATH, build
from bot.teams.interfaces import CARD_TYPE
from bot.turns.service import Service
from tests.bot.teams.world import WORDS
from tests.drivers.local_server import serving
from tests.drivers.teams import action_id, actions, read
from tests.local_token import LOCAL_TOKEN, SETTING
from tests.patience import STARTING
from tests.servers import free_port

HERE = Path(__file__).parent
CLI = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
NODE = shutil.which("node")
ANA = {"id": "user-id-0"}

pytestmark = pytest.mark.skipif(
    NODE is None or not CLI.exists(), reason="needs Node.js, and `npm ci` in tests/bot/teams/playground_smoke"
)


@dataclass
class Playground:
    """The running Playground, its personal chat, and what the bot has stored."""

    http: ClientSession
    chat: str
    tenant: str
    stores: Stores

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        async with self.http.post(path, json=body) as response:
            return response.status, await response.json(content_type=None)

    async def say(self, text: str) -> str:
        """The id of the card that comes of it."""
        _, before = await self.card()
        message = {"type": "text", "text": text, "textFormat": "plain", "from": ANA}
        status, _ = await self.post(f"/_conversation/v1/conversations/{self.chat}/messages", message)
        assert status == 200
        return (await self.card(before))[0]

    async def card(self, after: int = 0) -> tuple[str, int]:
        """The id of the live card and the revision, once the bot has recorded one after that revision: the Playground
        answers before the bot has."""
        place = Place(f"teams:{self.tenant}:{self.chat}")
        async with asyncio.timeout(STARTING):
            while True:
                stored = await self.stores.sessions.load(place)
                if stored.card is not None and stored.delivered == stored.revision > after:
                    return stored.card.message, stored.revision
                await asyncio.sleep(0.02)

    async def press(self, card: str, verb: str, **data: Any) -> Any:
        """What the bot answers to a press."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        invoke = {"name": "adaptiveCard/action", "value": {"action": action}, "from": ANA}
        where = {"conversation": {"id": self.chat}, "replyToId": card}
        status, answer = await self.post("/_conversation/v1/invoke", invoke | where)
        assert status == 200, answer
        return answer


@asynccontextmanager
async def running(bot_url: str, folder: Path) -> AsyncIterator[str]:
    """The Playground in front of a bot; its address."""
    port = free_port()
    assert NODE is not None
    process = await create_subprocess_exec(
        *[NODE, str(CLI), "start", "-c", "msteams", "-p", str(port), "--disable-telemetry"],
        cwd=folder,
        env={**os.environ, "TEAMSAPPTESTER_BROWSER": "none", "BOT_ENDPOINT": bot_url},
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def config(http: ClientSession) -> Any:
    """Its settings, as soon as it answers."""
    async with asyncio.timeout(STARTING):
        while True:
            try:
                async with http.get("/_internal/v1/config") as response:
                    return (await response.json())["config"]
            except ClientError:
                await asyncio.sleep(0.1)


@pytest.fixture
async def playground(service: Service, stores: Stores, tmp_path: Path) -> AsyncIterator[Playground]:
    teams = build(read_settings(SETTING), service, WORDS)
    async with (
        serving(teams.routes) as app,
        running(f"{app}{PATH}?token={LOCAL_TOKEN}", tmp_path) as url,
        ClientSession(url) as http,
    ):
        settings = await config(http)
        found = Playground(http, settings["personalChat"]["id"], settings["tenantId"], stores)
        await http.post(f"/_debug/conversation/{found.chat}/installation", json={})
        yield found
        await teams.stop()


async def test_a_conversation_by_buttons(playground: Playground) -> None:
    card = await playground.say("should we fine-tune our support bot?")
    for question in ("data", "volume", "domain", "budget", "consistency"):
        answer = await playground.press(card, "answer", question=question, option="unsure")
        assert answer["type"] == CARD_TYPE
        assert problems(answer["value"]) == []
    title, verdict, *_ = read(answer["value"]).split("\n")
    assert title == "support bot"
    assert verdict.startswith("Use prompts")
    assert "edit:data" in [action_id(action) for action in actions(answer["value"])]


async def test_a_press_as_submit_and_feedback(playground: Playground) -> None:
    card = await playground.say("should we fine-tune our support bot?")
    _, before = await playground.card()
    place = {"conversation": {"id": playground.chat}, "replyToId": card, "from": ANA}
    value = {"verb": "answer", "question": "data", "option": "yes"}
    status, _ = await playground.post("/_conversation/v1/submit", place | {"value": value})
    assert status == 200
    assert await playground.card(before) == (card, before + 1)
    late = await playground.press(card, "answer", question="data", option="no", revision=1)
    assert read(late["value"]).startswith("Training data was already answered")
    given = {"actionName": "feedback", "actionValue": {"reaction": "like"}}
    status, _ = await playground.post(
        "/_conversation/v1/invoke", place | {"name": "message/submitAction", "value": given}
    )
    assert status == 200
