"""Nearly right and quite wrong requests to both edges of a real process: no 5xx, no growth, and it lives on.

ADVISOR_FAULTS=long sends 100,000 to each edge. The seed is printed; ADVISOR_FAULTS_SEED repeats it.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientError, ClientSession, web

from bot.server.request_body import BODY_TIMEOUT
from tests.drivers.local_server import serving
from tests.faults import fuzzing
from tests.faults.fuzzing import RAW, Sent
from tests.faults.processes import SECRET, Replica, redis, running
from tests.faults.soak import memory
from tests.local_token import BEARER
from tests.patience import LONG

pytestmark = pytest.mark.whole

REQUESTS = 100_000 if LONG else 1_500
WARM_UP = 10_000 if LONG else 1_000
AT_ONCE = 24
SLOW = 20
"""Callers that do not finish what they began to send."""

ANSWERED_WITHIN = 3 * BODY_TIMEOUT
GROWTH = 20.0
"""MB by which the process may have grown after the warm-up."""

UNEXPECTED = ("reference", "A turn failed", "could not be delivered.", "exception was never retrieved", "Traceback")
"""What stands in the log where something went wrong that nobody has thought of."""

MEANT = (503,)
"""What was not taken and could not be told, which is in the log."""

NOBODY_TOLD = "Nobody could be told"
"""What is logged for each 503."""

TOKEN = f"Authorization: {BEARER['Authorization']}\r\n"

PATHS = {"slack": "/slack/events", "teams": "/api/messages"}


@dataclass
class Target:
    """The process, and what it has answered."""

    replica: Replica
    path: str
    http: ClientSession
    service_url: str
    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def megabytes(self) -> float:
        assert self.replica.process.process is not None
        return memory(self.replica.process.process.pid)

    async def send(self, sent: Sent) -> None:
        """One request; 0 where the connection was closed instead of an answer."""
        url = self.replica.url + self.path
        try:
            async with self.http.post(url, data=BytesIO(sent.body), headers=sent.headers) as answer:
                await answer.read()
                status = answer.status
        except (ClientError, ConnectionError):
            status = 0
        self.statuses[status] += 1
        if status >= 500 and status not in MEANT:
            self.failed.append((status, sent.body[:2000]))


@asynccontextmanager
async def _target(edge: str, folder: Path) -> AsyncIterator[Target]:
    async with serving(_platform()) as api:
        store, redis_url = redis(folder, durable=False)
        replica = Replica.of(0, folder, redis_url, api, "xoxb-playground")
        async with running([store], [replica], total=60) as http:
            yield Target(replica, PATHS[edge], http, f"{api}/")


def _platform() -> list[web.RouteDef]:
    """Slack's Web API and Teams' connector, as far as it takes to be spoken to."""
    numbers = count(1)

    async def slack(request: web.Request) -> web.Response:
        number = next(numbers)
        if number % 50 == 0:
            return web.json_response({"ok": False, "error": "channel_not_found"})
        bot = {"user_id": "U0ADVISOR0", "bot_id": "B0ADVISOR0", "user": "advisor"}
        team = {"team_id": "T0PLAYGRND", "team": "d", "url": "https://d.slack.com/", "channel": "C01"}
        return web.json_response({"ok": True, "ts": f"1700000002.{number:06d}", **bot, **team})

    async def teams(_request: web.Request) -> web.Response:
        number = next(numbers)
        return web.json_response({"id": str(number)}, status=404 if number % 50 == 0 else 200)

    return [web.post("/api/{method}", slack), web.post("/response", slack), web.route("*", "/v3/{rest:.*}", teams)]


@pytest.mark.parametrize("edge", list(PATHS))
async def test_nothing_that_is_sent_brings_an_edge_down(edge: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("ADVISOR_FAULTS_SEED", time.time_ns() % 1_000_000))
    print(f"seed {seed}")
    dice = random.Random(seed)
    async with _target(edge, tmp_path) as target:
        numbers = count(1)

        def request() -> Sent:
            if edge == "slack":
                return fuzzing.slack(dice, next(numbers), SECRET, target.service_url.rstrip("/"))
            return fuzzing.teams(dice, next(numbers), target.service_url)

        await _send(target, request, WARM_UP)
        warm, begun = target.megabytes, time.monotonic()
        slow = asyncio.gather(*[_slowly(target) for _ in range(SLOW)])
        await _send(target, request, REQUESTS)
        await _hardly_http(target)
        too_slow = await slow
        grown, took = target.megabytes - warm, time.monotonic() - begun
        async with target.http.get(f"{target.replica.url}/healthz") as answer:
            alive = answer.status == 200
    log = (tmp_path / "replica-0.log").read_text(errors="replace").splitlines()
    unexpected = [line for line in log if any(sign in line for sign in UNEXPECTED)]
    print(
        f"{edge}: {target.statuses.total()} requests, {REQUESTS / took:.0f} a second, statuses "
        f"{dict(sorted(target.statuses.items()))}, grown by {grown:.1f} MB from {warm:.0f} MB, "
        f"{len(unexpected)} unexpected errors"
    )
    assert not target.failed, target.failed[:3]
    assert target.statuses[503] == sum(NOBODY_TOLD in line for line in log)
    assert not unexpected, unexpected[:3]
    assert all(said.startswith(b"HTTP/1.1 408") for said in too_slow), too_slow[:3]
    assert alive
    assert target.statuses[200] > REQUESTS / 10, "hardly anything got through, so hardly anything was tried"
    assert grown < GROWTH


async def test_depth_is_refused_rather_than_a_surprise(tmp_path: Path) -> None:
    """Every depth around the limit of Python's own, which is met at another one in each place."""
    async with _target("slack", tmp_path) as target:
        for depth in range(60, 1000, 1 if LONG else 7):
            for where in ('"event": {"type": "x", "deep": DEEP}', '"event": {"type": "x"}, "deep": DEEP'):
                raw = f'{{"type": "event_callback", "team_id": "T0PLAYGRND", {where}}}'
                body = raw.replace("DEEP", "[" * depth + "]" * depth).encode()
                await target.send(fuzzing.signed(body, SECRET, fuzzing.JSON))
    print(dict(target.statuses))
    assert not target.failed, target.failed[:3]
    assert target.statuses.keys() == {200, 400}


