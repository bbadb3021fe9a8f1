"""What the figures say after a conversation."""

import time
from datetime import timedelta

import pytest

from bot.server.metrics import MeasuredService, Metrics
from bot.storage.outbox import Lease
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.redis import Patience, Storage
from bot.storage.stores import Stores
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.rate_limit import RateLimit
from dialogs.message import Message, Person, Press, Typed, parse_action
from dialogs.view import View
from tests.patience import UNHURRIED
from tests.shipped import shipped

NOON = 1_795_000_000


class Nowhere:
    """A surface that shows nothing."""

    discreet = True

    async def post(self, view: View) -> Card:
        return Card("1")

    async def update(self, card: Card, view: View) -> Card:
        return card

    async def whisper(self, view: View) -> None:
        """Nobody is there to hear it."""


def message(number: int, content: str) -> Message:
    action = parse_action(content)
    return Message(f"m{number}", Person("ana"), NOON + number, Typed(content) if action is None else Press(action))


async def test_turns_and_recommendations_are_counted(redis_url: str, key_prefix: str) -> None:
    storage, metrics = Storage(redis_url, patience=UNHURRIED), Metrics()
    stores = Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix)
    service = MeasuredService(metrics, shipped(), stores, RateLimit())
    said = ["lets start", "answer:data:no", "show"]
    for number, content in [*enumerate(said), (0, "lets start")]:
        taken = await service.process(Place("here"), message(number, content), channel="terminal", address={})
        await service.deliver(taken, Nowhere())
    await storage.close()

    def figure(name: str, **labels: str) -> float | None:
        return metrics.registry.get_sample_value(name, labels)

    turns = "advisor_turns_total"
    assert figure(turns, channel="terminal", content="typed", effect="changed") == 1
    assert figure(turns, channel="terminal", content="typed", effect="repeated") == 1
    assert figure(turns, channel="terminal", content="button", effect="changed") == 2
    assert figure("advisor_recommendations_total", verdict="prompt_engineering") == 1
    assert figure("advisor_take_seconds_count", channel="terminal") == 4
    assert figure("advisor_deliver_seconds_count", channel="terminal") == 4


@pytest.mark.parametrize(("error", "outcome"), [(TryLater("busy"), "owed"), (Undeliverable("removed"), "lost")])
async def test_what_a_platform_does_not_take_is_counted(
    redis_url: str, key_prefix: str, error: Exception, outcome: str
) -> None:
    class Refusing(Nowhere):
        async def post(self, view: View) -> Card:
            raise error

    storage, metrics = Storage(redis_url, patience=UNHURRIED), Metrics()
    stores = Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix)
    service = MeasuredService(metrics, shipped(), stores, RateLimit())
    taken = await service.process(Place("here"), message(1, "lets start"), channel="wall", address={})
    await service.deliver(taken, Refusing())
    await storage.together(stores.outbox.noting(taken.debt, NOON))
    (claimed,) = await stores.outbox.claim(time.time() + 60, 0)
    hold = Lease(stores.outbox, taken.debt, claimed.since, time.time)
    with pytest.raises(type(error)):
        await service.recover(hold, Refusing())
    await storage.close()
    labels = {"channel": "wall", "outcome": outcome}
    assert metrics.registry.get_sample_value("advisor_undelivered_total", labels) == 2


async def test_what_was_not_saved_is_counted() -> None:
    metrics = Metrics()
    storage = Storage("redis://127.0.0.1:1", patience=Patience(total=0.05))
    service = MeasuredService(metrics, shipped(), Stores.on(storage, ttl=timedelta(hours=1)), RateLimit())
    with pytest.raises(Exception, match="Redis is not available"):
        await service.process(Place("here"), message(1, "lets start"), channel="slack", address={})
    assert metrics.registry.get_sample_value("advisor_not_saved_total", {"channel": "slack"}) == 1
