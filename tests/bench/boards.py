"""Boards of ten and of a thousand ideas: what changing an idea costs, and what a turn that shows the board costs."""

import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from statistics import median
from typing import Any

from bot.storage.boards import Boards
from bot.storage.place import Place
from bot.storage.redis_client import Arguments
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Idea, idea_id
from dialogs.message import Message, Person, Typed
from tests.bench.figures import Figure
from tests.bench.growth import advisor
from tests.bench.stores import standalone

SIZES = 10, 1_000
AT_ONCE = 50
PREFIX = "advisor"
YEAR = timedelta(days=365)
OPTIONS = "yes", "no"


class CountedStorage(Storage):
    """Counts how often one has to wait for Redis, one after the other."""

    trips = 0

    async def pipeline(self, *commands: Arguments, within: float = 0) -> list[Any]:
        self.trips += 1
        return await super().pipeline(*commands, within=within)


async def boards(rounds: int, environment: Mapping[str, str]) -> list[Figure]:
    """Changes and turns on boards of either size, by turns, `rounds` times each."""
    speaker = advisor(environment)
    with standalone() as server:
        storage = CountedStorage(server.url)
        try:
            for size in SIZES:
                await fill(Boards(storage, ttl=YEAR, prefix=PREFIX), size)
            return [*await _changes(storage, rounds), *await _turns(storage, speaker, rounds)]
        finally:
            await storage.close()


def place_of(size: int) -> Place:
    """Where the board of that size is."""
    return Place(f"slack:T1:C{size}", "1.0")


async def fill(boards: Boards, size: int) -> None:
    """Adds so many ideas, every other one with an answer."""
    now = int(time.time())
    for first in range(1, size + 1, AT_ONCE):
        new = [_idea(number, now) for number in range(first, min(first + AT_ONCE, size + 1))]
        await boards.apply(place_of(size), new)


def _idea(number: int, now: int) -> Idea:
    text = f"a bot of the shop that answers mails of customers, number {number}"
    given = {"data": _answer("no", now)} if number % 2 else {}
    return Idea(number=0, id=idea_id("m", number), title=text[:60], text=text, by="ana", at=now, answers=given)


def _answer(option: str, now: int) -> Answer:
    return Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=now)


async def _changes(storage: CountedStorage, rounds: int) -> list[Figure]:
    boards = Boards(storage, ttl=YEAR, prefix=PREFIX)
    now, took, trips = int(time.time()), {size: list[float]() for size in SIZES}, dict.fromkeys(SIZES, 0)
    for turn in range(rounds):
        for size in SIZES:
            number = turn % size + 1
            changed = _idea(number, now).replace(answers={"volume": _answer(("high", "low")[turn % 2], now + turn)})
            storage.trips = 0
            began = time.perf_counter()
            await boards.apply(place_of(size), [changed])
            took[size].append(time.perf_counter() - began)
            trips[size] = max(trips[size], storage.trips)
    return [
        Figure("board-trips", "a change of one idea among 1,000: round trips", "", (float(trips[SIZES[1]]),)),
        *_compared("board-change", "a change of one idea", took),
    ]


async def _turns(storage: CountedStorage, speaker: Advisor, rounds: int) -> list[Figure]:
    service = Service(speaker, Stores.on(storage, ttl=timedelta(days=7), prefix=PREFIX))
    numbers, took = count(1), {size: list[float]() for size in SIZES}

    async def take(size: int, text: str) -> None:
        number = next(numbers)
        asker = Person(f"U{number % 20}")  # one alone would meet the rate limit
        message = Message(f"m{number}", asker, int(time.time()), Typed(text))
        await service.process(place_of(size), message, channel="bench", address={})
        await service.background.join()

    for size in SIZES:
        await take(size, "ideas")
    for turn in range(rounds):
        for size in SIZES:
            text = f"{turn % size + 1}: {('we have plenty of examples', 'we have no data')[turn % 2]}"
            began = time.perf_counter()
            await take(size, text)
            took[size].append(time.perf_counter() - began)
    return _compared("board-turn", "a typed answer to one idea: its effect and the list again", took)


def _compared(key: str, what: str, took: Mapping[int, Sequence[float]]) -> list[Figure]:
    few, many = (median(took[size]) * 1000 for size in SIZES)
    return [
        Figure(f"{key}-10", f"{what}, of 10 ideas", "ms", (few,)),
        Figure(f"{key}-1000", f"{what}, of 1,000 ideas", "ms", (many,)),
        Figure(f"{key}-ratio", f"{what}: 1,000 ideas beside 10", "×", (many / few,)),
    ]
