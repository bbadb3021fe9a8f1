"""Slack slow, busy or out of order, Redis away, a bug: what people and Slack are told, what is pending."""

import asyncio

import pytest

from bot.playground.slack.people import buttons
from bot.playground.slack.workspace import SlackMessage, WorkspaceChannel
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.service import Service
from tests.bot.slack.conftest import Opened, recover
from tests.drivers.slack import Rig, opened, read, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")


@pytest.fixture
def general(rig: Rig) -> WorkspaceChannel:
    return rig.workspace.channel([ANA])


async def broken(*_: object, **__: object) -> None:
    raise RuntimeError("the secret of the house")


def bots(rig: Rig) -> list[SlackMessage]:
    return [m for m in rig.workspace.messages if m.user == rig.workspace.bot and m.only_for is None]


def whispers(rig: Rig) -> list[str]:
    return [read(m.content) for m in rig.workspace.messages if m.only_for == ANA]


async def started(rig: Rig, channel: WorkspaceChannel) -> SlackMessage:
    await rig.settled(rig.people.mention(ANA, channel, "start"))
    return bots(rig)[-1]


@pytest.mark.parametrize(
    "fault", [ApiFault(status=429), ApiFault(status=500), ApiFault(status=503)], ids=lambda f: str(f.status)
)
async def test_what_passes_is_tried_again(rig: Rig, general: WorkspaceChannel, fault: ApiFault) -> None:
    card = await started(rig, general)
    rig.api.faults.append(ApiFault("chat.update", fault.status))
    await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))
    assert "Question 2 of 5" in card.content.text
    assert [call.method for call in rig.api.calls].count("chat.update") == 2


async def test_the_effect_is_durable_when_slack_hears_that_all_is_well(
    rig: Rig, general: WorkspaceChannel, stores: Stores
) -> None:
    card = await started(rig, general)
    update = asyncio.Event()
    rig.api.faults.append(ApiFault("chat.update", released=update))
    assert (await rig.people.press(ANA, card, "answer:data:yes")).status == 200
    assert "Question 1 of 5" in card.content.text
    found = await stores.sessions.load(Place(f"slack:{rig.workspace.team}:{general.id}", card.root))
    assert (found.revision, found.delivered) == (2, 1)
    update.set()


async def test_a_long_wait_leaves_the_reply_owed_and_it_arrives(rig: Rig, general: WorkspaceChannel) -> None:
    card = await started(rig, general)
    rig.api.faults.append(ApiFault("chat.update", status=429, retry_after=60))
    assert (await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))).status == 200
    assert "Question 1 of 5" in card.content.text
    assert await recover(rig) == 1
    assert "Question 2 of 5" in card.content.text
    assert await recover(rig) == 0


async def test_where_slack_limits_a_channel_the_next_ones_wait_in_line(rig: Rig, general: WorkspaceChannel) -> None:
    first, second, elsewhere = [
        await started(rig, channel) for channel in (general, general, rig.workspace.channel([ANA]))
    ]
    rig.api.faults.append(ApiFault("chat.update", status=429, retry_after=60))
    for card in (first, second, elsewhere):
        await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))
    assert ["Question 2 of 5" in card.content.text for card in (first, second, elsewhere)] == [False, False, True]
    calls = len(rig.api.calls)
    assert await recover(rig, after=30) == 0
    assert len(rig.api.calls) == calls
    assert await recover(rig, after=30) == 2
    assert ["Question 2 of 5" in card.content.text for card in (first, second)] == [True, True]


@pytest.mark.parametrize("answered", [False, True], ids=["at once", "after the next answer"])
async def test_an_older_card_that_slack_did_not_let_edit_loses_its_buttons_later(
    rig: Rig, general: WorkspaceChannel, stores: Stores, answered: bool
) -> None:
    first = await started(rig, general)
    faults = [ApiFault(method, status=503, times=99) for method in ("chat.update", "chat.delete")]
    rig.api.faults += faults
    await rig.settled(rig.people.mention(ANA, general, "yes", first.root))
    second = bots(rig)[-1]
    assert buttons(first), "which it has lost"
    assert buttons(second)
    rig.api.faults = [fault for fault in rig.api.faults if fault not in faults]
    if answered:
        await rig.settled(rig.people.press(ANA, second, "answer:volume:high"))
    await recover(rig)
    assert first not in rig.workspace.messages or not buttons(first)
    assert len([message for message in bots(rig) if buttons(message)]) == 1
    assert await stores.outbox.size() == 0


@pytest.mark.parametrize("wait", [60, "Wed, 25 Nov 2026 10:00:00 GMT", "1.5", ""])
async def test_whatever_slack_says_of_waiting_the_reply_arrives(
    rig: Rig, general: WorkspaceChannel, caplog: pytest.LogCaptureFixture, wait: int | str
) -> None:
    card = await started(rig, general)
    rig.api.faults.append(ApiFault("chat.update", status=429, retry_after=wait))
    await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))
    assert await recover(rig) == 1
    assert "Question 2 of 5" in card.content.text
    assert [record.levelname for record in caplog.records] == ["WARNING"]


async def test_a_revoked_token_is_told_and_keeps_the_answer(
    rig: Rig, general: WorkspaceChannel, service: Service, stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    card = await started(rig, general)
    rig.api.faults.append(ApiFault(error="token_revoked", times=9))
    assert (await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))).status == 200
    assert "token_revoked" in caplog.text
    assert await stores.outbox.claim(-1e9) == ()
    rig.api.faults.clear()
    await rig.settled(rig.people.press(ANA, card, "answer:data:yes"))
    assert "Question 2 of 5" in card.content.text


