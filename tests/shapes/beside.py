"""`/healthz` beside hostile messages: a real server, people who send long texts, and how long it takes to answer.

python -m tests.shapes.beside --seconds 20
"""

import argparse
import asyncio
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, web

from tests.faults import fuzzing
from tests.servers import free_port
from tests.serving import address, serving
from tests.shapes.texts import NAMED

SECRET = "0123456789abcdef0123456789abcdef"
PEOPLE, LONG = 8, 12_000


def event(number: int, text: str) -> fuzzing.Sent:
    sent = {
        "type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event_time": int(time.time()),
        "event": {
            "type": "message", "channel_type": "im", "channel": f"D{number}", "user": f"U{number}", "text": text,
            "ts": f"{int(time.time())}.{number:06}",
        },
    }  # fmt: skip
    return fuzzing.signed(json.dumps(sent).encode(), SECRET, fuzzing.JSON)


async def hostile(session: ClientSession, url: str, until: float, first: int) -> int:
    shapes, number = list(NAMED.values()), first
    while time.monotonic() < until:
        request = event(number, shapes[number % len(shapes)](LONG).replace("\x00", ""))
        async with session.post(f"{url}/slack/events", data=request.body, headers=request.headers) as answer:
            await answer.read()
        number += PEOPLE
    return (number - first) // PEOPLE


async def agree(_: web.Request) -> web.Response:
    """Slack, which agrees to everything."""
    known = {"team_id": "T1", "user_id": "UB", "bot_id": "B1", "channel": "D1", "ts": "1.1", "url": "http://127.0.0.1/"}
    return web.json_response({"ok": True, **known})


async def watch(url: str, slack: int, seconds: float, people: int) -> tuple[int, list[float]]:
    waits = []
    stand_in = web.Application()
    stand_in.router.add_route("*", "/{path:.*}", agree)
    runner = web.AppRunner(stand_in)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", slack).start()
    async with ClientSession() as session:
        until = time.monotonic() + seconds
        senders = [asyncio.ensure_future(hostile(session, url, until, first)) for first in range(people)]
        while time.monotonic() < until:
            begun = time.monotonic()
            async with session.get(f"{url}/healthz") as answer:
                await answer.read()
            waits.append(time.monotonic() - begun)
            await asyncio.sleep(0.02)
        sent = sum(await asyncio.gather(*senders))
        async with session.get(f"{url}/metrics") as answer:
            taken = [
                line
                for line in (await answer.text()).splitlines()
                if line.startswith(("advisor_take_seconds_count", "advisor_turns_total"))
            ]
        print(*taken, sep="\n")
    await runner.cleanup()
    return sent, sorted(waits)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.shapes.beside")
    parser.add_argument("--seconds", type=float, default=20)
    seconds = parser.parse_args().seconds
    slack = free_port()
    with TemporaryDirectory(prefix="advisor-tests-") as folder:
        settings = {
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/",
        }
        with serving(Path(folder), **settings) as (_, said):
            for people in (0, PEOPLE):
                sent, waits = asyncio.run(watch(address(said), slack, seconds, people))
                middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
                print(f"{sent} long messages; /healthz {len(waits)} times: median {middle:.3f} s, "
                      f"99 % {late:.3f} s, longest {waits[-1]:.3f} s")  # fmt: skip


if __name__ == "__main__":
    main()
