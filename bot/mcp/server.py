"""The protocol's server, by the official SDK. Only this module imports it, so that it is loaded only when needed."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError

from bot.mcp.documents import BACKLOG, IDEAS, documents
from bot.mcp.tools import BadCall, ToolDefinition, call, definitions
from bot.server.request_body import MAX_BODY
from dialogs.advisor import Advisor

NAME = "advisor"

log = logging.getLogger(__name__)


class _Handlers:
    """The protocol's methods. None of them stores anything."""

    def __init__(self, advisor: Advisor, today: Callable[[], date]) -> None:
        self._advisor = advisor
        self._today = today
        self._tools = {tool.name: tool for tool in definitions(advisor, today)}

    async def list_tools(self, _context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(tool) for tool in self._tools.values()])

    async def call_tool(self, _context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        """A mistake in the arguments is a result as well: the assistant reads and corrects it."""
        try:
            result = await call(self._tools, self._advisor.catalogue, params.name, params.arguments or {})
        except BadCall as error:
            return types.CallToolResult(content=[types.TextContent(text=str(error))], is_error=True)
        # JSON can hold unpaired surrogates, which UTF-8 cannot encode.
        clean = json.loads(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace"))
        text = json.dumps(clean, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=clean)

    async def list_resources(self, _context: Any, _params: Any) -> types.ListResourcesResult:
        about = [asdict(one) for one in documents(self._advisor, self._today()).values()]
        resources = [types.Resource(**{name: part[name] for name in part.keys() - {"text"}}) for part in about]
        return types.ListResourcesResult(resources=resources)

    async def read_resource(self, _context: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        found = documents(self._advisor, self._today()).get(str(params.uri))
        if found is None:
            message = self._advisor.catalogue.mcp_text("unknown_resource", name=str(params.uri))
            raise MCPError(types.INVALID_PARAMS, message)
        contents = types.TextResourceContents(uri=found.uri, mime_type=found.mime_type, text=found.text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(self, _context: Any, _params: Any) -> types.ListPromptsResult:
        catalogue = self._advisor.catalogue
        ideas = types.PromptArgument(name=IDEAS, description=catalogue.mcp_text("backlog_argument"), required=False)
        prompt = types.Prompt(
            name=BACKLOG,
            title=catalogue.mcp_text("backlog_title"),
            description=catalogue.mcp_text("backlog"),
            arguments=[ideas],
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def get_prompt(self, _context: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        catalogue = self._advisor.catalogue
        if params.name != BACKLOG:
            raise MCPError(types.INVALID_PARAMS, catalogue.mcp_text("unknown_prompt", name=params.name))
        ideas = (params.arguments or {}).get(IDEAS, "")
        text = catalogue.mcp_text("backlog_request", subject=self._advisor.pack.subject, ideas=ideas).strip()
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(description=catalogue.mcp_text("backlog"), messages=[message])


def build_server(advisor: Advisor, version: str, today: Callable[[], date]) -> Server[Any]:
    """The server on the advisor's pack. It holds no state."""
    handlers, pack, catalogue = _Handlers(advisor, today), advisor.pack, advisor.catalogue
    return Server(
        NAME,
        version=version,
        title=pack.title,
        instructions=catalogue.mcp_text("instructions", subject=pack.subject, count=len(pack.questions)),
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
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
