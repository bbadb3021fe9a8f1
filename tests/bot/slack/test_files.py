"""A file of ideas, dropped on the advisor: fetched from Slack alone, and judged."""

from typing import Any

import pytest

from bot.batch.idea_file import MAX_BYTES
from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.files import fetch, is_slacks
from bot.storage.stores import Stores
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from tests.bot.slack.conftest import recover
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

TABLE = b"text,data\nslogans for shoes,no\nletters to guests,\npoems,purple\n"
API = "https://slack.com/api/"


@pytest.fixture
def direct(rig: Rig) -> WorkspaceChannel:
    return rig.workspace.direct(user("ana"))


async def drop(rig: Rig, channel: WorkspaceChannel, text: str = "", **file: Any) -> None:
    """Somebody sends a message with a file."""
    message = rig.people.write(user("ana"), channel, text or "here")
    (event, *_) = rig.people.events(message)
    described = {"name": "ideas.csv", "url_private": f"{rig.people.api}/files/ideas.csv", **file}
    await rig.settled(rig.people.send_event({**event, "text": text, "subtype": "file_share", "files": [described]}))


async def test_a_table_comes_back_judged(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.files["ideas.csv"] = TABLE
    await drop(rig, direct)
    shown = rig.visible(direct)[0]
    assert "2 ideas" in shown
    assert "slogans for shoes" in shown
    assert "line 4: “purple” is no option of `data`" in shown
    assert rig.refused() == []


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({"url_private": "https://example.com/ideas.csv"}, "not kept at Slack"),
        ({"size": MAX_BYTES + 1}, "I take up to 256 KB"),
        ({"url_private": ""}, "not kept at Slack"),
    ],
)
async def test_what_cannot_be_used_is_told(rig: Rig, direct: WorkspaceChannel, file: dict[str, Any], says: str) -> None:
    rig.api.files["ideas.csv"] = TABLE
    await drop(rig, direct, **file)
    assert says in rig.visible(direct)[-1]


async def test_a_file_that_says_too_little_about_its_size_is_not_read_to_the_end(
    rig: Rig, direct: WorkspaceChannel
) -> None:
    rig.api.files["ideas.csv"] = b"x\n" * MAX_BYTES
    await drop(rig, direct, size=10)
    assert "I take up to 256 KB" in rig.visible(direct)[-1]


async def test_a_damaged_description_costs_no_message(rig: Rig, direct: WorkspaceChannel) -> None:
    message = rig.people.write(user("ana"), direct, "start")
    (event, *_) = rig.people.events(message)
    await rig.settled(rig.people.send_event({**event, "files": ["x", {"name": 5, "size": "big"}, None]}))
    assert rig.visible(direct)


@pytest.mark.parametrize(
    ("url", "api", "is_one"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.csv", API, True),
        ("https://files.slack-gov.com/files-pri/T1-F1/a.csv", API, True),
        ("http://files.slack.com/a.csv", API, False),
        ("https://files.slack.com.evil.example/a.csv", API, False),
        ("https://files.slack.com@evil.example/a.csv", API, False),
        ("https://files.slack.com:8443/a.csv", API, False),
        ("https://slack.com/api/files", API, False),
        ("http://127.0.0.1:99/files/a", "http://127.0.0.1:99/api/", True),
        ("http://127.0.0.1:98/files/a", "http://127.0.0.1:99/api/", False),
    ],
)
def test_the_token_goes_to_slack_alone(url: str, api: str, is_one: bool) -> None:
    assert is_slacks(url, api) is is_one


async def test_a_file_comes_back_with_its_verdicts(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.files["ideas.csv"] = TABLE
    await drop(rig, direct)
    (upload,) = rig.workspace.uploads.values()
    assert upload.name == "ideas-judged.csv"
    assert upload.shown
    (header, shoes, *_, poems) = (upload.data or b"").decode().splitlines()
    assert header.startswith("text,data,verdict,strength")
    assert "prompt_engineering" in shoes
    assert "line 4: “purple” is no option" in poems
    said = rig.visible(direct)[-1]
    assert "3 rows, 1 of them could not be judged (line 4)" in said
    posted = next(message for message in rig.workspace.messages if message.file)
    asked = next(message for message in rig.workspace.messages if message.user == user("ana"))
    assert posted.channel == direct.id
    assert posted.thread_ts in (None, asked.ts)
    assert rig.refused() == []


@pytest.mark.parametrize(
    ("limit", "fetched"), [(RateLimit(burst=0), False), (RateLimit(new_per_day=0), True)], ids=["at once", "in a day"]
)
async def test_the_file_of_a_message_too_many_is_left_alone(
    rig: Rig,
    direct: WorkspaceChannel,
    service: Service,
    stores: Stores,
    monkeypatch: pytest.MonkeyPatch,
    limit: RateLimit,
    fetched: bool,
) -> None:
    asked: list[str] = []

    async def noted(*arguments: Any) -> Any:
        asked.append("file")
        return await fetch(*arguments)

    monkeypatch.setattr(service, "_limit", limit)
    monkeypatch.setattr("bot.slack.surface.fetch", noted)
    rig.api.files["ideas.csv"] = TABLE
    await drop(rig, direct)
    assert bool(asked) is fetched
    assert not rig.workspace.uploads
    assert await stores.outbox.size() == 0
    assert [message.only_for for message in rig.workspace.messages if message.only_for] == [user("ana")]


async def test_a_mention_in_two_events_brings_one_file(rig: Rig) -> None:
    rig.api.files["ideas.csv"] = TABLE
    channel = rig.workspace.channel([user("ana")])
    message = rig.people.write(user("ana"), channel, f"<@{rig.workspace.bot}> here")
    described = {"name": "ideas.csv", "url_private": f"{rig.people.api}/files/ideas.csv"}
    for event in rig.people.events(message):
        await rig.people.send_event({**event, "files": [described]})
    await rig.settled()
    assert len(rig.workspace.uploads) == 1
    assert next(m for m in rig.workspace.messages if m.file).thread_ts == message.ts


async def test_without_the_right_to_send_files_it_says_so(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.files["ideas.csv"] = TABLE
    rig.api.faults.append(ApiFault("files.getUploadURLExternal", error="missing_scope"))
    await drop(rig, direct)
    assert "I could not send ideas.csv back with its verdicts: missing_scope." in rig.visible(direct)[-1]


async def test_what_slack_does_not_take_for_now_comes_later(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.files["ideas.csv"] = TABLE
    rig.api.faults.append(ApiFault("files.completeUploadExternal", error="service_unavailable"))
    await drop(rig, direct)
    assert not any(message.file for message in rig.workspace.messages)
    assert await recover(rig) == 1
    assert sum(message.file is not None for message in rig.workspace.messages) == 1
