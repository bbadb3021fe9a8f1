"""The page's requests to the server, through the whole bot: what people do there reaches it as from a platform."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import ClientConnectionError, ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.assembly import open_application
from bot.config.environment import read_settings
from bot.playground.changes import Changes
from bot.playground.page_api import PageApi
from bot.playground.tab import OpenSurface, PageMessage, Room, RoomKind, RoomThread
from bot.playground.transcripts import Tab
from bot.server.local_token import LocalToken
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.record import StoredConversation
from tests.local_token import BEARER, LOCAL_TOKEN, SETTING
from tests.patience import HUNG
from tests.shipped import shipped

SOME_ID = "11111111-2222-3333-4444-555555555555"
ASKED = "Should we fine-tune our support bot?"


@dataclass
class Desk:
    """The page, as far as the server can tell."""

    client: TestClient

    async def state(self) -> dict[str, Any]:
        async with self.client.get("/playground/state") as answer:
            return dict(await answer.json())

    async def room(self, tab: str, kind: str) -> str:
        rooms = (await self.state())["rooms"][tab]
        return str(next(room["id"] for room in rooms if room["kind"] == kind))

    async def post(self, path: str, **body: Any) -> Any:
        async with self.client.post(f"/playground/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def stored(self, tab: str, spot: dict[str, Any]) -> dict[str, Any]:
        """The conversation of a thread."""
        async with self.client.get("/playground/conversation", params={"tab": tab, "person": "ana", **spot}) as answer:
            return dict(await answer.json())

    async def answer_in(self, spot: dict[str, Any]) -> dict[str, Any]:
        """What the bot says first in a thread."""
        return await self.until(lambda m: m.get("author") == "bot" and m["spot"] == spot)

    async def asked(self, tab: str, text: str = ASKED) -> tuple[dict[str, Any], dict[str, Any]]:
        """A thread that begins with a question, and the bot's answer."""
        room = await self.room(tab, "channel")
        spot = await self.post("say", tab=tab, person="ana", room=room, text=text, mention=True)
        return spot, await self.answer_in(spot)

    async def until(self, holds: Any) -> dict[str, Any]:
        """The first thing on the stream of which it holds."""
        async with self.client.get("/playground/stream", timeout=HUNG) as stream:  # type: ignore[arg-type]
            async for line in stream.content:
                if line.startswith(b"data: "):
                    message = json.loads(line.removeprefix(b"data: "))
                    if holds(message):
                        return dict(message)
        raise AssertionError("the stream ended")


@asynccontextmanager
async def serving(redis_url: str, **settings: str) -> AsyncIterator[TestClient]:
    chosen = read_settings({"REDIS_URL": redis_url, **SETTING, **settings})
    server = open_application(chosen, shipped())
    async with server as app, TestClient(TestServer(app), headers=BEARER) as client:
        yield client


@pytest.fixture
async def desk(redis_url: str) -> AsyncIterator[Desk]:
    async with serving(redis_url) as client:
        yield Desk(client)


