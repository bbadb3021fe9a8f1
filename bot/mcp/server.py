"""The protocol's server, by the official SDK. Only this module imports it, so that it is loaded only when needed."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from bot.batch.jsonl import BadLine
from bot.mcp.tools import ToolDefinition, call, definitions
from bot.server.request_body import MAX_BODY
from dialogs.advisor import Advisor

NAME = "advisor"


def build_server(advisor: Advisor, version: str, today: Callable[[], date]) -> Server[Any]:
    """The server on the advisor's pack. It holds no state, and its tools store nothing."""
    tools, pack, catalogue = definitions(advisor, today), advisor.pack, advisor.catalogue

    async def list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(tool) for tool in tools.values()])

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        """A mistake in the arguments is a result as well: the assistant reads and corrects it."""
        try:
            result = await call(tools, catalogue, params.name, params.arguments or {})
        except BadLine as error:
            return types.CallToolResult(content=[types.TextContent(text=str(error))], is_error=True)
        # JSON can hold unpaired surrogates, which UTF-8 cannot encode.
        clean = json.loads(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace"))
        text = json.dumps(clean, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=clean)

    return Server(
        NAME,
        version=version,
        title=pack.title,
        instructions=catalogue.mcp_text("instructions", subject=pack.subject, count=len(pack.questions)),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def session_manager(server: Server[Any]) -> StreamableHTTPSessionManager:
    """Streamable HTTP without sessions, each answer one piece of JSON, so that any replica can serve any request."""
    return StreamableHTTPSessionManager(server, json_response=True, stateless=True, max_request_body_size=MAX_BODY)


async def serve_stdio(server: Server[Any]) -> None:
    """Serves one client on standard input and output, until it closes them."""
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _tool(tool: ToolDefinition) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input,
        output_schema=tool.output,
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )
