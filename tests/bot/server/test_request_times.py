"""How long a request took, as the figures tell it."""

from time import perf_counter

from aiohttp.test_utils import TestClient, TestServer

from bot.server.app import build_application
from bot.server.metrics import Metrics
from bot.server.readiness import Readiness


async def answers() -> None:
    """Redis as it should be."""


async def test_a_request_takes_no_longer_than_its_caller_waited() -> None:
    metrics = Metrics()
    async with TestClient(TestServer(build_application({}, metrics, Readiness(answers)))) as client:
        before = perf_counter()
        await client.get("/healthz")
        waited = perf_counter() - before
    labels = {"route": "/healthz", "status": "200"}
    took = metrics.registry.get_sample_value("advisor_http_request_seconds_sum", labels)
    assert took is not None
    assert 0 < took < waited
