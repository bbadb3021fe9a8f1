"""Ephemeral messages appear where Slack shows them to their reader."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.events import Origin, Workspace
from bot.slack.surface import SlackSurface
from bot.turns.channel import TryLater, Undeliverable
from dialogs.view import Paragraph, View, as_line
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

ANA, BEN = user("ana"), user("ben")
HELLO = View((Paragraph(as_line("Hello.")),))


def whispered(rig: Rig) -> dict[str, str | None]:
    """The thread in which each person saw something for them alone."""
    return {m.only_for: m.thread_ts for m in rig.workspace.messages if m.only_for}


def surface(rig: Rig, channel: WorkspaceChannel, root: str, *, opens: bool) -> SlackSurface:
    return shown_at(rig, Origin(Workspace(rig.workspace.team), channel.id, root, ANA, opens=opens))


def shown_at(rig: Rig, origin: Origin) -> SlackSurface:
    async def client() -> AsyncWebClient:
        return rig.slack.app.client

    return rig.slack.new_surface(client, origin)


async def test_the_answer_to_a_mention_outside_of_threads_stands_in_the_channel(
    rig: Rig, general: WorkspaceChannel
) -> None:
    await rig.settled(rig.people.mention(ANA, general, "yes, forget me"))
    assert whispered(rig) == {ANA: None}


async def test_the_answer_to_what_was_said_in_a_thread_stands_in_the_thread(
    rig: Rig, general: WorkspaceChannel
) -> None:
    root = await rig.people.mention(ANA, general, "start")
    await rig.settled(rig.people.mention(BEN, general, "yes, forget me", root.ts))
    assert whispered(rig) == {BEN: root.ts}


async def test_what_follows_a_reply_stands_below_it(rig: Rig, general: WorkspaceChannel) -> None:
    root = rig.people.write(ANA, general, "hi")
    shown = surface(rig, general, root.ts, opens=True)
    await shown.whisper(HELLO)
    assert whispered(rig) == {ANA: None}
    await shown.post(HELLO)
    await shown.whisper(HELLO)
    assert whispered(rig) == {ANA: root.ts}


async def test_each_call_asks_for_its_client_once(rig: Rig, general: WorkspaceChannel) -> None:
    """In an app for many workspaces that is a look into Redis, and a token to decrypt."""
    asked: list[str] = []

    async def client() -> AsyncWebClient:
        asked.append("client")
        return rig.slack.app.client

    shown = rig.slack.new_surface(client, Origin(Workspace(rig.workspace.team), general.id, None, ANA))
    card = await shown.post(HELLO)
    assert len(asked) == 1
    await shown.update(card, HELLO)
    assert len(asked) == 2


async def test_below_a_message_without_replies_nobody_would_see_it(rig: Rig, general: WorkspaceChannel) -> None:
    root = rig.people.write(ANA, general, "hi")
    await surface(rig, general, root.ts, opens=False).whisper(HELLO)
    assert whispered(rig) == {}
    assert not rig.refused()


def commanded(rig: Rig, url: str | None) -> SlackSurface:
    """For a command, whose sender is reached by its response_url alone."""
    return shown_at(rig, Origin(Workspace(rig.workspace.team), ANA, None, ANA, url))


def response_url(rig: Rig, channel: WorkspaceChannel) -> str:
    return f"{rig.people.api}/response/{rig.workspace.team}/{channel.id}/{ANA}/1.1"


async def test_the_sender_of_a_command_is_told_by_its_response_url(rig: Rig, general: WorkspaceChannel) -> None:
    await commanded(rig, response_url(rig, general)).whisper(HELLO)
    assert whispered(rig) == {ANA: None}
    assert [call.method for call in rig.api.calls][-1] == "response_url"


async def test_where_there_is_no_response_url_nobody_can_be_told(rig: Rig) -> None:
    with pytest.raises(Undeliverable, match="no response_url"):
        await commanded(rig, None).whisper(HELLO)


async def test_a_response_url_that_is_over_is_no_reason_to_try_again(rig: Rig, general: WorkspaceChannel) -> None:
    rig.api.faults.append(ApiFault("response_url", status=404))
    with pytest.raises(Undeliverable, match="404"):
        await commanded(rig, response_url(rig, general)).whisper(HELLO)


async def test_a_response_url_that_is_out_of_reach_is_tried_later(rig: Rig) -> None:
    with pytest.raises(TryLater):
        await commanded(rig, "http://127.0.0.1:1/").whisper(HELLO)


async def test_where_the_bot_is_no_member_the_response_url_is_the_way(rig: Rig) -> None:
    away = rig.workspace.channel([ANA], with_bot=False)
    workspace = Workspace(rig.workspace.team)
    with pytest.raises(Undeliverable, match="not_in_channel"):
        await shown_at(rig, Origin(workspace, away.id, None, ANA)).whisper(HELLO)
    assert whispered(rig) == {}
    await shown_at(rig, Origin(workspace, away.id, None, ANA, response_url(rig, away))).whisper(HELLO)
    assert whispered(rig) == {ANA: None}


async def test_a_notice_that_cannot_be_taken_away_keeps_no_reply_from_its_place(
    rig: Rig, general: WorkspaceChannel, caplog: pytest.LogCaptureFixture
) -> None:
    await rig.settled(rig.people.mention(ANA, general, "start"))
    card = rig.workspace.messages[-1]
    for answer in ("answer:data:yes", "answer:data:no"):
        await rig.settled(rig.people.press(ANA, card, answer, 0))
    notice = next(m for m in rig.workspace.messages if m.only_for == ANA)
    rig.api.faults.append(ApiFault("response_url", status=404))
    await rig.settled(rig.people.press(ANA, notice, "edit:data"))
    assert not notice.deleted
    assert "Question 1 of 5" in rig.visible(general)[-1]
    assert "beside a reply was not shown" in caplog.text
