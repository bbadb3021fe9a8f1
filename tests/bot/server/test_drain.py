"""Under load, a signal to stop loses nothing: what was acknowledged has its effect, what was refused has none."""

import asyncio
import hashlib
import hmac
import json
import signal
import time
from pathlib import Path

import redis
from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer

from tests import servers
from tests.serving import address, serving

SECRET = "0123456789abcdef0123456789abcdef"
DRAIN = 3
EACH = 0.05
"""Seconds between two requests: 20 in a second."""


def slack() -> web.Application:
    """Takes every message."""

    async def answer(request: web.Request) -> web.Response:
        who = {"team_id": "T1", "team": "Acme", "user_id": "UBOT", "bot_id": "B1", "user": "advisor"}
        return web.json_response({"ok": True, "ts": f"{time.time_ns() / 1e9:.6f}", "channel": "C1", **who})

    app = web.Application()
    app.add_routes([web.post("/api/{method}", answer)])
    return app


def mention(number: int) -> tuple[bytes, dict[str, str], str]:
    """A mention in a thread of its own, of a person of its own (each has a rate limit): body, headers, thread."""
    now = int(time.time())
    thread = f"{now}.{number:06d}"
    event = {"type": "app_mention", "user": f"U{number}", "text": "<@UBOT> start", "channel": "C1", "ts": thread}
    envelope = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event_time": now}
    body = json.dumps({**envelope, "event": event}).encode()
    digest = hmac.digest(SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hex()
    headers = {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": f"v0={digest}"}
    return body, {**headers, "Content-Type": "application/json"}, thread


async def send(session: ClientSession, url: str, number: int, answers: dict[str, int | None]) -> None:
    body, headers, thread = mention(number)
    try:
        async with session.post(f"{url}/slack/events", data=body, headers=headers) as response:
            answers[thread] = response.status
    except ClientError:
        answers[thread] = None


async def test_a_stop_under_load_loses_nothing(tmp_path: Path) -> None:
    with servers.node(tmp_path / "redis", servers.free_port()) as store:
        async with TestServer(slack()) as api:
            settings = {
                "REDIS_URL": f"redis://{servers.address(store)}",
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": str(api.make_url("/api/")),
                "ADVISOR_DRAIN": str(DRAIN),
            }
            await load_and_stop(tmp_path, settings, store)


async def load_and_stop(folder: Path, settings: dict[str, str], store: redis.Redis) -> None:
    answers: dict[str, int | None] = {}
    process = serving(folder, **settings)
    running, said = await asyncio.to_thread(process.__enter__)
    try:
        url = address(said)
        async with ClientSession() as session, asyncio.TaskGroup() as group:
            for number in range(20):
                group.create_task(send(session, url, number, answers))
                await asyncio.sleep(EACH)
            running.send_signal(signal.SIGTERM)
            await until_not_ready(session, url)
            number = 20
            while running.poll() is None:
                group.create_task(send(session, url, number, answers))
                number += 1
                await asyncio.sleep(EACH)
        assert running.returncode == 0
    finally:
        await asyncio.to_thread(process.__exit__, None, None, None)
    taken = {thread for thread, status in answers.items() if status == 200}
    assert set(answers.values()) <= {200, 503, None}
    assert len(taken) > 40, "it went on to serve while it drained"
    stored = {thread for thread in answers if store.exists(f"advisor:{{slack:T1:C1:{thread}}}")}
    assert stored == taken


async def until_not_ready(session: ClientSession, url: str) -> None:
    """Returns when `/readyz` says so: as soon as the process has got the signal."""
    async with asyncio.timeout(DRAIN):
        while True:
            async with session.get(f"{url}/readyz") as response:
                if response.status == 503:
                    assert await response.text() == "stopping\n"
                    return
