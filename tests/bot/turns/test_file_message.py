"""Files that people send: fetched from where they may be, within limits, and why not where they can't be had."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from unittest.mock import Mock

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from bot.batch.csv_columns import BadFile
from bot.batch.file_triage import MAX_ROWS, triage_file
from bot.batch.idea_file import MAX_BYTES, MAX_IDEAS
from bot.slack import files as slack_files
from bot.teams.files import ChatFiles
from bot.teams.surface import TeamsSurface
from bot.turns.file_message import FileMessages, FileSource
from bot.turns.workers import Workers
from dialogs.advisor import Advisor
from dialogs.message import Message, Person, Typed
from tests.bot.harness import FakeSurface
from tests.drivers.local_server import serving


async def give(request: web.Request) -> web.StreamResponse:
    """So many bytes, a page to sign in, a way elsewhere, or nothing."""
    what = request.match_info["what"]
    if what.isdecimal():
        return web.Response(body=b"x" * int(what))
    if what == "token":
        return web.Response(text=request.headers.get("Authorization", "none"))
    if what == "page":
        return web.Response(text="<html>", content_type="text/html")
    if what == "elsewhere":
        raise web.HTTPFound("/files/5")
    return web.Response(status=HTTPStatus.NOT_FOUND)


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with serving([web.get("/files/{what}", give)]) as address:
        yield f"{address}/files/"


async def from_slack(url: str, what: str, own_session: bool = True) -> bytes | str:
    """What is in a file at Slack, or why it can't be had."""
    async with ClientSession() as session:
        client = AsyncWebClient(token="xoxb-1", base_url=f"{url}api/", session=session if own_session else None)
        try:
            return await slack_files.fetch(client, f"{url}{what}")
        except BadFile as error:
            return str(error)


@pytest.mark.parametrize("own_session", [True, False])
async def test_a_file_is_fetched_from_slack_with_the_token(url: str, own_session: bool) -> None:
    assert await from_slack(url, "5", own_session=own_session) == b"xxxxx"
    assert await from_slack(url, "token", own_session=own_session) == b"Bearer xoxb-1"


async def test_why_a_file_cannot_be_had_from_slack(url: str) -> None:
    for what in ("page", "elsewhere", "gone"):
        assert "files:read" in str(await from_slack(url, what))
    assert "I take up to 256 KB" in str(await from_slack(url, str(MAX_BYTES + 1)))
    assert len(await from_slack(url, str(MAX_BYTES))) == MAX_BYTES
    client = AsyncWebClient(token="xoxb-1", base_url="https://slack.com/api/")
    with pytest.raises(BadFile, match="not kept at Slack"):
        await slack_files.fetch(client, f"{url}5")
    with pytest.raises(BadFile, match="could not fetch it from Slack"):
        async with ClientSession() as session:
            away = AsyncWebClient(token="x", base_url="http://127.0.0.1:1/api/", session=session)
            await slack_files.fetch(away, "http://127.0.0.1:1/a")


async def from_teams(url: str, what: str, place: str | None) -> bytes | str:
    async with ClientSession() as session:
        files = ChatFiles(Mock(), lambda: session, Mock(), local=place is not None)
        try:
            return await files.fetch(f"{url}{what}" if what else "", place or "")
        except BadFile as error:
            return str(error)


async def test_a_file_is_fetched_from_where_teams_keeps_it(url: str) -> None:
    place = url.removesuffix("files/")
    assert await from_teams(url, "5", place) == b"xxxxx"
    assert await from_teams(url, "token", place) == b"none"
    assert "personal chat" in str(await from_teams(url, "", place))
    assert "not kept in SharePoint" in str(await from_teams(url, "5", None))
    assert "not kept in SharePoint" in str(await from_teams(url, "5", "http://other"))
    for what in ("elsewhere", "gone"):
        assert "did not let me open it" in str(await from_teams(url, what, place))
    assert "I take up to 256 KB" in str(await from_teams(url, str(MAX_BYTES + 1), place))
    assert "could not fetch" in str(await from_teams("http://127.0.0.1:1/files/", "a", "http://127.0.0.1:1"))


async def test_another_process_fetches_it_by_its_address_in_the_outbox(url: str) -> None:
    async with ClientSession() as session:
        files = ChatFiles(Mock(), lambda: session, Mock(), local=True)
        chat = TeamsSurface(Mock(), {"service": url.removesuffix("files/")}, None, files)
        assert await chat.fetch("a", f"{url}5") == b"xxxxx"


def test_a_file_comes_back_with_so_many_rows_at_most(advisor: Advisor) -> None:
    judged = triage_file("a.csv", b"text,data\na,no\nb,maybe so\n", advisor.knowledge)
    assert (judged.name, judged.rows, judged.bad) == ("a-judged.csv", 2, (3,))
    assert judged.data.startswith(b"text,data,")
    many = b"text\n" + b"x\n" * (MAX_ROWS + 1)
    with pytest.raises(BadFile, match=rf"(?s)It has {MAX_ROWS + 1} rows; up to 2000.*advisor triage"):
        triage_file("a.csv", many, advisor.knowledge)
    marked = triage_file(".csv", b"\xef\xbb\xbftext\na\n", advisor.knowledge)
    assert marked.data.startswith(b"\xef\xbb\xbf")
    assert triage_file("notes", b"one\ntwo\n", advisor.knowledge).rows == 2


async def test_a_message_carries_what_its_file_holds(advisor: Advisor) -> None:
    messages = FileMessages(advisor, Workers().files)
    sent, data_of_one = Message("m", Person("ana"), 7, Typed("look")), b"text\na bot\n"

    async def held(data: bytes, size: int = 0) -> tuple[Typed, bytes | None]:
        message, given = await messages.with_file(sent, FileSource("a.csv", "", size), FakeSurface(stored=data))
        assert isinstance(message.content, Typed)
        return message.content, given

    content, given = await held(b"text,data\na bot,no\nb,perhaps so\n")
    assert [(idea.text, idea.answers) for idea in content.ideas] == [("a bot", (("data", "no"),))]
    assert (content.text, given is not None, len(content.problems)) == ("look", True, 1)
    empty, nothing = await held(b"")
    assert (empty.ideas, nothing) == ((), None)
    assert empty.problems[0].startswith("a.csv: ")
    many, _ = await held(b"text\n" + b"x\n" * (MAX_IDEAS + 2))
    assert many.problems == ("2 ideas at the end were too many.",)
    assert "It has 256 KB; I take up to 256 KB" in (await held(data_of_one, MAX_BYTES + 1))[0].problems[0]
    assert (await held(data_of_one, MAX_BYTES))[1] == data_of_one


async def test_a_file_that_takes_too_long_is_not_used(advisor: Advisor) -> None:
    times = iter(range(0, 1000, 4))
    messages = FileMessages(advisor, Workers().files, clock=lambda: next(times))

    sent, surface = Message("m", Person("ana"), 7, Typed("look")), FakeSurface(stored=b"one\ntwo\nthree\n")
    message, data = await messages.with_file(sent, FileSource("a.txt", ""), surface)
    assert isinstance(message.content, Typed)
    assert message.content.problems == ("a.txt: It took too long to read. Send fewer lines, or shorter ones.",)
    assert data is None
