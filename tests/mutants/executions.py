"""Which tests execute a line of the product, and how long they take: recorded once, kept until the product changes."""

import ast
import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from coverage import CoverageData

from tests.mutants.mistakes import Mutant

MOST = 150
"""Tests to run for one mistake before the wider set."""

SECONDS = 30.0
"""How long they take together at most, without a mistake; the first is run in any case."""


class Executions:
    """The record in a folder: coverage's data with the tests as contexts, and the seconds of each test."""

    def __init__(self, folder: Path, files: Collection[str]) -> None:
        """Takes the files of tests that are there: the record may know others, which went since."""
        self._lines = CoverageData(str(folder / "lines.db"))
        self._lines.read()
        seconds: dict[str, float] = json.loads((folder / "seconds.json").read_bytes())
        self._seconds = {test: took for test, took in seconds.items() if test.partition("::")[0] in files}

    def tests(self, mutant: Mutant, source: bytes) -> list[str]:
        """Some that execute what is mistaken, in the order to run them in: one of each function, a second of each, …"""
        by_line = self._lines.contexts_by_lineno(mutant.file)
        for lines in places(mutant, source):
            found = {test for line in lines for test in by_line.get(line, ()) if test in self._seconds}
            if found:
                return self._first(found)
        return []

    def seconds(self, tests: Sequence[str]) -> float:
        """How long they took together."""
        return sum(self._seconds[test] for test in tests)

    def seconds_below(self, paths: Sequence[str]) -> float:
        """How long all tests in these files and folders took together."""
        return sum(seconds for test, seconds in self._seconds.items() if test.startswith(tuple(paths)))

    def _first(self, found: set[str]) -> list[str]:
        before, turns = Counter[str](), dict[str, int]()
        for test in sorted(found, key=lambda test: (self._seconds[test], test)):
            function = test.partition("[")[0]
            turns[test] = before[function]
            before[function] += 1
        chosen = list[str]()
        for test in sorted(turns, key=lambda test: (turns[test], self._seconds[test], test))[:MOST]:
            if chosen and self.seconds([*chosen, test]) > SECONDS:
                break
            chosen.append(test)
        return chosen


def places(mutant: Mutant, source: bytes) -> Iterator[set[int]]:
    """The lines that a mistake changes the effect of, the nearest first: its own, those of its statement, all of the
    file. What runs at import belongs to no test: there, the function or the lines that mention what is defined."""
    first, last = (source.count(b"\n", 0, at) + 1 for at in (mutant.start, mutant.end))
    tree = ast.parse(source)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    around = [node for node in statements if node.lineno <= first and last <= (node.end_lineno or 0)]
    inner = around[-1]  # they come from the outermost on
    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
        yield set(range(inner.body[0].lineno, (inner.end_lineno or 0) + 1))
    elif any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in around):
        yield set(range(first, last + 1))
        yield {inner.lineno}
    else:
        names = {node.id for node in ast.walk(inner) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        uses = (node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute))
        yield {use.lineno for use in uses if (use.id if isinstance(use, ast.Name) else use.attr) in names}
    yield set(range(1, source.count(b"\n") + 2))


def recorded(
    tree: Path, files: Sequence[str], cache: Path, passes: Callable[[list[str], Path], bool]
) -> Executions | None:
    """The record for these files of tests, made anew where the rest of the tree has changed, else only of those files
    that have. Nothing where a test fails: `passes` runs files with a folder to record to."""
    others = sorted(path for path in _content(tree) if path not in files)
    folder = cache / _hash(tree, others)
    known_file = folder / "files.json"
    known: dict[str, str] = json.loads(known_file.read_bytes()) if known_file.exists() else {}
    hashes = {file: _hash(tree, [file]) for file in files}
    if changed := [file for file in files if known.get(file) != hashes[file]]:
        if not known:
            shutil.rmtree(cache, ignore_errors=True)
            folder.mkdir(parents=True)
        if not passes(changed, folder):
            return None
        known_file.write_text(json.dumps(hashes))
    return Executions(folder, hashes)


def _content(tree: Path) -> Iterator[str]:
    for top in ("knowledge", "dialogs", "bot", "tests"):
        for file in (tree / top).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield str(file.relative_to(tree))


def _hash(tree: Path, files: Sequence[str]) -> str:
    total = sha256()
    for file in files:
        total.update(f"{file}\0{sha256((tree / file).read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
