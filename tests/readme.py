"""Writes what the code knows better: in README.md a conversation as it really goes, in docs/settings.md the settings.

`make docs` writes them; a test compares.
"""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic_core import PydanticUndefined

from bot.config.settings import FIELDS, Settings, setting_type
from bot.storage.embedded_server import EmbeddedServer
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.terminal.chat import TerminalChat
from bot.terminal.text import Screen
from bot.turns.service import Service
from dialogs import catalogue
from dialogs.message import Person
from tests.patience import UNHURRIED
from tests.shipped import shipped

README = Path(__file__).parents[1] / "README.md"
SETTINGS = README.parent / "docs" / "settings.md"
WIDTH = 92
NOON = 1_795_000_000

LINES = (
    "we want summaries of radiology reports. thousands of labelled examples, always in the same format, few a day",
    "money is tight",
    "what if we could invest?",
)

_BUTTONS = re.compile(r"^\[.*\n?", re.MULTILINE)


async def conversation(redis_url: str, prefix: str) -> str:
    """What a terminal shows when these lines are typed, without the buttons."""
    storage = Storage(redis_url, timeouts=UNHURRIED)
    ids, clock = count(1), count(NOON, 20)
    shown: list[str] = []
    chat = TerminalChat(
        service=Service(shipped(), Stores.on(storage, ttl=timedelta(days=1), prefix=prefix)),
        catalogue=catalogue.load(),
        place=Place("terminal:readme"),
        person=Person("you"),
        screen=Screen(WIDTH),
        write=shown.append,
        clock=lambda: next(clock),
        new_id=lambda: str(next(ids)),
    )
    for line in LINES:
        shown.append(f"> {line}")
        await chat.handle_line(line)
    await storage.close()
    return "\n\n".join(_BUTTONS.sub("", part).strip() for part in shown)


def settings_table() -> str:
    """All settings as a Markdown table: variable, type, default, meaning."""
    lines = ["| Variable | Type | Default | Meaning |", "|---|---|---|---|"]
    for variable, name in FIELDS.items():
        field = Settings.model_fields[name]
        shown = f"`{_as_text(field.default)}`" if field.default not in (None, (), PydanticUndefined) else "–"
        lines.append(f"| `{variable}` | {setting_type(variable).description} | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


def _as_text(default: Any) -> str:
    if isinstance(default, timedelta):
        return f"{default.days}d"
    return str(default).lower() if isinstance(default, bool) else str(default)


def talk_part(talk: str) -> str:
    """A conversation as README.md has it."""
    return f"```text\n$ .venv/bin/advisor chat\n\n{talk}\n```"


def write(page: Path, name: str, part: str) -> None:
    """Fills in the marked part of a page."""
    marked = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    page.write_text(marked.sub(lambda found: f"{found[1]}{part.strip()}\n{found[2]}", page.read_text()))


def server() -> Iterator[str]:
    """A server for as long as it is needed."""
    with TemporaryDirectory() as folder:
        running = asyncio.run(EmbeddedServer.open(Path(folder)))
        try:
            yield running.url
        finally:
            asyncio.run(running.close())


if __name__ == "__main__":
    write(SETTINGS, "settings", settings_table())
    for url in server():
        write(README, "conversation", talk_part(asyncio.run(conversation(url, "readme"))))
