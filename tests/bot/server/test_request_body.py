"""Bodies that are too large, too slow, broken off, or not what their headers say."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from io import BytesIO

import pytest
from aiohttp import ClientSession, web

from bot.server.app import build_runner
from bot.server.request_body import MAX_BODY, MAX_PIECES, Unreadable, read_body

AT_ONCE = 0.05


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Answers with what it read, or with the status that a caller gets."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return web.Response(body=await read_body(request, AT_ONCE if "hurry" in request.query else 30))
        except Unreadable as error:
            return web.Response(status=error.status, text=str(error))

    app = web.Application()
    app.add_routes([web.post("/", answer)])
    runner = build_runner(app, 1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def _in_parts(*parts: bytes, then: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if then is not None:
        await then.wait()


async def test_a_body_is_what_was_sent(url: str) -> None:
    async with ClientSession() as http, http.post(url, data=_in_parts(b"one ", b"two")) as answer:
        assert (answer.status, await answer.read()) == (HTTPStatus.OK, b"one two")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_too_large(url: str, announced: bool) -> None:
    body = b"x" * (MAX_BODY + 1)
    whole = BytesIO(body)
    async with ClientSession() as http, http.post(url, data=whole if announced else _in_parts(body)) as answer:
        assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert await answer.text() == "the body is too large"


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_as_large_as_it_may_be(url: str, announced: bool) -> None:
    body = b"x" * MAX_BODY
    whole = BytesIO(body)
    async with ClientSession() as http, http.post(url, data=whole if announced else _in_parts(body)) as answer:
        assert (answer.status, len(await answer.read())) == (HTTPStatus.OK, MAX_BODY)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "x, gzip"])
async def test_a_body_that_is_compressed(url: str, coding: str) -> None:
    async with ClientSession() as http, http.post(url, data=b"hello", headers={"Content-Encoding": coding}) as answer:
        assert answer.status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE


async def test_a_body_that_is_as_it_is(url: str) -> None:
    async with (
        ClientSession() as http,
        http.post(url, data=b"hello", headers={"Content-Encoding": "Identity"}) as answer,
    ):
        assert await answer.read() == b"hello"


async def test_a_body_in_too_many_pieces(url: str) -> None:
    never = asyncio.Event()
    pieces = _in_parts(*[b"x"] * (MAX_PIECES + 1), then=never)
    async with ClientSession() as http, http.post(url, data=pieces) as answer:
        assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert await answer.text() == "the body comes in too many pieces"


async def test_a_body_that_does_not_arrive(url: str) -> None:
    never = asyncio.Event()
    async with ClientSession() as http, http.post(f"{url}?hurry", data=_in_parts(b"{", then=never)) as answer:
        assert answer.status == HTTPStatus.REQUEST_TIMEOUT
