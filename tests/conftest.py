"""What tests of several rooms need: one real server for the whole run, and a key prefix for each test."""

import asyncio
import os
import platform
import sys
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from redis import Redis

from bot.storage.embedded_server import EmbeddedServer
from tests import servers

_numbers = count(1)

# How long an example takes says more about the machine than about the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_xdist_auto_num_workers() -> int:
    """Three processes for two cores: tests wait for servers and browsers a third of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores * 3 // 2


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything has to be there (CI), a test that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("CI", "").lower() in ("1", "true"):
        report.outcome = "failed"
        report.longrepr = f"may not be skipped where CI is set: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says on which Python they ran."""
    terminalreporter.write_line(f"Python {platform.python_version()} of {sys.base_prefix}")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real server that starts with the first test that asks for it and ends with the run."""
    # In a thread, since a loop may be running here already: where an async test is the first to ask.
    with TemporaryDirectory(prefix="advisor-tests-") as folder, ThreadPoolExecutor(1) as thread:
        server = thread.submit(asyncio.run, EmbeddedServer.open(Path(folder), binary=servers.program())).result()
        with Redis.from_url(server.url, protocol=2) as client:
            servers.rest(client)
        yield server.url
        thread.submit(asyncio.run, server.close()).result()


@pytest.fixture
def key_prefix() -> str:
    """What the keys of this test begin with, so that tests share the server and nothing else."""
    return f"test-{next(_numbers)}"


@pytest.fixture(scope="session")
def cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One node of a Cluster of three."""
    with servers.cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield f"redis://{servers.address(nodes[1])}"


@pytest.fixture(scope="session")
def sentinel_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Sentinel that knows a primary with one replica."""
    with servers.watched(tmp_path_factory.mktemp("watched")) as (_primary, _replica, sentinel):
        yield f"redis+sentinel://{servers.address(sentinel)}/main"
