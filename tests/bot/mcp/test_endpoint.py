"""`/mcp` over a socket: who gets in, what the official client sees, and what a bad body gets."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from bot.assembly import open_mcp
from bot.config.environment import read_settings
from bot.config.extras import ExtraMissing
from bot.mcp.http import McpEndpoint
from bot.server.request_body import MAX_BODY
from dialogs.advisor import Advisor

TOKEN, LOCAL = "for-assistants", "for-this-machine"
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def request(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


@asynccontextmanager
async def running(endpoint: McpEndpoint) -> AsyncIterator[TestClient]:
    app = web.Application()
    endpoint.attach(app)
    async with TestClient(TestServer(app)) as client:
        yield client


def endpoint(advisor: Advisor, **environment: str) -> McpEndpoint:
    return open_mcp(read_settings(environment), advisor)


@pytest.fixture
async def http(advisor: Advisor) -> AsyncIterator[TestClient]:
    async with running(endpoint(advisor, ADVISOR_MCP_TOKEN=TOKEN, ADVISOR_LOCAL_TOKEN=LOCAL)) as client:
        yield client


@asynccontextmanager
async def assistant(http: TestClient, mode: str, token: str = TOKEN) -> AsyncIterator[Client]:
    """The official client, with either form of the protocol."""
    async with create_mcp_http_client(headers=bearer(token)) as connection:
        transport = streamable_http_client(str(http.make_url("/mcp")), http_client=connection)
        async with Client(transport, mode=mode) as client:
            yield client


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_official_client_finds_and_calls_every_tool(http: TestClient, mode: str) -> None:
    async with assistant(http, mode) as client:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["decide", "ask", "triage"]
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        result = await client.call_tool("decide", {"data": "no"})
        assert not result.is_error
        assert result.structured_content["verdict"] == "prompt_engineering"
        assert json.loads(result.content[0].text) == result.structured_content
        asked = await client.call_tool("ask", {"text": "what is fine-tuning?"})
        assert asked.structured_content["decision"] in ("answer", "offer")
        triaged = await client.call_tool("triage", {"ideas": ["a bot", ""]})
        assert len(triaged.structured_content["result"]) == 2


async def test_a_mistake_is_a_result_that_the_assistant_can_mend(http: TestClient) -> None:
    async with assistant(http, "legacy") as client:
        result = await client.call_tool("decide", {"data": "lots"})
        assert result.is_error
        assert "Known: yes, no, unsure" in result.content[0].text


async def test_every_request_stands_alone(http: TestClient) -> None:
    """No handshake before it, no session in the answer: any replica may serve it."""
    call = request("tools/call", name="decide", arguments={"data": "no"})
    async with http.post("/mcp", json=call, headers=HEADERS | bearer(TOKEN)) as response:
        assert response.status == 200
        assert response.content_type == "application/json"
        assert "Mcp-Session-Id" not in response.headers
        assert (await response.json())["result"]["structuredContent"]["verdict"] == "prompt_engineering"


async def test_half_a_character_does_no_harm(http: TestClient) -> None:
    call = json.dumps(request("tools/call", name="triage", arguments={"ideas": ["\ud83d we have 40,000 examples"]}))
    async with http.post("/mcp", data=call, headers=HEADERS | bearer(TOKEN)) as response:
        assert response.status < 500
        await response.json()


@pytest.mark.parametrize("token", [TOKEN, LOCAL])
async def test_either_token_lets_in(http: TestClient, token: str) -> None:
    async with http.post("/mcp", json=request("tools/list"), headers=HEADERS | bearer(token)) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "sent",
    [
        {},
        bearer("wrong"),
        bearer(""),
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer caf\u00e9"},
        bearer(LOCAL) | {"X-Forwarded-For": "10.0.0.1"},
        bearer(LOCAL) | {"Host": "advisor.example"},
    ],
)
async def test_nobody_else_gets_in(http: TestClient, sent: dict[str, str]) -> None:
    async with http.post("/mcp", json=request("tools/list"), headers=HEADERS | sent) as response:
        assert response.status == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_the_token_for_assistants_may_come_through_a_proxy(http: TestClient) -> None:
    sent = bearer(TOKEN) | {"X-Forwarded-For": "10.0.0.1", "Host": "advisor.example"}
    async with http.post("/mcp", json=request("tools/list"), headers=HEADERS | sent) as response:
        assert response.status == 200


async def test_without_a_token_of_its_own_only_the_local_one_counts(advisor: Advisor) -> None:
    async with running(endpoint(advisor, ADVISOR_LOCAL_TOKEN=LOCAL)) as http:
        for token, status in ((LOCAL, 200), ("", 401), ("None", 401)):
            async with http.post("/mcp", json=request("tools/list"), headers=HEADERS | bearer(token)) as response:
                assert response.status == status


async def test_beside_slack_the_local_token_alone_is_not_enough(advisor: Advisor) -> None:
    """Where it turns nothing on for this machine, as with an app id for Teams, it opens nothing here either."""
    signed = {
        "MICROSOFT_APP_ID": "11111111-2222-3333-4444-555555555555",
        "MICROSOFT_APP_PASSWORD": "x",
        "MICROSOFT_APP_TYPE": "MultiTenant",
    }
    async with running(endpoint(advisor, ADVISOR_LOCAL_TOKEN=LOCAL, ADVISOR_MCP_TOKEN=TOKEN, **signed)) as http:
        for token, status in ((LOCAL, 401), (TOKEN, 200)):
            async with http.post("/mcp", json=request("tools/list"), headers=HEADERS | bearer(token)) as response:
                assert response.status == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"decide"',
        b"\xff\xfe",
        b"[" * 10_000,
        json.dumps({"jsonrpc": "2.0", "id": 1}).encode(),
        json.dumps({"jsonrpc": "1.0", "id": 1, "method": "tools/list"}).encode(),
        json.dumps([request("tools/list")] * 3).encode(),
    ],
)
async def test_a_body_that_is_no_request_is_refused(http: TestClient, body: bytes) -> None:
    async with http.post("/mcp", data=body, headers=HEADERS | bearer(TOKEN)) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    "call",
    [
        request("tools/destroy"),
        request("tools/call"),
        request("tools/call", name=7),
        request("tools/call", name="decide", arguments=[]),
        request("resources/read"),
        request("resources/read", uri="file:///etc/passwd"),
        request("prompts/get", name="triage_backlog", arguments={"ideas": 7}),
        request("subscriptions/listen"),
    ],
)
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28", "tomorrow", None])
async def test_a_request_that_cannot_be_served_gets_an_error(
    http: TestClient, call: dict[str, Any], version: str | None
) -> None:
    sent = {"MCP-Protocol-Version": version} if version else {}
    async with http.post("/mcp", json=call, headers=HEADERS | bearer(TOKEN) | sent) as response:
        assert response.status < 500
        assert "error" in await response.json()


async def test_a_body_that_is_too_large(http: TestClient) -> None:
    async with http.post("/mcp", data=BytesIO(b"x" * (MAX_BODY + 1)), headers=HEADERS | bearer(TOKEN)) as response:
        assert response.status == 413


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
async def test_only_posts_are_served(http: TestClient, method: str) -> None:
    async with http.request(method, "/mcp", headers=HEADERS | bearer(TOKEN)) as response:
        assert response.status == 405


async def test_without_the_sdk_it_says_what_to_install(advisor: Advisor) -> None:
    def load() -> None:
        raise ExtraMissing("The Model Context Protocol", "mcp")

    async with (
        running(McpEndpoint(load, token=TOKEN, local_token=None)) as http,
        http.post("/mcp", json=request("tools/list"), headers=HEADERS | bearer(TOKEN)) as response,
    ):
        assert response.status == 501
        assert "[mcp]" in await response.text()
