"""Boards of ideas in Redis: the contract, on one server and on a Cluster of three."""

import asyncio
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.storage.boards import PAGE, BoardAddress, Boards
from bot.storage.place import Place
from bot.storage.redis_client import Arguments
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Idea, idea_id
from tests.bot.harness import opened

NOW = int(time.time())
CHANNEL = Place("slack:T1:C1", "1700000000.000100")
YEAR = timedelta(days=365)

SERVERS = ("redis_url", "sentinel_url", "cluster_url")


@pytest.fixture
def boards(storage: Storage, key_prefix: str) -> Boards:
    return Boards(storage, ttl=YEAR, prefix=key_prefix)


def idea(row: int, number: int = 0, by: str = "ana", at: int = NOW, **more: object) -> Idea:
    return Idea(number=number, id=idea_id("m1", row), title=f"idea {row}", by=by, at=at, **more)


def answer(option: str, at: int = NOW, by: str = "ana") -> Answer:
    return Answer(option=option, how=AnswerMethod.BUTTON, by=by, at=at)


async def test_a_board_is_empty_at_first(boards: Boards) -> None:
    found = await boards.load(CHANNEL)
    assert (found.ideas, found.next) == ((), 1)


async def test_what_is_added_is_there_once_however_often_it_is_applied(boards: Boards) -> None:
    for _ in range(3):
        await boards.apply(CHANNEL, [idea(1), idea(2)])
    found = await boards.load(CHANNEL)
    assert [(one.number, one.title) for one in found.ideas] == [(1, "idea 1"), (2, "idea 2")]
    assert found.next == 3


async def test_threads_of_a_channel_share_its_board_and_other_channels_do_not(boards: Boards) -> None:
    await boards.apply(CHANNEL, [idea(1)])
    assert (await boards.load(Place("slack:T1:C1", "9.9"))).shown
    assert not (await boards.load(Place("slack:T1:C2"))).shown
    teams = Place("teams:t:19:abc@thread.tacv2;messageid=1")
    assert teams.board.space == "teams:t:19:abc@thread.tacv2"


@pytest.mark.parametrize("chat", ["19:g@thread.v2", "19:abc@thread.tacv2;messageid=1"])
def test_what_is_between_one_person_and_the_advisor_has_a_board_of_its_own(chat: str) -> None:
    place = Place(f"teams:t:{chat}")
    boards = [place.board, *(place.targeted(person).board for person in ("ana", "ben", "x;messageid=2"))]
    assert len(set(boards)) == len(boards)
    assert all(board.board == board and board.scope == "teams:t" for board in boards)
    other = Place("teams:t:19:abc@thread.tacv2;messageid=7")
    shared = ";" in chat
    assert (other.targeted("ana").board == place.targeted("ana").board) is shared, "one for all threads of a channel"


async def test_reserved_numbers_are_nobody_elses(boards: Boards) -> None:
    mine = [idea(1, number=1), idea(2, number=2)]
    assert await boards.reserve(CHANNEL, mine) == 1
    assert await boards.reserve(CHANNEL, [idea(3, number=1)]) == 3
    assert await boards.reserve(CHANNEL, [idea(1, number=3), idea(2, number=4)]) == 1
    await boards.apply(CHANNEL, [idea(7)])
    await boards.apply(CHANNEL, mine)
    assert {one.title: one.number for one in (await boards.load(CHANNEL)).ideas} == {
        "idea 1": 1,
        "idea 2": 2,
        "idea 7": 3,
    }


async def test_changes_at_the_same_moment_lose_nothing(boards: Boards, storage: Storage, key_prefix: str) -> None:
    other = Boards(storage, ttl=YEAR, prefix=key_prefix)
    await boards.apply(CHANNEL, [idea(1)])
    questions = ("data", "volume", "domain", "budget", "consistency")
    await asyncio.gather(
        *(
            (boards, other)[n % 2].apply(CHANNEL, [idea(1, answers={question: answer("unsure")})])
            for n, question in enumerate(questions)
        ),
        *((boards, other)[row % 2].apply(CHANNEL, [idea(row)]) for row in range(2, 12)),
    )
    found = await boards.load(CHANNEL)
    assert set(found.find(1).answers) == set(questions)
    assert sorted(one.number for one in found.ideas) == list(range(1, 12))


async def test_of_two_answers_the_later_counts_whichever_arrives_last(boards: Boards) -> None:
    late, early = answer("yes", NOW + 5), answer("no", NOW)
    for given in (late, early):
        await boards.apply(CHANNEL, [idea(1, answers={"data": given})])
    assert (await boards.load(CHANNEL)).find(1).chosen == {"data": "yes"}


async def test_a_removed_idea_does_not_come_back_and_keeps_nothing(boards: Boards) -> None:
    await boards.apply(CHANNEL, [idea(1, text="secret", answers={"data": answer("no")})])
    await boards.apply(CHANNEL, [idea(1, removed=NOW)])
    await boards.apply(CHANNEL, [idea(1, text="secret", answers={"data": answer("no", NOW + 9)})])
    (left,) = (await boards.load(CHANNEL)).ideas
    assert (left.text, left.answers, left.by) == ("", {}, "")
    assert not (await boards.load(CHANNEL)).shown


async def test_each_idea_expires_by_itself(boards: Boards, storage: Storage, key_prefix: str) -> None:
    old = NOW - int(YEAR.total_seconds()) - 10
    await boards.apply(CHANNEL, [idea(1, at=old), idea(2)])
    await boards.apply(CHANNEL, [idea(1, answers={"data": answer("yes")}, at=old)])
    assert [one.number for one in (await boards.load(CHANNEL)).ideas] == [2]
    page = f"{CHANNEL.board.key(key_prefix)}:0"
    assert int(await storage.command("HLEN", page)) == 1
    assert 0 < int(await storage.command("PTTL", page)) <= YEAR / timedelta(milliseconds=1)


