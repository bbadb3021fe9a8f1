"""What tests of several rooms need: one real server for the whole run, and a key prefix for each test."""

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.embedded import EmbeddedServer

_numbers = count(1)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real server that starts with the first test that asks for it and ends with the run."""
    with TemporaryDirectory(prefix="advisor-tests-") as folder:
        server = asyncio.run(EmbeddedServer.open(Path(folder)))
        yield server.url
        asyncio.run(server.close())


@pytest.fixture
def key_prefix() -> str:
    """What the keys of this test begin with, so that tests share the server and nothing else."""
    return f"test-{next(_numbers)}"
