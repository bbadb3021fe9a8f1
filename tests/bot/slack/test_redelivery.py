"""Replies that Slack took late: what is shown then is what was said, once, and whole."""

import asyncio
import re
import time
from contextlib import suppress

import pytest

from bot.playground.slack.people import buttons
from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.surface import SlackSurface
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.stores import Stores
from bot.turns.board_watch import BoardWatch
from bot.turns.observer import Observer
from bot.turns.processed_message import Processed
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.view import View
from tests.bot.slack.conftest import recover, say
from tests.drivers.slack import Rig, read, user
from tests.faulty_platforms import ApiFault
from tests.patience import HUNG

ANA = user("ana")
COST = "How much does fine-tuning cost?"


def limited() -> ApiFault:
    return ApiFault("chat.postMessage", status=429, retry_after=30)


async def shown_later(rig: Rig, direct: WorkspaceChannel, first: str, refused: str) -> list[str]:
    """What is there once the reply to the last message, which Slack refused, is shown."""
    await say(rig, direct, first)
    rig.api.faults.append(limited())
    await say(rig, direct, refused)
    assert await recover(rig) == 1
    return rig.visible(direct)


@pytest.mark.parametrize("last", ["2", "predictable"])
async def test_a_typed_answer_that_is_shown_later_is_not_taken_for_a_question(
    rig: Rig, direct: WorkspaceChannel, last: str
) -> None:
    await say(rig, direct, "start", "no", "high", "general", "flexible")
    before = rig.visible(direct)
    rig.api.faults.append(limited())
    await say(rig, direct, last)
    assert await recover(rig) == 1
    assert rig.visible(direct)[:-1] == before[:-1]
    assert rig.visible(direct)[-1].startswith("*Use prompts, no tuning for now*\n*Prompt engineering*")


async def test_an_answer_about_the_subject_that_is_shown_later_comes_whole(rig: Rig, direct: WorkspaceChannel) -> None:
    card, answer = await shown_later(rig, direct, "start", COST)
    assert COST in answer
    assert "Still open: *Training data*" in card


async def test_the_reason_for_an_answer_that_is_shown_later_comes_with_the_next_lesson(
    rig: Rig, direct: WorkspaceChannel
) -> None:
    (card,) = await shown_later(rig, direct, "learn", "1")
    assert card.startswith("*Not quite:*")
    assert "Lesson 2 of 7" in card


