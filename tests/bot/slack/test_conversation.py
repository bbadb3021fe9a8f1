"""Whole conversations: where they take place, what each event leads to, and that it leads there once."""

import asyncio
import time
from typing import Any

import pytest

from bot.playground.slack.people import buttons
from bot.playground.slack.workspace import ChannelKind, LocalWorkspace, SlackMessage, WorkspaceChannel
from bot.storage.place import Place
from bot.storage.stores import Stores
from dialogs.conversation import Conversation
from tests.bot.slack.conftest import Opened
from tests.drivers.slack import Rig, read, user

ANA, BEN = user("ana"), user("ben")
ASK = "should we fine-tune our support bot?"
ALL_YES = ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable")


async def mention(rig: Rig, channel: WorkspaceChannel, text: str = ASK) -> SlackMessage:
    """A mention in a channel; returns the message."""
    return await rig.settled(rig.people.mention(ANA, channel, text))


def card(rig: Rig) -> SlackMessage:
    """The bot's last message."""
    return [m for m in rig.workspace.messages if m.user == rig.workspace.bot and m.only_for is None][-1]


async def press(rig: Rig, button: str, who: str = ANA, message: SlackMessage | None = None, version: int = -1) -> None:
    answer = await rig.people.press(who, message or card(rig), button, version)
    assert answer.status == 200
    await rig.settled()


def whispers(rig: Rig, who: str = ANA) -> list[str]:
    return [read(m.content) for m in rig.workspace.messages if m.only_for == who]


async def stored(rig: Rig, stores: Stores, channel: WorkspaceChannel, root: str) -> Conversation:
    found = await stores.sessions.load(Place(f"slack:{rig.workspace.team}:{channel.id}", root))
    assert found.document is not None
    return Conversation.from_json(found.document)


@pytest.mark.parametrize("kind", [ChannelKind.CHANNEL, ChannelKind.PRIVATE, ChannelKind.GROUP])
async def test_by_buttons_a_conversation_is_one_message_edited(rig: Rig, kind: ChannelKind) -> None:
    channel = rig.workspace.channel([ANA], kind)
    said = await mention(rig, channel, "start")
    for answer in ALL_YES:
        await press(rig, f"answer:{answer}")
    messages = [m for m in rig.workspace.messages if m.user == rig.workspace.bot]
    assert len(messages) == 1
    assert messages[0].thread_ts == said.ts
    assert "Question 1 of 5" in messages[0].versions[0].text
    assert "Question 5 of 5" in messages[0].versions[4].text
    assert messages[0].content.text.startswith("Tune the model on your own examples\nFine-tuning · ")
    assert not [b for b in buttons(messages[0]) if b.startswith("answer:")]
    assert [b for b in buttons(messages[0]) if b.startswith("edit:")] == [f"edit:{a.split(':')[0]}" for a in ALL_YES]
    assert not rig.refused()


async def test_the_text_carries_the_whole_question_with_numbered_options(rig: Rig, general: WorkspaceChannel) -> None:
    await mention(rig, general, "start")
    shown = card(rig).content
    options = next(block["elements"] for block in shown.blocks if block["type"] == "actions")
    labels = [option["text"]["text"] for option in options if option["action_id"].startswith("answer:")]
    assert "Question 1 of 5" in shown.text
    assert len(labels) == 3
    for number, label in enumerate(labels, 1):
        assert label.startswith(f"{number} ")
        assert label in shown.text


async def test_a_typed_answer_leaves_a_record_and_the_next_card_below(rig: Rig, general: WorkspaceChannel) -> None:
    said = await mention(rig, general, "start")
    await rig.settled(rig.people.say(ANA, general, "yes", said.ts))
    first, second = rig.visible(general, said.ts)
    assert "yes" in first
    assert "[" not in first
    assert "\n" not in first
    assert "Question 2 of 5" in second


async def test_a_conversation_in_direct_messages_stays_at_the_top(rig: Rig) -> None:
    direct = rig.workspace.direct(ANA)
    for text in ("start", "yes", "many", "specialised", "flexible", "predictable"):
        await rig.settled(rig.people.say(ANA, direct, text))
    bots = [m for m in rig.workspace.messages if m.user == rig.workspace.bot]
    assert {m.thread_ts for m in bots} == {None}
    assert bots[-1].content.text.startswith("Tune the model on your own examples\nFine-tuning · ")


async def test_a_thread_in_direct_messages_is_answered_in_the_thread(rig: Rig) -> None:
    direct = rig.workspace.direct(ANA)
    root = rig.people.write(ANA, direct, "a note to myself")
    await rig.settled(rig.people.say(ANA, direct, "start", root.ts))
    assert card(rig).thread_ts == root.ts


async def test_a_mention_that_arrives_twice_has_one_effect(rig: Rig, general: WorkspaceChannel, stores: Stores) -> None:
    said = rig.people.write(ANA, general, f"@{rig.workspace.bot} {ASK}")
    both = rig.people.events(said)
    assert [event["type"] for event in both] == ["app_mention", "message"]
    for event in (*both, *both):
        assert (await rig.people.send_event(event, event_id=f"Ev{event['type']}", retry=1)).status == 200
    await rig.settled()
    assert len(rig.visible(general, said.ts)) == 1
    assert (await stored(rig, stores, general, said.ts)).revision == 1


