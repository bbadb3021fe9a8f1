"""Lists and records as files in Slack: where they go, what is shown where Slack takes none, that none comes twice."""

import csv
import io

import pytest

from bot.playground.slack.people import buttons
from bot.playground.slack.workspace import SlackMessage, WorkspaceChannel
from bot.storage.errors import StorageUnavailable
from bot.storage.stores import Stores
from tests.bot.slack.conftest import recover, say
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")
LIST = "triage\nslogans for shoes\n=cmd|' /C calc'!A0\na bot for tickets"
LONG = "triage\n" + "\n".join(f"a bot for tickets of kind {n}" for n in range(30))
DECIDED = ("should we fine-tune our support bot? we have 5000 labelled tickets", "show the result")


def with_files(rig: Rig) -> list[SlackMessage]:
    return [message for message in rig.workspace.messages if message.file]


def content(rig: Rig) -> tuple[str, str]:
    """Name and text of the only file that was shown."""
    (message,) = with_files(rig)
    upload = rig.workspace.uploads[message.file or ""]
    return upload.name, (upload.data or b"").decode("utf-8-sig")


async def test_a_list_goes_into_the_thread_as_one_file(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA])
    root = await rig.settled(rig.people.mention(ANA, channel, LIST))
    await rig.settled(rig.people.mention(ANA, channel, "export", root.ts))
    name, text = content(rig)
    assert name == "ideas.csv"
    shoes, formula, tickets = csv.DictReader(io.StringIO(text))
    assert (shoes["title"], tickets["number"]) == ("slogans for shoes", "3")
    assert formula["text"].startswith("'="), "no cell is a formula"
    assert with_files(rig)[0].thread_ts == root.ts
    assert not [shown for shown in rig.visible(channel) if "number,title" in shown]
    assert rig.refused() == []


async def test_a_list_of_several_messages_is_one_file(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, LONG, "as csv")
    assert len(content(rig)[1].splitlines()) == 31
    assert not [shown for shown in rig.visible(direct) if "Ideas as CSV" in shown]


async def test_what_is_asked_for_by_a_command_goes_into_the_direct_messages(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, LIST)
    elsewhere = rig.workspace.channel([ANA], with_bot=False)
    await rig.settled(rig.people.command(ANA, elsewhere, "export"))
    assert content(rig)[0] == "ideas.csv"
    assert with_files(rig)[0].channel == direct.id
    assert rig.refused() == []


@pytest.mark.parametrize(
    "fault",
    [
        ApiFault("files.getUploadURLExternal", error="missing_scope"),
        ApiFault("files.getUploadURLExternal", error="file_uploads_disabled"),
        ApiFault("files.getUploadURLExternal", status=503, times=9),
        ApiFault("files.completeUploadExternal", error="file_update_failed"),
    ],
    ids=["scope", "policy", "broken", "not shown"],
)
async def test_where_slack_takes_no_file_the_list_is_text(
    rig: Rig, direct: WorkspaceChannel, stores: Stores, fault: ApiFault
) -> None:
    await say(rig, direct, LIST)
    rig.api.faults.append(ApiFault(fault.method, fault.status, fault.error, times=fault.times))
    await say(rig, direct, "export")
    assert rig.visible(direct)[-1].startswith("Ideas as CSV: 3.")
    assert with_files(rig) == []
    assert await stores.outbox.size() == 0


async def test_a_file_that_arrived_before_a_process_died_does_not_come_again(
    rig: Rig, direct: WorkspaceChannel, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(rig, direct, LONG)

    async def away(*_: object) -> None:
        raise StorageUnavailable

    with monkeypatch.context() as dying:
        dying.setattr(stores.outbox, "acknowledge", away)
        await say(rig, direct, "export")
    assert await stores.outbox.size() == 1
    before = len(rig.workspace.messages)
    await recover(rig)
    assert len(rig.workspace.messages) == before
    assert content(rig)[0] == "ideas.csv"
    assert await stores.outbox.size() == 0


async def test_a_file_that_was_not_sent_before_a_process_died_comes_later(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, LONG)
    busy = [ApiFault(name, status=503, times=9) for name in ("files.getUploadURLExternal", "chat.postMessage")]
    rig.api.faults += busy
    await say(rig, direct, "export")
    assert with_files(rig) == []
    rig.api.faults.clear()
    assert await recover(rig) == 1
    assert len(content(rig)[1].splitlines()) == 31
    assert not [shown for shown in rig.visible(direct) if "Ideas as CSV" in shown]


async def press_record(rig: Rig, direct: WorkspaceChannel) -> None:
    result = next(m for m in reversed(rig.workspace.messages) if "record" in buttons(m))
    await rig.settled(rig.people.press(ANA, result, "record"))


async def test_the_record_is_a_page_by_its_button_and_by_typing(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, *DECIDED)
    await press_record(rig, direct)
    name, page = content(rig)
    assert name == "record-support-bot.html"
    assert "<script" not in page
    for part in ("Answers", "What would change it", "Do next"):
        assert f"<h2><strong>{part}" in page
    await say(rig, direct, "record as a file")
    assert [upload.name for upload in rig.workspace.uploads.values()] == [name, name]
    assert rig.refused() == []


async def test_where_slack_takes_no_file_the_record_is_markdown(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, *DECIDED)
    rig.api.faults.append(ApiFault("files.getUploadURLExternal", error="missing_scope"))
    await press_record(rig, direct)
    assert "# support bot" in rig.visible(direct)[-1]
    assert with_files(rig) == []
