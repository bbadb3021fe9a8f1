"""Runs the `advisor` command as a shell would, in a state folder of its own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from bot.storage.embedded_server import EmbeddedServer
from tests.patience import STARTING
from tests.shipped import STATE

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "import sys; from bot.commands import main; sys.exit(main())"]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """What a process gets: nothing of ours but the given settings, and a state folder below this one."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    state = folder / "state"
    if not state.exists():
        state.mkdir(mode=0o700)
        (STATE / "fitted").mkdir(parents=True, exist_ok=True)
        (state / "fitted").symlink_to(STATE / "fitted")
    return {**kept, "PYTHONPATH": str(ROOT), "ADVISOR_STATE": str(state), "USER": "ana", **settings}


def end_server(folder: Path) -> None:
    """Ends the embedded server that a killed process has left behind in this folder, if any."""
    state = folder / "state"
    if (state / "redis" / "valkey.pid").exists():
        asyncio.run(_adopt_and_end(state))


async def _adopt_and_end(state: Path) -> None:
    await (await EmbeddedServer.open(state)).close()


def advisor(folder: Path, *words: str, typed: str | bytes = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end in a folder, with `typed` on standard input."""
    done = subprocess.run(
        [*COMMAND, *words],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        env=environment(folder, **settings),
        cwd=folder,
        timeout=STARTING,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
