"""The process over HTTP: health, figures, the local page, and how it starts and stops."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.server.app import READINESS, BackgroundEnded, build_application, serve
from bot.server.metrics import Metrics
from bot.server.readiness import Readiness
from bot.storage.errors import StorageUnavailable
from tests.bot.run import advisor
from tests.knowledge.pack_copies import SMALL
from tests.patience import HUNG
from tests.servers import free_port
from tests.serving import address, printed, serving, status

SOON = {"ADVISOR_PACK": str(SMALL)}
"""Has a server start soon, where the pack is not what is tested."""


class Echo:
    """A channel that notes how it is started and stopped."""

    def __init__(self) -> None:
        self.life: list[str] = []
        self.routes = [web.post("/echo", self._echo), web.get("/fails", self._fails)]

    async def _echo(self, request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    async def _fails(self, _request: web.Request) -> web.Response:
        raise RuntimeError("we plan to buy Initech")

    async def start(self) -> None:
        self.life.append("started")

    async def stop(self) -> None:
        self.life.append("stopped")

    def surface(self, entry: object) -> object:
        raise LookupError(entry)


async def answers() -> None:
    """Redis as it should be."""


async def is_away() -> None:
    raise StorageUnavailable("nobody at 10.1.2.3")


@asynccontextmanager
async def client(channel: Echo, ping=answers, **parts: object) -> AsyncIterator[TestClient]:
    async with TestClient(
        TestServer(build_application({"echo": channel}, Metrics(), Readiness(ping), **parts))
    ) as found:
        yield found


async def text(found: TestClient, path: str) -> tuple[int, str]:
    async with found.get(path) as response:
        return response.status, await response.text()


async def test_alive_and_ready() -> None:
    async with client(Echo()) as found:
        assert await text(found, "/healthz") == (200, "alive\n")
        assert await text(found, "/readyz") == (200, "ready\n")


async def test_only_while_it_stops_it_does_not_serve() -> None:
    async with client(Echo(), is_away) as found:
        assert await text(found, "/servingz") == (200, "serving\n")
        found.app[READINESS].stopping = True
        assert await text(found, "/servingz") == (503, "stopping\n")
        assert (await text(found, "/healthz"))[0] == 200


def test_operators_have_a_port_of_their_own(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, ADVISOR_ADMIN_PORT=str(port), ADVISOR_PACK=str(SMALL)) as (process, said):
        paths = ("healthz", "servingz", "readyz", "metrics")
        assert [status(f"http://127.0.0.1:{port}/{path}") for path in paths] == [200] * 4
        assert [status(f"{address(said)}/{path}") for path in paths] == [404] * 4
        process.send_signal(signal.SIGTERM)
        assert process.wait(HUNG) == 0


def test_a_port_for_operators_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = advisor(tmp_path, "serve", ADVISOR_PORT="0", ADVISOR_ADMIN_PORT=port, **SOON)
    assert done.returncode == 78
    assert "Set ADVISOR_ADMIN_PORT or ADVISOR_HOST." in done.stderr


async def test_alive_but_not_ready_while_redis_is_away() -> None:
    async with client(Echo(), is_away) as found:
        assert (await text(found, "/healthz"))[0] == 200
        status, said = await text(found, "/readyz")
        assert status == 503
        assert "10.1.2.3" not in said


async def test_channels_live_as_long_as_the_server() -> None:
    channel = Echo()
    async with client(channel) as found:
        assert channel.life == ["started"]
        async with found.post("/echo", data="hi") as response:
            assert await response.text() == "hi"
    assert channel.life == ["started", "stopped"]


async def test_channels_stop_beside_each_other(caplog: pytest.LogCaptureFixture) -> None:
    """One after another, two that hang would take longer than a process has before it is killed."""
    both = asyncio.Barrier(2)

    class Slow(Echo):
        async def stop(self) -> None:
            await both.wait()
            await super().stop()

    one, two = Slow(), Slow()
    two.routes = []
    async with TestClient(TestServer(build_application({"one": one, "two": two}, Metrics(), Readiness(answers)))):
        pass
    assert one.life == two.life == ["started", "stopped"]
    assert caplog.messages == []


async def test_background_work_ends_with_the_server() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with client(Echo(), background=[work]) as found:
        assert (await text(found, "/healthz"))[0] == 200
        assert not ended.is_set()
    assert ended.is_set()


@pytest.mark.parametrize("error", [RuntimeError("about Initech"), asyncio.CancelledError(), None])
async def test_background_work_that_ends_by_itself_ends_the_process(
    error: BaseException | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs it starts it again; a process that only looks alive would never deliver what is pending."""
    metrics, go = Metrics(), asyncio.Event()

    async def work() -> None:
        await go.wait()
        if error is not None:
            raise error

    app = build_application({"echo": Echo()}, metrics, Readiness(answers), background=[work])
    server = asyncio.create_task(serve(app, "127.0.0.1", 0, lambda _: go.set()))
    with pytest.raises(BackgroundEnded):
        async with asyncio.timeout(HUNG):
            await server
    assert "the process ends as well" in caplog.text
    assert metrics.registry.get_sample_value("advisor_background_failures_total", {"task": "background"}) == 1


async def test_what_goes_wrong_is_told_without_a_trace(caplog: pytest.LogCaptureFixture) -> None:
    async with client(Echo()) as found:
        status, said = await text(found, "/fails")
    assert status == 503
    assert "Initech" not in said
    assert "Traceback" not in said
    reference = said.split()[-1]
    assert reference in caplog.text