def buttons(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The actions of a card in Teams."""
    return [action for block in card["content"]["body"] for action in block.get("actions", [])]


def button_of(card: dict[str, Any], action: str) -> Any:
    """What the page sends for a button: in Slack its id, in Teams the card's own action."""
    return action if card["tab"] == "slack" else next(found for found in buttons(card) if found["id"] == action)


@pytest.mark.parametrize("tab", ["slack", "teams"])
async def test_a_mention_is_answered_in_its_thread_and_a_press_edits_the_answer(tab: str, desk: Desk) -> None:
    spot, card = await desk.asked(tab)
    assert card["reply"]
    assert all(size["size"] <= size["limit"] for size in card["sizes"])
    pressed = {"tab": tab, "person": "ben", "message": card["id"], "button": button_of(card, "answer:data:yes")}
    await desk.post("press", **pressed, version=card["version"])
    edited = await desk.until(lambda m: m["id"] == card["id"] and m["version"] > card["version"])
    assert "Question 2 of 5" in json.dumps(edited["json"])
    stored = await desk.stored(tab, spot)
    assert stored["revision"] == 2
    assert stored["document"]["answers"]["data"]["option"] == "yes"


@pytest.mark.parametrize("tab", ["slack", "teams"])
async def test_a_press_on_what_a_card_showed_before_is_late(tab: str, desk: Desk) -> None:
    spot, card = await desk.asked(tab)
    for answer in ("answer:data:yes", "answer:data:no"):
        button = button_of(card, answer)
        await desk.post("press", tab=tab, person="ana", message=card["id"], version=0, button=button)
    await desk.until(lambda m: "already answered" in json.dumps([m.get("own"), m.get("only") and m["text"]]))
    assert (await desk.stored(tab, spot))["document"]["answers"]["data"]["option"] == "yes"


async def test_a_transcript_that_cannot_go_on_is_told_on_the_page(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nsteps: [{say: hello}, {press: 'answer:moon:full'}]\n")
    for name, value in (("FOLDER", tmp_path), ("PAUSE", 0), ("REPLY_WITHIN", 0)):
        monkeypatch.setattr(f"bot.playground.transcripts.{name}", value)
    await desk.post("play", tab="teams", script="one")
    told = await desk.until(lambda line: "trouble" in line)
    assert "One" in told["trouble"]
    assert "answer:moon:full" in told["trouble"]


async def test_what_is_said_without_a_mention_in_a_channel_is_shown_and_not_answered(desk: Desk) -> None:
    for tab in ("slack", "teams"):
        room = await desk.room(tab, "channel")
        spot = await desk.post("say", tab=tab, person="ana", room=room, text="lunch?", mention=False)
        assert (await desk.until(lambda m, spot=spot: m.get("spot") == spot))["author"] == "ana"
        assert (await desk.stored(tab, spot))["document"] is None


async def test_in_teams_a_reply_without_a_mention_does_not_reach_the_bot(desk: Desk) -> None:
    revisions = []
    spot, _ = await desk.asked("teams")
    for mention in (False, True):
        await desk.post("say", tab="teams", person="ana", **spot, text="1", mention=mention)
        revisions.append((await desk.stored("teams", spot))["revision"])
    assert revisions == [1, 2]


async def test_what_is_taken_back_leaves_the_page(desk: Desk) -> None:
    _, card = await desk.asked("slack")
    for answer in ("answer:data:yes", "answer:data:no"):
        await desk.post("press", tab="slack", person="ana", message=card["id"], version=0, button=answer)
    notice = await desk.until(lambda m: m.get("only") == "ana")
    async with desk.client.get("/playground/stream") as stream, asyncio.timeout(HUNG):
        await desk.post("press", tab="slack", person="ana", message=notice["id"], version=0, button="edit:data")
        gone = json.dumps({"gone": notice["id"]})
        while gone not in (await stream.content.readline()).decode():
            pass


async def test_a_command_is_answered_for_its_sender_alone(desk: Desk) -> None:
    room = await desk.room("slack", "channel")
    await desk.post("say", tab="slack", person="ben", room=room, text="/advisor help")
    pointer = await desk.until(lambda m: m.get("author") == "bot" and m["spot"]["room"] == room)
    assert pointer["only"] == "ben"


async def test_teams_welcomes_everybody_when_the_page_is_first_opened(desk: Desk) -> None:
    room = await desk.room("teams", "direct")
    assert "Start the questions" in json.dumps(await desk.until(lambda m: "spot" in m and m["spot"]["room"] == room))


async def test_a_transcript_is_played_in_a_new_thread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.playground.transcripts.PAUSE", 0)
    spot = await desk.post("play", tab="slack", script="digression")
    await desk.until(lambda m: m.get("spot") == spot and "Question 3 of 5" in m["text"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", {"tab": "irc", "person": "ana", "room": "x", "text": "hello"}),
        ("say", {"tab": "slack", "person": "eve", "room": "x", "text": "hello"}),
        ("say", {"tab": "slack", "person": "ana", "room": "x", "text": "hello"}),
        ("say", {"tab": "teams", "person": "ana", "room": "x", "text": "hello"}),
        ("say", {"tab": "slack", "person": "ana"}),
        ("press", {"tab": "slack", "person": "ana", "message": "C:1.1", "version": 0, "button": "back"}),
        ("press", {"tab": "teams", "person": "ana", "message": "1", "version": 0, "button": {}}),
        ("play", {"tab": "slack", "script": "../../etc/passwd"}),
    ],
)
async def test_what_is_not_there_is_said(path: str, body: dict[str, Any], desk: Desk) -> None:
    async with desk.client.post(f"/playground/{path}", json=body) as answer:
        assert answer.status == 400
        assert await answer.text()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "advisor.example"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"X-Forwarded-For": "192.0.2.1"},
        {"Via": "1.1 proxy"},
    ],
)
async def test_the_page_is_for_this_machine_only(headers: dict[str, str], desk: Desk) -> None:
    for path in ("/playground/state", "/playground/stream"):
        async with desk.client.get(path, headers=headers) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("header", ["", "Bearer x", f"Basic {LOCAL_TOKEN}"])
