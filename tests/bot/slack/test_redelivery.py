"""Replies that Slack took late: what is shown then is what was said, once, and whole."""

import asyncio

import pytest

from bot.playground.slack.api import ApiFault
from bot.playground.slack.workspace import WorkspaceChannel
from bot.storage.stores import Stores
from bot.turns.service import Service
from tests.bot.slack.conftest import recover
from tests.drivers.slack import Rig, user
from tests.patience import HUNG

ANA = user("ana")
COST = "How much does fine-tuning cost?"


def limited() -> ApiFault:
    return ApiFault("chat.postMessage", status=429, retry_after=30)


@pytest.fixture
def direct(rig: Rig) -> WorkspaceChannel:
    return rig.workspace.direct(ANA)


async def say(rig: Rig, channel: WorkspaceChannel, *texts: str) -> None:
    for text in texts:
        await rig.people.say(ANA, channel, text)
        await rig.settled()


async def shown_later(
    rig: Rig, direct: WorkspaceChannel, service: Service, stores: Stores, first: str, refused: str
) -> str:
    """The one card that is there once the reply to the last message, which Slack refused, is shown."""
    await say(rig, direct, first)
    rig.api.faults.append(limited())
    await say(rig, direct, refused)
    assert await recover(rig, service, stores.outbox) == 1
    (card,) = rig.visible(direct)
    return card


@pytest.mark.parametrize("last", ["2", "predictable"])
async def test_a_typed_answer_that_is_shown_later_is_not_taken_for_a_question(
    rig: Rig, direct: WorkspaceChannel, service: Service, stores: Stores, last: str
) -> None:
    await say(rig, direct, "start", "no", "high", "general", "flexible")
    before = rig.visible(direct)
    rig.api.faults.append(limited())
    await say(rig, direct, last)
    assert await recover(rig, service, stores.outbox) == 1
    assert rig.visible(direct)[:-1] == before[:-1]
    assert rig.visible(direct)[-1].startswith("*Prompt engineering*")


async def test_an_answer_about_the_subject_that_is_shown_later_comes_whole(
    rig: Rig, direct: WorkspaceChannel, service: Service, stores: Stores
) -> None:
    card = await shown_later(rig, direct, service, stores, "start", COST)
    assert COST in card
    assert "Question 1 of 5" in card


async def test_the_reason_for_an_answer_that_is_shown_later_comes_with_the_next_lesson(
    rig: Rig, direct: WorkspaceChannel, service: Service, stores: Stores
) -> None:
    card = await shown_later(rig, direct, service, stores, "learn", "1")
    assert card.startswith("*Not quite:*")
    assert "Lesson 2 of 6" in card


async def test_replies_that_wait_keep_their_order(
    rig: Rig, direct: WorkspaceChannel, service: Service, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_new_token", iter("cba").__next__)  # entries begin with it
    await say(rig, direct, "start")
    rig.api.faults.append(limited())
    await say(rig, direct, COST, "why")
    assert await recover(rig, service, stores.outbox) == 2
    card, answer = rig.visible(direct)
    assert COST in answer
    assert "Why I ask:" in card


async def test_a_reply_of_several_messages_goes_on_behind_those_that_arrived(
    rig: Rig, direct: WorkspaceChannel, service: Service, stores: Stores
) -> None:
    await say(rig, direct, "hi")
    rig.api.faults += [ApiFault("chat.postMessage", delay=0, times=2), limited(), limited()]
    await say(rig, direct, "triage\n" + "\n".join(f"a bot for tickets of kind {n}" for n in range(45)))
    assert await recover(rig, service, stores.outbox) == 0
    assert await recover(rig, service, stores.outbox) == 1
    assert [text.partition(" of 45")[0].strip("*") for text in rig.visible(direct)[1:]] == [
        "Ideas 1 to 20",
        "Ideas 21 to 40",
        "Ideas 41 to 45",
    ]


@pytest.mark.parametrize(
    ("before", "text"), [(("start", "show"), COST), (("start", "yes", "high", "general", "flexible"), "2")]
)
async def test_what_is_still_on_its_way_is_not_sent_again(
    rig: Rig,
    direct: WorkspaceChannel,
    service: Service,
    stores: Stores,
    key_prefix: str,
    before: tuple[str, ...],
    text: str,
) -> None:
    await say(rig, direct, *before)
    shown = len(rig.visible(direct))
    arrived = asyncio.Event()
    rig.api.faults.append(ApiFault("chat.postMessage", released=arrived))
    await rig.people.say(ANA, direct, text)
    (entry,) = await stores.storage.command("ZRANGE", f"{key_prefix}:due", 0, -1)
    noted = await stores.storage.command("ZSCORE", f"{key_prefix}:due", entry)
    looking = asyncio.create_task(recover(rig, service, stores.outbox))
    async with asyncio.timeout(HUNG):
        while await stores.storage.command("ZSCORE", f"{key_prefix}:due", entry) == noted:
            await asyncio.sleep(0)
    arrived.set()
    await rig.settled()
    assert await looking == 0
    assert len(rig.visible(direct)) == shown + 1


async def forgotten(rig: Rig, service: Service, stores: Stores) -> WorkspaceChannel:
    """A channel in which somebody had a card, after they asked to be forgotten."""
    general = rig.workspace.channel([ANA])
    await rig.people.mention(ANA, general, "start")
    await rig.settled()
    await rig.people.mention(ANA, general, "yes, forget me")
    await rig.settled()
    return general


async def test_the_card_of_a_person_who_was_forgotten_says_so(rig: Rig, service: Service, stores: Stores) -> None:
    general = await forgotten(rig, service, stores)
    assert await recover(rig, service, stores.outbox, after=0) == 1
    (card,) = rig.visible(general)
    assert "was deleted" in card
    assert "[Start the questions]" in card
    (message,) = [m for m in rig.workspace.messages if m.user == rig.workspace.bot and m.only_for is None]
    await rig.people.press(ANA, message, "start")
    await rig.settled()
    assert "Question 1 of 5" in rig.visible(general)[0]


async def test_the_card_of_a_person_who_was_forgotten_waits_while_slack_is_busy(
    rig: Rig, service: Service, stores: Stores
) -> None:
    general = await forgotten(rig, service, stores)
    rig.api.faults.append(ApiFault("chat.update", status=429, retry_after=30))
    assert await recover(rig, service, stores.outbox, after=0) == 0
    assert await recover(rig, service, stores.outbox, after=60) == 1
    assert "was deleted" in rig.visible(general)[0]


async def test_a_card_that_is_gone_is_not_posted_anew_for_a_person_who_was_forgotten(
    rig: Rig, service: Service, stores: Stores
) -> None:
    general = await forgotten(rig, service, stores)
    rig.workspace.messages = [m for m in rig.workspace.messages if m.user != rig.workspace.bot]
    assert await recover(rig, service, stores.outbox, after=0) == 0
    assert rig.visible(general) == []
