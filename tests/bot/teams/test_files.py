"""A file of ideas in a personal chat of Teams."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.storage.stores import Stores
from bot.teams.files import is_sharepoint
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from tests.bot.teams.world import ANA, World, local
from tests.drivers.local_server import serving
from tests.drivers.teams import read

FILE = "application/vnd.microsoft.teams.file.download.info"


@dataclass
class Drive:
    """What was put there: the bytes, and which part of the file they are."""

    address: str = ""
    put_there: list[tuple[bytes, str]] = field(default_factory=list)

    async def notes(self, _: web.Request) -> web.Response:
        return web.Response(text="slogans for shoes\nsummaries of reports, we have no data at all\n")

    async def put(self, request: web.Request) -> web.Response:
        if request.match_info["place"] != "upload":
            return web.Response(status=507)
        assert "Authorization" not in request.headers
        self.put_there.append((await request.read(), request.headers["Content-Range"]))
        return web.Response(status=201)


def attached(url: str, kind: str = FILE) -> dict[str, Any]:
    content = {"downloadUrl": url, "uniqueId": "1", "fileType": "txt"}
    return {
        "contentType": kind,
        "contentUrl": "https://x",
        "name": "notes.txt",
        **({"content": content} if url else {}),
    }


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://contoso-my.sharepoint.com/personal/a/_layouts/download.aspx?x", True),
        ("https://contoso.sharepoint.com/a", True),
        ("http://contoso.sharepoint.com/a", False),
        ("https://sharepoint.com.evil.example/a", False),
        ("https://evilsharepoint.com/a", False),
        ("https://contoso.sharepoint.com@evil.example/a", False),
        ("", False),
    ],
)
def test_files_come_from_sharepoint_alone(url: str, is_one: bool) -> None:
    assert is_sharepoint(url) is is_one


JUDGED = "text,verdict,strength,scenario,passage,missing,ask,error"


@pytest.fixture
async def drive(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Drive]:
    """SharePoint, as far as it matters here."""
    monkeypatch.setattr("bot.teams.files.is_sharepoint", lambda url: "/evil" not in url)
    drive = Drive()
    async with serving([web.get("/notes", drive.notes), web.put("/{place}", drive.put)]) as address:
        drive.address = address
        yield drive


async def offered(world: World, drive: Drive) -> Any:
    """The question whether a file may be saved."""
    await world.people.say(ANA, "", attachments=[attached(f"{drive.address}/notes")])
    await world.connector.until(lambda: len(world.messages()) > 1)
    return world.messages()[-1]


async def answer(world: World, question: Any, action: str, upload: str = "") -> int:
    """Presses a button of the question."""
    (card,) = question.activity["attachments"]
    info = {"contentUrl": "https://c.sharepoint.com/f", "name": "notes-judged.csv", "uniqueId": "7", "fileType": "csv"}
    value = {
        "type": "fileUpload",
        "action": action,
        "context": card["content"]["acceptContext"],
        "uploadInfo": {**info, "uploadUrl": upload},
    }
    activity = {**world.people.activity("invoke", ANA), "name": "fileConsent/invoke", "value": value}
    status, _ = await world.people.send({**activity, "replyToId": question.id})
    return status


async def test_a_file_comes_back_once_it_is_allowed(service: Service, drive: Drive) -> None:
    async with local(service) as world:
        question = await offered(world, drive)
        (card,) = question.activity["attachments"]
        assert card["name"] == "notes-judged.csv"
        assert "2 rows" in card["content"]["description"]
        assert "2 ideas · 1 with a verdict" in read(world.messages()[0].card)
        assert await answer(world, question, "accept", f"{drive.address}/upload") == 200
        await world.connector.until(lambda: question not in world.messages())
        (shown,) = world.messages()[-1].activity["attachments"]
        assert (shown["name"], shown["contentUrl"]) == ("notes-judged.csv", "https://c.sharepoint.com/f")
        assert shown["content"] == {"uniqueId": "7", "fileType": "csv"}
        assert list(world.connector.refused) == []
    ((data, range_),) = drive.put_there
    assert data.decode("utf-8-sig").splitlines()[0] == JUDGED
    assert len(data) == card["content"]["sizeInBytes"]
    assert range_ == f"bytes 0-{len(data) - 1}/{len(data)}"


@pytest.mark.parametrize("limit", [RateLimit(burst=0), RateLimit(new_per_day=0)], ids=["at once", "in a day"])
async def test_the_file_of_a_message_too_many_is_left_alone(
    service: Service, stores: Stores, drive: Drive, monkeypatch: pytest.MonkeyPatch, limit: RateLimit
) -> None:
    monkeypatch.setattr(service, "_limit", limit)
    async with local(service) as world:
        await world.people.say(ANA, "", attachments=[attached(f"{drive.address}/notes")])
    assert len(world.messages()) == 1, "the notice, and no question about a file"
    assert await stores.outbox.size() == 0


async def test_a_file_that_is_not_wanted_goes(service: Service, drive: Drive) -> None:
    async with local(service) as world:
        question = await offered(world, drive)
        await answer(world, question, "decline")
        await world.connector.until(lambda: question not in world.messages())
        assert len(world.messages()) == 1
        await answer(world, question, "accept", f"{drive.address}/upload")
        await world.connector.until(lambda: len(world.messages()) > 1)
        assert "has waited too long" in world.messages()[-1].activity["text"]
    assert drive.put_there == []


@pytest.mark.parametrize("place", ["evil", "full"])
async def test_what_is_not_saved_can_be_tried_again(service: Service, drive: Drive, place: str) -> None:
    async with local(service) as world:
        question = await offered(world, drive)
        await answer(world, question, "accept", f"{drive.address}/{place}")
        await world.connector.until(lambda: len(world.messages()) > 2)
        assert "could not be saved" in world.messages()[-1].activity["text"]
        await answer(world, question, "accept", f"{drive.address}/upload")
        await world.connector.until(lambda: question not in world.messages())
    assert len(drive.put_there) == 1


async def test_where_files_cannot_be_fetched_it_says_so(group: World) -> None:
    await group.people.say(ANA, "", attachments=[attached("", "reference")])
    assert "paste the lines" in json.dumps(group.messages()[-1].card)