async def test_the_page_is_for_holders_of_the_token_only(header: str, desk: Desk) -> None:
    for path in ("/", "/playground/state", "/playground/stream", "/playground/conversation"):
        async with desk.client.get(path, headers={"Authorization": header}) as answer:
            assert answer.status == 401
    for path in ("say", "press", "play"):
        async with desk.client.post(f"/playground/{path}", json={}, headers={"Authorization": header}) as answer:
            assert answer.status == 401


async def test_a_form_of_another_site_is_not_taken(desk: Desk) -> None:
    body = {"tab": "slack", "person": "ana", "room": await desk.room("slack", "channel"), "text": "hello"}
    async with desk.client.post("/playground/say", data=json.dumps(body)) as answer:
        assert answer.status == 400


async def test_a_page_that_is_open_does_not_keep_the_server_from_stopping(desk: Desk) -> None:
    async with desk.client.get("/playground/stream") as stream:
        await desk.client.app.shutdown()
        async with asyncio.timeout(HUNG):
            await stream.read()


@pytest.mark.parametrize(
    "settings",
    [
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:9/"},
        {"MICROSOFT_APP_ID": SOME_ID, "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TENANT_ID": SOME_ID},
    ],
)
async def test_a_server_with_credentials_has_no_playground(settings: dict[str, str], redis_url: str) -> None:
    chosen = read_settings({"REDIS_URL": redis_url, **settings})
    assert not chosen.local_mode
    async with open_application(chosen, shipped()) as app:
        assert not [route for route in app.router.routes() if "playground" in str(route.resource)]


async def test_the_stand_ins_are_for_this_machine_only(tmp_path: Path, desk: Desk) -> None:
    spot, card = await desk.asked("teams")
    address = f"{card['json']['serviceUrl']}/v3/conversations/{spot['room']}/activities"
    parts = URL(address)
    guessed = parts.with_path("/" + parts.path.split("/", 2)[2])
    async with ClientSession() as session:
        async with session.post(address, json={}, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        async with session.post(guessed, json={}) as answer:
            assert answer.status == 404


class Broken:
    """A tab whose bot is away."""

    rooms = (Room("C1", RoomKind.CHANNEL, "ideas", ("ana",), threads=True),)

    async def say(self, *_: object, **__: object) -> RoomThread:
        raise ClientConnectionError("no route")

    def messages(self) -> list[PageMessage]:
        return []

    def surfaces(self) -> list[OpenSurface]:
        return []

    def refused(self) -> list[str]:
        return ["chat.update invalid_blocks"]

    def names(self) -> dict[str, str]:
        return {}

    def place(self, *_: object) -> Place:
        return Place("slack:T1:C1")


class Quiet(Broken):
    """A tab in which all that is said stays without an answer."""

    async def say(self, *_: object, **__: object) -> RoomThread:
        return RoomThread("C1", "1.1")


@asynccontextmanager
async def at_page_of(tab: Broken) -> AsyncIterator[tuple[PageApi, Desk]]:
    """A page with this tab alone."""
    api = PageApi("Title", ["An example"], away, Changes(), LocalToken(LOCAL_TOKEN))
    api.add("slack", cast(Tab, tab))
    app = web.Application()
    app.add_routes(api.routes())
    async with TestClient(TestServer(app), headers=BEARER) as client:
        yield api, Desk(client)


async def away(_place: Place) -> StoredConversation:
    raise StorageUnavailable("Redis is away")


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("name: One\nsteps: [{say: hello}, {say: goodbye}]\n")
    monkeypatch.setattr("bot.playground.transcripts.FOLDER", tmp_path)


async def test_what_is_being_played_ends_with_the_server(script: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.playground.transcripts.PAUSE", 2 * HUNG)
    async with at_page_of(Quiet()) as (api, page):
        assert await page.post("play", tab="slack", script="one") == {"room": "C1", "thread": "1.1"}
        async with asyncio.timeout(HUNG):
            await api.close()


@pytest.fixture
async def broken(script: None) -> AsyncIterator[Desk]:
    async with at_page_of(Broken()) as (api, page):
        yield page
    await api.close()


SAID = {"tab": "slack", "person": "ana", "room": "C1", "text": "hello"}


async def test_a_bot_that_does_not_answer_is_told(broken: Desk) -> None:
    for path, body in (("say", SAID), ("play", {"tab": "slack", "script": "one"})):
        async with broken.client.post(f"/playground/{path}", json=body) as answer:
            assert answer.status == 502
            assert await answer.text()


async def test_what_a_platform_refused_is_told_on_the_page(broken: Desk) -> None:
    told = await broken.until(lambda line: True)
    assert told == {"id": "slack 0", "trouble": "chat.update invalid_blocks"}


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"tab": "slack", "person": "ana", "room": "C1"}, 503, "Redis is away"),
        ({"tab": "slack", "person": "ana"}, 400, "room"),
        ({"tab": "irc", "person": "ana", "room": "C1"}, 400, "irc"),
        ({"tab": "slack", "person": "eve", "room": "C1"}, 400, "eve"),
    ],
)
async def test_a_conversation_that_cannot_be_shown(broken: Desk, asked: dict[str, str], status: int, said: str) -> None:
    async with broken.client.get("/playground/conversation", params=asked) as answer:
        assert answer.status == status
        assert said in await answer.text()


