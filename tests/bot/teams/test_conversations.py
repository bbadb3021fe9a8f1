"""Conversations on the three scopes, over sockets, against the local connector, which refuses what Teams refuses."""

import asyncio
import time
from collections import deque
from dataclasses import replace
from typing import Any

import pytest

from bot.playground.teams.people import TENANT
from bot.storage.place import Place
from bot.storage.record import DeliveryResult
from bot.storage.sessions import Sessions
from bot.storage.stores import Stores
from bot.teams.handler import MESSAGE_TYPE
from bot.teams.interfaces import CARD_TYPE
from bot.turns.board_watch import BoardWatch
from bot.turns.rate_limit import BURST
from bot.turns.redelivery import Redelivery
from bot.turns.service import Service
from dialogs.advisor import Advisor
from tests.bot.teams.world import ANA, BEN, CHANNEL, GROUP, NOON, PERSONAL, WORDS, World, local
from tests.drivers.teams import action_id, actions, read
from tests.faulty_platforms import ConnectorFault, FaultKind
from tests.patience import HUNG

QUESTIONS = ["data", "volume", "domain", "budget", "consistency"]
CHATS = [PERSONAL, GROUP, CHANNEL]
HINT = "To type, mention me"


async def test_details_give_the_long_card_to_whoever_pressed(group: World) -> None:
    message, card = await started(group)
    for question in QUESTIONS:
        _, body = await group.people.press(ANA, message, button(card, f"answer:{question}:unsure"))
        card = body["value"]
    calls = len(group.connector.calls)
    _, body = await group.people.press(BEN, message, button(card, "details"))
    assert body["type"] == CARD_TYPE
    long = body["value"]
    assert "Do next" in read(long)
    assert "Prompts come first, until the task clearly needs tuning" in read(long)
    assert "edit:data" in [action_id(action) for action in actions(long)]
    assert [one.card for one in group.messages()] == [card]  # everybody else sees the short one
    assert group.connector.calls[calls:] == []
    _, body = await group.people.press(BEN, message, button(long, "edit:data"))
    assert "Question 1 of 5" in read(body["value"])


@pytest.mark.parametrize("chat", CHATS, ids=["personal", "group", "channel"])
async def test_questions_alone_say_how_to_type_an_answer_and_only_where_others_are(chat, service: Service) -> None:
    assert HINT in WORDS.channel["mention_hint"]
    async with local(service, chat) as world:
        message, card = await started(world)
        for question in QUESTIONS:
            assert (HINT in read(card)) is chat.mentions
            _, body = await world.people.press(ANA, message, button(card, f"answer:{question}:unsure"))
            card = body["value"]
        assert HINT not in read(card)
        _, body = await world.people.press(BEN, message, button(card, "details"))
        assert HINT not in read(body["value"])


def button(card: dict, name: str) -> dict:
    return next(action for action in actions(card) if action_id(action) == name)


async def started(world: World) -> tuple[str, dict]:
    """A conversation with its first question open; the message and its card."""
    assert (await world.people.say(ANA, "start"))[0] == 200
    (message,) = world.messages()
    assert message.card is not None
    return message.id, message.card


@pytest.mark.parametrize("chat", CHATS, ids=["personal", "group", "channel"])
async def test_a_press_is_answered_by_the_next_card_and_shown_to_everybody(chat, world: World) -> None:
    message, card = await started(world)
    status, body = await world.people.press(ANA, message, button(card, "answer:data:yes"))
    assert (status, body["statusCode"], body["type"]) == (200, 200, CARD_TYPE)
    assert "Question 2 of 5" in read(body["value"])
    (shown,) = world.messages()
    assert shown.card == body["value"]
    assert [call.method for call in world.connector.calls] == ["POST", "PUT"]


async def test_a_press_as_submit_edits_the_card_as_well(world: World) -> None:
    message, card = await started(world)
    assert await world.people.submit(ANA, message, button(card, "answer:data:yes")) == (200, None)
    (shown,) = world.messages()
    assert shown.card is not None
    assert "Question 2 of 5" in read(shown.shown)


async def test_a_double_press_gets_a_notice_above_the_current_card(group: World) -> None:
    message, card = await started(group)
    await group.people.press(ANA, message, button(card, "answer:data:yes"))
    _, body = await group.people.press(BEN, message, button(card, "answer:data:no"))
    text = read(body["value"])
    assert text.startswith("Training data was already answered")
    assert "Question 2 of 5" in text
    (shown,) = group.messages()
    assert shown.edits == 1


