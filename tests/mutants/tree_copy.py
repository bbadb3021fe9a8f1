"""A copy of the working tree, and pytest in it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.mutants.mistakes import Mutant
from tests.mutants.related import NOT_BESIDE, Related

ROOT = Path(__file__).parents[2]

BOUNDS = 'ulimit -t "$0"; ulimit -v 16000000 2>/dev/null; exec "$@"'
"""Seconds of processor time, and kB of memory, for each process that tests one mistake: a busy machine is no reason."""

PROCESSOR = 300
"""Seconds of processor time beside those that the tests take without a mistake."""

LIMIT = 3600.0
"""Seconds for the tests of one mistake, where nothing else ends them. Those hang, so it was noticed."""


def tells(status: int, said: str) -> bool:
    """Whether pytest's exit status tells something about the product: 4 does where a mistake keeps a `conftest.py` from
    being imported, and not where pytest was called wrongly.
    """
    if status == pytest.ExitCode.USAGE_ERROR:
        return "ImportError while loading conftest" in said
    return status in (0, 1, 2, pytest.ExitCode.NO_TESTS_COLLECTED, -signal.SIGXCPU, -signal.SIGKILL)


class Copy:
    """A copy of the working tree in which one mistake at a time is tried out."""

    def __init__(self, room: Path) -> None:
        self.tree, self._temporary = room / "tree", room / "tmp"
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        for name in subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0"):
            if name and (ROOT / name).is_file():
                (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.tree / name)
        self.related = Related(self.tree)

    @contextmanager
    def mistaken(self, mutant: Mutant, source: bytes) -> Iterator[None]:
        """The copy with a mistake in it, for as long as the block lasts."""
        file = self.tree / mutant.file
        try:
            self._write(file, mutant.applied(source))
            yield
        finally:
            self._write(file, source)

    def _write(self, file: Path, source: bytes) -> None:
        file.write_bytes(source)
        for kept in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
            kept.unlink()  # a file of the same length and second is not compiled again

    def records(self, files: Sequence[str], folder: Path) -> bool:
        """Whether these files pass; what they execute is added to the folder's record."""
        return self._run([*files, "--record", str(folder.absolute())], 0, LIMIT) == 0

    def passes_chosen(self, tests: Sequence[str], seconds: float) -> bool:
        """Whether single tests pass that take so long without a mistake."""
        chosen = self._temporary.with_suffix(".json")
        chosen.write_text(json.dumps(tests))
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        # None left is no failure: a mistake may change what a test is run for.
        return self._run([*files, "--chosen", str(chosen)], int(30 + 3 * seconds), 90 + 5 * seconds) in (0, 5)

    def passes(self, tests: Sequence[str], seconds: float) -> bool:
        """Whether these files and folders pass that take so long without a mistake."""
        return self._run(tests, int(PROCESSOR + seconds), LIMIT) == 0

    def _run(self, arguments: Sequence[str], processor: int, limit: float) -> int:
        """Pytest's exit status; 0 seconds of processor time are no bound."""
        self._temporary.mkdir()
        command = ["sh", "-c", BOUNDS, str(processor or "unlimited"), sys.executable, "-m", "pytest", *arguments]
        command += ["-p", "tests.mutants.plugin", "-p", "no:cacheprovider", "-x", "--tb=line"]
        command += [f"--basetemp={self._temporary / 'p'}"]  # short: sockets lie below
        command += [f"--ignore={folder}" for folder in NOT_BESIDE]
        here = {"PYTHONPATH": str(self.tree), "TMPDIR": str(self._temporary), "CI": ""}
        log = self._temporary.with_suffix(".log")
        with (
            log.open("wb") as told,
            subprocess.Popen(
                command, cwd=self.tree, env=os.environ | here, stdout=told, stderr=told, start_new_session=True
            ) as process,
        ):
            try:
                status = process.wait(limit)
            except subprocess.TimeoutExpired:
                status = -signal.SIGKILL
            finally:
                self._end(process)
        if not tells(status, log.read_text(errors="replace")):
            raise RuntimeError(f"pytest ended with {status}: {self.said()}")
        return status

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Ends whatever the tests started; their server of sessions is in a session of its own."""
        for kept in self._temporary.rglob("valkey.pid"):
            with suppress(OSError, ValueError):
                os.kill(int(kept.read_text()), signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(self._temporary, ignore_errors=True)

    def said(self) -> str:
        """The end of what pytest said last."""
        return self._temporary.with_suffix(".log").read_text(errors="replace")[-2000:]
