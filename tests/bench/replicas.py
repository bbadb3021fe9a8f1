"""One, two and four processes of the advisor behind a balancer, on one server."""

import asyncio
from contextlib import ExitStack

from tests.bench.contestants import ADVISOR, SLACK, Contestant, Platforms
from tests.bench.figures import Row
from tests.bench.people import Crowd, Newcomer, Person
from tests.bench.processes import Bot, Cores, running
from tests.bench.stores import pid_of, standalone
from tests.bench.turns import measure
from tests.bench.wire import Balancer
from tests.servers import free_port

COUNTS = (1, 2, 4)

_CROWD = 8
"""People for each request in flight. A single one would press before the process that showed the card has recorded
that, and another process would have to show it again: nobody is that quick."""


def name(count: int) -> str:
    """What the row of so many processes is called."""
    return f"{SLACK}, {count} process{'es' if count > 1 else ''}"


def _crowds(newcomer: Newcomer) -> Newcomer:
    async def crowd(number: int) -> Person:
        return Crowd([await newcomer(number * _CROWD + one) for one in range(_CROWD)])

    return crowd


async def replicas(rounds: int, seconds: float, in_flight: int = 32) -> list[Row]:
    """Whole turns on Slack, mixed. Every request goes to the next process, whoever had the one before.

    No process is kept to a core: processes, balancer, people and server share what the machine has.
    """
    platforms, anywhere = Platforms(), Cores(None, None)
    rows = []
    first = 0
    with standalone() as server:
        environment = platforms.environment | {"REDIS_URL": server.url}
        async with platforms.served():
            stack = ExitStack()
            try:
                bots: list[Bot] = [
                    await asyncio.to_thread(
                        stack.enter_context, running((*ADVISOR, "serve"), environment, anywhere, path="/readyz")
                    )
                    for _ in range(max(COUNTS))
                ]
                for number in range(rounds):
                    for count in COUNTS:
                        port = free_port()
                        chosen = tuple(bots[:count])
                        crowds = _crowds(platforms.asker("slack", port))
                        async with await Balancer(tuple(bot.port for bot in chosen)).serve(port):
                            contestant = Contestant(name(count), chosen, crowds, platforms.arrived, pid_of(server))
                            rows.append(await measure(contestant, in_flight, seconds, number, first))
                        first += in_flight
            finally:
                await asyncio.to_thread(stack.close)
    return rows
