"""Ideas belong to the place: what one thread adds another shows, whatever dies in between."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.batch.idea_file import MAX_IDEAS
from bot.storage.boards import BoardAddress, Boards
from bot.storage.errors import StorageUnavailable
from bot.storage.place import Place
from bot.storage.redis_client import Arguments
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.file_message import FileMessages, FileSource
from bot.turns.service import Service
from bot.turns.workers import Workers
from dialogs.advisor import Advisor
from dialogs.ideas.board import Board, Idea
from dialogs.message import Message, Person, Press, Typed
from knowledge.interfaces import Knowledge
from knowledge.matching.implied_answers import ImpliedAnswerReader
from knowledge.outside import OutsideEntry
from tests.bot.harness import PLACE, FakeSurface, Harness
from tests.bot.server_clock import NOON

LIST = "triage\na bot for tickets\nsummaries of reports, we have no data at all\nslogans for shoes"
ELSEWHERE = Place("slack:T1:C1", "2.0")
OTHER_CHANNEL = Place("slack:T1:C2", "1.0")


@pytest.fixture
def harness(advisor: Advisor, stores: Stores) -> Harness:
    return Harness.on(advisor, stores)


class Thread:
    """Another thread, and what it shows."""

    def __init__(self, service: Service, place: Place) -> None:
        self.service, self.place, self.surface, self.number = service, place, FakeSurface(), 0

    async def take(self, content: Typed | Press, who: str = "ben") -> str:
        self.number += 1
        message = Message(f"{self.place}:{self.number}", Person(who), NOON + 100 + self.number, content)
        processed = await self.service.process(self.place, message, channel="test", address={"channel": "C1"})
        await self.service.delivery.deliver(processed, self.surface)
        return self.surface.texts()[-1] if self.surface.messages else ""

    async def say(self, text: str, who: str = "ben") -> str:
        return await self.take(Typed(text), who)


async def test_texts_are_read_where_nobody_waits_for_them(
    harness: Harness, stores: Stores, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each of up to 200 ideas calls for is looked for in a thread."""
    there: list[int] = []

    def called(knowledge: Knowledge, text: str, today: date) -> tuple[OutsideEntry, ...]:
        there.append(threading.get_ident())
        return knowledge.pack.outside[:1]

    monkeypatch.setattr("dialogs.turn_records.called_entries", called)
    await harness.say(LIST)
    assert len(there) == 3
    assert threading.get_ident() not in there
    assert [idea.facts for idea in (await board(stores)).ideas] == [(advisor.pack.outside[0].id,)] * 3


async def test_a_file_is_read_before_its_turn_and_not_again(advisor: Advisor) -> None:
    """As many ideas as a file may have."""
    reader = advisor.knowledge.reader
    assert isinstance(reader, ImpliedAnswerReader)
    lines = [f"a bot for tickets of team {number}" for number in range(MAX_IDEAS)]

    sent, surface = Message("m", Person("ana"), NOON, Typed("")), FakeSurface(stored="\n".join(lines).encode())
    message, _ = await FileMessages(advisor, Workers().files).with_file(sent, FileSource("a.txt", ""), surface)
    assert isinstance(message.content, Typed)
    read = reader._readings.cache_info().misses
    for idea in message.content.ideas:
        reader.read(idea.text)
    assert reader._readings.cache_info().misses == read


async def board(stores: Stores) -> Board:
    return await stores.boards.load(PLACE)


async def test_ideas_are_shown_in_every_thread_of_the_channel_and_in_no_other(harness: Harness, stores: Stores) -> None:
    await harness.say(LIST)
    here = Thread(harness.service, ELSEWHERE)
    shown = await here.say("ideas")
    assert "3 ideas · 1 with a verdict" in shown
    assert "no ideas here yet" in await Thread(harness.service, OTHER_CHANNEL).say("ideas")
    await here.say("3: we have no data")
    assert (await board(stores)).find(3).chosen["data"] == "no"
    await harness.say("ideas")
    assert "2 with a verdict" in harness.surface.texts()[-1]


async def test_a_finished_recommendation_becomes_an_idea_and_follows_its_changes(
    harness: Harness, stores: Stores
) -> None:
    await harness.say("should we fine-tune our support bot?")
    for answer in ("data:yes", "volume:low", "domain:general", "budget:limited"):
        await harness.press(f"answer:{answer}")
        assert not (await board(stores)).shown
    await harness.press("answer:consistency:tolerant")
    (idea,) = (await board(stores)).shown
    assert idea.number == 1
    assert idea.title.startswith("support bot")
    assert await harness.pending() == 0
    await harness.press("edit:data")
    await harness.press("answer:data:no")
    (changed,) = (await board(stores)).shown
    assert changed.chosen["data"] == "no"
    await harness.say("start")
    shown = await Thread(harness.service, ELSEWHERE).say("idea 1")
    assert "Prompt engineering · " in shown


