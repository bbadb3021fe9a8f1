"""Does a turn become slower as its thread grows? Whole turns over the network, at message 5, 50 and 500."""

import asyncio
import time
from statistics import median

from tests.bench.contestants import Platforms
from tests.bench.figures import Figure
from tests.bench.people import Person
from tests.bench.processes import Cores, kept_to, thread_of
from tests.bench.storage import conversations, weight
from tests.bench.stores import standalone

AT = (5, 50, 500)
"""Messages of the thread."""

_CYCLES = 2
_CYCLE = 6
"""Messages until all questions have been answered once more: a recommendation costs more than a question, so that only
whole cycles can be compared."""


async def threads(rounds: int) -> list[Figure]:
    """In each round three threads, which take turns once they are as long as they have to be.

    Only the first message is typed, and somebody else goes on every 24 messages. The server does not write to disk.
    """
    cores, platforms = Cores.choose(), Platforms()
    wall: dict[int, list[float]] = {at: [] for at in AT}
    cpu: dict[int, list[float]] = {at: [] for at in AT}
    sizes: dict[int, list[float]] = {at: [] for at in AT}
    with standalone() as server, kept_to(cores.rest):
        async with platforms.served(), platforms.advisor(cores, REDIS_URL=server.url) as bot:
            newcomer = platforms.asker("slack", bot.port, clicks_only=True)
            for number in range(rounds):
                people = {at: await newcomer(1 + number * len(AT) + one) for one, at in enumerate(AT)}
                for at, person in people.items():
                    for _ in range(max(1, at - _CYCLES * _CYCLE // 2)):
                        await person.turn()
                found = await _by_turns(people, bot.pid)
                for one, (at, (took, used)) in enumerate(found.items()):
                    wall[at].append(took)
                    cpu[at].append(used)
                    (key,) = conversations(server.clients[0], f":C{1 + number * len(AT) + one}:")
                    sizes[at].append(weight(server.clients[0], key))
                    people[at].close()
    return [
        *(Figure(f"thread-{at}", f"a turn around message {at}", "ms", tuple(wall[at])) for at in AT),
        *(Figure(f"thread-cpu-{at}", f"processor time of one around message {at}", "ms", tuple(cpu[at])) for at in AT),
        *(Figure(f"thread-bytes-{at}", f"stored after message {at}", "bytes", tuple(sizes[at])) for at in AT),
        Figure("thread-grown", "a turn at message 500 beside one at message 5", "×", _ratios(wall)),
        Figure("thread-cpu-grown", "the same by processor time", "×", _ratios(cpu)),
    ]


async def _by_turns(people: dict[int, Person], pid: int) -> dict[int, tuple[float, float]]:
    """Median wall time and processor time of the advisor in ms, for each thread."""
    wall: dict[int, list[float]] = {at: [] for at in people}
    used: dict[int, list[float]] = {at: [] for at in people}
    for _ in range(_CYCLES * _CYCLE):
        for at, person in people.items():
            cpu, began = thread_of(pid), time.perf_counter()
            wall[at].append((max(await person.turn()) - began) * 1000)
            await asyncio.sleep(0.005)  # what is recorded after the reply belongs to this turn
            used[at].append((thread_of(pid) - cpu) * 1000)
    return {at: (median(wall[at]), sum(used[at]) / len(used[at])) for at in people}


def _ratios(found: dict[int, list[float]]) -> tuple[float, ...]:
    return tuple(late / early for late, early in zip(found[AT[-1]], found[AT[0]], strict=True))