async def test_replies_that_wait_keep_their_order(
    rig: Rig, direct: WorkspaceChannel, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turns.service.new_token", iter("cba").__next__)  # entries begin with it
    await say(rig, direct, "start")
    rig.api.faults.append(limited())
    await say(rig, direct, COST, "why")
    assert await recover(rig) == 2
    card, cost, why = rig.visible(direct)
    assert COST in cost
    assert "Why I ask:" in why
    assert "Still open: *Training data*" in card


async def test_a_reply_of_several_messages_goes_on_behind_those_that_arrived(
    rig: Rig, direct: WorkspaceChannel
) -> None:
    await say(rig, direct, "triage\n" + "\n".join(f"a bot for tickets of kind {n}" for n in range(30)))
    rig.api.faults += [ApiFault("chat.postMessage", delay=0, times=2), limited(), limited()]
    rig.api.faults.append(ApiFault("files.getUploadURLExternal", error="missing_scope", times=9))
    await say(rig, direct, "export")
    assert await recover(rig) == 0
    assert await recover(rig) == 1
    shown = [int(found[1]) for text in rig.visible(direct) if (found := re.match(r"Ideas as CSV, rows (\d+) to", text))]
    assert (shown[0], len(shown)) == (1, 4)
    assert shown == sorted(set(shown))


@pytest.mark.parametrize(
    ("before", "text"), [(("start", "show"), COST), (("start", "yes", "high", "general", "flexible"), "2")]
)
async def test_what_is_still_on_its_way_is_not_sent_again(
    rig: Rig, direct: WorkspaceChannel, stores: Stores, key_prefix: str, before: tuple[str, ...], text: str
) -> None:
    await say(rig, direct, *before)
    shown = len(rig.visible(direct))
    arrived = asyncio.Event()
    rig.api.faults.append(ApiFault("chat.postMessage", released=arrived))
    await rig.people.say(ANA, direct, text)
    (entry,) = await stores.storage.command("ZRANGE", f"{key_prefix}:due", 0, -1)
    noted = await stores.storage.command("ZSCORE", f"{key_prefix}:due", entry)
    looking = asyncio.create_task(recover(rig))
    async with asyncio.timeout(HUNG):
        while await stores.storage.command("ZSCORE", f"{key_prefix}:due", entry) == noted:
            await asyncio.sleep(0)
    arrived.set()
    await rig.settled()
    assert await looking == 0
    assert len(rig.visible(direct)) == shown + 1


async def forgotten(rig: Rig) -> WorkspaceChannel:
    """A channel in which somebody had a card, after they asked to be forgotten."""
    general = rig.workspace.channel([ANA])
    await rig.settled(rig.people.mention(ANA, general, "start"))
    await rig.settled(rig.people.mention(ANA, general, "yes, forget me"))
    return general


async def test_the_card_of_a_person_who_was_forgotten_says_so(rig: Rig) -> None:
    general = await forgotten(rig)
    assert await recover(rig, after=0) == 1
    (card,) = rig.visible(general)
    assert "was deleted" in card
    assert "[Start the questions]" in card
    (message,) = [m for m in rig.workspace.messages if m.user == rig.workspace.bot and m.only_for is None]
    await rig.settled(rig.people.press(ANA, message, "start"))
    assert "Question 1 of 5" in rig.visible(general)[0]


async def test_the_card_of_a_person_who_was_forgotten_waits_while_slack_is_busy(rig: Rig) -> None:
    general = await forgotten(rig)
    rig.api.faults.append(ApiFault("chat.update", status=429, retry_after=30))
    assert await recover(rig, after=0) == 0
    assert await recover(rig, after=60) == 1
    assert "was deleted" in rig.visible(general)[0]


async def test_a_card_that_is_gone_is_not_posted_anew_for_a_person_who_was_forgotten(rig: Rig) -> None:
    general = await forgotten(rig)
    rig.workspace.messages = [m for m in rig.workspace.messages if m.user != rig.workspace.bot]
    assert await recover(rig, after=0) == 0
    assert rig.visible(general) == []


async def killed_after_post(rig: Rig, channel: WorkspaceChannel, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody types, the reply is posted, and its process dies before it does anything else."""
    post = SlackSurface.post

    async def last_act(surface: SlackSurface, view: View) -> Card:
        await post(surface, view)
        raise KeyboardInterrupt

    async def dies(processed: Processed, surface: SlackSurface) -> None:
        with suppress(KeyboardInterrupt):
            await deliver(processed, surface)

    deliver = rig.service.delivery.deliver
    with monkeypatch.context() as patch:
        patch.setattr(SlackSurface, "post", last_act)
        patch.setattr(rig.service.delivery, "deliver", dies)
        await rig.settled(
            rig.people.mention(ANA, channel, text) if text == "start" else rig.people.say(ANA, channel, text)
        )


@pytest.mark.parametrize("kind", ["channel", "direct"])
async def test_a_card_that_was_posted_before_its_process_died_is_not_posted_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    channel = rig.workspace.direct(ANA) if kind == "direct" else rig.workspace.channel([ANA])
    await killed_after_post(rig, channel, "start", monkeypatch)
    assert await recover(rig) == 1
    (card,) = rig.visible(channel)
    assert "Question 1 of 5" in card
    (message,) = [m for m in rig.workspace.messages if m.user == rig.workspace.bot]
    await rig.settled(rig.people.press(ANA, message, "answer:data:yes"))
    assert "Question 2 of 5" in rig.visible(channel)[0]


async def test_of_two_cards_the_one_that_was_posted_last_stays_live(
    rig: Rig, direct: WorkspaceChannel, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process died before it could take the buttons off the one above."""
    await say(rig, direct, "start")
    await killed_after_post(rig, direct, "yes", monkeypatch)
    assert await recover(rig) == 1
    above, below = [m for m in rig.workspace.messages if m.user == rig.workspace.bot]
    assert not list(buttons(above))
    assert "Question 1 of 5" in read(above.content)
    assert "answer:volume:high" in buttons(below)
    assert (await stores.sessions.load(Place(f"slack:{rig.workspace.team}:{ANA}", direct=True))).card == Card(
        below.ts, {"channel": direct.id}
    )


async def test_a_message_below_the_card_is_not_posted_again(
    rig: Rig, direct: WorkspaceChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(rig, direct, "start", "show")
    shown = len(rig.visible(direct))
    await killed_after_post(rig, direct, COST, monkeypatch)
    assert len(rig.visible(direct)) == shown + 1
    await recover(rig)
    assert len(rig.visible(direct)) == shown + 1


@pytest.mark.parametrize("error", ["missing_scope", "ratelimited"])
async def test_where_slack_does_not_tell_the_reply_is_posted_rather_than_not(
    rig: Rig, direct: WorkspaceChannel, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked = list[str]()
    monkeypatch.setattr(Observer, "unchecked", lambda _, channel: unchecked.append(channel))
    rig.api.faults.append(limited())
    await say(rig, direct, "start")
    rig.api.faults.append(ApiFault("conversations.history", error=error))
    assert await recover(rig) == 1
    assert "Question 1 of 5" in rig.visible(direct)[0]
    assert unchecked == ["slack"]


async def test_a_reminder_goes_to_the_owner_alone(rig: Rig, stores: Stores, advisor: Advisor) -> None:
    channel = rig.workspace.channel([user("ana"), user("ben")])
    for name, one, two in (("ana", "slogans", "letters"), ("ben", "posters", "menus")):
        ideas = f"triage\n{one}, we have no data\n{two}, we have no data"
        await rig.settled(rig.people.mention(user(name), channel, ideas))
    place = Place(f"slack:{rig.workspace.team}:{channel.id}", "1")
    board = await stores.boards.load(place)
    noted = await stores.boards.address(place)
    assert noted is not None
    assert user("ben") not in noted.address.values()
    hers = [idea for idea in board.ideas if idea.by == user("ana")]
    await stores.boards.apply(place, [idea.replace(judged="hybrid", pack="older") for idea in hers])
    watch = BoardWatch(advisor, stores, {"slack"}, time.time, "w", sleep=_at_once)
    assert await watch.look() == 1
    before = len(rig.visible(channel))
    assert await recover(rig) == 1
    (told,) = rig.visible(rig.workspace.direct(user("ana")))
    assert told.startswith("Something changed since these ideas of yours were judged. Ideas: 2.")
    assert "1. slogans*: was hybrid, would now be prompt engineering." in told
    assert len(rig.visible(channel)) == before
    assert rig.refused() == []


async def _at_once(_seconds: float) -> None:
    """Waits for nothing."""
