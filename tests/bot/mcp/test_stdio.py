"""The protocol over two streams, in one process: what a client gets that never starts another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import anyio
import pytest
from mcp.client.session import ClientSession

from bot.mcp import server as module
from bot.mcp.server import NAME, build_server, serve_stdio
from tests.shipped import shipped


async def test_a_client_on_the_streams_is_served_until_it_closes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    to_server, from_client = anyio.create_memory_object_stream[Any](8)
    to_client, from_server = anyio.create_memory_object_stream[Any](8)

    @asynccontextmanager
    async def streams() -> AsyncIterator[tuple[Any, Any]]:
        yield from_client, to_client

    monkeypatch.setattr(module, "stdio_server", streams)
    ended: list[str] = []

    async def served() -> None:
        await serve_stdio(build_server(shipped(), "1.2.3", lambda: date(2026, 11, 26)))
        ended.append("served")

    with anyio.fail_after(30):
        async with anyio.create_task_group() as group:
            group.start_soon(served)
            async with ClientSession(from_server, to_server) as client:
                begun = await client.initialize()
                assert (begun.server_info.name, begun.server_info.version) == (NAME, "1.2.3")
                tools = {tool.name for tool in (await client.list_tools()).tools}
                assert "decide" in tools
                assert ended == []
            await to_server.aclose()
    assert ended == ["served"]