async def test_three_clicks_at_once_leave_one_answer(rig: Rig, general: WorkspaceChannel, stores: Stores) -> None:
    said = await mention(rig, general, "start")
    first = card(rig)
    presses = [("data:yes", ANA), ("data:no", BEN), ("data:unsure", user("eve"))]
    await asyncio.gather(*(rig.people.press(who, first, f"answer:{option}") for option, who in presses))
    await rig.settled()
    conversation = await stored(rig, stores, general, said.ts)
    assert len(conversation.answers) == 1
    assert len(rig.visible(general, said.ts)) == 1
    assert "Question 2 of 5" in rig.visible(general, said.ts)[0]
    told = [m.only_for for m in rig.workspace.messages if m.only_for]
    assert set(told) == {who for _, who in presses} - {conversation.answers["data"].by}


async def test_the_same_click_twice_has_one_effect(rig: Rig, general: WorkspaceChannel, stores: Stores) -> None:
    said = await mention(rig, general, "start")
    click = rig.people.click(ANA, card(rig), "answer:data:yes")
    for _ in range(2):
        assert (await rig.people.send_payload(click)).status == 200
    await rig.settled()
    assert (await stored(rig, stores, general, said.ts)).revision == 2
    assert whispers(rig) == []


async def test_a_late_press_tells_the_sender_and_offers_a_change_that_works(
    rig: Rig, general: WorkspaceChannel
) -> None:
    said = await mention(rig, general, "start")
    first = card(rig)
    await press(rig, "answer:data:yes")
    await press(rig, "answer:data:no", BEN, first, version=0)
    offered = next(m for m in rig.workspace.messages if m.only_for == BEN)
    assert offered.thread_ts == said.ts
    assert "already answered" in read(offered.content)
    assert buttons(offered) == ["edit:data"]
    await press(rig, "edit:data", BEN, offered)
    assert offered.deleted
    assert len(rig.visible(general, said.ts)) == 1
    assert "Question 1 of 5" in rig.visible(general, said.ts)[0]
    assert not rig.refused()


async def test_an_unknown_button_is_said_to_be_one(rig: Rig, general: WorkspaceChannel) -> None:
    await mention(rig, general, "start")
    click = rig.people.click(ANA, card(rig), "answer:data:yes")
    click["actions"][0]["action_id"] = "launch:rockets"
    assert (await rig.settled(rig.people.send_payload(click))).status == 200
    assert "older version" in whispers(rig)[0]


@pytest.mark.parametrize("text", [ASK, "yes", "forget me", "help"])
async def test_people_in_other_threads_are_left_alone(
    rig: Rig, general: WorkspaceChannel, stores: Stores, key_prefix: str, text: str
) -> None:
    root = await rig.people.say(ANA, general, "lunch?")
    await rig.settled(rig.people.say(BEN, general, text, root.ts))
    assert rig.visible(general) == []
    assert whispers(rig, BEN) == []
    found = await stores.sessions.load(Place(f"slack:{rig.workspace.team}:{general.id}", root.ts))
    assert found.document is None
    assert await stores.storage.command("KEYS", f"{key_prefix}:*") == []


async def test_another_bot_in_the_thread_is_ignored(rig: Rig, general: WorkspaceChannel) -> None:
    said = await mention(rig, general, "start")
    event: dict[str, Any] = rig.people.events(rig.people.write("U0OTHERBOT", general, "yes", said.ts))[0]
    await rig.settled(rig.people.send_event({**event, "bot_id": "B0OTHER"}))
    assert "Question 1 of 5" in rig.visible(general, said.ts)[0]


async def test_what_people_write_comes_back_as_text(rig: Rig, general: WorkspaceChannel) -> None:
    hostile = "should we tune for <!channel> & *everybody* at <https://evil.example|home> :tada:?"
    await mention(rig, general, "start")
    await rig.settled(rig.people.mention(BEN, general, hostile, card(rig).thread_ts))
    await rig.settled(rig.people.mention(BEN, general, "yes", card(rig).thread_ts))
    shown = card(rig).content
    for text in (shown.text, *(str(block) for block in shown.blocks)):
        assert "<!channel>" not in text
        assert "<https" not in text
    quoting = next(b for b in shown.blocks if "&lt;!channel&gt;" in str(b))
    assert quoting["text"] == {"type": "plain_text", "text": quoting["text"]["text"], "emoji": False}


async def test_who_answered_is_recorded(rig: Rig, general: WorkspaceChannel) -> None:
    await mention(rig, general, "start")
    await press(rig, "answer:data:yes", BEN)
    await press(rig, "answer:volume:high", ANA)
    assert "(by ben)" in card(rig).content.text, "by name: nobody is notified"
    assert "(by ana)" in str(card(rig).content.blocks)


async def test_two_workspaces_with_the_same_ids_do_not_mix(open_rig: Opened) -> None:
    noon = time.time()
    one, two = (LocalWorkspace(lambda: noon, team=team) for team in ("T0ONE", "T0TWO"))
    async with open_rig(workspace=one) as here, open_rig(workspace=two) as there:
        for rig, answer in ((here, "answer:data:yes"), (there, "answer:data:no")):
            await mention(rig, rig.workspace.channel([ANA]), "start")
            await press(rig, answer)
        assert [m.ts for m in one.messages] == [m.ts for m in two.messages]
        assert card(here).content.text != card(there).content.text
        assert "Question 2" in card(here).content.text
        assert "Question 2" in card(there).content.text
        assert here.workspace.channels.keys() == there.workspace.channels.keys()


async def test_everything_seen_has_a_text_for_screen_readers(rig: Rig, general: WorkspaceChannel) -> None:
    await mention(rig, general)
    for button in ("why", "answer:data:yes", "back"):
        await press(rig, button)
    seen = [content for message, content in rig.workspace.log if message.user == rig.workspace.bot]
    assert len(seen) >= 4
    assert all(content.text.strip() and content.blocks for content in seen)
