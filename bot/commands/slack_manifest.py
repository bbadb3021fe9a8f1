"""`advisor slack-manifest`: what is pasted into Slack to make the app there."""

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot import templates
from bot.commands.console import print_error

PLACEHOLDER = "https://YOUR-ADDRESS"


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Prints the manifest, as JSON, with the address filled in or, for Socket Mode, without addresses."""
    address = arguments.address
    if address is not None and not _is_address(address):
        print_error("--address: it must begin with https:// and name a host, like https://advisor.example.com")
        return 2
    manifest = json.loads((templates.FOLDER / "slack" / "manifest.json").read_text(encoding="utf-8"))
    if arguments.socket_mode:
        manifest = _without_addresses(manifest)
        manifest["settings"]["socket_mode_enabled"] = True
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    print(text if address is None else text.replace(PLACEHOLDER, address.rstrip("/")))
    if address is None and not arguments.socket_mode:
        print_error(f"Put your address in place of {PLACEHOLDER}, or say it with --address.")
    return 0


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
