"""What a turn costs the server, counted there, and whether it grows with conversations and threads."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from redis import Redis

from bot.sessions import Card, Place, Storage
from bot.stores import Stores
from dialogs.conversation import Conversation
from tests.bench.people import work
from tests.bench.processes import Cores, running
from tests.bench.turns import ADVISOR, Platforms
from tests.servers import address, free_port, node

_TTL = timedelta(days=7)
_TRIES = 400


@contextmanager
def server() -> Iterator[tuple[Redis, str]]:
    """An empty server that keeps nothing on disk."""
    with tempfile.TemporaryDirectory() as folder, node(Path(folder) / "node", free_port()) as client:
        yield client, f"redis://{address(client)}"


@dataclass(frozen=True, slots=True)
class PerTurn:
    """Commands and bytes as the server counts them. `commands`: calls for one turn by name, what scripts run included;
    `stored`: bytes of each conversation, sorted."""

    commands: dict[str, float]
    stored: tuple[int, ...]


async def per_turn(channel: str, cores: Cores, seconds: float) -> PerTurn:
    """Lets people talk to the advisor on "slack" or "teams", one at a time."""
    platforms = Platforms()
    with server() as (client, url):
        async with platforms.served():
            bot = running((*ADVISOR, "serve"), platforms.environment | {"REDIS_URL": url}, cores)
            started = await asyncio.to_thread(bot.__enter__)
            try:
                newcomer = {"slack": platforms.asker_on_slack, "teams": platforms.asker_in_teams}[channel](started)
                person = await newcomer(0)
                await work([person], 1.0)
                client.config_resetstat()
                seen, _ = await work([person], seconds)
                found = client.info("commandstats")
            finally:
                await asyncio.to_thread(bot.__exit__, None, None, None)
        turns = len(seen.answered)
        sent = {name.removeprefix("cmdstat_"): given["calls"] / turns for name, given in found.items()}
        keys = [key for key in client.scan_iter("advisor:*") if b"{slack:" in _bytes(key) or b"{teams:" in _bytes(key)]
        stored = sorted(int(client.memory_usage(key) or 0) for key in keys if client.type(key) == "hash")
    return PerTurn(sent, tuple(stored))


def _bytes(key: str | bytes) -> bytes:
    return key if isinstance(key, bytes) else key.encode()


async def latency(counts: tuple[int, ...], document: str) -> dict[int, float]:
    """Median ms of load, save and record of delivery together, with so many conversations stored.

    Each count has a server of its own, and they are asked by turns, so that noise meets all alike.
    """
    took: dict[int, list[float]] = {count: [] for count in counts}
    with ExitStack() as stack:
        stores = {}
        for count in counts:
            client, url = stack.enter_context(server())
            _fill(client, document, count)
            stores[count] = Stores.on(Storage(url), ttl=_TTL)
        for number in range(_TRIES):
            for count in counts:
                place = Place(f"slack:T1:C{number * (count // _TRIES or 1)}", "1.1")
                took[count].append(await _once(stores[count], place, document))
    return {count: median(found) for count, found in took.items()}


def _fill(client: Redis, document: str, count: int) -> None:
    fields = {"doc": document, "rev": 7, "schema": 1, "write": "0" * 16, "delivered": 7}
    with client.pipeline(transaction=False) as pipeline:
        for number in range(count):
            pipeline.hset(Place(f"slack:T1:C{number}", "1.1").key("advisor"), mapping=fields)
            if number % 5000 == 4999:
                pipeline.execute()
        pipeline.execute()


async def _once(stores: Stores, place: Place, document: str) -> float:
    began = time.perf_counter()
    stored = await stores.sessions.load(place)
    await stores.sessions.save(place, document, stored.revision + 1, expected=stored.revision)
    await stores.sessions.mark(place, Card("1.2", {"channel": "C1"}), stored.revision + 1)
    return (time.perf_counter() - began) * 1000


def size(conversation: Conversation) -> int:
    """Bytes that Redis needs for a conversation, its live card included."""
    with server() as (client, _):
        fields = {
            "doc": conversation.to_json(),
            "rev": conversation.revision,
            "schema": 1,
            "write": "0" * 16,
            "card": Card("1764000000.900001", {"channel": "C0123456789"}).to_json(),
            "delivered": conversation.revision,
        }
        key = Place("slack:T01234567:C0123456789", "1764000000.000001").key("advisor")
        client.hset(key, mapping=fields)
        return int(client.memory_usage(key) or 0)
