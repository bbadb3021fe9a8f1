"""One call of an endpoint: what is sent, and what comes of every way in which it can fail."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.model.endpoint import MOST_AT_ONCE, MOST_BYTES, Called, Endpoint, Outcome
from dialogs.understanding.model.request import Request
from tests.bot.model.scripted_endpoint import Dripping, ScriptedEndpoint, completion, said

ASKED = Request(({"role": "system", "content": "s"}, {"role": "user", "content": "u"}), {"type": "object"}, "u")
WHOLE = json.dumps(completion(said())).encode()


@pytest.fixture
async def scripted() -> AsyncIterator[ScriptedEndpoint]:
    async with ScriptedEndpoint().serving() as served:
        yield served


async def called(scripted: ScriptedEndpoint, **settings: str) -> Called:
    endpoint = Endpoint(scripted.settings(**settings))
    try:
        return await endpoint.call(ASKED)
    finally:
        await endpoint.close()


async def test_the_request_is_what_the_api_takes(scripted: ScriptedEndpoint) -> None:
    found = await called(scripted, ADVISOR_MODEL_KEY="s3cret", ADVISOR_MODEL_EXTRA='{"temperature": 0}')
    assert found == Called(Outcome.ANSWERED, said(), 900, 40)
    (body,), (headers,) = scripted.bodies, scripted.headers
    assert body["model"] == "m"
    assert body["temperature"] == 0
    assert body["messages"] == [dict(message) for message in ASKED.messages]
    assert body["response_format"]["json_schema"]["schema"] == ASKED.schema
    assert headers["Authorization"] == "Bearer s3cret"


def refusing(*kinds: str) -> Any:
    def answer(body: dict[str, Any]) -> web.StreamResponse:
        kind = body.get("response_format", {}).get("type", "plain")
        if kind in kinds:
            return web.json_response({"error": {"message": "no such format"}}, status=400)
        return web.json_response(completion(said()))

    return answer


@pytest.mark.parametrize(
    ("refused", "form", "tries"),
    [(("json_schema",), "json_object", 2), (("json_schema", "json_object"), "plain", 3)],
)
async def test_a_form_that_is_refused_is_not_asked_for_again(
    scripted: ScriptedEndpoint, refused: tuple[str, ...], form: str, tries: int
) -> None:
    scripted.answer = refusing(*refused)
    endpoint = Endpoint(scripted.settings())
    assert (await endpoint.call(ASKED)).outcome is Outcome.ANSWERED
    assert endpoint.form == form
    assert (await endpoint.call(ASKED)).outcome is Outcome.ANSWERED
    assert len(scripted.bodies) == tries + 1
    await endpoint.close()


async def test_a_request_that_is_refused_in_every_form_changes_nothing(scripted: ScriptedEndpoint) -> None:
    scripted.answer = refusing("json_schema", "json_object", "plain")
    endpoint = Endpoint(scripted.settings())
    assert await endpoint.call(ASKED) == Called(Outcome.REFUSED, detail="HTTP 400")
    assert endpoint.form == "json_schema"
    await endpoint.close()


def body_of(text: bytes, status: int = 200) -> Any:
    return lambda _: web.Response(body=text, status=status, content_type="application/json")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (lambda _: web.json_response(completion("{", "length")), Outcome.CUT_OFF),
        (lambda _: web.json_response(completion(said(), "content_filter")), Outcome.CUT_OFF),
        (lambda _: web.json_response(completion(None)), Outcome.INVALID),
        (lambda _: web.json_response(completion([{"type": "text"}])), Outcome.INVALID),
        (lambda _: web.json_response({"choices": []}), Outcome.INVALID),
        (lambda _: web.json_response([]), Outcome.INVALID),
        (lambda _: web.json_response({"choices": [{"message": {"content": "x"}}], "usage": 3}), Outcome.INVALID),
        (body_of(b"<html>"), Outcome.INVALID),
        (body_of(b""), Outcome.INVALID),
        (body_of(b"[" * 100_000), Outcome.INVALID),
        (body_of(b" " * (MOST_BYTES + 1)), Outcome.TOO_LARGE),
        (body_of(b"x" * 10**6), Outcome.TOO_LARGE),
        (body_of(b"{}", 500), Outcome.REFUSED),
        (body_of(b"x" * 10**6, 429), Outcome.REFUSED),
        (body_of(b"{}", 401), Outcome.REFUSED),
        (lambda _: Dripping(WHOLE, cut=True), Outcome.UNREACHABLE),
        (lambda _: web.Response(status=302, headers={"Location": "http://127.0.0.1:9/"}), Outcome.REFUSED),
    ],
)
async def test_what_goes_wrong_is_an_outcome(scripted: ScriptedEndpoint, answer: Any, outcome: Outcome) -> None:
    scripted.answer = answer
    found = await called(scripted)
    assert (found.outcome, found.text) == (outcome, "")
    assert len(scripted.bodies) == 1, "nothing is tried again"


async def test_an_endpoint_that_says_nothing_is_late(scripted: ScriptedEndpoint) -> None:
    scripted.answers.clear()
    assert (await called(scripted, ADVISOR_MODEL_LIMIT="0.3")).outcome is Outcome.LATE


async def test_an_endpoint_that_sends_a_little_at_a_time_is_late(scripted: ScriptedEndpoint) -> None:
    """The limit is for the whole answer, not for the wait for its next part."""
    scripted.answer = lambda _: Dripping(WHOLE, cut=False)
    async with asyncio.timeout(30):
        assert (await called(scripted, ADVISOR_MODEL_LIMIT="0.3")).outcome is Outcome.LATE


async def test_an_endpoint_that_is_not_there_is_unreachable(scripted: ScriptedEndpoint) -> None:
    found = await called(scripted, ADVISOR_MODEL_URL="http://127.0.0.1:9/v1")
    assert found.outcome is Outcome.UNREACHABLE


async def test_only_a_few_calls_are_under_way_at_once(scripted: ScriptedEndpoint) -> None:
    scripted.answers.clear()
    endpoint = Endpoint(scripted.settings(ADVISOR_MODEL_LIMIT="30"))
    calls = [asyncio.create_task(endpoint.call(ASKED)) for _ in range(3 * MOST_AT_ONCE)]
    while scripted.under_way < MOST_AT_ONCE:
        await asyncio.sleep(0)
    scripted.answers.set()
    assert {(await call).outcome for call in calls} == {Outcome.ANSWERED}
    assert scripted.most == MOST_AT_ONCE
    await endpoint.close()


async def test_a_call_that_is_cancelled_frees_its_place(scripted: ScriptedEndpoint) -> None:
    scripted.answers.clear()
    endpoint = Endpoint(scripted.settings(ADVISOR_MODEL_LIMIT="30"))
    calls = [asyncio.create_task(endpoint.call(ASKED)) for _ in range(MOST_AT_ONCE)]
    while scripted.under_way < MOST_AT_ONCE:
        await asyncio.sleep(0)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    scripted.answers.set()
    assert (await endpoint.call(ASKED)).outcome is Outcome.ANSWERED
    await endpoint.close()