async def test_the_page_hears_what_there_is(broken: Desk) -> None:
    assert await broken.state() == {
        "title": "Title",
        "examples": ["An example"],
        "people": [{"id": "ana", "name": "Ana"}, {"id": "ben", "name": "Ben"}],
        "rooms": {"slack": [{"id": "C1", "kind": "channel", "name": "ideas", "members": ["ana"], "threads": True}]},
        "names": {"slack": {}},
        "transcripts": {"slack": [{"id": "one", "name": "One"}]},
    }


async def test_a_form_is_opened_filled_in_and_posted(desk: Desk) -> None:
    room = await desk.room("slack", "channel")
    do = partial(desk.post, "act", tab="slack", person="ana", room=room)
    await do(action="shortcut", values={"callback": "advice_form"})
    await desk.until(lambda event: event.get("surface") == "modal" and event["person"] == "ana")
    assert set((await do(action="submit", values={}))["errors"]) == {"idea"}
    assert (await do(action="submit", values={"data": "unsure"}))["errors"] == {}
    rest = dict.fromkeys(("volume", "domain", "budget", "consistency"), "unsure")
    assert (await do(action="submit", values=rest))["errors"] == {}
    await desk.until(lambda event: event.get("title") == "Recommendation")
    await do(action="submit", values={"where": room})
    await desk.until(lambda event: event.get("author") == "bot" and "Prompt engineering" in event["text"])


async def test_the_search_of_teams_finds_and_a_card_is_inserted(desk: Desk) -> None:
    room = await desk.room("teams", "channel")
    do = partial(desk.post, "act", tab="teams", person="ben", room=room)
    found = (await do(action="ask", values={"text": "what does fine-tuning cost?"}))["found"]
    await do(action="insert", values={"card": found[0]["card"]})
    await desk.until(lambda event: event.get("author") == "ben" and event["content"] == found[0]["card"])


@pytest.mark.parametrize(
    ("tab", "asked"),
    [
        ("slack", {"action": "dance"}),
        ("slack", {"action": "submit"}),
        ("slack", {"action": "press", "values": {"button": "start"}}),
        ("slack", {"action": "shortcut", "message": "C1:1.1"}),
        ("teams", {"action": "dance"}),
        ("teams", {"action": "submit"}),
        ("teams", {"action": "insert"}),
        ("teams", {"action": "command", "message": "7", "values": {"id": "triage_message"}}),
    ],
)
async def test_what_cannot_be_done_is_said(desk: Desk, tab: str, asked: dict[str, Any]) -> None:
    room = await desk.room(tab, "channel")
    body = {"tab": tab, "person": "ana", "room": room, **asked}
    async with desk.client.post("/playground/act", json=body) as answer:
        assert answer.status == 400
        assert (await answer.text()).startswith("There is no")
