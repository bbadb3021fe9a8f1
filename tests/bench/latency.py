"""Does the server answer more slowly the more conversations it holds? One server, and a Cluster of three."""

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from statistics import median

from bot.storage.record import Card
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from dialogs.conversation import Conversation
from tests.bench.figures import Figure
from tests.bench.processes import left_over
from tests.bench.stores import BYTES_EACH, TTL, Server, fill, place, standalone, three

_BLOCK = 50
"""Tries with one count before the next has its turn; each block gives one value."""


async def latency(counts: tuple[int, ...], blocks: int, conversation: Conversation) -> list[Figure]:
    """Load, save and record of delivery together, in ms, by how many conversations are stored.

    Each count has a server of its own, and they are asked by turns, so that noise meets all alike. A count for which
    there is not memory enough is left out with a warning.
    """
    found = []
    for name, opened in (("one server", standalone), ("a Cluster of three", three)):
        found += await _of(name, opened, counts, blocks, conversation)
    return found


async def _of(
    name: str,
    opened: Callable[[], AbstractContextManager[Server]],
    counts: tuple[int, ...],
    blocks: int,
    conversation: Conversation,
) -> list[Figure]:
    document = conversation.to_json()
    key = name.split()[-1]
    figures: list[Figure] = []
    with ExitStack() as stack:
        opened_stores: dict[int, Stores] = {}
        storages = []
        for count in counts:
            if left_over() < 1.3 * count * BYTES_EACH / 2**20:
                print(f"Not enough memory for {count} conversations on {name}: left out.", file=sys.stderr)
                continue
            server = stack.enter_context(opened())
            empty = server.used
            began = time.perf_counter()
            fill(server, conversation, count)
            print(f"{name}: {count} stored in {time.perf_counter() - began:.1f} s", file=sys.stderr)
            each = (server.used - empty) / count
            figures.append(Figure(f"stored-{key}-{count}", f"{name}, {count}: a conversation takes", "bytes", (each,)))
            storages.append(Storage(server.url))
            opened_stores[count] = Stores.on(storages[-1], ttl=TTL)
        took: dict[int, list[float]] = {count: [] for count in opened_stores}
        for block in range(blocks):
            for count, stores in opened_stores.items():
                tries = [
                    await _once(stores, (block * _BLOCK + one) * 7919 % count, document) for one in range(_BLOCK)
                ]  # a prime, so that they lie all over the store
                took[count].append(median(tries))
        for storage in storages:
            await storage.close()
    figures += [
        Figure(f"latency-{key}-{count}", f"{name}, {count} stored: load, save and mark", "ms", tuple(values))
        for count, values in took.items()
    ]
    few, *more = sorted(took) or [0]
    for count in more:
        ratios = tuple(many / less for many, less in zip(took[count], took[few], strict=True))
        figures.append(Figure(f"grown-{key}-{count}", f"{name}: with {count} instead of {few} stored", "×", ratios))
    return figures


async def _once(stores: Stores, number: int, document: str) -> float:
    at = place(number)
    began = time.perf_counter()
    stored = await stores.sessions.load(at)
    saved = await stores.sessions.save(at, document, stored.revision + 1, expected=stored.revision)
    await stores.sessions.mark_delivered(at, Card("1764000001.000001", {"channel": "C0123456789"}), stored.revision + 1)
    took = (time.perf_counter() - began) * 1000
    assert stored.revision and saved.done, "the store was not filled as it should be"
    return took
