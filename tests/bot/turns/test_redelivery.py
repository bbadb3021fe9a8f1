"""Replies that a dead process owed, or that a platform did not take at first."""

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
from bot.turns.redelivery import GIVEN_UP, PATIENCE, Recovery
from bot.turns.service import Service
from dialogs.message import Message, Person, Typed
from tests.bot.desk import NOON, PLACE, Desk, Slow, Wall, Watched
from tests.patience import HUNG

SPOILT = Place("slack:T1:C2", "1.0")
DAMAGED = Place("slack:T1:C3", "1.0")


async def test_a_reply_owed_by_a_dead_process_is_posted(desk: Desk) -> None:
    await desk.process(Typed("should we fine-tune our support bot?"))
    assert await desk.recovery(NOON + PATIENCE - 5).look() == 0
    assert desk.wall.messages == {}
    assert await desk.recovery(NOON + PATIENCE + 5).look() == 1
    assert "Question 1 of 5" in desk.wall.texts()[0]
    assert await desk.owed() == 0


async def test_a_reply_owed_for_a_press_edits_the_card(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.process(desk.button("answer:data:yes"))
    await desk.recovery(NOON + PATIENCE + 9).look()
    (text,) = desk.wall.texts()
    assert "Question 2 of 5" in text


async def test_an_answer_beside_a_recommendation_is_owed_as_well(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.say("show")
    await desk.process(Typed("How much does fine-tuning cost?"))
    shown = len(desk.wall.messages)
    await desk.recovery(NOON + PATIENCE + 9).look()
    assert len(desk.wall.messages) == shown + 1
    assert "How much does fine-tuning cost?" in desk.wall.texts()[-1]


async def test_what_was_delivered_is_not_delivered_again(desk: Desk) -> None:
    await desk.say("should we fine-tune our support bot?")
    await desk.say("show")
    await desk.say("How much does fine-tuning cost?", "faq")
    await desk.process(Typed("How much does fine-tuning cost?"), "faq")
    shown = desk.wall.texts()
    # The repeat's own entry is left over, as if its process had died.
    await desk.recovery(NOON + PATIENCE + 60).look()
    assert len(desk.wall.texts()) <= len(shown) + 1


async def test_a_message_that_had_no_effect_is_owed_nothing(desk: Desk) -> None:
    await desk.process(desk.button("answer:data:yes"))
    assert await desk.recovery(NOON + PATIENCE + 9).look() == 0
    assert await desk.owed() == 0


async def test_two_processes_never_deliver_the_same_debt(desk: Desk) -> None:
    await desk.process(Typed("should we fine-tune our support bot?"))
    looks = [desk.recovery(NOON + PATIENCE + 9) for _ in range(5)]
    assert sum(await asyncio.gather(*[recovery.look() for recovery in looks])) == 1


async def test_a_platform_in_trouble_gets_the_reply_later(desk: Desk) -> None:
    taken = await desk.process(Typed("should we fine-tune our support bot?"))
    desk.wall.trouble = TryLater("busy")
    await desk.service.deliver(taken, desk.wall)
    assert await desk.recovery(NOON + 100).look() == 0
    desk.wall.trouble = None
    assert await desk.recovery(NOON + 200).look() == 1
    assert "Question 1 of 5" in desk.wall.texts()[0]


async def test_what_can_never_be_delivered_is_dropped(desk: Desk) -> None:
    await desk.process(Typed("should we fine-tune our support bot?"))
    desk.wall.trouble = Undeliverable("the channel is gone")
    assert await desk.recovery(NOON + 100).look() == 0
    assert await desk.owed() == 0


async def test_entries_of_another_version_are_left_alone(desk: Desk) -> None:
    await desk.storage.command("ZADD", desk.outbox._key, NOON, '{"later": true}')
    assert await desk.recovery(NOON + 100).look() == 0
    assert await desk.owed() == 1


async def test_a_reply_that_cannot_be_worked_out_keeps_no_other_from_arriving(desk: Desk) -> None:
    """Every process gets it in turn: what ended one of them would end them all."""
    for place in (SPOILT, PLACE, DAMAGED):
        await desk.ask_at(place)
    await desk.storage.command("HSET", DAMAGED.key(desk.sessions._prefix), "doc", "{}")

    def surface(debt: OutboxEntry) -> Wall:
        if debt.place == SPOILT:
            raise KeyError("scope")
        return desk.wall

    assert await Recovery(desk.service, desk.outbox, {"wall": surface}, lambda: NOON + 100).look() == 1
    assert await desk.owed() == 1  # what is damaged can never be shown


async def test_owed_replies_wait_only_for_those_of_the_same_space(desk: Desk) -> None:
    places = [Place("slow", "1"), Place("slow", "2"), *(Place(f"quick {n}", "1") for n in range(22))]
    for place in places:
        await desk.ask_at(place)
    slow, quick = Slow(), Wall()
    recovery = Recovery(
        desk.service,
        desk.outbox,
        {"wall": lambda debt: slow if debt.place.space == "slow" else quick},
        lambda: NOON + 100,
    )
    looking = asyncio.create_task(recovery.look())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
        while len(quick.messages) < 18:
            await asyncio.sleep(0)
    assert slow.at_once == 1
    slow.answered.set()
    assert await looking == len(places)
    assert slow.at_once == 1


async def test_of_what_waits_too_long_at_one_process_another_takes_the_rest(desk: Desk, elsewhere: Service) -> None:
    for number in range(3):
        await desk.ask_at(Place("slow", str(number)))
    slow, clock = Slow(), [NOON + 100]

    def surface(debt: OutboxEntry) -> Wall:
        clock[0] = NOON + 105  # by then all are claimed, and the first is being sent
        return slow

    looking = asyncio.create_task(Recovery(desk.service, desk.outbox, {"wall": surface}, lambda: clock[0]).look())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    recovery = Recovery(elsewhere, desk.outbox, {"wall": lambda debt: desk.wall}, lambda: NOON + 101 + PATIENCE)
    assert await recovery.look() == 2
    slow.answered.set()
    assert await looking == 1
    assert (len(slow.messages), len(desk.wall.messages)) == (1, 2)
    assert await desk.owed() == 0


@pytest.mark.parametrize("other", [{"channel": "a channel that is off"}, {"text": None}, {"id": None}])
async def test_what_no_process_understands_is_left_for_an_hour(
    desk: Desk, key_prefix: str, other: dict[str, object]
) -> None:
    known = OutboxEntry("wall", PLACE, {}, Message("m1", Person("ana"), NOON, Typed("hello")), "token").entry
    entry = {name: value for name, value in {**json.loads(known), **other}.items() if value is not None}
    outbox = f"{key_prefix}:due"
    await desk.storage.command("ZADD", outbox, NOON, json.dumps(entry))
    await desk.recovery(NOON + 60).look()
    assert await desk.storage.command("ZCARD", outbox) == 1
    await desk.recovery(NOON + GIVEN_UP + 60).look()
    assert await desk.storage.command("ZCARD", outbox) == 0


async def test_a_message_that_was_long_on_its_way_is_left_to_whoever_has_it(desk: Desk) -> None:
    message = Message("late", Person("ana"), NOON - 600, Typed("should we fine-tune our support bot?"))
    await desk.service.process(PLACE, message, channel="wall", address={})
    assert await desk.recovery(NOON + PATIENCE - 1).look() == 0
    assert await desk.recovery(NOON + PATIENCE + 1).look() == 1


async def test_a_channel_that_is_off_here_shows_nothing(desk: Desk) -> None:
    await desk.process(Typed("should we fine-tune our support bot?"))
    assert await Recovery(desk.service, desk.outbox, {}, lambda: NOON + 100).look() == 0
    assert await desk.owed() == 1


BACKLOG = Typed("triage:\n" + "\n".join(f"a bot for shop {number}" for number in range(45)))
"""What is answered with three messages, and leaves the card with a recommendation as it is."""


async def recommended(desk: Desk, then: Callable[[], Awaitable[None]]) -> Watched:
    """A conversation that has come to its end, on a wall on which something happens with each message from now on."""
    desk.wall = wall = Watched()
    await desk.say("should we fine-tune our support bot?")
    await desk.say("show")
    wall.messages = {list(wall.messages)[-1]: list(wall.messages.values())[-1]}
    wall.then = then
    return wall


async def test_a_long_reply_is_left_to_the_process_that_is_sending_it(
    desk: Desk, elsewhere: Service, now: list[float]
) -> None:
    async def others_look() -> None:
        now[0] += PATIENCE - 2
        await others.look()

    wall = await recommended(desk, others_look)
    theirs = Wall(messages=dict(wall.messages), numbers=wall.numbers)
    others = Recovery(elsewhere, desk.outbox, {"wall": lambda debt: theirs}, lambda: now[0])
    await desk.process(BACKLOG)
    now[0] = NOON + 100
    assert await Recovery(desk.service, desk.outbox, {"wall": lambda debt: wall}, lambda: now[0]).look() == 1
    assert (len(wall.messages), len(theirs.messages)) == (1 + 3, 1)


async def test_a_long_reply_that_takes_too_long_is_left_to_the_process_that_took_it_over(
    desk: Desk, elsewhere: Service, now: list[float]
) -> None:
    async def take_over() -> None:
        now[0] += PATIENCE + 2
        await others.look()

    wall = await recommended(desk, take_over)
    theirs = Wall(messages=dict(wall.messages), numbers=wall.numbers)
    others = Recovery(elsewhere, desk.outbox, {"wall": lambda debt: theirs}, lambda: now[0])
    await desk.process(BACKLOG)
    now[0] = NOON + 100
    assert await Recovery(desk.service, desk.outbox, {"wall": lambda debt: wall}, lambda: now[0]).look() == 0
    assert (len(wall.messages), len(theirs.messages)) == (1 + 1, 1 + 3)
    assert await desk.owed() == 0


@pytest.mark.parametrize("late", [False, True])
async def test_a_long_reply_goes_on_behind_what_has_arrived(desk: Desk, late: bool) -> None:
    """Whether the process that took the message sends it, or another one that found it owed."""

    async def no_more() -> None:
        wall.trouble = TryLater("busy") if len(wall.messages) == 1 + 2 else None

    wall = await recommended(desk, no_more)
    taken = await desk.process(BACKLOG)
    if late:
        assert await desk.recovery(NOON + 100).look() == 0
    else:
        await desk.service.deliver(taken, wall)
    assert len(wall.messages) == 1 + 2
    wall.trouble = None
    assert await desk.recovery(NOON + 200).look() == 1
    assert len(wall.messages) == len(set(wall.texts())) == 1 + 3


@pytest.mark.parametrize("noted", [True, False])
async def test_a_reply_comes_below_the_card_that_is_just_being_recovered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, noted: bool
) -> None:
    """Also where Redis is away before anybody could note where that card is."""
    mark, marks = desk.sessions.mark, count()

    async def away_at_first(place: Place, card: Card | None, revision: int) -> int:
        if next(marks) == 0 and not noted:
            raise StorageUnavailable("away")
        return await mark(place, card, revision)

    monkeypatch.setattr(desk.sessions, "mark", away_at_first)
    monkeypatch.setattr("bot.turns.delivery.RECORDED_WITHIN", 0)
    await desk.process(Typed("should we fine-tune our support bot?"))
    desk.wall = slow = Slow()
    looking = asyncio.create_task(desk.recovery(NOON + 100).look())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    following = asyncio.create_task(desk.service.deliver(await desk.process(Typed("yes")), slow))
    await asyncio.sleep(0)
    slow.answered.set()
    found = await asyncio.gather(looking, return_exceptions=True)
    assert [str(one).partition(":")[0] for one in found] == ["1" if noted else "Redis is not available"]
    await following
    assert slow.live() == ["m2"]


async def test_a_reply_comes_below_the_card_that_is_live_and_not_below_one_that_was_recovered_too_late(
    desk: Desk, elsewhere: Service
) -> None:
    """Somebody answers elsewhere, and somebody here, while the card that is owed is being shown."""
    await desk.process(Typed("should we fine-tune our support bot?"))
    desk.wall = slow = Slow()
    looking = asyncio.create_task(desk.recovery(NOON + 100).look())
    async with asyncio.timeout(HUNG):
        await slow.asked.wait()
    answer = Message("elsewhere", Person("ben"), NOON, Typed("yes"))
    taken = await elsewhere.process(PLACE, answer, channel="wall", address={})
    await elsewhere.deliver(taken, Wall(messages=slow.messages, numbers=slow.numbers))
    following = asyncio.create_task(desk.service.deliver(await desk.process(Typed("high")), slow))
    await asyncio.sleep(0)
    slow.answered.set()
    await looking
    await following
    assert slow.live() == ["m3"]
