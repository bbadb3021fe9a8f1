"""What do the tests notice? Puts one small mistake at a time into a copy of the product and runs the tests beside it.

    python -m tests.mutants --count 100 --seed 1 [folder or module …]

The same seed draws the same mistakes from the same sources. Prints each mistake that no test noticed, and the share of
those that some test did. The working tree is only read. Exit status 1 when the tests fail without any mistake.
"""

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.mutants.mistakes import Mutant, mutants

ROOT = Path(__file__).parents[2]
PRODUCT = ("knowledge", "dialogs", "bot")
SPARED = ("bot/playground/",)
"""No part of what is deployed."""

ALSO = {"knowledge": ("tests/dialogs", "tests/transcripts"), "dialogs": ("tests/transcripts",), "bot": ()}
"""Where else a layer is tested, beside the folder that is named like its own."""

NOT_BESIDE = ("tests/browser", "tests/faults", "tests/bench", "tests/eval", "tests/bot/playground")
"""Slow, or about something else."""

BOUNDS = 'ulimit -t 300; ulimit -v 16000000 2>/dev/null; exec "$@"'
"""Seconds of processor time, and kB of memory, for each process that tests one mistake: a busy machine is no reason."""

LIMIT = 3600.0
"""Seconds for the tests of one mistake, where nothing else ends them. Those hang, so it was noticed."""


def sources(wanted: Sequence[str]) -> dict[str, bytes]:
    """The product's files by their path, all or those below the wanted ones."""
    files = (file for layer in PRODUCT for file in sorted((ROOT / layer).rglob("*.py")))
    paths = [str(file.relative_to(ROOT)) for file in files if "node_modules" not in file.parts]
    kept = [path for path in paths if not path.startswith(SPARED) and (not wanted or path.startswith(tuple(wanted)))]
    return {path: (ROOT / path).read_bytes() for path in kept}


class Related:
    """Which tests are beside a module: by what they import and by the folders' names, so that no list goes stale."""

    def __init__(self, root: Path) -> None:
        self._root = root
        files = sorted(str(file.relative_to(root)) for file in (root / "tests").rglob("test_*.py"))
        files = [file for file in files if not file.startswith(NOT_BESIDE)]
        self._imported = {file: set(_imports((root / file).read_bytes())) for file in files}

    def stages(self, module: str) -> list[list[str]]:
        """What to run first, and what to run where that has noticed nothing."""
        return [tests for tests in (self.importing(module), self.folders(module)) if tests]

    def importing(self, module: str) -> list[str]:
        """The files that import it, or the package it stands in."""
        dotted = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        package = dotted.rpartition(".")[0]
        names = {dotted, package} if "." in package else {dotted}
        return [file for file, imported in self._imported.items() if imported & names]

    def folders(self, module: str) -> list[str]:
        """The nearest folder of tests that is named like the module's, and where else its layer is tested."""
        folder = Path(module).parent
        while not (self._root / "tests" / folder).is_dir():
            folder = folder.parent
        return [f"tests/{folder}", *ALSO[folder.parts[0]]]


def _imports(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


class Copy:
    """A copy of the working tree in which one mistake at a time is tried out."""

    def __init__(self, room: Path) -> None:
        self._tree, self._temporary = room / "tree", room / "tmp"
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        for name in subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0"):
            if name and (ROOT / name).is_file():
                (self._tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self._tree / name)
        self.related = Related(self._tree)

    def notices(self, mutant: Mutant, source: bytes) -> bool:
        """Whether a test fails with it: one that imports the module, else one of the folders beside it."""
        file = self._tree / mutant.file
        try:
            self._write(file, mutant.applied(source))
            return any(not self.passes(tests) for tests in self.related.stages(mutant.file))
        finally:
            self._write(file, source)

    def _write(self, file: Path, source: bytes) -> None:
        file.write_bytes(source)
        for kept in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
            kept.unlink()  # a file of the same length and second is not compiled again

    def passes(self, tests: Iterable[str]) -> bool:
        """Whether these tests pass."""
        self._temporary.mkdir()
        command = ["sh", "-c", BOUNDS, "sh", sys.executable, "-m", "pytest", *tests, "-x", "--tb=line"]
        command += ["-p", "no:cacheprovider", f"--basetemp={self._temporary / 'p'}"]  # short: sockets lie below
        command += [f"--ignore={folder}" for folder in NOT_BESIDE]
        here = {"PYTHONPATH": str(self._tree), "TMPDIR": str(self._temporary), "CI": ""}
        log = self._temporary.with_suffix(".log")
        with (
            log.open("wb") as told,
            subprocess.Popen(
                command, cwd=self._tree, env=os.environ | here, stdout=told, stderr=told, start_new_session=True
            ) as process,
        ):
            try:
                status = process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                status = -signal.SIGKILL
            finally:
                self._end(process)
        if status not in (0, 1, 2, -signal.SIGXCPU, -signal.SIGKILL):
            raise RuntimeError(f"pytest ended with {status}: {log.read_text()[-2000:]}")
        return status == 0

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
        return self._temporary.with_suffix(".log").read_text()[-2000:]


def draw(files: dict[str, bytes], count: int, seed: int) -> list[Mutant]:
    """So many of all mistakes, by the seed."""
    everything = sorted(mutant for file, source in files.items() for mutant in mutants(file, source))
    return sorted(random.Random(seed).sample(everything, min(count, len(everything))))


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("wanted", nargs="*", help="only below these folders or in these modules")
    asked = parser.parse_args()
    files = sources(asked.wanted)
    drawn = draw(files, asked.count, asked.seed)
    with TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(asked.jobs):
            copies.put(Copy(Path(folder) / str(number)))
        first = copies.get()
        beside = {name for mutant in drawn for stage in first.related.stages(mutant.file) for name in stage}
        if not first.passes(sorted(beside)):
            print(f"The tests fail without any mistake:\n{first.said()}", file=sys.stderr)
            return 1
        copies.put(first)

        def tried(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                noticed = copy.notices(mutant, files[mutant.file])
            finally:
                copies.put(copy)
            print(
                "." if noticed else f"\nNobody noticed {mutant.told(files[mutant.file])}",
                end="\n"[noticed:],
                flush=True,
            )
            return noticed

        with ThreadPoolExecutor(asked.jobs) as pool:
            noticed = list(pool.map(tried, drawn))
    report(drawn, noticed)
    return 0


def report(drawn: Sequence[Mutant], noticed: Sequence[bool]) -> None:
    """Prints the figures by folder and for all."""
    of, found = Counter[str](), Counter[str]()
    for mutant, was in zip(drawn, noticed, strict=True):
        for name in (str(Path(mutant.file).parent), "all"):
            of[name] += 1
            found[name] += was
    print()
    for name in sorted(of, key=lambda name: (name == "all", name)):
        print(f"{name:24} {found[name]:4} of {of[name]:4} noticed, {found[name] / of[name]:.0%}")


if __name__ == "__main__":
    sys.exit(main())