async def test_a_press_that_is_delivered_twice_has_one_effect(world: World) -> None:
    message, card = await started(world)
    first = await world.people.press(ANA, message, button(card, "answer:data:yes"), id="same")
    second = await world.people.press(ANA, message, button(card, "answer:data:yes"), id="same")
    assert first[0] == second[0] == 200
    assert "Question 2 of 5" in read(second[1]["value"])


async def test_a_text_that_is_delivered_again_under_another_id_has_one_effect(world: World) -> None:
    await started(world)
    sent = "2026-11-24T12:00:30.123Z"
    for name in ("first", "second"):
        assert (await world.people.say(ANA, "not sure", id=name, timestamp=sent))[0] == 200
    assert "Question 2 of 5" in read(world.messages()[-1].shown)
    await world.people.say(ANA, "not sure", timestamp="2026-11-24T12:00:30.124Z")
    assert "Question 3 of 5" in read(world.messages()[-1].shown)


async def test_people_who_press_at_once_leave_one_answer(group: World) -> None:
    message, card = await started(group)
    pressing = [
        group.people.press(who, message, button(card, f"answer:data:{option}"))
        for who, option in [(ANA, "yes"), (BEN, "no"), (ANA, "unsure"), (BEN, "yes")]
    ]
    texts = [read(body["value"]) for _, body in await asyncio.gather(*pressing)]
    told = sum(text.startswith("Training data was already answered") for text in texts)
    assert told == (2 if "Training data: yes" in texts[0] else 3), "the same answer again is silent"
    assert all("Question 2 of 5" in text for text in texts)


async def test_a_late_press_on_an_old_card_shows_the_record_alone(world: World) -> None:
    message, card = await started(world)
    await world.people.say(ANA, "yes")
    _, body = await world.people.press(ANA, message, button(card, "answer:data:no"))
    assert [action_id(action) for action in actions(body["value"])] == ["edit:data"]
    assert "Question 2 of 5" not in read(body["value"])


async def test_a_message_beside_the_live_card_keeps_its_own(world: World) -> None:
    """A list of passages below a recommendation: pressing one answers with a word, and posts the passage."""
    message, card = await started(world)
    for question in QUESTIONS:
        _, body = await world.people.press(ANA, message, button(card, f"answer:{question}:unsure"))
        card = body["value"]
    await world.people.say(ANA, "is it worth the money?")
    listed = world.messages()[-1]
    assert listed.id != message
    passage = next(action for action in actions(listed.card) if action["verb"] == "passage")
    _, body = await world.people.press(ANA, listed.id, passage)
    assert body["type"] == MESSAGE_TYPE
    assert body["value"]
    assert len(world.messages()) == 3
    assert world.people.seen_by(ANA, listed) == listed.card


async def test_a_press_in_an_expired_conversation_leaves_the_card_as_it_is(world: World) -> None:
    action = {
        "type": "Action.Execute",
        "verb": "answer",
        "data": {"question": "data", "option": "yes", "revision": 9},
    }
    _, body = await world.people.press(ANA, "long-ago", action)
    assert body["type"] == MESSAGE_TYPE
    assert "I no longer have this conversation" in body["value"]


async def test_a_press_too_many_leaves_the_card_as_it_is(world: World) -> None:
    message, card = await started(world)
    at = NOON.isoformat()
    keep = button(card, "why") | {"verb": "keep"}  # shows the same question on the same card
    for _ in range(BURST):
        _, body = await world.people.press(ANA, message, keep, timestamp=at)
    _, silent = await world.people.press(ANA, message, keep, timestamp=at)
    assert body["type"] == silent["type"] == MESSAGE_TYPE
    assert body["value"]
    assert silent["value"] == WORDS.channel["not_saved"]


async def test_a_button_of_another_version_says_so(world: World) -> None:
    message, card = await started(world)
    unknown = button(card, "why") | {"verb": "dance"}
    _, body = await world.people.press(ANA, message, unknown)
    assert body["type"] == MESSAGE_TYPE
    assert "older version" in body["value"]
    await world.people.submit(ANA, message, {"fallback": {"data": {"verb": "dance"}}})
    assert "older version" in read(world.messages()[-1].shown)