async def _send(target: Target, request: Callable[[], Sent], many: int) -> None:
    left = count()

    async def worker() -> None:
        while next(left) < many:
            await target.send(request())

    await asyncio.gather(*[worker() for _ in range(AT_ONCE)])


async def _hardly_http(target: Target) -> None:
    """Raw bytes; a 5xx in the answer's first line counts as failed."""
    here = b"Host: 127.0.0.1\r\n"
    raws = [raw.replace(b"%s", target.path.encode()).replace(here, here + TOKEN.encode()) for raw in RAW]
    for raw, said in zip(raws, await asyncio.gather(*[_exchange(target, raw) for raw in raws]), strict=True):
        if said.startswith(b"HTTP/1.1 5"):
            target.failed.append((int(said[9:12]), raw[:200]))


async def _exchange(target: Target, raw: bytes) -> bytes:
    """The first line of the answer; empty where the connection is closed, or held until more comes."""
    address = urlsplit(target.replica.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(raw)
        async with asyncio.timeout(ANSWERED_WITHIN):
            return await reader.readline()
    except (ConnectionError, TimeoutError):
        return b""
    finally:
        writer.close()


async def _slowly(target: Target) -> bytes:
    """Sends the head and a part of the body, and waits."""
    head = f"POST {target.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{TOKEN}Content-Type: application/json\r\n"
    return await _exchange(target, head.encode() + b'Content-Length: 2000\r\n\r\n{"type": "mess')
