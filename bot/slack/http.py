"""Slack's requests as they arrive: signature first, then shape, then Bolt.

Bolt's own check of the signature is off: it crashes on headers of the wrong form, parses before it checks, and logs
whole bodies. Bolt gets every body as the object that it holds, since it loses forms without a `payload` field whose
text has that word; so each body is parsed once.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web
from pydantic_core import from_json
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.server.request_body import Unreadable, read_body
from bot.slack.forms import fields
from bot.slack.handler import REQUEST, RETRY_LATER
from bot.slack.payloads import Malformed, Request, read

log = logging.getLogger(__name__)

PATH = "/slack/events"
WINDOW = 300
"""Seconds by which a request may be old, or its clock ahead of ours."""

DEPTH = 100
"""Levels of a body. Python's own limit is met at another depth by each part that a body passes through."""

_STAMP = re.compile(r"\d{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Edge:
    """The handler of POST /slack/events. `clock` gives seconds since 1970."""

    def __init__(self, app: AsyncApp, secret: str, clock: Callable[[], float]) -> None:
        self._app = app
        self._secret = secret.encode()
        self._clock = clock

    async def events(self, request: web.Request) -> web.Response:
        """401 unsigned, 413 too large, 408 too slow, 400 malformed, 503 where Slack shall try again; never 500."""
        try:
            raw = await read_body(request)
        except Unreadable as error:
            log.info("A request was refused with %d: %s.", error.status, error)
            return web.Response(status=error.status)
        if not self._is_signed(request, raw):
            return web.Response(status=401)
        try:
            body = parsed(raw, request.content_type)
            bolt_request = _for_bolt(body, read(body))
        except (Malformed, TypeError, AttributeError, KeyError, IndexError) as error:
            log.info("A signed request was malformed: %s", error if isinstance(error, Malformed) else "its ids")
            return web.Response(status=400)
        if body.get("type") == "url_verification":
            return web.json_response({"challenge": body.get("challenge")})
        answer = await self._app.async_dispatch(bolt_request)
        if answer.status >= 500:
            return web.Response(status=RETRY_LATER)
        return await to_aiohttp_response(answer) if answer.body else web.Response(status=answer.status)

    def _is_signed(self, request: web.Request, raw: bytes) -> bool:
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (stamp.isascii() and _STAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature)):
            log.info("A request without Slack's signature was refused.")
            return False
        off = int(self._clock()) - int(stamp)
        if abs(off) > WINDOW:
            log.warning("A request was refused: its time and this machine's clock differ by %s seconds.", off)
            return False
        digest = hmac.digest(self._secret, b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256)
        if not hmac.compare_digest(f"v0={digest.hex()}", signature):
            log.warning("A request was refused: its signature does not fit SLACK_SIGNING_SECRET.")
            return False
        return True


def parsed(raw: bytes, content_type: str) -> dict[str, Any]:
    """The object in a body: JSON, or a form, whose field `payload` is JSON again. Malformed where there is none."""
    try:
        form = None if content_type == "application/json" else fields(raw)
        text = raw.decode() if form is None else form.get("payload")
        body = form if text is None else from_json(text)
    except ValueError:
        raise Malformed("it cannot be parsed") from None
    if not isinstance(body, dict):
        raise Malformed("it is no object")
    if text is not None and _too_deep(text, body):
        raise Malformed("it is nested too deeply")
    return body


def _too_deep(text: str, body: Any) -> bool:
    """Looked at level by level, so that no depth of it is too much for the look itself; a text with fewer brackets than
    levels needs no look."""
    if text.count("{") + text.count("[") <= DEPTH:
        return False
    level = [body]
    for _ in range(DEPTH):
        parts = [outer.values() if isinstance(outer, dict) else outer for outer in level]
        level = [inner for outer in parts for inner in outer if isinstance(inner, list | dict)]
        if not level:
            return False
    return True


def _for_bolt(body: dict[str, Any], said: Request) -> AsyncBoltRequest:
    """`mode` only says that the body is an object already, which Bolt otherwise takes from Socket Mode alone."""
    return AsyncBoltRequest(body=body, mode="socket_mode", context={REQUEST: said})
