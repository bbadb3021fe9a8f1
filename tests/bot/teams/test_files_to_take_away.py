"""Lists and records as files in Teams: offered in personal chats, shown as text everywhere else."""

from typing import Any

import pytest
from aiohttp import web

from bot.playground.teams.people import TeamsChat
from bot.storage.stores import Stores
from bot.teams.files import CONSENT_TYPE
from tests.bot.teams.world import ANA, CHANNEL, GROUP, World
from tests.drivers.local_server import serving
from tests.drivers.teams import action_id, actions, read
from tests.faulty_platforms import ConnectorFault, FaultKind

LIST = "triage\nslogans for shoes\n=cmd|' /C calc'!A0\na bot for tickets"
DECIDED = ("should we fine-tune our support bot? we have 5000 labelled tickets", "show the result")


def offers(world: World) -> list[Any]:
    """The questions whether a file may be saved."""
    return [m for m in world.messages() for a in m.activity.get("attachments", ()) if a["contentType"] == CONSENT_TYPE]


def texts(world: World) -> list[str]:
    return [read(m.shown) for m in world.messages() if m not in offers(world)]


async def say(world: World, *lines: str) -> None:
    for line in lines:
        await world.people.say(ANA, line)


async def saved(world: World, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What is in the only file that was offered, once the person allows it."""
    put_there: list[bytes] = []

    async def put(request: web.Request) -> web.Response:
        put_there.append(await request.read())
        return web.Response(status=201)

    monkeypatch.setattr("bot.teams.files.is_sharepoint", lambda _: True)
    (offer,) = offers(world)
    (card,) = offer.activity["attachments"]
    async with serving([web.put("/upload", put)]) as drive:
        info = {"contentUrl": "https://c.sharepoint.com/f", "name": card["name"], "uniqueId": "7", "fileType": "csv"}
        upload = {**info, "uploadUrl": f"{drive}/upload"}
        value = {"type": "fileUpload", "action": "accept", "context": card["content"]["acceptContext"]}
        asked = {"name": "fileConsent/invoke", "value": {**value, "uploadInfo": upload}, "replyToId": offer.id}
        assert (await world.people.send({**world.people.activity("invoke", ANA), **asked}))[0] == 200
        await world.connector.until(lambda: offer not in world.messages())
    assert len(put_there[0]) == card["content"]["sizeInBytes"]
    return put_there[0]


async def test_a_list_is_offered_in_a_personal_chat(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await say(world, LIST, "export")
    (card,) = offers(world)[0].activity["attachments"]
    assert card["name"] == "ideas.csv"
    assert card["content"]["description"].startswith("The list as a CSV file")
    lines = (await saved(world, monkeypatch)).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,title")
    assert ",'=cmd|" in lines[2]
    assert not [text for text in texts(world) if "Ideas as CSV" in text]
    assert list(world.connector.refused) == []


async def test_the_record_is_offered_by_its_button(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await say(world, *DECIDED)
    result = world.messages()[-1]
    (record,) = (action for action in actions(result.card) if action_id(action) == "record")
    assert (await world.people.press(ANA, result.id, record))[0] == 200
    await world.connector.until(lambda: bool(offers(world)))
    page = (await saved(world, monkeypatch)).decode()
    assert page.startswith("<!doctype html>")
    assert "<title>support bot</title>" in page


@pytest.mark.parametrize("slash", [False, True], ids=["to all", "to one person"])
@pytest.mark.parametrize("chat", [GROUP, CHANNEL], ids=lambda chat: chat.kind)
async def test_among_others_the_list_is_text(world: World, chat: TeamsChat, slash: bool) -> None:
    for line in (LIST, "export"):
        await (world.people.slash(ANA, line) if slash else world.people.say(ANA, line))
    await world.connector.until(lambda: len(world.messages()) > 1)
    assert "Ideas as CSV: 3" in texts(world)[-1]
    assert offers(world) == []
    assert list(world.connector.refused) == []


async def test_where_teams_refuses_files_the_list_is_text(world: World, stores: Stores) -> None:
    await say(world, LIST)
    world.connector.faults.append(ConnectorFault(FaultKind.FORBIDDEN))
    await say(world, "export")
    assert "Ideas as CSV: 3" in texts(world)[-1]
    assert offers(world) == []
    assert await stores.outbox.size() == 0


async def test_what_teams_does_not_take_for_now_is_offered_later(world: World) -> None:
    await say(world, LIST)
    world.connector.faults += [ConnectorFault(FaultKind.BAD_GATEWAY) for _ in range(99)]
    await say(world, "export")
    world.connector.faults.clear()
    assert await world.recover() == 1
    assert len(offers(world)) == 1
    assert not [text for text in texts(world) if "Ideas as CSV" in text]
