"""Reads the body of a request within limits: callers may send too much, too slowly, or not what the headers say."""

import asyncio
from codecs import lookup
from http import HTTPStatus
from typing import TypeVar

from aiohttp import web

Body = TypeVar("Body", bytes, bytearray)

MAX_BODY = 1024 * 1024
"""Bytes; what platforms send is far smaller."""

BODY_TIMEOUT = 5.0
"""Seconds for the whole body; Slack waits three for the answer, so its bodies come at once."""


class Unreadable(Exception):
    """The body cannot be read; `status` is for the caller, the message for the log."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def read_body(request: web.Request, within: float = BODY_TIMEOUT) -> bytes:
    """The whole body, at most MAX_BODY bytes. Unreadable with 413, 408 or 400."""
    if (request.content_length or 0) > MAX_BODY:
        raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
    content = request.content
    body = bytearray()
    try:
        if content.is_eof():  # nearly always it arrives together with the head
            return _check_size(content.read_nowait())
        async with asyncio.timeout(within):
            async for chunk in content.iter_any():
                body += chunk
                _check_size(body)
    except TimeoutError:
        raise Unreadable(HTTPStatus.REQUEST_TIMEOUT, "the body did not arrive in time") from None
    except (web.RequestPayloadError, ConnectionError) as error:
        raise Unreadable(HTTPStatus.BAD_REQUEST, "the body broke off, or is not encoded as it says") from error
    return bytes(body)


async def read_text(request: web.Request) -> str:
    """The body as text, in the charset that it names, else UTF-8. Unreadable, with 400 also where it is none."""
    body = await read_body(request)
    try:
        codec = lookup(request.charset or "utf-8")  # `decode` does not look it up for an empty body
        return body.decode(codec.name)
    except (LookupError, ValueError):
        raise Unreadable(HTTPStatus.BAD_REQUEST, "the body is no text in the charset that it names") from None


def _check_size(body: Body) -> Body:
    if len(body) > MAX_BODY:
        raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
    return body
