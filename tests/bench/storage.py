"""What a turn costs the server, counted there and on the way to it, and what a conversation takes."""

from collections import Counter as Tally
from statistics import median
from typing import Any

from redis import Redis

from tests.bench.contestants import Platforms
from tests.bench.counting import Counter
from tests.bench.figures import Figure
from tests.bench.people import Newcomer, work
from tests.bench.processes import Cores
from tests.bench.stores import Server, standalone
from tests.bench.wire import talking
from tests.servers import address, free_port


async def storage(turns: int, seconds: float) -> list[Figure]:
    """Both channels. `turns` are counted one by one, as many typed ones as usual among them; for `seconds` people talk,
    so that there is something to weigh."""
    found = []
    for channel in ("slack", "teams"):
        platforms = Platforms()
        with standalone() as server:
            port = int(address(server.clients[0]).partition(":")[2])
            counter, before = Counter(port), free_port()
            async with (
                platforms.served(),
                talking(counter.talk, before),
                platforms.advisor(Cores(None, None), REDIS_URL=f"redis://127.0.0.1:{before}") as bot,
            ):
                newcomer = platforms.asker(channel, bot.port)
                found += await _counted(channel, newcomer, counter, server, turns)
                people = [await newcomer(number) for number in range(1, 9)]
                await work(people, seconds)
            found.append(_stored(channel, server))
    return found


async def _counted(channel: str, newcomer: Newcomer, counter: Counter, server: Server, turns: int) -> list[Figure]:
    person = await newcomer(0)
    await work([person], 0.5)
    await counter.reset()
    server.clients[0].config_resetstat()
    answered, delivered, after, sent = [], [], [], []
    courses: Tally[str] = Tally()
    for _ in range(turns):
        await counter.reset()
        at_answer, at_reply = await person.turn()
        await counter.quiet()
        answered.append(float(counter.waited(at_answer)))
        delivered.append(float(counter.waited(at_reply)))
        after.append(float(counter.waited(float("inf"))))
        sent.append(float(len(counter.sent)))
        courses[_course(counter.sent)] += 1
    at_server = _calls(server.clients[0], turns)
    counter.rest()
    person.close()
    usual, times = courses.most_common(1)[0]
    note = f"{times} of {turns} turns: {usual}"
    inside = ", ".join(f"{name} {calls:.2f}" for name, calls in sorted(at_server.items()) if calls >= 0.05)
    return [
        Figure(f"trips-{channel}-answer", f"{channel}: before the answer", "round trips", tuple(answered)),
        Figure(f"trips-{channel}-reply", f"{channel}: before the new card", "round trips", tuple(delivered)),
        Figure(f"trips-{channel}-all", f"{channel}: until all is on record", "round trips", tuple(after), note),
        Figure(f"commands-{channel}", f"{channel}: sent for a turn", "commands", tuple(sent)),
        Figure(f"calls-{channel}", f"{channel}: run at the server, within scripts too", "calls",
               (sum(at_server.values()),), inside),
    ]  # fmt: skip


def _course(sent: list[tuple[int, str]]) -> str:
    """What was sent, side by side with `+`, one after the other with `→`."""
    waves: dict[int, list[str]] = {}
    for depth, name in sent:
        waves.setdefault(depth, []).append(name)
    return " → ".join(" + ".join(sorted(names)) for _, names in sorted(waves.items()))


def _calls(client: Redis, turns: int) -> dict[str, float]:
    found: Any = client.info("commandstats")
    return {name.removeprefix("cmdstat_"): given["calls"] / turns for name, given in found.items()
            if not name.startswith("cmdstat_config")}  # fmt: skip


def conversations(client: Redis, within: str = "") -> list[str]:
    """The keys of conversations, of those only whose key has this in it."""
    keys = [str(key) for key in client.scan_iter("advisor:*", count=1000)]
    return [
        key for key in keys if ("{slack:" in key or "{teams:" in key) and within in key and client.type(key) == "hash"
    ]


def weight(client: Redis, key: str) -> int:
    """Bytes that the server needs for a key."""
    found: Any = client.memory_usage(key, samples=0)
    return int(found or 0)


def _stored(channel: str, server: Server) -> Figure:
    client = server.clients[0]
    sizes = tuple(float(weight(client, key)) for key in conversations(client))
    note = f"{len(sizes)} conversations, median {median(sizes):.0f}, largest {max(sizes):.0f}"
    return Figure(f"bytes-{channel}", f"{channel}: a conversation takes", "bytes", sizes, note)
