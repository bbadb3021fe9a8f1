"""`advisor mcp`: the Model Context Protocol on standard input and output, for an assistant that starts this command."""

import asyncio
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.assembly import open_advisor, open_mcp_server
from bot.commands.output import print_error
from bot.config.environment import read_settings


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Serves until the assistant closes its end. Standard output is for the protocol alone."""
    advisor, _ = open_advisor(read_settings(environment), datetime.now(UTC).date(), print_error)
    server = open_mcp_server(advisor)
    from bot.mcp.server import serve_stdio

    asyncio.run(serve_stdio(server))
    return 0
