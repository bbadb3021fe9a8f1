"""Whole turns, the advisor's beside those of its peers: all bots run from the start, and each is measured in turn."""

import gc
import os
import sys
from collections.abc import Collection

from tests.bench.contestants import CONVERSATIONS, Contestant, Platforms, contestants
from tests.bench.figures import Row
from tests.bench.people import Person, opened, work
from tests.bench.processes import Cores, cpu_of, in_thread, kept_to, machine

WARM_UP = 0.5


async def measure(contestant: Contestant, in_flight: int, seconds: float, number: int, first: int) -> Row:
    """One bot, once, after a moment of warming up. `first`: the number of the first conversation, since none comes
    twice."""
    bots, redis = contestant.bots, contestant.redis
    people = await _people(contestant, in_flight, first)
    await work(people, WARM_UP)
    gc.collect()

    def used() -> tuple[float, float, float]:
        of_bots, of_redis = sum(bot.cpu for bot in bots), cpu_of(redis) if redis else 0.0
        return of_bots, of_redis, machine()[0] - of_bots - of_redis - cpu_of(os.getpid())

    before, arrived = used(), contestant.arrived()
    seen, took = await work(people, seconds)
    cpu, redis_cpu, others = (after - earlier for after, earlier in zip(used(), before, strict=True))
    for person in people:
        person.close()
    turns = len(seen.answered)
    each = 1000 / max(1, turns)
    row = Row(
        name=contestant.name,
        in_flight=in_flight,
        round=number,
        turns=turns,
        bad=seen.bad,
        per_second=turns / took,
        answered_p50=_at(seen.answered, 0.5),
        answered_p99=_at(seen.answered, 0.99),
        delivered_p50=_at(seen.delivered, 0.5),
        delivered_p99=_at(seen.delivered, 0.99),
        cpu=cpu * each,
        redis_cpu=redis_cpu * each,
        memory=sum(bot.memory for bot in bots),
        others=max(0.0, others) / took,
        calls=(contestant.arrived() - arrived) / max(1, turns),
    )
    print(f"{row.name:60} {in_flight:3} in flight {row.per_second:7.0f}/s {row.cpu:6.2f} ms", file=sys.stderr)
    return row


async def _people(contestant: Contestant, in_flight: int, first: int) -> list[Person]:
    if contestant.conversations is None:
        return [await contestant.newcomer(first + one) for one in range(in_flight)]
    each = contestant.conversations // in_flight
    return [await opened(contestant.newcomer, first // each + one, each) for one in range(in_flight)]


def _at(seconds: list[float], part: float) -> float:
    """The quantile in ms; 0 where there is nothing."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000 if ordered else 0.0


async def rounds(
    count: int, seconds: float, in_flight: tuple[int, ...] = (1, 32), names: Collection[str] = ()
) -> list[Row]:
    """Every bot in every round; rounds begin with another bot each, so that noise meets all alike.

    `names`: those of the bots to measure; all where it is empty.
    """
    cores, platforms = Cores.choose(), Platforms()
    rows: list[Row] = []
    first = 0
    with kept_to(cores.rest):
        async with platforms.served(), in_thread(contestants(platforms, cores)) as started:
            bots = [bot for bot in started if not names or bot.name in names]
            for number in range(count):
                shift = number % len(bots)
                for many in in_flight:
                    for contestant in (*bots[shift:], *bots[:shift]):
                        rows.append(await measure(contestant, many, seconds, number, first))
                        first += CONVERSATIONS
    return rows
