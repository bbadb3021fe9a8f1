"""Sharing a result: the modal, what is posted, that it is posted once, and what the modal says of it."""

import pytest
from pydantic_core import to_json

from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.blocks import render_message
from bot.slack.modals import NOTE, SHARE, WHERE, shown_blocks, with_notice
from bot.storage.stores import Stores
from dialogs.advisor import Advisor
from dialogs.view import Paragraph, View
from tests.bot.slack.conftest import recover
from tests.bot.slack.test_conversation import ALL_YES, ANA, BEN, mention, press
from tests.bot.slack.test_forms import shown
from tests.drivers.slack import Rig
from tests.faulty_platforms import ApiFault

REPORTS = "should we fine-tune a model for our radiology reports?"


@pytest.fixture
async def result(rig: Rig) -> WorkspaceChannel:
    """A channel with a thread in which a result is shown."""
    channel = rig.workspace.channel([ANA, BEN])
    await mention(rig, channel, REPORTS)
    for answer in ALL_YES:
        verb = "confirm" if answer.startswith("domain") else "answer"  # radiology is specialised, it says itself
        await press(rig, f"{verb}:{answer}", who=BEN if answer.startswith("budget") else ANA)
    return channel


async def share(rig: Rig, channel: WorkspaceChannel, note: str | None = None) -> str:
    """Presses, fills in the modal, and waits; what the modal then says."""
    await press(rig, "share")
    return await submit(rig, channel, note)


async def submit(rig: Rig, channel: WorkspaceChannel, note: str | None = None) -> str:
    assert await rig.people.submit(ANA, {WHERE: channel.id, NOTE: note}) == {}
    posting = shown(rig.workspace.modals[ANA])
    await rig.settled()
    assert posting == "Posting…" or posting == shown(rig.workspace.modals[ANA])
    return shown(rig.workspace.modals[ANA])


async def test_the_modal_asks_where_and_shows_what_will_be_posted(rig: Rig, result: WorkspaceChannel) -> None:
    before = rig.visible(result)
    await press(rig, "share")
    view = rig.workspace.modals[ANA]
    assert view["callback_id"] == SHARE
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == [WHERE, NOTE]
    assert "Fine-tuning" in shown(view)
    assert rig.visible(result) == before
    assert not rig.refused()


async def test_it_is_posted_once_with_the_note_the_answers_and_who_gave_them(
    rig: Rig, result: WorkspaceChannel
) -> None:
    boss = rig.workspace.channel([ANA])
    assert await share(rig, boss, "what do you think, *all*?") == "Posted. You can close this."
    (message,) = rig.visible(boss)
    assert message.startswith("*radiology reports*")
    assert "“what do you think, *all*?”" in message
    assert "Training data: yes, hundreds or more (ana)" in message
    assert "Budget: flexible (ben)" in message
    assert "What would change it" in message
    assert "Shared by ana." in message
    assert "[" not in message, "there is nothing to press"
    posted = [m for m in rig.workspace.messages if m.channel == boss.id]
    assert "<@" not in posted[0].content.text
    link = f"https://slack.com/archives/{result.id}/p"
    assert link in posted[0].content.text
    assert not rig.refused()


async def test_a_modal_that_is_submitted_twice_posts_once(rig: Rig, result: WorkspaceChannel) -> None:
    boss = rig.workspace.channel([ANA])
    await press(rig, "share")
    first = rig.people.submission(ANA, {WHERE: boss.id})
    for _ in range(2):
        assert (await rig.settled(rig.people.send_payload(first))).status == 200
    assert len(rig.visible(boss)) == 1


async def test_where_the_bot_is_no_member_the_modal_says_how_to_invite_it(
    rig: Rig, result: WorkspaceChannel, stores: Stores
) -> None:
    elsewhere = rig.workspace.channel([ANA], with_bot=False)
    assert "/invite @Advisor" in await share(rig, elsewhere)
    assert rig.visible(elsewhere) == []
    assert await stores.outbox.size() == 0


async def test_what_slack_does_not_take_now_is_posted_later_and_once(rig: Rig, result: WorkspaceChannel) -> None:
    boss = rig.workspace.channel([ANA])
    rig.api.faults.append(ApiFault("chat.postMessage", status=429, retry_after=30))
    assert "as soon as it does" in await share(rig, boss, "soon")
    assert rig.visible(boss) == []
    assert await recover(rig) == 1
    (message,) = rig.visible(boss)
    assert "“soon”" in message
    assert await recover(rig) == 0


async def test_a_post_whose_answer_was_lost_is_not_repeated(rig: Rig, result: WorkspaceChannel) -> None:
    boss = rig.workspace.channel([ANA])
    rig.api.faults.append(ApiFault("chat.postMessage", status=429, retry_after=30, after=True))
    await share(rig, boss)
    await recover(rig)
    assert len(rig.visible(boss)) == 1


async def test_a_result_that_is_gone_meanwhile_is_not_posted(rig: Rig, result: WorkspaceChannel) -> None:
    boss = rig.workspace.channel([ANA])
    await press(rig, "share")
    await press(rig, "restart")
    assert "no result here" in await submit(rig, boss)
    assert rig.visible(boss) == []


async def test_where_no_modal_opens_the_result_for_others_stands_in_the_thread(
    rig: Rig, result: WorkspaceChannel
) -> None:
    rig.api.faults.append(ApiFault("views.open", error="expired_trigger_id"))
    await press(rig, "share")
    assert "Training data: yes, hundreds or more (ana)" in rig.visible(result)[-1]


async def test_an_idea_is_shared_as_it_is_and_not_the_next_one(rig: Rig) -> None:
    channel, boss = rig.workspace.channel([ANA, BEN]), rig.workspace.channel([ANA])
    await mention(rig, channel, "triage\nslogans, we have no data\nletters, we have no data at all")
    await press(rig, "idea:1")
    await press(rig, "share")
    assert "slogans" in shown(rig.workspace.modals[ANA])
    await press(rig, "back", who=BEN)
    await press(rig, "idea:2", who=BEN)
    assert await submit(rig, boss) == "Posted. You can close this."
    (message,) = rig.visible(boss)
    assert message.startswith("*slogans*")
    asked = next(m for m in rig.workspace.messages if m.user == ANA)
    (posted,) = (m for m in rig.workspace.messages if m.channel == boss.id)
    assert f"https://slack.com/archives/{channel.id}/p{asked.ts.replace('.', '')}" in posted.content.text
    assert not rig.refused()


def test_a_view_is_rendered_the_same_after_a_modal_with_it_was_refused(advisor: Advisor) -> None:
    """Blocks are kept between messages: nobody may write into one."""
    catalogue = advisor.catalogue
    view = View((Paragraph(catalogue.in_channel("post_failed")),))
    before = to_json(render_message(view).blocks)
    for _ in range(2):
        shown = with_notice({"type": "modal", "blocks": shown_blocks(view)}, catalogue, "post_failed")
        assert [block.get("block_id") for block in shown["blocks"]] == ["notice", None]
        assert to_json(render_message(view).blocks) == before


async def test_where_no_channel_was_chosen_the_modal_says_that_it_did_not_work(
    rig: Rig, result: WorkspaceChannel, stores: Stores
) -> None:
    await press(rig, "share")
    assert await rig.people.submit(ANA, {NOTE: "to whom?"}) == {}
    await rig.settled()
    assert "Nothing was posted" in shown(rig.workspace.modals[ANA])
    assert await stores.outbox.size() == 0