async def test_the_last_click_of_a_round_takes_one_round_trip_more_than_others(
    harness: Harness, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Load with the outbox entry and a number for the change of the board, extend the entry, save."""
    await harness.say("should we fine-tune our support bot?")
    for answer in ("data:yes", "volume:low", "domain:general", "budget:limited"):
        await harness.press(f"answer:{answer}")
    trips: list[int] = []
    pipeline = Storage.pipeline

    async def counted(self: Storage, *commands: Arguments, within: float = 0) -> list[Any]:
        trips.append(len(commands))
        return await pipeline(self, *commands, within=within)

    monkeypatch.setattr(Storage, "pipeline", counted)
    for number in (1, 2):
        trips.clear()
        await harness.press("answer:consistency:tolerant")
        assert trips[:3] == [3, 1, 1]
        (idea,) = (await board(stores)).shown
        assert set(idea.orders.values()) - {0} == {number}
        await harness.press("restart")
        for answer in ("data:yes", "volume:low", "domain:general", "budget:limited"):
            await harness.press(f"answer:{answer}")


async def test_who_looks_right_after_the_last_click_sees_the_idea(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harness.say("should we fine-tune our support bot?")
    apply = Boards.apply

    async def slowly(self: Boards, place: Place, ideas: Sequence[Idea], address: BoardAddress) -> None:
        for _ in range(1000):
            await asyncio.sleep(0)
        await apply(self, place, ideas, address)

    monkeypatch.setattr(Boards, "apply", slowly)
    await harness.process(harness.button("answer:data:no"))
    await harness.process(harness.button("show"))
    assert "1 idea ·" in await Thread(harness.service, ELSEWHERE).say("ideas")


async def test_numbers_go_on_from_thread_to_thread(harness: Harness, stores: Stores) -> None:
    await harness.say(LIST)
    other = Thread(harness.service, ELSEWHERE)
    assert "4. poems" in await other.say("triage\npoems\nletters")
    assert [idea.number for idea in (await board(stores)).shown] == [1, 2, 3, 4, 5]


async def test_what_a_dead_process_owed_the_board_is_given_to_it(
    harness: Harness, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise StorageUnavailable("gone")

    with monkeypatch.context() as dead:
        dead.setattr(Boards, "apply", dies)
        await harness.process(Typed(LIST))
    assert not (await board(stores)).shown
    assert await harness.redelivery(NOON + 100).deliver_overdue() == 1
    assert [idea.number for idea in (await board(stores)).shown] == [1, 2, 3]
    assert "3 ideas · 1 with a verdict" in harness.surface.texts()[-1]
    assert await harness.pending() == 0


async def test_an_answer_that_was_refused_never_reaches_the_board(
    harness: Harness, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    await harness.say(LIST)
    await harness.press("ask:1:data")

    async def away(*_: object, **__: object) -> None:
        raise StorageUnavailable("away")

    with monkeypatch.context() as trouble:
        trouble.setattr(harness.sessions, "save", away)
        with pytest.raises(StorageUnavailable):
            await harness.process(harness.button("answer:data:no"))
    await harness.service.background.join()
    await harness.redelivery(NOON + 100).deliver_overdue()
    assert (await board(stores)).find(1).chosen == {}


async def test_two_people_who_answer_at_once_in_two_threads_both_count(harness: Harness, stores: Stores) -> None:
    await harness.say(LIST)
    one, two = Thread(harness.service, ELSEWHERE), Thread(harness.service, Place("slack:T1:C1", "3.0"))
    await one.say("idea 1")
    await two.say("idea 1")
    first = await one.service.process(
        one.place, Message("a", Person("ben"), NOON + 200, Typed("1: we have no data")), channel="test", address={}
    )
    second = await two.service.process(
        two.place, Message("b", Person("eve"), NOON + 200, Typed("1: budget is limited")), channel="test", address={}
    )
    await two.service.delivery.deliver(second, two.surface)
    await one.service.delivery.deliver(first, one.surface)
    assert (await board(stores)).find(1).chosen == {"data": "no", "budget": "limited"}


async def test_forget_me_reaches_the_board(harness: Harness, stores: Stores) -> None:
    await harness.say(LIST)
    await Thread(harness.service, ELSEWHERE).say("triage\npoems\nletters", who="ben")
    await harness.say("yes, forget me")
    assert [idea.number for idea in (await board(stores)).shown] == [4, 5]
    assert "ana" not in str(await board(stores))