async def test_a_live_card_that_is_gone_is_posted_anew(rig: Rig, general: WorkspaceChannel) -> None:
    card = await started(rig, general)
    click = rig.people.click(ANA, card, "answer:data:yes")
    card.deleted = True
    await rig.settled(rig.people.send_payload(click))
    again = bots(rig)[-1]
    assert again.thread_ts == card.thread_ts
    assert "Question 2 of 5" in again.content.text
    await rig.settled(rig.people.press(ANA, again, "answer:volume:high"))
    assert "Question 3 of 5" in again.content.text


async def test_an_old_card_that_is_gone_stays_gone(rig: Rig, general: WorkspaceChannel) -> None:
    card = await started(rig, general)
    card.deleted = True
    await rig.settled(rig.people.say(ANA, general, "yes", card.thread_ts))
    assert [("Question 2 of 5" in m.content.text) for m in bots(rig)] == [False, True]


async def test_a_channel_that_the_bot_was_removed_from_owes_nothing(
    rig: Rig, general: WorkspaceChannel, stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    said = rig.people.write(ANA, general, f"@{rig.workspace.bot} start")
    events = rig.people.events(said)
    general.members.discard(rig.workspace.bot)
    await rig.settled(rig.people.send_event(events[0]))
    assert "not_in_channel" in caplog.text
    assert await stores.outbox.claim(-1e9) == ()


async def test_a_reply_that_slack_did_not_take_arrives_later(rig: Rig, general: WorkspaceChannel) -> None:
    said = rig.people.write(ANA, general, f"@{rig.workspace.bot} start")
    rig.api.faults.append(ApiFault("chat.postMessage", error="service_unavailable"))
    await rig.settled(rig.people.send_event(rig.people.events(said)[0]))
    assert bots(rig) == []
    assert await recover(rig) == 1
    assert bots(rig)[0].thread_ts == said.ts
    await rig.settled(rig.people.press(ANA, bots(rig)[0], "answer:data:yes"))
    assert "Question 2 of 5" in bots(rig)[0].content.text


async def test_with_redis_away_the_person_is_told_and_slack_is_answered(no_service: Service) -> None:
    async with opened(no_service) as rig:
        channel = rig.workspace.channel([ANA])
        said = rig.people.write(ANA, channel, f"@{rig.workspace.bot} start")
        answer = await rig.people.send_event(rig.people.events(said)[0])
        command = await rig.people.command(ANA, channel, "start")
        assert answer.status == 200
        assert "could not save" in whispers(rig)[0]
        assert rig.workspace.messages[1].thread_ts is None
        assert command.shown is not None
        assert "could not save" in command.shown
        assert bots(rig) == []


async def test_a_click_with_redis_away(no_service: Service, open_rig: Opened) -> None:
    async with open_rig() as before:
        card = await started(before, before.workspace.channel([ANA]))
        async with opened(no_service, workspace=before.workspace) as rig:
            answer = await rig.people.press(ANA, card, "answer:data:yes")
            assert answer.status == 200
            assert "could not save" in whispers(rig)[0]
            assert "Question 1 of 5" in card.content.text


async def test_with_redis_and_slack_away_slack_shall_try_again(no_service: Service) -> None:
    async with opened(no_service) as rig:
        channel = rig.workspace.channel([ANA])
        said = rig.people.write(ANA, channel, f"@{rig.workspace.bot} start")
        rig.api.faults.append(ApiFault("chat.postEphemeral", error="fatal_error", times=9))
        assert (await rig.people.send_event(rig.people.events(said)[0])).status == 503


async def test_a_bug_is_told_with_a_reference_and_nothing_else(
    rig: Rig, general: WorkspaceChannel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rig.service, "process", broken)
    await rig.settled(rig.people.mention(ANA, general, "start"))
    told = whispers(rig)[0]
    reference = told.partition("Reference: ")[2].strip(" .")
    assert len(reference) == 8
    assert reference in caplog.text
    assert "secret" not in told


async def test_a_bug_while_delivering_ends_in_the_log(
    rig: Rig, general: WorkspaceChannel, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rig.service.delivery, "deliver", broken)
    await rig.settled(rig.people.mention(ANA, general, "start"))
    assert "could not be delivered" in caplog.text


async def test_the_first_message_need_not_wait_for_whose_the_token_is(rig: Rig, general: WorkspaceChannel) -> None:
    before = len(rig.api.calls)
    await started(rig, general)
    assert [call.method for call in rig.api.calls[:before]] == ["auth.test"]
    assert [call.method for call in rig.api.calls[before:]] == ["chat.postMessage"]


async def test_stopping_waits_for_what_is_being_delivered(service: Service) -> None:
    async with opened(service) as rig:
        channel = rig.workspace.channel([ANA])
        post = asyncio.Event()
        rig.api.faults.append(ApiFault("chat.postMessage", released=post))
        await rig.people.mention(ANA, channel, "start")
        assert bots(rig) == []
        stopping = asyncio.create_task(rig.slack.stop())
        post.set()
        await stopping
        assert "data" in buttons(bots(rig)[0])[0]


async def test_in_an_outage_bystanders_are_told_nothing_and_slack_is_to_send_it_again(
    no_service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(no_service) as rig:
        channel = rig.workspace.channel([ANA])
        root = rig.people.write(ANA, channel, "lunch?")
        said = rig.people.write(ANA, channel, "at noon, as always", root.ts)
        (event,) = rig.people.events(said)
        assert (await rig.people.send_event(event)).status == 503
        assert whispers(rig) == []
        assert caplog.text.count("Nobody could be told") == 1
