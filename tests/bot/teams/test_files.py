"""A file of ideas in a personal chat of Teams."""

import json
from typing import Any

import pytest
from aiohttp import web

from bot.teams.activities import IncomingActivity
from bot.teams.files import is_sharepoint
from bot.turns.service import Service
from tests.bot.teams.world import ANA, GROUP, local
from tests.drivers.local_server import serving
from tests.drivers.teams import read

FILE = "application/vnd.microsoft.teams.file.download.info"


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


def test_other_attachments_are_no_files() -> None:
    ana = {"id": "29:ana"}
    base = {"type": "message", "id": "1", "from": ana, "serviceUrl": "https://x", "conversation": {"id": "a"}}
    found = [
        attached("https://x"),
        {"contentType": "text/html", "content": "<p>"},
        "x",
        None,
        attached("", "reference"),
    ]
    activity = IncomingActivity.model_validate({**base, "attachments": found})
    assert [(file.name, file.download_url) for file in activity.files] == [
        ("notes.txt", "https://x"),
        ("notes.txt", ""),
    ]


async def test_a_text_comes_back_judged(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async def notes(_: web.Request) -> web.Response:
        return web.Response(text="slogans for shoes\nsummaries of reports, we have no data at all\n")

    monkeypatch.setattr("bot.teams.files.is_sharepoint", lambda _: True)
    async with serving([web.get("/notes", notes)]) as address, local(service) as world:
        await world.people.say(ANA, "", attachments=[attached(f"{address}/notes")])
        shown = read(world.messages()[-1].card)
    assert "2 ideas · decided: 1" in shown


async def test_where_files_cannot_be_fetched_it_says_so(service: Service) -> None:
    async with local(service, GROUP) as world:
        await world.people.say(ANA, "", attachments=[attached("", "reference")])
        assert "paste the lines" in json.dumps(world.messages()[-1].card)
