"""`advisor slack-manifest`: the manifest to paste into Slack, which creates the app."""

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot import templates
from bot.commands.output import print_error

PLACEHOLDER = "https://YOUR-ADDRESS"
MCP_TOKEN = "YOUR-MCP-TOKEN"  # noqa: S105 – what has to be replaced


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Prints the manifest, as JSON, with the address filled in or, for Socket Mode, without addresses."""
    address = arguments.url
    if address is not None and not _is_address(address):
        print_error("--url: it must begin with https:// and name a host, like https://advisor.example.com")
        return 2
    if arguments.mcp and arguments.socket and address is None:
        print_error("--mcp: Slack calls MCP servers over HTTP, in Socket Mode as well. Say where with --url.")
        return 2
    made = manifest(address, socket_mode=arguments.socket, mcp=arguments.mcp)
    print(json.dumps(made, indent=2, ensure_ascii=False))
    if address is None and not arguments.socket:
        print_error(f"Put your address in place of {PLACEHOLDER}, or say it with --url.")
    if arguments.mcp:
        print_error(f"Put the value of ADVISOR_MCP_TOKEN in place of {MCP_TOKEN}.")
    return 0


def manifest(address: str | None, *, socket_mode: bool, mcp: bool = False) -> dict[str, Any]:
    """The manifest. `address` is where Slack reaches the advisor; without one the placeholder stays, or nothing in
    Socket Mode. `mcp`: Slack's own assistant may call the advisor."""
    made: dict[str, Any] = json.loads((templates.FOLDER / "slack" / "manifest.json").read_text(encoding="utf-8"))
    if socket_mode:
        made = _without_addresses(made)
        made["settings"]["socket_mode_enabled"] = True
    if mcp:
        headers = {"Authorization": f"Bearer {MCP_TOKEN}"}
        made["mcp_servers"] = {"advisor": {"url": f"{PLACEHOLDER}/mcp", "auth_type": "no_auth", "headers": headers}}
        made["oauth_config"]["scopes"]["bot"].append("mcp:connect")
    if address is None:
        return made
    filled: dict[str, Any] = json.loads(json.dumps(made).replace(PLACEHOLDER, address.rstrip("/")))
    return filled


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname) and not parts.query and '"' not in text and "\\" not in text


def _without_addresses(part: Any) -> Any:
    """The same without whatever leads to an address."""
    match part:
        case dict():
            kept = {name: _without_addresses(value) for name, value in part.items() if not _leads(value)}
            return {name: value for name, value in kept.items() if value != []}
        case list():
            return [_without_addresses(value) for value in part if not _leads(value)]
        case _:
            return part


def _leads(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(PLACEHOLDER)
