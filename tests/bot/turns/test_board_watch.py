"""The daily look at all boards: each owner is told once what changed about their ideas, and nothing is changed."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.storage.boards import BoardAddress
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.redis_client import Arguments
from bot.storage.stores import Stores
from bot.turns.board_watch import LOOK_INTERVAL, REMINDER_PAUSE, BoardWatch
from bot.turns.redelivery import Redelivery
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Idea, Judge
from dialogs.message import Message, Person, Typed
from tests.bot.harness import FakeSurface
from tests.dialogs.talk import NOON

CHANNEL, OTHER = Place("slack:T1:C1", "1.0"), Place("slack:T1:C2", "1.0")
WHERE = BoardAddress("fake", {"channel": "C1"})
DAY = timedelta(days=1).total_seconds()


class Days:
    """A clock that the test moves, and that waiting moves."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.waited: list[float] = []

    async def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def days() -> Days:
    return Days(float(NOON))


def watch(advisor: Advisor, stores: Stores, days: Days, token: str = "w") -> BoardWatch:
    return BoardWatch(advisor, stores, {"fake"}, lambda: days.now, token, days.pause)


def idea(name: str, by: str = "ana", **more: object) -> Idea:
    no_data = {"data": Answer(option="no", how=AnswerMethod.BUTTON, by=by, at=NOON)}
    return Idea(id=name, title=f"idea {name}", by=by, at=NOON, answers=no_data, until=NOON * 2, **more)


def other(name: str, by: str = "ana") -> Idea:
    """One that came out differently by another pack."""
    return idea(name, by, judged="hybrid", pack="older")


async def delivered(service: Service, stores: Stores, days: Days) -> list[str]:
    """What people are told now."""
    surface = FakeSurface()
    await Redelivery(service.overdue, stores.outbox, {"fake": lambda _: surface}, lambda: days.now).deliver_overdue()
    return surface.texts()


async def test_each_owner_is_told_once_for_each_place(
    advisor: Advisor, stores: Stores, service: Service, days: Days
) -> None:
    await stores.boards.apply(CHANNEL, [other("a"), other("b"), other("c", "ben"), idea("d")], WHERE)
    await stores.boards.apply(OTHER, [other("e")], WHERE)
    before = await stores.boards.load(CHANNEL)
    assert await watch(advisor, stores, days).look() == 3
    told = await delivered(service, stores, days)
    assert len(told) == 3
    assert sorted(text.count("was hybrid, would now be prompt engineering") for text in told) == [1, 1, 2]
    assert all("stop reminders" in text and "idea d" not in text for text in told)
    assert days.waited == [REMINDER_PAUSE] * 3
    days.now += DAY
    assert await watch(advisor, stores, days).look() == 0
    assert await stores.boards.load(CHANNEL) == before


async def test_what_is_new_is_told_later(advisor: Advisor, stores: Stores, days: Days) -> None:
    await stores.boards.apply(CHANNEL, [other("a")], WHERE)
    assert await watch(advisor, stores, days).look() == 1
    await stores.boards.apply(CHANNEL, [other("b")], WHERE)
    assert await watch(advisor, stores, days).look() == 0, "today's look is done"
    days.now += DAY
    assert await watch(advisor, stores, days).look() == 1


async def test_a_fact_that_is_out_of_date_is_told(
    advisor: Advisor, stores: Stores, service: Service, days: Days
) -> None:
    fact = advisor.pack.outside[0]
    days.now = datetime.combine(fact.last_day, datetime.min.time(), UTC).timestamp()
    known = idea("a", facts=(fact.id, "out-gone"), judged="prompt_engineering", pack=advisor.pack.version)
    await stores.boards.apply(CHANNEL, [known.replace(facts=(fact.id,))], WHERE)
    assert await watch(advisor, stores, days).look() == 0
    days.now += DAY
    assert await watch(advisor, stores, days).look() == 1
    (told,) = await delivered(service, stores, days)
    assert fact.title in told
    await stores.boards.apply(CHANNEL, [known], WHERE)
    days.now += DAY
    assert await watch(advisor, stores, days).look() == 1
    assert "out-gone" in (await delivered(service, stores, days))[0]


def test_without_a_day_nothing_is_said_of_facts(advisor: Advisor) -> None:
    fact, judge = advisor.pack.outside[0], Judge(advisor.knowledge.judgements)
    old = idea("a", facts=(fact.id,))
    assert judge.row(old).lost == ()
    assert judge.row(old, date(2999, 1, 1)).lost == (fact.id,)
    assert judge.row(old, fact.last_day).lost == ()


async def test_whoever_wants_none_gets_none(advisor: Advisor, stores: Stores, service: Service, days: Days) -> None:
    await stores.boards.apply(CHANNEL, [other("a"), other("c", "ben")], WHERE)
    where = Place("slack:T1:ana", "1", direct=True)

    async def say(text: str) -> str:
        message = Message(f"m{text}", Person("ana"), NOON, Typed(text))
        processed = await service.process(where, message, channel="fake", address={})
        return str(processed.turn.aside)

    assert "reminders_stopped" in await say("Stop reminders!")
    assert await watch(advisor, stores, days).look() == 1
    assert "reminders_resumed" in await say("start reminders")
    days.now += DAY
    assert await watch(advisor, stores, days).look() == 1


