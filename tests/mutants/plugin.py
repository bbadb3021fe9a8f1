"""A plugin for pytest: records which test executes which lines of the product, or runs chosen tests only."""

import json
from collections.abc import Generator
from pathlib import Path
from time import perf_counter

import coverage
import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two options."""
    parser.addoption("--record", type=Path, help="a folder: coverage of each test, and its seconds, are added to it")
    parser.addoption("--chosen", type=Path, help="a JSON list of tests: these are run, in this order, and no other")


def pytest_configure(config: pytest.Config) -> None:
    """Starts to record where that was asked for."""
    if config.getoption("record"):
        config.pluginmanager.register(Recorder(config.getoption("record")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps the chosen tests. One that a mistake has removed, since it changed what tests run for, is no failure."""
    if config.getoption("chosen"):
        order = {test: at for at, test in enumerate(json.loads(config.getoption("chosen").read_bytes()))}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in order])
        items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


class Recorder:
    """Each test is a context of its own in coverage's data."""

    def __init__(self, folder: Path) -> None:
        self._seconds, self._file = dict[str, float](), folder / "seconds.json"
        self._coverage = coverage.Coverage(
            folder / "lines.db", source=["knowledge", "dialogs", "bot"], config_file=False
        )
        self._coverage.set_option("run:relative_files", True)
        self._coverage.set_option("run:core", "ctrace")  # the newer one knows no contexts
        self._coverage.load()
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Records a test with what its fixtures do."""
        self._coverage.switch_context(item.nodeid)
        begun = perf_counter()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = perf_counter() - begun
            self._coverage.switch_context("")

    def pytest_sessionfinish(self) -> None:
        """Writes what was recorded; what stood there of other files stays."""
        self._coverage.stop()
        self._coverage.save()
        before = json.loads(self._file.read_bytes()) if self._file.exists() else {}
        files = {test.partition("::")[0] for test in self._seconds}
        kept = {test: seconds for test, seconds in before.items() if test.partition("::")[0] not in files}
        self._file.write_text(json.dumps(kept | self._seconds))
