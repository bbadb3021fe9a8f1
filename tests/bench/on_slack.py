"""Slack's side: a Web API that takes everything, and people who press signed buttons."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import quote

from tests.bench.peers.slack import PATH, card
from tests.bench.people import PATIENCE, Arrivals, Bad, Course, Json, revision
from tests.bench.wire import Link

SECRET = "0123456789abcdef0123456789abcdef"
FORM = "application/x-www-form-urlencoded"
_AUTH = json.dumps(
    {"ok": True, "url": "https://bench.slack.com/", "team_id": "T1", "user_id": "UB1", "bot_id": "B1", "user": "bot"}
).encode()


class WebApi:
    """Answers calls; tells who waits for a card."""

    def __init__(self) -> None:
        self.arrivals = Arrivals()

    def __call__(self, method: str, path: str, body: bytes) -> bytes:
        """One call."""
        if path.partition("?")[0].endswith("auth.test"):
            return _AUTH
        if path.endswith("chat.postEphemeral"):
            return b'{"ok":true,"message_ts":"1.1"}'
        sent = json.loads(body)
        channel, ts = sent["channel"], sent.get("ts") or _below(sent["thread_ts"])
        self.arrivals.came(f"{channel} {ts}", sent)
        return b'{"ok":true,"channel":"%s","ts":"%s"}' % (channel.encode(), ts.encode())


def _below(root: str) -> str:
    """The id of the one message that the bot writes in a thread."""
    seconds, _, rest = root.partition(".")
    return f"{int(seconds) + 1}.{rest}"


class Presser:
    """Presses the same button again and again: for the peers."""

    def __init__(self, link: Link, api: WebApi | None, number: int, patience: float = PATIENCE) -> None:
        self._link = link
        self._patience = patience
        self._api = api
        self._channel = f"C{number}"
        self._root = "1764000000.000001"
        self._card = card("Yes")

    async def turn(self) -> tuple[float, float]:
        """One press; without a Web API only the answer is waited for."""
        reply = self._api.arrivals.expect(f"{self._channel} {_below(self._root)}") if self._api else None
        body = click(self._channel, "U1", self._root, self._card, self._card[1]["elements"][0])
        await post(self._link, body, FORM, self._patience)
        answered = time.perf_counter()
        if reply is None:
            return answered, answered
        return answered, (await asyncio.wait_for(reply, self._patience))[0]

    def begin_anew(self) -> None:
        """Another message, so that a late reply is not taken for the next."""
        self._root = f"{int(self._root.partition('.')[0]) + 10}.000001"

    def close(self) -> None:
        """Hangs up."""
        self._link.close()


class Asker:
    """Goes through conversations with the advisor."""

    def __init__(
        self, link: Link, api: WebApi, number: int, patience: float = PATIENCE, *, clicks_only: bool = False
    ) -> None:
        self._link = link
        self._patience = patience
        self._api = api
        self.channel = f"C{number}"
        self.course = Course(number, clicks_only=clicks_only)
        self._root = ""

    async def turn(self) -> tuple[float, float]:
        """Types an idea, or presses what the last card offers."""
        course = self.course
        step = course.next()
        if isinstance(step, str):
            self._root = f"{int(time.time())}.{next(self._api.arrivals.ids) % 1_000_000:06d}"
        reply = self._api.arrivals.expect(f"{self.channel} {_below(self._root)}", revision(course.card))
        user = f"U{course.person}"
        if isinstance(step, str):
            body, kind = mention(self.channel, user, self._root, step), "application/json"
        else:
            body, kind = click(self.channel, user, self._root, course.card, step), FORM
        await post(self._link, body, kind, self._patience)
        answered = time.perf_counter()
        at, shown = await asyncio.wait_for(reply, self._patience)
        course.card = shown["blocks"]
        return answered, at

    def begin_anew(self) -> None:
        """Another conversation."""
        self.course.begin_anew()

    def close(self) -> None:
        """Hangs up."""
        self._link.close()


async def post(link: Link, body: bytes, kind: str, patience: float = PATIENCE) -> None:
    """A signed request; Bad where it is not answered with 200, TimeoutError after `patience` seconds."""
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = (
        f"Content-Type: {kind}\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\n"
    )
    async with asyncio.timeout(patience):
        answer = await link.post(PATH, headers, body)
    if answer.status != 200:
        raise Bad(f"answered with {answer.status}")


def click(channel: str, user: str, root: str, blocks: list[Json], button: Json) -> bytes:
    """A press, with the message that it was made on, as Slack sends it."""
    ts = _below(root)
    message = {
        "type": "message", "user": "UB1", "ts": ts, "bot_id": "B1", "app_id": "A1", "text": "A question",
        "team": "T1", "thread_ts": root, "blocks": blocks,
    }  # fmt: skip
    payload: Json = {
        "type": "block_actions",
        "user": {"id": user, "username": "someone", "name": "someone", "team_id": "T1"},
        "api_app_id": "A1",
        "token": "old",
        "container": {
            "type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False, "thread_ts": root,
        },
        "trigger_id": "1.2.3",
        "team": {"id": "T1", "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "general"},
        "message": message,
        "state": {"values": {}},
        "response_url": "http://127.0.0.1:9/actions/T1/1/x",
        "actions": [{**button, "block_id": "b1", "action_ts": f"{time.time():.6f}"}],
    }  # fmt: skip
    return b"payload=" + quote(json.dumps(payload, separators=(",", ":"))).encode()


def mention(channel: str, user: str, ts: str, text: str) -> bytes:
    """A message that mentions the bot, as Slack sends it."""
    event = {
        "type": "app_mention", "user": user, "text": f"<@UB1> {text}", "ts": ts, "channel": channel, "team": "T1",
        "event_ts": ts, "client_msg_id": f"m-{ts}",
    }  # fmt: skip
    authorization = {
        "enterprise_id": None, "team_id": "T1", "user_id": "UB1", "is_bot": True, "is_enterprise_install": False,
    }  # fmt: skip
    envelope = {
        "token": "old", "team_id": "T1", "api_app_id": "A1", "event": event, "type": "event_callback",
        "event_id": f"Ev{ts}", "event_time": int(time.time()), "authorizations": [authorization],
        "is_ext_shared_channel": False, "event_context": "4-x",
    }  # fmt: skip
    return json.dumps(envelope, separators=(",", ":")).encode()
