"""Reads the body of a request within limits: callers may send too much, too slowly, or not what the headers say.

It stays bytes: a charset or a compression that the caller names can make few bytes expensive, and no platform needs it.
"""

import asyncio
from http import HTTPStatus

from aiohttp import hdrs, web

MAX_BODY = 1024 * 1024
"""Bytes; what platforms send is far smaller."""

MAX_PIECES = 4096
"""HTTP chunks or reads from the network, of which each costs some 20 µs, however small it is."""

BODY_TIMEOUT = 5.0
"""Seconds for the whole body; Slack waits three for the answer, so its bodies come at once."""


class Unreadable(Exception):
    """The body cannot be read; `status` is for the caller, the message for the log."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def read_body(request: web.Request, within: float = BODY_TIMEOUT) -> bytes:
    """The whole body, at most MAX_BODY bytes. Unreadable with 415 where it is compressed, 413, 408 or 400."""
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").strip().lower() != "identity":
        raise Unreadable(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body is compressed")
    if (request.content_length or 0) > MAX_BODY:
        raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
    content = request.content
    body, pieces = bytearray(), 0
    try:
        if content.is_eof():  # nearly always it arrives together with the head
            body += content.read_nowait()
            _check_size(body)
            return bytes(body)
        async with asyncio.timeout(within):
            async for piece, _ in content.iter_chunks():
                body += piece
                pieces += 1
                _check_size(body)
                if pieces > MAX_PIECES:
                    raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body comes in too many pieces")
    except TimeoutError:
        raise Unreadable(HTTPStatus.REQUEST_TIMEOUT, "the body did not arrive in time") from None
    except (web.RequestPayloadError, ConnectionError) as error:
        raise Unreadable(HTTPStatus.BAD_REQUEST, "the body broke off, or is not encoded as it says") from error
    return bytes(body)


def _check_size(body: bytearray) -> None:
    if len(body) > MAX_BODY:
        raise Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
