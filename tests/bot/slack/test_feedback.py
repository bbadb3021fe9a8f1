"""Slack's buttons for feedback: what they look like, what is kept of a press, and the modal to say why."""

import pytest

from bot.playground.slack.workspace import SlackMessage
from bot.slack.modals import FEEDBACK_NOTE
from bot.storage.feedback import StoredRating
from bot.storage.stores import Stores
from dialogs.message import NOTE_LIMIT
from tests.bot.slack.test_conversation import ALL_YES, ANA, BEN, card, mention, press, whispers
from tests.drivers.slack import Rig

ABOUT_COST = "How much does fine-tuning cost?"


async def kept(stores: Stores) -> list[tuple[str, bool, str]]:
    return sorted((one.about, one.up, one.note) for one in await stores.feedback.ratings())


async def asked(rig: Rig) -> SlackMessage:
    """The message that answers a question, in a channel."""
    await mention(rig, rig.workspace.channel([ANA, BEN]), ABOUT_COST)
    return card(rig)


def why(rig: Rig, who: str = ANA) -> SlackMessage:
    """What only this person was shown, with the button to say why."""
    return [message for message in rig.workspace.messages if message.only_for == who][-1]


async def test_they_are_slacks_own_and_say_what_they_are_about(rig: Rig) -> None:
    (block,) = [block for block in (await asked(rig)).content.blocks if block["type"] == "context_actions"]
    (element,) = block["elements"]
    assert (element["type"], element["action_id"]) == ("feedback_buttons", "feedback")
    assert [element[side]["value"] for side in ("positive_button", "negative_button")] == ["up", "down"]
    assert block["block_id"] == "feedback:1:faq-cost"


async def test_what_they_say_themselves_is_kept_nowhere_else(rig: Rig, stores: Stores, key_prefix: str) -> None:
    await asked(rig)
    assert await stores.storage.command("KEYS", f"{key_prefix}:*:about:*") == []


async def test_the_last_press_of_each_person_counts_and_only_they_are_thanked(rig: Rig, stores: Stores) -> None:
    message = await asked(rig)
    for who, button in ((ANA, "feedback:up"), (BEN, "feedback:up"), (ANA, "feedback:down")):
        await press(rig, button, who=who, message=message)
    assert await kept(stores) == [("faq-cost", False, ""), ("faq-cost", True, "")]
    assert [line.partition("\n")[0] for line in whispers(rig)] == [
        "Thanks, noted.",
        "Thanks, noted. Sorry it didn’t help.",
    ]
    assert len(whispers(rig, BEN)) == 1
    assert not rig.refused()


async def test_the_same_press_twice_is_silent(rig: Rig, stores: Stores) -> None:
    message = await asked(rig)
    for _ in range(2):
        await press(rig, "feedback:up", message=message)
    assert len(whispers(rig)) == 1
    assert await kept(stores) == [("faq-cost", True, "")]


async def test_a_result_is_rated_by_its_verdict_and_once_in_a_conversation(rig: Rig, stores: Stores) -> None:
    await mention(rig, rig.workspace.channel([ANA]), "start")
    for answer in ALL_YES:
        await press(rig, f"answer:{answer}")
    await press(rig, "feedback:up")
    await press(rig, "edit:data")
    await press(rig, "answer:data:no")
    await press(rig, "feedback:down")
    assert await kept(stores) == [("result:prompt_engineering", False, "")]


async def test_a_word_is_given_in_a_modal_and_kept_without_names(rig: Rig, stores: Stores) -> None:
    await press(rig, "feedback:down", message=await asked(rig))
    await press(rig, FEEDBACK_NOTE, message=why(rig))
    assert rig.workspace.modals[ANA]["callback_id"] == FEEDBACK_NOTE
    assert await rig.people.submit(ANA, {FEEDBACK_NOTE: "ask Peter Miller, it was 5,000 dollars"}) == {}
    assert ANA not in rig.workspace.modals
    assert await kept(stores) == [("faq-cost", False, "ask …, it was … dollars")]
    assert not rig.refused()


async def test_without_a_block_id_it_is_about_what_is_shown(rig: Rig, stores: Stores) -> None:
    click = rig.people.click(ANA, await asked(rig), "feedback:up")
    click["actions"][0]["block_id"] = "x"
    assert (await rig.settled(rig.people.send_payload(click))).status == 200
    assert await kept(stores) == [("faq-cost", True, "")]


@pytest.mark.parametrize("value", ["sideways", "", None, 7])
async def test_a_press_that_is_none_changes_nothing(rig: Rig, stores: Stores, value: object) -> None:
    click = rig.people.click(ANA, await asked(rig), "feedback:up")
    click["actions"][0]["value"] = value
    assert (await rig.people.send_payload(click)).status < 500
    await rig.settled()
    assert await kept(stores) == []


@pytest.mark.parametrize(
    "metadata", ["", "{}", "[]", '{"about": ["faq-cost"], "up": true, "begun": 0, "space": "slack:T9:C1"}']
)
async def test_a_modal_of_somebody_elses_making_keeps_nothing(rig: Rig, stores: Stores, metadata: str) -> None:
    await press(rig, "feedback:down", message=await asked(rig))
    await press(rig, FEEDBACK_NOTE, message=why(rig))
    payload = rig.people.submission(ANA, {FEEDBACK_NOTE: "x" * 9_999})
    payload["view"]["private_metadata"] = metadata
    answer = await rig.people.send_payload(payload)
    assert answer.status == 200
    assert await kept(stores) == [("faq-cost", False, "")]


async def test_a_long_word_is_cut(rig: Rig, stores: Stores) -> None:
    await press(rig, "feedback:down", message=await asked(rig))
    await press(rig, FEEDBACK_NOTE, message=why(rig))
    await rig.people.send_payload(rig.people.submission(ANA, {FEEDBACK_NOTE: "too long " * 2_000}))
    ((_, _, note),) = await kept(stores)
    assert 0 < len(note) <= NOTE_LIMIT


async def test_forget_me_removes_it_and_nobody_elses(rig: Rig, stores: Stores) -> None:
    message = await asked(rig)
    for who in (ANA, BEN):
        await press(rig, "feedback:up" if who == ANA else "feedback:down", message=message, who=who)
    await mention(rig, rig.workspace.channels[message.channel], "yes, forget me")
    assert [(one.about, one.up) for one in await stores.feedback.ratings()] == [("faq-cost", False)]


def test_what_is_kept_names_nobody() -> None:
    assert set(StoredRating.__slots__) == {"about", "up", "note", "at"}