async def test_a_live_card_that_is_gone_is_posted_anew(world: World) -> None:
    message, card = await started(world)
    del world.connector.posted[message]
    _, body = await world.people.press(ANA, message, button(card, "answer:data:yes"))
    assert body["type"] == MESSAGE_TYPE  # a card in its place would be a second one with buttons
    (anew,) = world.messages()
    assert anew.id != message
    assert "Question 2 of 5" in read(anew.card)
    await world.people.press(ANA, anew.id, button(anew.card, "answer:volume:high"))
    (shown,) = world.messages()
    assert shown.id == anew.id
    assert "Question 3 of 5" in read(shown.shown)


async def test_the_id_that_was_pressed_is_tried_where_the_sent_one_is_not_there(world: World) -> None:
    message, card = await started(world)
    other = world.connector.posted.pop(message)
    other.id = "as-teams-calls-it"
    world.connector.posted[other.id] = other
    status, _ = await world.people.press(ANA, other.id, button(card, "answer:data:yes"))
    assert status == 200
    (shown,) = world.messages()
    assert shown.id == other.id
    assert "Question 2 of 5" in read(shown.shown)


@pytest.mark.parametrize("way", ["press", "submit"])
async def test_the_id_that_was_sent_is_tried_where_the_pressed_one_is_not_there(way: str, world: World) -> None:
    message, card = await started(world)
    pressing = getattr(world.people, way)
    assert (await pressing(ANA, "as-teams-calls-it", button(card, "answer:data:yes")))[0] == 200
    (shown,) = world.messages()
    assert (shown.id, shown.edits) == (message, 1)
    assert "Question 2 of 5" in read(shown.shown)


async def test_a_live_card_that_may_have_been_edited_is_not_posted_again(world: World) -> None:
    message, card = await started(world)
    world.connector.faults = deque([ConnectorFault(FaultKind.BAD_GATEWAY, "PUT")] * 50)
    _, body = await world.people.press(ANA, message, button(card, "answer:data:yes"))
    assert "Question 2 of 5" in read(body["value"])
    assert [shown.id for shown in world.messages()] == [message]
    world.connector.faults.clear()
    assert await world.recover() == 1
    (shown,) = world.messages()
    assert "Question 2 of 5" in read(shown.shown)


async def test_the_first_press_in_a_thread_edits_the_card_that_was_pressed(channel: World) -> None:
    """A welcome in a channel belongs to the channel; a press on it comes from its thread."""
    message, _ = await started(channel)
    welcome = channel.connector.posted[message]
    welcome.conversation = channel.people.activity("invoke", ANA)["conversation"]["id"] + "0"
    channel.people.chat = replace(CHANNEL, id=welcome.conversation)
    start = {"type": "Action.Execute", "verb": "start", "data": {"revision": 1}}
    _, body = await channel.people.press(ANA, message, start)
    assert "Question 1 of 5" in read(body["value"])
    assert [shown.id for shown in channel.messages()] == [message]
    assert channel.messages()[0].edits == 1


async def test_who_answers_on_a_card_that_was_posted_and_never_recorded_goes_on_there(world: World) -> None:
    """It is the newest that the person sees; the process that posted it has died."""
    message, card = await started(world)
    stray = replace(world.connector.posted[message], id="stray")
    world.connector.posted[stray.id] = stray
    for number, name in enumerate(("answer:data:yes", "answer:volume:low"), 2):
        _, body = await world.people.press(ANA, stray.id, button(card, name))
        assert f"Question {number} of 5" in read(body["value"])
        before, card = card, body["value"]
    # The answer was lost, and the same is pressed again.
    _, body = await world.people.press(ANA, stray.id, button(before, "answer:volume:low"))
    assert "Question 3 of 5" in read(body["value"])


async def test_an_old_card_that_cannot_be_edited_holds_nothing_up(world: World) -> None:
    message, _ = await started(world)
    del world.connector.posted[message]
    assert (await world.people.say(ANA, "yes"))[0] == 200
    (shown,) = world.messages()
    assert "Question 2 of 5" in read(shown.shown)


async def test_what_teams_does_not_take_is_delivered_later(group: World) -> None:
    group.connector.faults.append(ConnectorFault(FaultKind.BAD_GATEWAY))
    assert (await group.people.say(ANA, "start"))[0] == 200
    assert not group.messages()
    assert await group.recover() == 1
    (shown,) = group.messages()
    assert "Question 1 of 5" in read(shown.shown)
    assert HINT in read(shown.shown)
    assert await group.recover() == 0


