"""The connector in memory: what it keeps, what it refuses, and how it fails when asked."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, ServerDisconnectedError

from tests.drivers.local_server import serving
from tests.faulty_platforms import ConnectorFault, FaultKind, FaultyConnector

BASE = "/v3/conversations/19:x%40thread.tacv2%3Bmessageid=1/activities"
CHAT = "19:x@thread.tacv2;messageid=1"
HELLO = {"type": "message", "text": "hello"}


@dataclass
class Desk:
    connector: FaultyConnector
    http: ClientSession

    async def send(self, method: str, path: str = BASE, body: Any = None) -> tuple[int, Any]:
        async with self.http.request(method, path, json=body) as response:
            return response.status, await response.json()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    connector = FaultyConnector()
    async with serving(connector.routes()) as api, ClientSession(f"{api}/") as http:
        yield Desk(connector, http)


async def test_post_edit_delete(desk: Desk) -> None:
    _, posted = await desk.send("POST", body=HELLO)
    assert [m.activity["text"] for m in desk.connector.messages(CHAT)] == ["hello"]
    assert await desk.send("PUT", f"{BASE}/{posted['id']}", HELLO | {"text": "new"}) == (200, posted)
    (message,) = desk.connector.messages(CHAT)
    assert (message.activity["text"], message.edits) == ("new", 1)
    assert (await desk.send("DELETE", f"{BASE}/{posted['id']}"))[0] == 200
    assert not desk.connector.messages(CHAT)


async def test_an_answer_to_a_message_is_a_message_of_its_own(desk: Desk) -> None:
    _, first = await desk.send("POST", body=HELLO)
    _, second = await desk.send("POST", f"{BASE}/{first['id']}", HELLO)
    assert first["id"] != second["id"]
    assert len(desk.connector.messages(CHAT)) == 2


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_what_is_not_there(method: str, desk: Desk) -> None:
    _, posted = await desk.send("POST", "/v3/conversations/other/activities", HELLO)
    for message in ("404", posted["id"]):
        status, body = await desk.send(method, f"{BASE}/{message}", HELLO)
        assert (status, body["error"]["code"]) == (404, "ActivityNotFoundInConversation")


async def test_what_teams_would_refuse(desk: Desk) -> None:
    status, body = await desk.send("POST", body={"type": "message"})
    assert (status, body["error"]["code"]) == (400, "BadArgument")
    async with desk.http.post(BASE, data=b"{") as response:
        assert response.status == 400
    assert len(list(desk.connector.refused)) == 2
    assert not desk.connector.posted


@pytest.mark.parametrize(
    "trouble", [FaultKind.TOO_MANY, FaultKind.PRECONDITION, FaultKind.BAD_GATEWAY, FaultKind.FORBIDDEN]
)
async def test_a_fault_befalls_one_request_which_has_no_effect(trouble: FaultKind, desk: Desk) -> None:
    desk.connector.faults.append(ConnectorFault(trouble))
    assert (await desk.send("POST", body=HELLO))[0] == trouble.value
    assert not desk.connector.posted
    assert (await desk.send("POST", body=HELLO))[0] == 200


async def test_a_fault_can_wait_for_its_method(desk: Desk) -> None:
    desk.connector.faults.append(ConnectorFault(FaultKind.BAD_GATEWAY, "PUT"))
    _, posted = await desk.send("POST", body=HELLO)
    assert (await desk.send("PUT", f"{BASE}/{posted['id']}", HELLO))[0] == 502


async def test_a_lost_request_has_its_effect(desk: Desk) -> None:
    desk.connector.faults.append(ConnectorFault(FaultKind.LOST))
    with pytest.raises(ServerDisconnectedError):
        await desk.send("POST", body=HELLO)
    assert len(desk.connector.posted) == 1


async def test_retry_after_goes_with_it(desk: Desk) -> None:
    desk.connector.faults.append(ConnectorFault(FaultKind.TOO_MANY, retry_after=7))
    async with desk.http.post(BASE, json=HELLO) as response:
        assert response.headers["Retry-After"] == "7"
