"""Ephemeral messages appear where Slack shows them to their reader."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.events import Origin, Workspace
from bot.slack.surface import SlackSurface
from dialogs.view import Paragraph, View, said
from tests.drivers.slack import Rig, user

ANA, BEN = user("ana"), user("ben")
HELLO = View((Paragraph(said("Hello.")),))


@pytest.fixture
def general(rig: Rig) -> WorkspaceChannel:
    return rig.workspace.channel([ANA, BEN])


def whispered(rig: Rig) -> dict[str, str | None]:
    """The thread in which each person saw something for them alone."""
    return {m.only_for: m.thread_ts for m in rig.workspace.messages if m.only_for}


def surface(rig: Rig, channel: WorkspaceChannel, root: str, *, opens: bool) -> SlackSurface:
    async def client() -> AsyncWebClient:
        return rig.slack.app.client

    origin = Origin(Workspace(rig.workspace.team), channel.id, root, ANA, opens=opens)
    return rig.slack.new_surface(client, origin, live=False)


async def test_the_answer_to_a_mention_outside_of_threads_stands_in_the_channel(
    rig: Rig, general: WorkspaceChannel
) -> None:
    await rig.people.mention(ANA, general, "forget me")
    await rig.settled()
    assert whispered(rig) == {ANA: None}


async def test_the_answer_to_what_was_said_in_a_thread_stands_in_the_thread(
    rig: Rig, general: WorkspaceChannel
) -> None:
    root = await rig.people.mention(ANA, general, "start")
    await rig.people.mention(BEN, general, "forget me", root.ts)
    await rig.settled()
    assert whispered(rig) == {BEN: root.ts}


async def test_what_follows_a_reply_stands_below_it(rig: Rig, general: WorkspaceChannel) -> None:
    root = rig.people.write(ANA, general, "hi")
    shown = surface(rig, general, root.ts, opens=True)
    await shown.whisper(HELLO)
    assert whispered(rig) == {ANA: None}
    await shown.post(HELLO)
    await shown.whisper(HELLO)
    assert whispered(rig) == {ANA: root.ts}


async def test_below_a_message_without_replies_nobody_would_see_it(rig: Rig, general: WorkspaceChannel) -> None:
    root = rig.people.write(ANA, general, "hi")
    await surface(rig, general, root.ts, opens=False).whisper(HELLO)
    assert whispered(rig) == {}
    assert not rig.refused()