async def test_the_answer_to_a_press_does_not_wait_for_a_slow_edit(service: Service, monkeypatch) -> None:
    monkeypatch.setattr("bot.teams.handler.CARD_TIMEOUT", 0.01)
    async with local(service) as world:
        message, card = await started(world)
        release = asyncio.Event()
        world.connector.faults.append(ConnectorFault(FaultKind.SLOW, "PUT", release=release))
        _, body = await world.people.press(ANA, message, button(card, "answer:data:yes"))
        assert "Question 2 of 5" in read(body["value"])
        assert "Question 1 of 5" in read(world.messages()[0].card)
        release.set()
        await world.connector.until(lambda: world.messages()[0].edits)
        assert "Question 2 of 5" in read(world.messages()[0].card)


@pytest.mark.parametrize("pressed", ["answer:data:yes", "answer:data:no"])
async def test_who_presses_before_the_reply_to_what_they_typed_has_one_live_card(
    world: World, service: Service, monkeypatch: pytest.MonkeyPatch, pressed: str
) -> None:
    """The first press counts, since the typed line asked only why; the other comes after a typed answer."""
    message, card = await started(world)
    release = asyncio.Event()
    world.connector.faults.append(ConnectorFault(FaultKind.SLOW, "POST", release=release))
    typed = asyncio.create_task(world.people.say(ANA, "why" if pressed.endswith("yes") else "yes"))
    async with asyncio.timeout(HUNG):
        while world.connector.faults:  # until the reply to what they typed is on its way
            await asyncio.sleep(0)
    deliver, processed = service.delivery.deliver, asyncio.Event()

    async def seen(*delivery):
        processed.set()
        return await deliver(*delivery)

    monkeypatch.setattr(service.delivery, "deliver", seen)
    pressing = asyncio.create_task(world.people.press(ANA, message, button(card, pressed)))
    async with asyncio.timeout(HUNG):
        await processed.wait()
    release.set()
    await typed
    _, body = await pressing
    first, second = world.messages()
    assert "Question 2 of 5" in read(second.card)
    assert not actions(first.shown)
    # The answer takes the place of the message that was pressed, for whoever pressed.
    left = [] if body["type"] == MESSAGE_TYPE else actions(body["value"])
    assert [action["verb"] for action in left] in ([], ["edit"])


