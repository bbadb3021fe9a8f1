"""Replies that a dead process left pending, or that a platform did not accept at first."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import OutboxEntry
from bot.storage.place import Place
from bot.storage.record import Card
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.redelivery import GIVE_UP_AFTER, OVERDUE_AFTER, Redelivery
from bot.turns.service import Service
from dialogs.message import Message, Person, Typed
from tests.bot.harness import NOON, PLACE, FakeSurface, Harness, Slow, Watched
from tests.patience import HUNG

SPOILT = Place("slack:T1:C2", "1.0")
DAMAGED = Place("slack:T1:C3", "1.0")


async def test_a_reply_left_by_a_dead_process_is_posted(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    assert await harness.redelivery(NOON + OVERDUE_AFTER - 5).deliver_overdue() == 0
    assert harness.surface.messages == {}
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 5).deliver_overdue() == 1
    assert "Question 1 of 5" in harness.surface.texts()[0]
    assert await harness.pending() == 0


async def test_a_reply_pending_for_a_press_edits_the_card(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.process(harness.button("answer:data:yes"))
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    (text,) = harness.surface.texts()
    assert "Question 2 of 5" in text


async def test_an_answer_beside_a_recommendation_is_pending_as_well(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.say("show")
    await harness.process(Typed("How much does fine-tuning cost?"))
    shown = len(harness.surface.messages)
    await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue()
    assert len(harness.surface.messages) == shown + 1
    assert "How much does fine-tuning cost?" in harness.surface.texts()[-1]


async def test_what_was_delivered_is_not_delivered_again(harness: Harness) -> None:
    await harness.say("should we fine-tune our support bot?")
    await harness.say("show")
    await harness.say("How much does fine-tuning cost?", "faq")
    await harness.process(Typed("How much does fine-tuning cost?"), "faq")
    shown = harness.surface.texts()
    # The repeat's own entry is left over, as if its process had died.
    await harness.redelivery(NOON + OVERDUE_AFTER + 60).deliver_overdue()
    assert len(harness.surface.texts()) <= len(shown) + 1


async def test_a_message_that_had_no_effect_leaves_nothing_pending(harness: Harness) -> None:
    await harness.process(harness.button("answer:data:yes"))
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 9).deliver_overdue() == 0
    assert await harness.pending() == 0


async def test_two_processes_never_deliver_the_same_entry(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    looks = [harness.redelivery(NOON + OVERDUE_AFTER + 9) for _ in range(5)]
    assert sum(await asyncio.gather(*[redelivery.deliver_overdue() for redelivery in looks])) == 1


async def test_a_platform_in_trouble_gets_the_reply_later(harness: Harness) -> None:
    taken = await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface.trouble = TryLater("busy")
    await harness.service.delivery.deliver(taken, harness.surface)
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    harness.surface.trouble = None
    assert await harness.redelivery(NOON + 200).deliver_overdue() == 1
    assert "Question 1 of 5" in harness.surface.texts()[0]


async def test_what_can_never_be_delivered_is_dropped(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface.trouble = Undeliverable("the channel is gone")
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    assert await harness.pending() == 0


async def test_entries_of_another_version_are_left_alone(harness: Harness) -> None:
    await harness.storage.command("ZADD", harness.outbox._key, NOON, '{"later": true}')
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    assert await harness.pending() == 1


async def test_a_reply_that_cannot_be_worked_out_keeps_no_other_from_arriving(harness: Harness) -> None:
    """Every process gets it in turn: what ended one of them would end them all."""
    for place in (SPOILT, PLACE, DAMAGED):
        await harness.ask_at(place)
    await harness.storage.command("HSET", DAMAGED.key(harness.sessions._prefix), "doc", "{}")

    def surface(entry: OutboxEntry) -> FakeSurface:
        if entry.place == SPOILT:
            raise KeyError("scope")
        return harness.surface

    assert (
        await Redelivery(
            harness.service.delivery, harness.outbox, {"test": surface}, lambda: NOON + 100
        ).deliver_overdue()
        == 1
    )
    assert await harness.pending() == 1  # what is damaged can never be shown


async def test_pending_replies_wait_only_for_those_of_the_same_space(harness: Harness) -> None:
    places = [Place("slow", "1"), Place("slow", "2"), *(Place(f"quick {n}", "1") for n in range(22))]
    for place in places:
        await harness.ask_at(place)
    slow, quick = Slow(), FakeSurface()
    redelivery = Redelivery(
        harness.service.delivery,
        harness.outbox,
        {"test": lambda entry: slow if entry.place.space == "slow" else quick},
        lambda: NOON + 100,
    )
    looking = asyncio.create_task(redelivery.deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
        while len(quick.messages) < 18:
            await asyncio.sleep(0)
    assert slow.at_once == 1
    slow.answered.set()
    assert await looking == len(places)
    assert slow.at_once == 1


async def test_of_what_waits_too_long_at_one_process_another_takes_the_rest(
    harness: Harness, elsewhere: Service
) -> None:
    for number in range(3):
        await harness.ask_at(Place("slow", str(number)))
    slow, clock = Slow(), [NOON + 100]

    def surface(entry: OutboxEntry) -> FakeSurface:
        clock[0] = NOON + 105  # by then all are claimed, and the first is being sent
        return slow

    looking = asyncio.create_task(
        Redelivery(harness.service.delivery, harness.outbox, {"test": surface}, lambda: clock[0]).deliver_overdue()
    )
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    redelivery = Redelivery(
        elsewhere.delivery, harness.outbox, {"test": lambda entry: harness.surface}, lambda: NOON + 101 + OVERDUE_AFTER
    )
    assert await redelivery.deliver_overdue() == 2
    slow.answered.set()
    assert await looking == 1
    assert (len(slow.messages), len(harness.surface.messages)) == (1, 2)
    assert await harness.pending() == 0


@pytest.mark.parametrize("other", [{"channel": "a channel that is off"}, {"text": None}, {"id": None}])
async def test_what_no_process_understands_is_left_for_an_hour(
    harness: Harness, key_prefix: str, other: dict[str, object]
) -> None:
    known = OutboxEntry("test", PLACE, {}, Message("m1", Person("ana"), NOON, Typed("hello")), "token").serialized
    entry = {name: value for name, value in {**json.loads(known), **other}.items() if value is not None}
    outbox = f"{key_prefix}:due"
    await harness.storage.command("ZADD", outbox, NOON, json.dumps(entry))
    await harness.redelivery(NOON + 60).deliver_overdue()
    assert await harness.storage.command("ZCARD", outbox) == 1
    await harness.redelivery(NOON + GIVE_UP_AFTER + 60).deliver_overdue()
    assert await harness.storage.command("ZCARD", outbox) == 0


async def test_a_message_that_was_long_on_its_way_is_left_to_whoever_has_it(harness: Harness) -> None:
    message = Message("late", Person("ana"), NOON - 600, Typed("should we fine-tune our support bot?"))
    await harness.service.process(PLACE, message, channel="test", address={})
    assert await harness.redelivery(NOON + OVERDUE_AFTER - 1).deliver_overdue() == 0
    assert await harness.redelivery(NOON + OVERDUE_AFTER + 1).deliver_overdue() == 1


async def test_a_channel_that_is_off_here_shows_nothing(harness: Harness) -> None:
    await harness.process(Typed("should we fine-tune our support bot?"))
    assert await Redelivery(harness.service.delivery, harness.outbox, {}, lambda: NOON + 100).deliver_overdue() == 0
    assert await harness.pending() == 1


BACKLOG = Typed("triage:\n" + "\n".join(f"a bot for shop {number}" for number in range(45)))
"""What is answered with three messages, and leaves the card with a recommendation as it is."""


async def recommended(harness: Harness, then: Callable[[], Awaitable[None]]) -> Watched:
    """A conversation at its end, on a surface where something happens with each message from now on."""
    harness.surface = surface = Watched()
    await harness.say("should we fine-tune our support bot?")
    await harness.say("show")
    surface.messages = {list(surface.messages)[-1]: list(surface.messages.values())[-1]}
    surface.then = then
    return surface


async def test_a_long_reply_is_left_to_the_process_that_is_sending_it(
    harness: Harness, elsewhere: Service, now: list[float]
) -> None:
    async def others_look() -> None:
        now[0] += OVERDUE_AFTER - 2
        await others.deliver_overdue()

    surface = await recommended(harness, others_look)
    theirs = FakeSurface(messages=dict(surface.messages), numbers=surface.numbers)
    others = Redelivery(elsewhere.delivery, harness.outbox, {"test": lambda entry: theirs}, lambda: now[0])
    await harness.process(BACKLOG)
    now[0] = NOON + 100
    assert (
        await Redelivery(
            harness.service.delivery, harness.outbox, {"test": lambda entry: surface}, lambda: now[0]
        ).deliver_overdue()
        == 1
    )
    assert (len(surface.messages), len(theirs.messages)) == (1 + 3, 1)


async def test_a_long_reply_that_takes_too_long_is_left_to_the_process_that_took_it_over(
    harness: Harness, elsewhere: Service, now: list[float]
) -> None:
    async def take_over() -> None:
        now[0] += OVERDUE_AFTER + 2
        await others.deliver_overdue()

    surface = await recommended(harness, take_over)
    theirs = FakeSurface(messages=dict(surface.messages), numbers=surface.numbers)
    others = Redelivery(elsewhere.delivery, harness.outbox, {"test": lambda entry: theirs}, lambda: now[0])
    await harness.process(BACKLOG)
    now[0] = NOON + 100
    assert (
        await Redelivery(
            harness.service.delivery, harness.outbox, {"test": lambda entry: surface}, lambda: now[0]
        ).deliver_overdue()
        == 0
    )
    assert (len(surface.messages), len(theirs.messages)) == (1 + 1, 1 + 3)
    assert await harness.pending() == 0


@pytest.mark.parametrize("late", [False, True])
async def test_a_long_reply_goes_on_behind_what_has_arrived(harness: Harness, late: bool) -> None:
    """Whether the process that took the message sends it, or another one that found it pending."""

    async def no_more() -> None:
        surface.trouble = TryLater("busy") if len(surface.messages) == 1 + 2 else None

    surface = await recommended(harness, no_more)
    taken = await harness.process(BACKLOG)
    if late:
        assert await harness.redelivery(NOON + 100).deliver_overdue() == 0
    else:
        await harness.service.delivery.deliver(taken, surface)
    assert len(surface.messages) == 1 + 2
    surface.trouble = None
    assert await harness.redelivery(NOON + 200).deliver_overdue() == 1
    assert len(surface.messages) == len(set(surface.texts())) == 1 + 3


@pytest.mark.parametrize("noted", [True, False])
async def test_a_reply_comes_below_the_card_that_is_just_being_redelivered(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, noted: bool
) -> None:
    """Also where Redis is away before anybody could note where that card is."""
    mark, marks = harness.sessions.mark_delivered, count()

    async def away_at_first(place: Place, card: Card | None, revision: int) -> int:
        if next(marks) == 0 and not noted:
            raise StorageUnavailable("away")
        return await mark(place, card, revision)

    monkeypatch.setattr(harness.sessions, "mark_delivered", away_at_first)
    monkeypatch.setattr("bot.turns.delivery.RECORD_WITHIN", 0)
    await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface = slow = Slow()
    looking = asyncio.create_task(harness.redelivery(NOON + 100).deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    following = asyncio.create_task(harness.service.delivery.deliver(await harness.process(Typed("yes")), slow))
    await asyncio.sleep(0)
    slow.answered.set()
    found = await asyncio.gather(looking, return_exceptions=True)
    assert [str(one).partition(":")[0] for one in found] == ["1" if noted else "Redis is not available"]
    await following
    assert slow.live() == ["m2"]


async def test_a_reply_comes_below_the_card_that_is_live_and_not_below_one_that_was_redelivered_too_late(
    harness: Harness, elsewhere: Service
) -> None:
    """Somebody answers elsewhere, and somebody here, while the pending card is being shown."""
    await harness.process(Typed("should we fine-tune our support bot?"))
    harness.surface = slow = Slow()
    looking = asyncio.create_task(harness.redelivery(NOON + 100).deliver_overdue())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    answer = Message("elsewhere", Person("ben"), NOON, Typed("yes"))
    taken = await elsewhere.process(PLACE, answer, channel="test", address={})
    await elsewhere.delivery.deliver(taken, FakeSurface(messages=slow.messages, numbers=slow.numbers))
    following = asyncio.create_task(harness.service.delivery.deliver(await harness.process(Typed("high")), slow))
    await asyncio.sleep(0)
    slow.answered.set()
    await looking
    await following
    assert slow.live() == ["m3"]
