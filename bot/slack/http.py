"""Slack's requests before they are handled: the signature is checked first, then the payload, then Bolt authorizes.

Bolt's own check of the signature is off: it crashes on headers of the wrong form, parses before it checks, and logs
whole bodies. Bolt gets every body parsed, since it loses forms without a `payload` field whose text has that word.
"""

import binascii
import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from pydantic_core import from_json
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.authorization.async_multi_teams_authorization import AsyncMultiTeamsAuthorization
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.server.request_body import Unreadable, read_body
from bot.slack.handler import PARSED_REQUEST, RETRY_LATER
from bot.slack.payloads import MalformedRequest, parse_request

log = logging.getLogger(__name__)

PATH = "/slack/events"

MAX_AGE = 300
"""Seconds by which a request's time and this machine's clock may differ."""

_TIMESTAMP = re.compile(r"\d{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

_FORM_MARKS = (b"&", b"=", b"+")
_ESCAPED_MARK = re.compile(rb"%(?=2[56Bb]|3[Dd])")
"""Begins an escape of one of these marks, or of "%"."""

Handle = Callable[[AsyncBoltRequest], Awaitable[BoltResponse | None]]
"""Answers an authorized request; None leaves it to Bolt's listeners."""

_AUTHORIZED = BoltResponse(status=200, body="")


class RequestSignature:
    """Slack's signature of a request: HMAC-SHA256 over its time and its body, with the app's signing secret.

    `clock` gives seconds since 1970.
    """

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def fits(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Whether a request with this body is Slack's, and new; the log says why where it is not."""
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and _TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            log.info("A request without Slack's signature was refused.")
            return False
        off = int(self._clock()) - int(timestamp)
        if abs(off) > MAX_AGE:
            log.warning("A request was refused: its time and this machine's clock differ by %s seconds.", off)
            return False
        digest = hmac.digest(self._secret, b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
        if not hmac.compare_digest(f"v0={digest.hex()}", signature):
            log.warning("A request was refused: its signature does not fit SLACK_SIGNING_SECRET.")
            return False
        return True


class EventsEndpoint:
    """`POST /slack/events`. `clock` gives seconds since 1970; `rate_limited` is called when Slack says that it drops
    events."""

    def __init__(
        self, app: AsyncApp, secret: str, clock: Callable[[], float], rate_limited: Callable[[], None] = lambda: None
    ) -> None:
        self._app = app
        self._signature = RequestSignature(secret, clock)
        self._rate_limited = rate_limited

    async def handle(self, request: web.Request) -> web.Response:
        """401 unsigned, 413 too large, 408 too slow, 400 malformed, 503 if Slack should try again; never 500."""
        try:
            raw = await read_body(request)
        except Unreadable as error:
            log.info("A request was refused with %d: %s.", error.status, error)
            return web.Response(status=error.status)
        if not self._signature.fits(request.headers, raw):
            return web.Response(status=401)
        try:
            body = parse_body(raw, request.content_type)
            if body.get("type") == "app_rate_limited":
                log.warning(
                    "Slack dropped events: it sends an app up to 30,000 an hour from one workspace. "
                    "What people wrote meanwhile did not arrive."
                )
                self._rate_limited()
                return web.Response()
            # `mode` says that the body is an object already, which Bolt otherwise expects of Socket Mode alone.
            context = {PARSED_REQUEST: parse_request(body)}
            bolt_request = AsyncBoltRequest(body=body, mode="socket_mode", context=context)
        except (MalformedRequest, TypeError, AttributeError, KeyError, IndexError) as error:
            log.info("A signed request was malformed: %s", error if isinstance(error, MalformedRequest) else "its ids")
            return web.Response(status=400)
        if body.get("type") == "url_verification":
            return web.json_response({"challenge": body.get("challenge")})
        answer = await self._app.async_dispatch(bolt_request)
        if answer.status >= 500:
            return web.Response(status=RETRY_LATER)
        return await to_aiohttp_response(answer) if answer.body else web.Response(status=answer.status)


def parse_body(raw: bytes, content_type: str) -> dict[str, Any]:
    """The object in a body: JSON, or a form, whose field `payload` is JSON again. MalformedRequest without one.

    pydantic's parser refuses more than about 200 levels of nesting; all later code can handle that many.
    """
    try:
        form = None if content_type == "application/json" else parse_form(raw)
        text = raw.decode() if form is None else form.get("payload")
        body = form if text is None else from_json(text)
    except ValueError:
        raise MalformedRequest("it cannot be parsed") from None
    if not isinstance(body, dict):
        raise MalformedRequest("it is no object")
    return body


def parse_form(raw: bytes) -> dict[str, str]:
    """The fields of a form, which is how Slack sends presses and commands; UnicodeDecodeError where it is not UTF-8.

    `parse_qsl` takes 0.13 µs for each escape, and the JSON of a press has 600 to 1,900. So escapes that mean nothing in
    a form, which are nearly all, are undone before, in a tenth of the time.
    """
    try:
        plain = _unescaped(raw)
        if b"%" in plain or any(plain.count(mark) != raw.count(mark) for mark in _FORM_MARKS):
            plain = _unescaped(_ESCAPED_MARK.sub(rb"%25", raw))
    except ValueError:  # `parse_qsl` leaves an escape without two digits as it is
        plain = raw
    return dict(parse_qsl(plain.decode(), keep_blank_values=True, errors="strict"))


def _unescaped(raw: bytes) -> bytes:
    """Bytes without their escapes, by the decoder of quoted-printable text, which has "=" where forms have "%".

    ValueError where an escape has no two digits, or may have none: a line's end, of which a form has none.
    """
    plain = binascii.a2b_qp(raw.replace(b"=", b"=3D").replace(b"%", b"="))
    if len(plain) != len(raw) - 2 * raw.count(b"%") or b"\n" in raw or b"\r" in raw:
        raise ValueError("an escape without two digits")
    return plain


class AdvisorApp(AsyncApp):
    """Bolt's app, with the advisor's handler before Bolt's own dispatcher.

    Bolt makes a client for each request, and each looks for a proxy in the environment. With one workspace all requests
    have the same token, so here they share a client; with many, each request gets its own. `options` are Bolt's; with
    an `oauth_flow` among them each workspace has a token of its own.
    """

    def __init__(self, handle: Handle, authorize: AsyncAuthorize, **options: Any) -> None:
        super().__init__(authorize=authorize, **options)  # type: ignore[arg-type]
        self._handle = handle
        self._authorization = AsyncMultiTeamsAuthorization(authorize)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Authorizes by Bolt's middleware, then handles; 500 after an unexpected error, as from Bolt."""
        req.context["client"] = self._client_for(req.context)
        try:
            answer: BoltResponse | None = await self._authorization.async_process(
                req=req, resp=_AUTHORIZED, next=_authorized
            )
            if answer is _AUTHORIZED:
                answer = await self._handle(req)
        except Exception:
            log.exception("A request could not be handled.")
            return BoltResponse(status=500, body="")
        return await super().async_dispatch(req) if answer is None else answer

    def _client_for(self, context: AsyncBoltContext) -> AsyncWebClient:
        """The client that is given the token with which the request is answered."""
        client = self.client
        if self.oauth_flow is None:
            return client
        return AsyncWebClient(
            base_url=client.base_url,
            session=client.session,
            team_id=context.team_id,
            retry_handlers=client.retry_handlers,
        )


async def _authorized() -> BoltResponse:
    return _AUTHORIZED