async def test_the_answer_to_a_press_does_not_wait_until_the_card_is_on_record(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded, mark = asyncio.Event(), Sessions.mark_delivered

    async def slow(sessions: Sessions, *marked: Any) -> DeliveryResult:
        await recorded.wait()
        return await mark(sessions, *marked)

    monkeypatch.setattr("bot.teams.handler.CARD_TIMEOUT", 2 * HUNG)
    async with local(service) as world:
        message, card = await started(world)
        monkeypatch.setattr(Sessions, "mark_delivered", slow)
        try:
            async with asyncio.timeout(HUNG):
                _, body = await world.people.press(ANA, message, button(card, "answer:data:yes"))
        finally:
            recorded.set()
        assert "Question 2 of 5" in read(body["value"])
        assert "Question 2 of 5" in read(world.messages()[0].card)


async def test_threads_of_a_channel_are_conversations_of_their_own(channel: World) -> None:
    message, card = await started(channel)
    await channel.people.press(ANA, message, button(card, "answer:data:yes"))
    other = CHANNEL.id.replace("1700000000000", "1800000000000")
    conversation = channel.people.activity("message", ANA)["conversation"] | {"id": other}
    await channel.people.say(ANA, "start", conversation=conversation)
    (shown,) = channel.connector.messages(other)
    assert "Question 1 of 5" in read(shown.shown)


@pytest.mark.parametrize("chat", CHATS, ids=["personal", "group", "channel"])
async def test_it_introduces_itself_once_when_it_is_added(chat, world: World) -> None:
    assert await world.people.install(ANA) == [(200, None), (200, None)]
    (welcome,) = world.messages()
    assert "I help you decide" in read(welcome.card)
    assert "[Start the questions]" in read(welcome.card)


@pytest.mark.parametrize("kind", ["messageReaction", "typing", "messageUpdate", "messageDelete", "event", "something"])
async def test_other_activities_are_taken_and_left_alone(kind: str, group: World) -> None:
    assert await group.people.send(group.people.activity(kind, ANA)) == (200, None)
    update = group.people.activity("installationUpdate", ANA) | {"action": "add-upgrade"}
    assert await group.people.send(update) == (200, None)
    assert await group.people.join(BEN) == (200, None)
    assert not group.connector.calls


async def test_an_invoke_that_nobody_knows(world: World) -> None:
    assert await world.people.send(world.people.activity("invoke", ANA) | {"name": "config/fetch"}) == (404, None)


async def test_text_that_people_write_to_each_other_moves_nothing(group: World) -> None:
    await started(group)
    await group.people.say(BEN, "did you see the game?", mention=False)
    assert [call.method for call in group.connector.calls] == ["POST"]


async def test_a_summary_goes_with_every_message_for_notifications(world: World) -> None:
    await started(world)
    (message,) = world.messages()
    assert message.activity["summary"].startswith("Question 1 of 5")
    assert "text" not in message.activity
    assert len(message.activity["attachments"]) == 1


@pytest.mark.parametrize("chat", CHATS, ids=["personal", "group", "channel"])
async def test_cards_of_a_person_who_was_forgotten_say_so(chat, world: World) -> None:
    message, _ = await started(world)
    await world.people.say(ANA, "yes, forget me")
    assert await world.recover(after=1) == 1
    (card,) = [shown.card for shown in world.messages() if shown.id == message]
    assert "was deleted" in read(card)
    _, body = await world.people.press(ANA, message, button(card, "start"))
    assert "Question 1 of 5" in read(body["value"])


async def test_in_a_chat_a_red_button_asks_and_then_forgets_and_nobody_else_sees_it(service: Service) -> None:
    async with local(service) as world:
        await started(world)
        await world.people.say(ANA, "forget me")
        asked = world.messages()[-1]
        shown = [block for block in asked.card["body"] if block.get("isVisible", True)]
        (red,) = shown[-1]["actions"]
        assert (red["type"], red["style"]) == ("Action.ToggleVisibility", "destructive")
        hidden = [block["id"] for block in asked.card["body"] if not block.get("isVisible", True)]
        assert hidden == red["targetElements"]
        (does,) = [each for each in actions(asked.card) if each.get("style") == "destructive"]
        _, body = await world.people.press(ANA, asked.id, does)
        assert body["value"].startswith("Done. What I had stored about you is gone")
    async with local(service, GROUP) as world:
        await started(world)
        await world.people.say(ANA, "forget me", mention=True)
        assert "send yes, forget me" in str(world.messages()[-1].activity)
        assert "destructive" not in str(world.messages()[-1].activity)


async def test_a_reminder_is_said_where_the_ideas_are(service: Service, stores: Stores, advisor: Advisor) -> None:
    async with local(service, GROUP) as world:
        await world.people.say(ANA, "triage\nslogans, we have no data\nletters, we have no data", mention=True)
        place = Place(f"teams:{TENANT}:{GROUP.id}")
        board = await stores.boards.load(place)
        await stores.boards.apply(place, [idea.replace(judged="hybrid", pack="older") for idea in board.ideas])

        async def at_once(_: float) -> None:
            """Waits for nothing."""

        watch = BoardWatch(advisor, stores, {"teams"}, time.time, "w", at_once)
        assert await watch.look() == 1
        surfaces = {"teams": world.teams.surface}
        assert await Redelivery(service.overdue, stores.outbox, surfaces, time.time).deliver_overdue() == 1
        told = read(world.messages()[-1].card)
        assert "Ana: something changed since these ideas were judged. Ideas: 2." in told
        assert list(world.connector.refused) == []


async def test_a_press_that_leads_away_from_a_result_leaves_it_to_be_read(world: World) -> None:
    """The pressed card becomes a record, and what was asked for stands below it."""
    message, card = await started(world)
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        _, body = await world.people.press(ANA, message, button(card, f"answer:{answer}"))
        card = body["value"]
    assert "First step" in read(card)
    _, body = await world.people.press(ANA, message, button(card, "learn"))
    assert "First step" in read(body["value"])
    assert button_of(body["value"]) is None
    shown = [read(one.shown) for one in world.messages()]
    assert len(shown) == 2
    assert "First step" in shown[0]
    assert "Lesson 1" in shown[1]


def button_of(card: dict) -> object | None:
    """Any button that is left on a card."""
    sets = [block for block in card["body"] if block["type"] == "ActionSet"]
    return next((action for block in sets for action in block["actions"]), None)
