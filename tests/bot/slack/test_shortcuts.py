"""The shortcuts, over the endpoint: the global one opens the form, the one of a message its verdict."""

import logging

import pytest

from bot.playground.slack.workspace import ChannelKind, Content
from bot.slack.modals import FORM, TRIAGE_MESSAGE
from dialogs.advisor import Advisor
from tests.bot.slack.test_forms import ANA, BEN, form, shown
from tests.drivers.slack import Rig
from tests.faulty_platforms import ApiFault


async def test_the_global_shortcut_opens_the_form_with_every_question(rig: Rig, advisor: Advisor) -> None:
    view = await form(rig)
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in inputs] == ["idea", *(q.id for q in advisor.pack.questions)]
    for block, question in zip(inputs[1:], advisor.pack.questions, strict=True):
        assert block["label"]["text"] == question.prompt
        assert [option["value"] for option in block["element"]["options"]] == [o.id for o in question.options]


async def test_a_message_is_judged_where_the_bot_is_no_member(rig: Rig, advisor: Advisor) -> None:
    channel = rig.workspace.channel([ANA, BEN], with_bot=False)
    text = "A bot for our lawyers. We have 40,000 reviewed contracts, it must always use the same format."
    message = rig.people.write(BEN, channel, text)
    assert (await rig.settled(rig.people.shortcut(ANA, TRIAGE_MESSAGE, message))).status == 200
    result = shown(rig.workspace.modals[ANA])
    assert "40,000 reviewed contracts" in result
    assert rig.visible(channel) == []
    assert await rig.people.submit(ANA, {}) == {}
    assert rig.visible(channel, message.ts) == [result]
    assert [call.method for call in rig.api.calls][-2:] == ["chat.postMessage", "response_url"]


async def test_where_it_is_a_member_it_posts_itself(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA])
    root = rig.people.write(ANA, channel, "ideas, please")
    message = rig.people.write(ANA, channel, "we want to sort tickets, we have 9,000 examples", root.ts)
    await rig.settled(rig.people.shortcut(ANA, TRIAGE_MESSAGE, message))
    view = rig.workspace.modals[ANA]
    assert shown(view).startswith("*Not enough said yet*"), "as the list says it"
    assert "9,000 examples" in shown(view)
    missing = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    await rig.people.submit(ANA, dict.fromkeys(missing, "unsure"))
    await rig.people.submit(ANA, {})
    assert len(rig.visible(channel, root.ts)) == 1
    assert "response_url" not in [call.method for call in rig.api.calls]


async def test_a_message_without_text(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA])
    message = rig.workspace.post(channel.id, ANA, Content("", []))
    await rig.settled(rig.people.shortcut(ANA, TRIAGE_MESSAGE, message))
    assert "no text" in shown(rig.workspace.modals[ANA])


@pytest.mark.parametrize("callback", ["others", ""])
async def test_a_shortcut_of_another_version(rig: Rig, callback: str) -> None:
    await rig.settled(rig.people.shortcut(ANA, callback))
    assert "older version" in shown(rig.workspace.modals[ANA])


async def test_the_message_shortcut_without_a_message(rig: Rig) -> None:
    await rig.settled(rig.people.shortcut(ANA, TRIAGE_MESSAGE))
    assert "older version" in shown(rig.workspace.modals[ANA])


async def test_a_trigger_that_is_too_old_is_logged(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    rig.api.faults.append(ApiFault("views.open", error="expired_trigger_id"))
    with caplog.at_level(logging.WARNING):
        assert (await rig.settled(rig.people.shortcut(ANA, FORM))).status == 200
    assert "expired_trigger_id" in caplog.text


async def test_a_private_channel_is_no_obstacle(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA], ChannelKind.PRIVATE, with_bot=False)
    message = rig.people.write(ANA, channel, "we have no data at all, and little money")
    await rig.settled(rig.people.shortcut(ANA, TRIAGE_MESSAGE, message))
    await rig.people.submit(ANA, {})
    assert len(rig.visible(channel, message.ts)) == 1
