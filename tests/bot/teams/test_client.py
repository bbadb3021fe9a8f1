"""Sending: Teams' limits are kept, edits are repeated, and nothing is posted twice."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import Mock

import pytest
from aiohttp import ClientSession, ClientTimeout, web

from bot.teams.access_tokens import AppToken
from bot.teams.client import TIMEOUT, ConnectorClient, ServiceCheck, cloud_services, is_local_service
from bot.teams.cloud import PUBLIC
from bot.turns.channel import TryLater, Undeliverable
from tests.drivers.local_server import serving
from tests.faulty_platforms import ConnectorFault, FaultKind, FaultyConnector
from tests.patience import HUNG

CHAT = "19:a/b;c@thread.tacv2;messageid=1"
MESSAGE: dict[str, Any] = {"type": "message", "text": "Grüße"}


@dataclass
class Desk:
    """A client against the connector, on a clock that only its own pauses move."""

    connector: FaultyConnector
    url: str
    client: ConnectorClient
    signed: Callable[..., ConnectorClient]
    pauses: list[float] = field(default_factory=list)
    now: float = 0.0
    drift: float = 0.0

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds + self.drift

    async def post(self) -> str:
        return await self.client.send("POST", self.url, (CHAT,), json.dumps(MESSAGE))

    async def put(self, message: str, text: str = "new") -> None:
        await self.client.send("PUT", self.url, (CHAT, message), json.dumps(MESSAGE | {"text": text}))

    def faults(self, *troubles: FaultKind, **more: Any) -> None:
        self.connector.faults = deque(ConnectorFault(trouble, **more) for trouble in troubles)

    def texts(self) -> list[str]:
        return [message.activity["text"] for message in self.connector.messages(CHAT)]


@asynccontextmanager
async def _desk() -> AsyncIterator[Desk]:
    connector = FaultyConnector()
    async with serving(connector.routes()) as api, ClientSession(timeout=ClientTimeout(total=None)) as http:
        desk: Desk

        async def pause(seconds: float) -> None:
            await desk.pause(seconds)

        def signed(tokens: AppToken | None, is_service: ServiceCheck = is_local_service) -> ConnectorClient:
            return ConnectorClient(
                lambda: http, tokens, is_service, sleep=pause, clock=lambda: desk.now, random=lambda: 0.5
            )

        desk = Desk(connector, f"{api}/", signed(None), signed)
        yield desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with _desk() as desk:
        yield desk


ELSEWHERE = {
    "another host": "http://192.0.2.1/",
    "another port": "http://127.0.0.1:9/",
    "a name before another host": "{origin}@192.0.2.1/",
    "nothing": "",
}


@pytest.mark.parametrize("service", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_nothing_is_sent_to_a_service_that_is_not_allowed(service: str, desk: Desk) -> None:
    """An address comes from the outbox, where it may be anything; the app's token must not go there."""
    tokens, origin = Mock(), desk.url.rstrip("/")
    client = desk.signed(tokens, cloud_services(replace(PUBLIC, services=frozenset({origin}))))
    url = service.format(origin=origin)
    for sent in (client.send("POST", url, (CHAT,), "{}"), client.send("PUT", url, (CHAT, "1"), "{}")):
        with pytest.raises(Undeliverable):
            await sent
    assert not tokens.mock_calls
    assert not desk.connector.calls


async def test_a_message_and_its_edit(desk: Desk) -> None:
    message = await desk.post()
    assert desk.texts() == ["Grüße"]
    await desk.put(message)
    assert desk.texts() == ["new"]
    assert [(call.method, call.status) for call in desk.connector.calls] == [("POST", 200), ("PUT", 200)]


@pytest.mark.parametrize("trouble", [FaultKind.TOO_MANY, FaultKind.PRECONDITION])
async def test_a_post_that_was_refused_for_now_is_repeated(trouble: FaultKind, desk: Desk) -> None:
    desk.faults(trouble, trouble)
    await desk.post()
    assert desk.texts() == ["Grüße"]
    assert desk.pauses == [0.75, 1.5]


async def test_retry_after_is_kept(desk: Desk) -> None:
    desk.faults(FaultKind.TOO_MANY, retry_after=3)
    await desk.post()
    assert desk.pauses == [3.0]


async def test_waiting_ends_before_teams_gives_the_turn_up(desk: Desk) -> None:
    desk.faults(*[FaultKind.TOO_MANY] * 50)
    with pytest.raises(TryLater, match="429"):
        await desk.post()
    assert sum(desk.pauses) < TIMEOUT


async def test_a_retry_after_beyond_all_patience_is_not_waited_for(desk: Desk) -> None:
    desk.faults(FaultKind.TOO_MANY, retry_after=60)
    with pytest.raises(TryLater):
        await desk.post()
    assert desk.pauses == []


@pytest.mark.parametrize("trouble", [FaultKind.BAD_GATEWAY, FaultKind.LOST])
async def test_a_post_that_may_have_been_done_is_not_repeated(trouble: FaultKind, desk: Desk) -> None:
    desk.faults(trouble)
    with pytest.raises(TryLater):
        await desk.post()
    assert len(desk.connector.calls) == 1


@pytest.mark.parametrize("trouble", [FaultKind.TOO_MANY, FaultKind.PRECONDITION, FaultKind.BAD_GATEWAY, FaultKind.LOST])
async def test_an_edit_is_repeated_freely(trouble: FaultKind, desk: Desk) -> None:
    message = await desk.post()
    desk.faults(trouble, trouble)
    await desk.put(message)
    assert desk.texts() == ["new"]
    assert not desk.connector.faults


async def test_an_edit_of_what_is_not_there(desk: Desk) -> None:
    with pytest.raises(Undeliverable, match=r"404 ActivityNotFoundInConversation$"):
        await desk.put("404")
    assert desk.pauses == []


