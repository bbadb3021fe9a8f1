"""One, two and four processes of the advisor behind a balancer, on one server."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

from tests.bench.contestants import CLICKS, SLACK, Contestant, Platforms
from tests.bench.figures import Row
from tests.bench.people import Newcomer, Person, opened
from tests.bench.processes import Cores
from tests.bench.stores import pid_of, standalone
from tests.bench.turns import measure
from tests.bench.wire import Balancer, talking
from tests.servers import free_port

COUNTS = (1, 2, 4)

_CROWD = 4
"""People for each request in flight. A single one would press before the process that showed the card has recorded
that, and another process would have to show it again: nobody is that quick."""


async def replicas(rounds: int, seconds: float, in_flight: int = 32) -> list[Row]:
    """Whole turns on Slack, clicks only. Every request goes to the next process, whoever had the one before.

    No process is kept to a core: processes, balancer, people and server share what the machine has.
    """
    platforms, port = Platforms(), free_port()
    with standalone() as server:
        async with platforms.served(), AsyncExitStack() as stack:
            starting = [platforms.advisor(Cores(None, None), REDIS_URL=server.url) for _ in range(max(COUNTS))]
            bots = [await stack.enter_async_context(each) for each in starting]
            balancer = Balancer(*(bot.port for bot in bots))
            await stack.enter_async_context(talking(balancer.talk, port))
            asker = platforms.asker("slack", port, clicks_only=True)
            crowds = _same(await asyncio.gather(*(opened(asker, one, _CROWD) for one in range(in_flight))))
            rows = []
            for number in range(rounds):
                for count in COUNTS:
                    balancer.ports = tuple(bot.port for bot in bots[:count])
                    name = f"{SLACK}{CLICKS}, {count} process{'es' if count > 1 else ''}"
                    contestant = Contestant(name, tuple(bots[:count]), crowds, platforms.arrived, pid_of(server))
                    rows.append(await measure(contestant, in_flight, seconds, number, 0))
            return rows


def _same(people: Sequence[Person]) -> Newcomer:
    """The same people each time."""

    async def newcomer(number: int) -> Person:
        return people[number]

    return newcomer
