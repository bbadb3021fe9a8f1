"""What the figures say after a conversation."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from aiohttp.test_utils import make_mocked_request

from bot.model.listener import ModelListener
from bot.model.speaker import ModelSpeaker
from bot.server.metrics import Metrics
from bot.storage.place import Place
from bot.storage.record import Card
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.stores import Stores
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.observer import Outcome
from bot.turns.rate_limit import RateLimit
from bot.turns.service import Service
from dialogs.message import Message, Person, Press, Typed, parse_action
from dialogs.view import View
from tests.patience import UNHURRIED
from tests.shipped import shipped

ROOT = Path(__file__).parents[3]
NOON = 1_795_000_000


class Nowhere:
    """A surface that shows nothing."""

    can_whisper = True
    can_expand = False
    names_subject = False

    async def post(self, view: View) -> Card:
        return Card("1")

    async def update(self, card: Card, view: View) -> Card:
        return card

    async def sent(self, since: int) -> tuple[()]:
        return ()

    def text(self, view: View) -> str:
        return ""

    async def whisper(self, view: View) -> None:
        """Nobody is there to hear it."""


def message(number: int, content: str) -> Message:
    action = parse_action(content)
    return Message(f"m{number}", Person("ana"), NOON + number, Typed(content) if action is None else Press(action))


async def test_turns_and_recommendations_are_counted(redis_url: str, key_prefix: str) -> None:
    storage, metrics = Storage(redis_url, timeouts=UNHURRIED), Metrics()
    stores = Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix)
    service = Service(shipped(), stores, RateLimit(), observer=metrics)
    said = ["lets start", "answer:data:no", "show"]
    for number, content in [*enumerate(said), (0, "lets start")]:
        processed = await service.process(Place("here"), message(number, content), channel="terminal", address={})
        await service.delivery.deliver(processed, Nowhere())
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

    storage, metrics = Storage(redis_url, timeouts=UNHURRIED), Metrics()
    stores = Stores.on(storage, ttl=timedelta(hours=1), prefix=key_prefix)
    service = Service(shipped(), stores, RateLimit(), observer=metrics)
    processed = await service.process(Place("here"), message(1, "lets start"), channel="test", address={})
    await service.delivery.deliver(processed, Refusing())
    lease = await stores.outbox.add(processed.entry)
    with pytest.raises(type(error)):
        await service.overdue.deliver([lease], Refusing())
    await storage.close()
    labels = {"channel": "test", "outcome": outcome}
    assert metrics.registry.get_sample_value("advisor_undelivered_total", labels) == 2


async def test_what_was_not_saved_is_counted() -> None:
    metrics = Metrics()
    storage = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    service = Service(shipped(), Stores.on(storage, ttl=timedelta(hours=1)), RateLimit(), observer=metrics)
    with pytest.raises(Exception, match="Redis is not available"):
        await service.process(Place("here"), message(1, "lets start"), channel="slack", address={})
    assert metrics.registry.get_sample_value("advisor_not_saved_total", {"channel": "slack"}) == 1


async def page(metrics: Metrics) -> str:
    answer = await metrics.page(make_mocked_request("GET", "/metrics"))
    return bytes(answer.body).decode()


@pytest.mark.parametrize(("up", "outbox", "shown"), [(True, 3, "3.0"), (False, None, "NaN")])
async def test_how_redis_is_stands_there_as_of_now(up: bool, outbox: int | None, shown: str) -> None:
    async def look() -> int | None:
        return outbox

    figures = await page(Metrics(look=look))
    assert f"advisor_redis_up {float(up)}\n" in figures
    assert f"advisor_outbox_entries {shown}\n" in figures


@pytest.mark.parametrize("encoder", [True, False])
async def test_what_runs_is_told(encoder: bool) -> None:
    figures = await page(Metrics(version="1.2.3", commit="573efed6", encoder=encoder))
    assert 'advisor_build_info{commit="573efed6",version="1.2.3"} 1.0\n' in figures
    assert f"advisor_encoder_on {float(encoder)}\n" in figures


async def test_what_has_not_happened_yet_is_0_and_when_a_count_began_is_not_told() -> None:
    metrics = Metrics()
    metrics.expect(["slack"], ["hybrid"])
    figures = await page(metrics)
    for counted in (
        'advisor_recommendations_total{verdict="hybrid"}',
        'advisor_turns_total{channel="slack",content="button",effect="repeated"}',
        'advisor_undelivered_total{channel="slack",outcome="lost"}',
        'advisor_not_saved_total{channel="slack"}',
        'advisor_unchecked_repeats_total{channel="slack"}',
        'advisor_take_seconds_count{channel="slack"}',
        'advisor_deliver_seconds_count{channel="slack"}',
        'advisor_background_failures_total{task="redelivery"}',
        'advisor_background_failures_total{task="background"}',
        "advisor_slack_rate_limited_total",
    ):
        assert f"{counted} 0.0\n" in figures
    assert "_created" not in figures
    assert "advisor_model_seconds_count" not in figures


async def test_with_a_model_its_counts_begin_at_0_as_well_and_their_labels_are_documented() -> None:
    metrics = Metrics()
    drops = {each.use: each.drops for each in (ModelListener, ModelSpeaker)}
    metrics.expect(["slack"], ["hybrid"], ModelListener.outcomes, drops)
    figures, documented = await page(metrics), (ROOT / "docs/model.md").read_text()
    for use, reasons in drops.items():
        for direction in ("in", "out"):
            assert f'advisor_model_tokens_total{{direction="{direction}",use="{use}"}} 0.0\n' in figures
        for outcome in ModelListener.outcomes:
            assert f'advisor_model_seconds_count{{outcome="{outcome}",use="{use}"}} 0.0\n' in figures
        for reason in reasons:
            assert f'advisor_model_dropped_total{{reason="{reason}",use="{use}"}} 0.0\n' in figures
        assert [name for name in (*ModelListener.outcomes, *reasons) if f"`{name}`" not in documented] == []


async def test_alerts_and_documentation_name_figures_that_there_are() -> None:
    families = set(re.findall(r"^# TYPE (advisor_\w+) ", await page(Metrics()), re.MULTILINE))
    rules = yaml.safe_load((ROOT / "infra/prometheus/alerts.yaml").read_text())["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"advisor_\w+", rule["expr"])}
    assert {re.sub("_(count|bucket)$", "", name) for name in asked} <= families
    page_of_operators = (ROOT / "docs/operations.md").read_text()
    assert [name for name in families if f"`{name}" not in page_of_operators] == []


def test_each_kind_of_trouble_has_a_figure_of_its_own() -> None:
    metrics = Metrics()
    for _ in range(2):
        metrics.unchecked("slack")
    metrics.undelivered("slack", Outcome.LOST)
    metrics.not_saved("teams")
    counted = metrics.registry.get_sample_value
    assert counted("advisor_unchecked_repeats_total", {"channel": "slack"}) == 2
    assert counted("advisor_undelivered_total", {"channel": "slack", "outcome": "lost"}) == 1
    assert counted("advisor_not_saved_total", {"channel": "teams"}) == 1
    metrics.waiting(3, 12.5, 1)
    metrics.failed("redelivery")
    metrics.rate_limited()
    assert counted("advisor_outbox_entries") == 3
    assert counted("advisor_outbox_oldest_seconds") == 12.5
    assert counted("advisor_outbox_unreadable") == 1
    assert counted("advisor_background_failures_total", {"task": "redelivery"}) == 1
    assert counted("advisor_slack_rate_limited_total") == 1


async def test_calls_of_a_model_are_counted() -> None:
    metrics = Metrics()
    metrics.asked_model("listen", "answered", 0.4, 900, 40, {"quote": 2})
    metrics.asked_model("speak", "late", 6.0, 0, 0, {})
    shown = (await metrics.page(make_mocked_request("GET", "/metrics"))).body
    assert isinstance(shown, bytes)
    for line in (
        'advisor_model_seconds_count{outcome="late",use="speak"} 1.0',
        'advisor_model_tokens_total{direction="in",use="listen"} 900.0',
        'advisor_model_dropped_total{reason="quote",use="listen"} 2.0',
    ):
        assert line in shown.decode()