async def test_a_refusal_for_good_is_not_repeated(desk: Desk) -> None:
    desk.faults(FaultKind.FORBIDDEN)
    with pytest.raises(Undeliverable, match="403 FORBIDDEN"):
        await desk.post()
    assert desk.pauses == []


async def test_what_a_service_cannot_do_at_all_is_tried_once(desk: Desk) -> None:
    """Microsoft's Agents Playground deletes nothing: each deletion would hold the next turn up for seconds."""
    message = await desk.post()
    desk.faults(FaultKind.NOT_IMPLEMENTED)
    with pytest.raises(TryLater, match="501 NOT_IMPLEMENTED"):
        await desk.put(message)
    assert desk.pauses == []


class Signed:
    """Gives tokens in turn, the next one when one is discarded."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = deque(tokens)

    async def get(self) -> str:
        return self.tokens[0]

    def discard(self, token: str) -> None:
        self.tokens.remove(token)


async def test_what_was_refused_with_a_stale_token_is_sent_with_another(desk: Desk) -> None:
    desk.client = desk.signed(Signed("stale", "fresh"))
    desk.faults(FaultKind.UNAUTHORIZED)
    message = await desk.post()
    desk.client = desk.signed(Signed("stale", "fresh"))
    desk.faults(FaultKind.UNAUTHORIZED)
    await desk.put(message)
    assert desk.texts() == ["new"]
    assert [(call.method, call.authorization) for call in desk.connector.calls] == [
        ("POST", "Bearer stale"),
        ("POST", "Bearer fresh"),
        ("PUT", "Bearer stale"),
        ("PUT", "Bearer fresh"),
    ]
    assert desk.pauses == []


async def test_a_sign_in_that_is_refused_twice_is_not_refused_for_good(desk: Desk) -> None:
    desk.client = desk.signed(Signed("stale", "fresh", "fresher"))
    desk.faults(FaultKind.UNAUTHORIZED, FaultKind.UNAUTHORIZED)
    with pytest.raises(TryLater, match="401"):
        await desk.post()
    assert len(desk.connector.calls) == 2


async def test_without_a_token_a_refused_sign_in_is_not_repeated(desk: Desk) -> None:
    desk.faults(FaultKind.UNAUTHORIZED)
    with pytest.raises(TryLater, match="401"):
        await desk.post()
    assert len(desk.connector.calls) == 1


async def test_where_no_connection_came_about_a_post_is_repeated(desk: Desk) -> None:
    """Nothing can have been posted. The port is closed for as long as it is tried."""
    with pytest.raises(TryLater, match="no answer"):
        await desk.client.send("POST", "http://127.0.0.1:1/", (CHAT,), json.dumps(MESSAGE))
    assert len(desk.pauses) > 1


async def test_a_slow_answer_is_waited_for(desk: Desk) -> None:
    release = asyncio.Event()
    desk.faults(FaultKind.SLOW, release=release)
    posting = asyncio.create_task(desk.post())
    await asyncio.sleep(0)
    release.set()
    await posting
    assert desk.texts() == ["Grüße"]


async def test_where_no_answer_comes_waiting_ends_with_the_timeout(desk: Desk) -> None:
    """Nearly all of it is gone after the first pause, so that little is left to wait for the second answer."""
    release = asyncio.Event()
    desk.connector.faults += [
        ConnectorFault(FaultKind.TOO_MANY, retry_after=int(TIMEOUT) - 1),
        ConnectorFault(FaultKind.SLOW, release=release),
    ]
    desk.drift = 0.8
    try:
        async with asyncio.timeout(HUNG):
            with pytest.raises(TryLater, match="no answer came"):
                await desk.post()
    finally:
        release.set()
    assert desk.pauses == [TIMEOUT - 1]


async def test_it_does_not_follow_to_other_places(desk: Desk) -> None:
    """A token goes to Teams' own services alone."""

    async def elsewhere(_request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": f"{desk.url}v3/conversations/c/activities"})

    async with serving([web.post("/{rest:.*}", elsewhere)]) as api:
        with pytest.raises(Undeliverable, match="307"):
            await desk.client.send("POST", f"{api}/", (CHAT,), json.dumps(MESSAGE))
    assert not desk.connector.calls


@pytest.mark.parametrize("text", ["<html>", "[]", '{"error": "text"}', '{"error": {}}', ""])
async def test_what_something_between_answers_is_a_refusal_as_well(text: str, desk: Desk) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=text, status=403, headers={"Retry-After": "soon"})

    async with serving([web.post("/{rest:.*}", page)]) as api:
        with pytest.raises(Undeliverable, match=r"it answered 403$"):
            await desk.client.send("POST", api, (CHAT,), json.dumps(MESSAGE))
    assert desk.pauses == []


async def test_a_date_to_wait_for_is_waited_for_as_if_nothing_was_said(desk: Desk) -> None:
    answers = deque([429, 200])

    async def busy(_request: web.Request) -> web.Response:
        headers = {"Retry-After": "Wed, 25 Nov 2026 10:00:00 GMT"}
        return web.json_response({"id": "7"}, status=answers.popleft(), headers=headers)

    async with serving([web.post("/{rest:.*}", busy)]) as api:
        assert await desk.client.send("POST", api, (CHAT,), json.dumps(MESSAGE)) == "7"
    assert desk.pauses == [0.75]


async def test_ids_are_encoded_whole(desk: Desk) -> None:
    await desk.post()
    (call,) = desk.connector.calls
    assert call.path == f"/v3/conversations/{CHAT}/activities"
    assert [message.conversation for message in desk.connector.posted.values()] == [CHAT]
