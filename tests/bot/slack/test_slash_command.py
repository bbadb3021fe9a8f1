"""The slash command: what it says, where it goes on, and how it is answered."""

import pytest

from bot.playground.slack.workspace import ChannelKind
from bot.slack.events import Origin, RequestContext, Workspace
from bot.slack.modals import FORM
from bot.slack.payloads import SlashCommand
from bot.slack.slash_command import from_slash_command
from bot.storage.place import Place
from dialogs.message import Typed
from tests.bot.slack.test_conversation import ANA, ASK, BEN, press, whispers
from tests.drivers.slack import Rig

HERE = Workspace("T1")
CONTEXT = RequestContext(HERE, "U0BOT", "help")


def test_a_command_goes_on_in_direct_messages() -> None:
    sent = {"command": "/advisor", "text": " ", "user_id": "U1", "channel_id": "C9", "trigger_id": "t.1"}
    found = from_slash_command(SlashCommand.model_validate({**sent, "response_url": "https://x"}), CONTEXT, 1700000000)
    assert found.message.content == Typed("help")
    assert (found.message.id, found.message.at, found.message.addressed) == ("t.1", 1700000000, True)
    assert found.place == Place("slack:T1:U1", "command:t.1", direct=True)
    assert found.origin == Origin(HERE, "U1", None, "U1", "https://x")


async def test_a_command_in_a_channel_without_the_bot_is_private(rig: Rig) -> None:
    elsewhere = rig.workspace.channel([ANA, BEN], with_bot=False)
    answer = await rig.settled(rig.people.command(ANA, elsewhere, ASK))
    direct = rig.workspace.direct(ANA)
    assert answer.shown is not None
    assert "direct message" in answer.shown
    assert "Question 1 of" in rig.visible(direct)[0]
    assert rig.visible(elsewhere) == []
    assert [m.only_for for m in rig.workspace.messages if m.channel == elsewhere.id] == [ANA]
    await press(rig, "answer:data:yes")
    assert "Question 2 of" in rig.visible(direct)[0]
    assert not rig.refused()


async def test_a_command_without_text_is_help(rig: Rig) -> None:
    await rig.settled(rig.people.command(ANA, rig.workspace.channel([ANA]), ""))
    assert "Try typing" in rig.visible(rig.workspace.direct(ANA))[0]


async def test_a_command_in_direct_messages_goes_on_there(rig: Rig) -> None:
    direct = rig.workspace.direct(ANA)
    first = await rig.settled(rig.people.command(ANA, direct, "start"))
    again = await rig.settled(rig.people.command(ANA, direct, "help"))
    assert first.shown is None
    assert again.shown == "Let’s go on here."
    assert "Still open: *Training data*" in rig.visible(direct)[-1]
    assert whispers(rig) == ["Let’s go on here."]


async def test_a_command_typed_to_somebody_else_says_where_it_goes_on(rig: Rig) -> None:
    with_ben = rig.workspace.channel([ANA, BEN], ChannelKind.DIRECT, with_bot=False)
    answer = await rig.settled(rig.people.command(ANA, with_ben, "start"))
    assert answer.shown is None
    assert "direct message" in whispers(rig)[0]
    assert rig.visible(with_ben) == []


@pytest.mark.parametrize("text", ["form", " Form "])
async def test_the_command_opens_the_form_and_shows_nothing_in_the_channel(rig: Rig, text: str) -> None:
    channel = rig.workspace.channel([ANA], with_bot=False)
    answer = await rig.settled(rig.people.command(ANA, channel, text))
    assert (answer.status, answer.text) == (200, "")
    assert rig.workspace.modals[ANA]["callback_id"] == FORM
    assert rig.workspace.messages == []
