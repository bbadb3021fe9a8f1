"""`advisor mcp` and `/mcp` of `advisor serve`, as processes, with the official client."""

import asyncio
import sys
from pathlib import Path

from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from tests.bot.run import COMMAND, advisor, environment
from tests.knowledge.pack_copies import SMALL
from tests.serving import printed, serving, status

MEDICAL = {"data": "yes", "volume": "unsure", "domain": "specialised", "budget": "unsure", "consistency": "predictable"}


async def test_on_standard_input_and_output(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "mcp"], env=environment(tmp_path), cwd=tmp_path
    )
    async with Client(stdio_client(command, errlog=sys.stderr)) as client:
        result = await client.call_tool("decide", MEDICAL)
        assert result.structured_content["verdict"] == "fine_tuning"


def test_standard_input_that_ends_ends_it(tmp_path: Path) -> None:
    done = advisor(tmp_path, "mcp", typed="this is no message\n", ADVISOR_PACK=str(SMALL))
    assert done.returncode == 0
    assert all(line.startswith("{") for line in done.stdout.splitlines())


def test_the_server_serves_it_with_the_local_token(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, said):
        page = printed(said)
        url = str(page.origin() / "mcp")
        assert status(url, b"{}") == 401
        assert asyncio.run(decided(url, page.query["token"])) == "fine_tuning"


async def decided(url: str, token: str) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        create_mcp_http_client(headers=headers) as connection,
        Client(streamable_http_client(url, http_client=connection)) as client,
    ):
        result = await client.call_tool("decide", MEDICAL)
        return result.structured_content["verdict"]


def test_a_token_alone_is_something_to_serve(tmp_path: Path) -> None:
    """On an address for everybody, without a channel, and without the playground."""
    settings = {"ADVISOR_HOST": "0.0.0.0", "ADVISOR_MCP_TOKEN": "for-assistants", "ADVISOR_PACK": str(SMALL)}
    with serving(tmp_path, **settings) as (_, said):
        assert "POST /mcp, for assistants" in said
        port = said.rsplit(":", 1)[1].strip()
        sent = {
            "Authorization": "Bearer for-assistants",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        body = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'
        assert status(f"http://127.0.0.1:{port}/mcp", body, **sent) in (200, 406)
        assert status(f"http://127.0.0.1:{port}/mcp", body) == 401
        assert status(f"http://127.0.0.1:{port}/") == 404
