"""Writes the parts of README.md that the code knows better: a conversation as it really goes, and the settings.

`make docs` writes them; a test compares.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
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
WIDTH = 92
NOON = 1_795_000_000

OPENING = "we want summaries of radiology reports, we have thousands of labelled examples, always in the same format"

ANSWERS = {
    "data": ["yes, about 1,500"],
    "volume": ["few requests, no hurry"],
    "domain": ["medicine"],
    "budget": ["why?", "flexible"],
    "consistency": ["must be predictable"],
}
"""What is typed when a question is open, one after the other."""


async def conversation(redis_url: str, prefix: str) -> str:
    """What a terminal shows when these lines are typed."""
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
    left = {shipped().pack.question(question).name: list(lines) for question, lines in ANSWERS.items()}
    line = OPENING
    while line:
        shown.append(f"> {line}")
        await chat.handle_line(line)
        asked = re.search(r"^Question \d of \d · (.+)$", shown[-1], re.MULTILINE)
        line = left[asked[1]].pop(0) if asked else ""
    await storage.close()
    return "\n\n".join(shown)


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


def parts(talk: str) -> Mapping[str, str]:
    """The content of each marked part, by its name."""
    return {"conversation": f"```text\n$ .venv/bin/advisor chat\n\n{talk}\n```", "settings": settings_table().strip()}


def written(readme: str, content: Mapping[str, str]) -> str:
    """The page with its marked parts filled in."""
    for name, part in content.items():
        readme = re.sub(
            rf"(<!-- {name}: .*? -->\n).*?(<!-- /{name} -->)",
            lambda m, p=part: f"{m[1]}{p}\n{m[2]}",
            readme,
            flags=re.DOTALL,
        )
    return readme


def server() -> Iterator[str]:
    """A server for as long as it is needed."""
    with TemporaryDirectory() as folder:
        running = asyncio.run(EmbeddedServer.open(Path(folder)))
        try:
            yield running.url
        finally:
            asyncio.run(running.close())


if __name__ == "__main__":
    for url in server():
        README.write_text(written(README.read_text(), parts(asyncio.run(conversation(url, "readme")))))
