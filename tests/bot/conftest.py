"""On which event loops tests run."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping

import pytest

from bot.commands.serve import new_event_loop

BOTH_LOOPS = ("test_storage.py",)
"""Where loops differ in what they raise: asyncio's own, on which tests run, and the one that `advisor serve` uses."""


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """By name."""
    loops: dict[str, Callable[[], AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
    if item.path.name in BOTH_LOOPS:
        loops["serving"] = new_event_loop
    return loops