async def test_one_process_looks_at_a_time_and_another_takes_over(advisor: Advisor, stores: Stores, days: Days) -> None:
    await stores.boards.apply(CHANNEL, [other("a")], WHERE)
    assert await stores.reminders.hold("another")
    assert await watch(advisor, stores, days).look() == 0
    await stores.storage.command("DEL", f"{stores.reminders._prefix}:boards:watch")
    assert await watch(advisor, stores, days).look() == 1


@pytest.mark.parametrize(("away", "told"), [(":due", 1), (":told:", 2)])
async def test_a_reminder_that_failed_half_way_is_told_nevertheless(
    advisor: Advisor, stores: Stores, days: Days, monkeypatch: pytest.MonkeyPatch, away: str, told: int
) -> None:
    """The keys lie on several nodes of a Cluster, and one of them is away."""
    pipeline = stores.storage.pipeline

    async def in_part(*commands: Arguments, within: float = 0) -> list[Any]:
        there = [one for one in commands if one[0] == "GET" or not any(away in str(key) for key in one)]
        answers = await pipeline(*there, within=within) if there else []
        if len(there) < len(commands):
            raise StorageUnavailable("a node is away")
        return answers

    await stores.boards.apply(CHANNEL, [other("a")], WHERE)
    with monkeypatch.context() as broken:
        broken.setattr(stores.storage, "pipeline", in_part)
        with pytest.raises(StorageUnavailable):
            await watch(advisor, stores, days).look()
    days.now += LOOK_INTERVAL
    assert await watch(advisor, stores, days).look() == 1
    assert await stores.outbox.size() == told
    days.now += DAY
    assert await watch(advisor, stores, days).look() == 0


async def test_a_reminder_that_cannot_be_noted_is_told_once(
    advisor: Advisor, stores: Stores, service: Service, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = stores.storage.pipeline

    async def in_part(*commands: Arguments, within: float = 0) -> list[Any]:
        if any(one[0] == "SET" and ":told:" in str(one[1]) for one in commands):
            raise StorageUnavailable("a node is away")
        return await pipeline(*commands, within=within)

    await stores.boards.apply(CHANNEL, [other("a")], WHERE)
    monkeypatch.setattr(stores.storage, "pipeline", in_part)
    told = []
    for _ in range(3):
        with pytest.raises(StorageUnavailable):
            await watch(advisor, stores, days).look()
        told += await delivered(service, stores, days)
        days.now += LOOK_INTERVAL
    assert len(told) == 1
    await stores.boards.apply(CHANNEL, [other("b")], WHERE)
    with pytest.raises(StorageUnavailable):
        await watch(advisor, stores, days).look()
    assert len(await delivered(service, stores, days)) == 1, "there is more to tell"
    assert await stores.outbox.size() == 0


async def test_what_was_removed_meanwhile_is_not_told(
    advisor: Advisor, stores: Stores, service: Service, days: Days
) -> None:
    await stores.boards.apply(CHANNEL, [other("a")], WHERE)
    assert await watch(advisor, stores, days).look() == 1
    await stores.boards.forget(CHANNEL, "ana")
    assert await delivered(service, stores, days) == []
    assert await stores.outbox.size() == 0


async def test_a_look_at_the_boards_that_fails_is_followed_by_another(
    advisor: Advisor, stores: Stores, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()
    watching = watch(advisor, stores, days)
    errors = [StorageUnavailable("away"), RuntimeError("broken"), asyncio.CancelledError()]

    async def look() -> int:
        looked.append("look")
        raise errors[len(looked) - 1]

    monkeypatch.setattr(watching, "look", look)
    with pytest.raises(asyncio.CancelledError):
        await watching.run()
    assert len(looked) == 3
    assert days.waited == [LOOK_INTERVAL] * 2


async def test_a_board_that_nobody_can_be_reached_from_reminds_nobody(
    advisor: Advisor, stores: Stores, days: Days
) -> None:
    await stores.boards.apply(Place("slack:T1:C1", "1.0"), [other("a")], BoardAddress("another", {"channel": "C1"}))
    await stores.boards.apply(Place("slack:T1:C2", "1.0"), [other("b")], BoardAddress("fake", {"channel": "C2"}))
    await stores.boards.apply(Place("slack:T1:C3", "1.0"), [other("c")])
    assert await watch(advisor, stores, days).look() == 1
    assert await stores.outbox.size() == 1


async def test_a_board_that_cannot_be_read_keeps_no_other_from_being_looked_at(
    advisor: Advisor, stores: Stores, days: Days, key_prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    for space in ("slack:T1:C1", "slack:T1:C2"):
        await stores.boards.apply(Place(space, "1.0"), [other(space)], BoardAddress("fake", {"channel": "C1"}))
    for key in await stores.storage.command("KEYS", f"{key_prefix}*T1:C1*"):
        await stores.storage.command("SET", key, "no board")
    assert await watch(advisor, stores, days).look() == 1
    assert "a board cannot be read" in caplog.text
