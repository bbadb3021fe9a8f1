"""Peers of the advisor on Slack, which answer a click with three blocks: `python -m tests.bench.peers.slack KIND`.

defaults: slack-bolt as its documentation shows it. tuned: acknowledged in a middleware, one session for all calls.
signature: no Bolt and no call of the Web API, only the signature is checked.
"""

import asyncio
import logging
import os
import re
import sys
from typing import Any

from aiohttp import ClientSession, web
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

SECRET = os.environ.get("SLACK_SIGNING_SECRET", "")
PATH = "/slack/events"


def card(text: str) -> list[dict[str, Any]]:
    """About what one question of the advisor has to show."""
    buttons = [
        {"type": "button", "action_id": f"answer:{label}", "value": "1", "text": {"type": "plain_text", "text": label}}
        for label in ("Yes", "No", "Not sure")
    ]
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*Question 2 of 5* {text}"}},
        {"type": "actions", "elements": buttons},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "You said: Yes"}]},
    ]


def bolt(session: ClientSession | None) -> web.Application:
    """An echo with Bolt; with a session, the tuned one."""
    api = os.environ["SLACK_API_URL"]
    client = AsyncWebClient(token="xoxb-peer", base_url=api, session=session)
    app = AsyncApp(signing_secret=SECRET, client=client)

    async def pressed(ack: Any, client: AsyncWebClient, body: dict[str, Any]) -> None:
        if session is None:
            await ack()
        text = body["actions"][0]["action_id"]
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=text, blocks=card(text))

    async def early(ack: Any, next: Any) -> None:
        await ack()
        await next()

    if session is not None:
        app.middleware(early)
    app.action(re.compile(".*"))(pressed)
    made: web.Application = app.server(path=PATH).web_app
    return made


def signature_only() -> web.Application:
    """Reads and checks, answers, and that is all."""
    verifier = SignatureVerifier(SECRET)

    async def handle(request: web.Request) -> web.Response:
        good = verifier.is_valid_request(await request.read(), dict(request.headers.items()))
        return web.Response(status=200 if good else 401)

    app = web.Application()
    app.add_routes([web.post(PATH, handle)])
    return app


async def main(kind: str) -> None:
    """Serves until the process is ended."""
    logging.basicConfig(level=logging.WARNING)
    match kind:
        case "signature":
            app = signature_only()
        case "tuned":
            app = bolt(ClientSession())
        case _:
            app = bolt(None)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["PORT"])).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
