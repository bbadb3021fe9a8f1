"""Which tests are beside a module of the product."""

import ast
from collections.abc import Iterator
from pathlib import Path

ALSO = {"knowledge": ("tests/dialogs", "tests/transcripts"), "dialogs": ("tests/transcripts",), "bot": ()}
"""Where else a layer is tested, beside the folder that is named like its own."""

NOT_BESIDE = ("tests/browser", "tests/faults", "tests/bench", "tests/eval", "tests/bot/playground")
"""Slow, or about something else."""


class Related:
    """Which tests are beside a module: by what they import and by the folders' names, so that no list goes stale."""

    def __init__(self, root: Path) -> None:
        self._root = root
        files = sorted(str(file.relative_to(root)) for file in (root / "tests").rglob("test_*.py"))
        files = [file for file in files if not file.startswith(NOT_BESIDE)]
        self._imported = {file: set(_imports((root / file).read_bytes())) for file in files}

    @property
    def files(self) -> list[str]:
        """All that are beside some module."""
        folders = ("tests/transcripts/", *(f"tests/{layer}/" for layer in ALSO))
        imports = {file: {name.partition(".")[0] for name in names} for file, names in self._imported.items()}
        return [file for file in self._imported if file.startswith(folders) or imports[file] & ALSO.keys()]

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
