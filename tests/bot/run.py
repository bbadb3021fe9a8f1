"""Runs the `advisor` command as a shell would, in a state folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "import sys; from bot.commands import main; sys.exit(main())"]
SECONDS = 60


def environment(state: Path, **settings: str) -> dict[str, str]:
    """What a process gets: nothing of ours but the given settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "ADVISOR_STATE": str(state), "USER": "ana", **settings}


def advisor(state: Path, *words: str, typed: str | bytes = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end with `typed` on standard input."""
    done = subprocess.run(
        [*COMMAND, *words],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        env=environment(state, **settings),
        cwd=state,
        timeout=SECONDS,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