async def test_an_idea_that_says_no_end_stays(boards: Boards, storage: Storage, key_prefix: str) -> None:
    await boards.apply(CHANNEL, [idea(1)])
    page = f"{CHANNEL.board.key(key_prefix)}:0"
    document = json.loads(await storage.command("HGET", page, "1"))
    del document["until"]
    await storage.command("HSET", page, "1", json.dumps(document))
    assert [one.number for one in (await boards.load(CHANNEL)).ideas] == [1]


async def test_of_an_idea_only_what_is_set_takes_room(boards: Boards, storage: Storage, key_prefix: str) -> None:
    await boards.apply(CHANNEL, [idea(1)])
    document = json.loads(await storage.command("HGET", f"{CHANNEL.board.key(key_prefix)}:0", "1"))
    assert {*document} == {"id", "title", "by", "at", "until"}


async def test_a_change_does_not_prolong_a_page(boards: Boards, storage: Storage, key_prefix: str) -> None:
    await boards.apply(CHANNEL, [idea(1)])
    page = f"{CHANNEL.board.key(key_prefix)}:0"
    await storage.command("PEXPIRE", page, 5000)
    await boards.apply(CHANNEL, [idea(1, answers={"data": answer("yes")})])
    assert int(await storage.command("PTTL", page)) <= 5000


async def test_a_board_has_pages(boards: Boards, storage: Storage, key_prefix: str) -> None:
    for start in range(0, 2 * PAGE + 5, 50):
        await boards.apply(CHANNEL, [idea(row) for row in range(start, start + 50)])
    found = await boards.load(CHANNEL)
    assert [one.number for one in found.ideas] == list(range(1, 251))
    assert int(await storage.command("HLEN", f"{CHANNEL.board.key(key_prefix)}:2")) == 50


async def test_one_unreadable_idea_costs_no_other(boards: Boards, storage: Storage, key_prefix: str) -> None:
    await boards.apply(CHANNEL, [idea(1), idea(2)])
    await storage.command("HSET", f"{CHANNEL.board.key(key_prefix)}:0", "1", "no idea")
    assert [one.number for one in (await boards.load(CHANNEL)).ideas] == [2]


async def test_what_a_newer_version_added_stays(boards: Boards, storage: Storage, key_prefix: str) -> None:
    await boards.apply(CHANNEL, [idea(1)])
    page = f"{CHANNEL.board.key(key_prefix)}:0"
    document = (await storage.command("HGET", page, "1")).decode()
    await storage.command("HSET", page, "1", document.replace('{"', '{"colour":"red","', 1))
    await boards.apply(CHANNEL, [idea(1, answers={"data": answer("yes")})])
    assert b'"colour":"red"' in await storage.command("HGET", page, "1")


async def test_a_person_is_forgotten(boards: Boards) -> None:
    given = {"data": answer("yes", by="ben"), "volume": answer("low")}
    await boards.apply(CHANNEL, [idea(1, by="ana", answers=given), idea(2, by="ben")])
    assert await boards.forget(CHANNEL, "ben") == 1
    await boards.apply(CHANNEL, [idea(2, by="ben")])
    found = await boards.load(CHANNEL)
    assert [one.number for one in found.shown] == [1]
    assert found.find(1).chosen == {"volume": "low"}
    assert "ben" not in str(found)


@pytest.mark.parametrize("size", [10, 300])
async def test_a_change_takes_two_round_trips_however_many_ideas_there_are(
    boards: Boards, storage: Storage, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    for start in range(0, size, 100):
        await boards.apply(CHANNEL, [idea(row) for row in range(start, min(size, start + 100))])
    changed = idea(size // 2, answers={"data": answer("yes")})
    await boards.apply(CHANNEL, [changed.replace(answers={"data": answer("no")})])
    trips: list[int] = []
    pipeline = Storage.pipeline

    async def counted(self: Storage, *commands: Arguments, within: float = 0) -> list[Any]:
        trips.append(sum(len(str(command)) for command in commands))
        return await pipeline(self, *commands, within=within)

    monkeypatch.setattr(Storage, "pipeline", counted)
    await boards.apply(CHANNEL, [changed])
    assert len(trips) <= 2
    assert sum(trips) < 3000


async def test_boards_are_in_an_index(boards: Boards) -> None:
    for number in range(3):
        await boards.apply(Place(f"slack:T1:C{number}", "1.0"), [idea(1)])
    await boards.apply(CHANNEL, [idea(1)])
    assert [space async for space in boards.spaces()] == ["slack:T1:C0", "slack:T1:C1", "slack:T1:C2"]


async def test_an_idea_is_kept_for_a_year_however_short_conversations_live(redis_url: str, key_prefix: str) -> None:
    async with opened(redis_url) as storage, Redis.from_url(redis_url, protocol=2) as client:
        stores = Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix)
        await stores.boards.apply(CHANNEL, [idea(1)], BoardAddress("slack", {}))
        lives = [await client.ttl(key) for key in await client.keys(f"{key_prefix}*")]
    assert lives and all(364 * 86_400 < seconds <= 365 * 86_400 for seconds in lives)


async def test_a_server_is_somebody_elses_unless_it_is_said_to_be_ours(storage: Storage, key_prefix: str) -> None:
    assert not Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix).own_server
    assert Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix, own_server=True).own_server
