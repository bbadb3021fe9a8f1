"""Slack's requests before they are handled: the signature is checked first, then the payload, then Bolt authorizes.

Bolt's own check of the signature is off: it crashes on headers of the wrong form, parses before it checks, and logs
whole bodies. Bolt gets every body parsed, since it loses forms without a `payload` field whose text has that word.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic_core import from_json
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from yarl import URL

from bot.server.request_body import Unreadable, read_body
from bot.slack.handler import PARSED_REQUEST, RETRY_LATER
from bot.slack.payloads import MalformedRequest, parse_request

log = logging.getLogger(__name__)

PATH = "/slack/events"

MAX_AGE = 300
"""Seconds by which a request's time and this machine's clock may differ."""

_TIMESTAMP = re.compile(r"\d{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


@dataclass(eq=False, repr=False)
class EventsEndpoint:
    """`POST /slack/events`. `clock` gives seconds since 1970; `rate_limited` is called when Slack says that it drops
    events."""

    app: AsyncApp
    secret: str
    clock: Callable[[], float]
    rate_limited: Callable[[], None]

    async def handle(self, request: web.Request) -> web.Response:
        """401 unsigned, 413 too large, 408 too slow, 400 malformed, 503 if Slack should try again; never 500."""
        try:
            raw = await read_body(request)
        except Unreadable as error:
            log.info("A request was refused with %d: %s.", error.status, error)
            return web.Response(status=error.status)
        if not self._is_signed(request.headers, raw):
            return web.Response(status=401)
        try:
            body = parse_body(raw, request.content_type)
            if body.get("type") == "app_rate_limited":
                log.warning(
                    "Slack dropped events: it sends an app up to 30,000 an hour from one workspace. "
                    "What people wrote meanwhile did not arrive."
                )
                self.rate_limited()
                return web.Response()
            # `mode` says that the body is an object already, which Bolt otherwise expects of Socket Mode alone.
            context = {PARSED_REQUEST: parse_request(body)}
            bolt_request = AsyncBoltRequest(body=body, mode="socket_mode", context=context)
        except (MalformedRequest, TypeError, AttributeError, KeyError, IndexError) as error:
            log.info("A signed request was malformed: %s", error if isinstance(error, MalformedRequest) else "its ids")
            return web.Response(status=400)
        if body.get("type") == "url_verification":
            return web.json_response({"challenge": body.get("challenge")})
        answer = await self.app.async_dispatch(bolt_request)
        if answer.status >= 500:
            return web.Response(status=RETRY_LATER)
        return await to_aiohttp_response(answer) if answer.body else web.Response(status=answer.status)

    def _is_signed(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Whether a request with this body is Slack's, and new: its signature is HMAC-SHA256 over time and body, with
        the app's signing secret. The log says why where it is not."""
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and _TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            log.info("A request without Slack's signature was refused.")
            return False
        off = int(self.clock()) - int(timestamp)
        if abs(off) > MAX_AGE:
            log.warning("A request was refused: its time and this machine's clock differ by %s seconds.", off)
            return False
        digest = hmac.digest(self.secret.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
        if not hmac.compare_digest(f"v0={digest.hex()}", signature):
            log.warning("A request was refused: its signature does not fit SLACK_SIGNING_SECRET.")
            return False
        return True


def parse_body(raw: bytes, content_type: str) -> dict[str, Any]:
    """The object in a body: JSON, or a form, whose field `payload` is JSON again. MalformedRequest without one.

    yarl reads a form in a hundredth of the time that `urllib` takes for the escapes of a press. pydantic's parser
    refuses more than about 200 levels of nesting; all later code can handle that many.
    """
    try:
        text = raw.decode()
        if content_type != "application/json":
            form = dict(URL.build(query_string=text, encoded=True).query)
            if "payload" not in form:
                return form
            text = form["payload"]
        body = from_json(text)
    except ValueError:
        raise MalformedRequest("it cannot be parsed") from None
    if not isinstance(body, dict):
        raise MalformedRequest("it is no object")
    return body
