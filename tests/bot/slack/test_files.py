"""A file of ideas, dropped on the advisor: fetched from Slack alone, and judged."""

from typing import Any

import pytest

from bot.batch.idea_file import MAX_BYTES
from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.files import is_slacks
from tests.drivers.slack import Rig, user

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
    await rig.people.send_event({**event, "text": text, "subtype": "file_share", "files": [described]})
    await rig.settled()


async def test_a_table_comes_back_judged(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.files["ideas.csv"] = TABLE
    await drop(rig, direct)
    shown = rig.visible(direct)[-1]
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
    await rig.people.send_event({**event, "files": ["x", {"name": 5, "size": "big"}, None]})
    await rig.settled()
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