async def test_every_request_is_counted_by_route_and_answer() -> None:
    async with client(Echo()) as found:
        for path in ("/healthz", "/healthz", "/fails", "/nowhere/%20secret"):
            await text(found, path)
        _, figures = await text(found, "/metrics")
    assert 'advisor_http_request_seconds_count{route="/healthz",status="200"} 2.0' in figures
    assert 'advisor_http_request_seconds_count{route="/fails",status="503"} 1.0' in figures
    assert 'advisor_http_request_seconds_count{route="other",status="404"} 1.0' in figures
    assert "secret" not in figures


async def test_it_drains_after_the_signal() -> None:
    """It says at once that it is not ready, and takes requests until the time is over."""
    channel, listening = Echo(), asyncio.get_running_loop().create_future()
    app = build_application({"echo": channel}, Metrics(), Readiness(answers))
    server = asyncio.create_task(serve(app, "127.0.0.1", 0, listening.set_result, drain=1))
    url = await listening
    async with ClientSession() as session:
        async with session.get(f"{url}/readyz") as response:
            assert response.status == 200
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0)  # the event loop gets the signal
        async with session.get(f"{url}/readyz") as response:
            assert (response.status, await response.text()) == (503, "stopping\n")
        async with session.post(f"{url}/echo", data="hi") as response:
            assert await response.text() == "hi"
        async with session.get(f"{url}/healthz") as response:
            assert response.status == 200
        assert channel.life == ["started"]
        await server
        with pytest.raises(ClientConnectionError):
            await session.get(f"{url}/healthz")
    assert channel.life == ["started", "stopped"]


async def test_a_request_in_hand_is_finished_after_the_signal() -> None:
    arrived, listening = asyncio.Event(), asyncio.get_running_loop().create_future()

    class Slow(Echo):
        async def _echo(self, request: web.Request) -> web.Response:
            arrived.set()
            await stopping.wait()
            for _ in range(100):  # goes on for a while after the server began to stop
                await asyncio.sleep(0)
            return await super()._echo(request)

    channel = Slow()
    stopping = asyncio.Event()
    app = build_application({"echo": channel}, Metrics(), Readiness(answers))

    async def closing(_app: web.Application) -> None:
        stopping.set()

    app.on_shutdown.append(closing)
    server = asyncio.create_task(serve(app, "127.0.0.1", 0, listening.set_result))
    async with ClientSession() as session:
        answer = asyncio.create_task(session.post(f"{await listening}/echo", data="hi"))
        await arrived.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        async with await answer as response:
            assert await response.text() == "hi"
    await server
    assert channel.life == ["started", "stopped"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_what_is_on_and_stops_when_told(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as (process, said):
        assert "Slack      playground only  (set SLACK_BOT_TOKEN for the real one" in said
        assert "Teams      on" in said
        assert "Playground on" in said
        assert "advisor chat" in said
        url = address(said)
        assert status(f"{url}/readyz") == 200
        assert status(f"{url}/") == 401
        assert status(str(printed(said))) == 200
        assert status(f"{url}/slack/events", b"{}") == 401
        json = {"Content-Type": "application/json"}
        assert status(f"{url}/api/messages", b"{}", **json) == 401
        token = printed(said).query["token"]
        assert status(f"{url}/api/messages", b"{}", **json, Authorization=f"Bearer {token}") == 400
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stderr.read().count("Traceback") == 0


def test_a_local_token_of_ones_own_is_not_printed(tmp_path: Path) -> None:
    with serving(tmp_path, **SOON, ADVISOR_LOCAL_TOKEN="hush-hush") as (_, said):
        assert "hush-hush" not in said
        assert "$ADVISOR_LOCAL_TOKEN" in said
        assert status(f"{address(said)}/?token=hush-hush") == 200
        assert status(f"{address(said)}/?token=$ADVISOR_LOCAL_TOKEN") == 401


def test_slack_with_credentials_leaves_no_unsigned_entry(tmp_path: Path) -> None:
    login = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:9/"}
    json = {"Content-Type": "application/json"}
    with serving(tmp_path, **SOON, **login) as (_, said):
        assert "Teams      off" in said
        assert "token=" not in said
        for path in ("/api/messages", "/", "/playground/state"):
            assert status(f"{address(said)}{path}", b"{}", **json) == 404
    with serving(tmp_path, **SOON, **login, ADVISOR_LOCAL_TOKEN="hush-hush") as (_, said):
        assert "Teams      on" in said
        url = f"{address(said)}/api/messages"
        assert status(url, b"{}", **json) == 401
        assert status(url, b"{}", **json, Authorization="Bearer hush-hush") == 400
        assert status(f"{address(said)}/?token=hush-hush") == 404


def test_two_servers_share_the_embedded_redis_and_neither_a_port_nor_a_token(tmp_path: Path) -> None:
    with serving(tmp_path, **SOON) as (first, one), serving(tmp_path, **SOON) as (_, two):
        assert len({printed(said).query["token"] for said in (one, two)}) == 2
        assert status(f"{address(two)}/?token={printed(one).query['token']}") == 401
        port = address(two).rpartition(":")[2]
        done = advisor(tmp_path, "serve", ADVISOR_PORT=port)
        assert done.returncode == 78
        assert f"port {port}" in done.stderr
        assert "ADVISOR_PORT" in done.stderr
        assert done.stderr.count("\n") == 1
        first.send_signal(signal.SIGTERM)
        assert first.wait(10) == 0
        assert status(f"{address(two)}/readyz") == 200


def test_serve_starts_while_redis_is_away(tmp_path: Path) -> None:
    with serving(tmp_path, **SOON, REDIS_URL="redis://127.0.0.1:1") as (process, said):
        assert status(f"{address(said)}/healthz") == 200
        assert status(f"{address(said)}/readyz") == 503
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
