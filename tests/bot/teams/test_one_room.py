"""Only one module knows the framework, so that a successor can take its place; other channels are not loaded."""

import ast
import subprocess
import sys
from pathlib import Path

import bot

FRAMEWORKS = {"botbuilder", "botframework", "msrest"}
ROOM = "teams/framework.py"


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_one_module_imports_the_framework() -> None:
    root = Path(bot.__file__).parent
    users = [file for file in root.rglob("*.py") if imported(file) & FRAMEWORKS]
    assert [file.relative_to(root).as_posix() for file in users] == [ROOM]


def test_teams_loads_nothing_of_slack() -> None:
    code = "import bot.teams.app, sys; print(*[m for m in sys.modules if m.startswith(('slack', 'bot.slack'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
