"""`advisor serve`, before it serves."""

import gc
from collections.abc import Iterator

import pytest

from bot.commands.serve import GC_THRESHOLD, freeze_objects


@pytest.fixture
def collector() -> Iterator[None]:
    """Leaves the collector as it was."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("collector")
def test_what_is_there_when_it_starts_to_serve_is_not_looked_through_again() -> None:
    there: list[list[object]] = [[]]
    freeze_objects()
    new: list[list[object]] = [[]]
    assert not any(found is there for found in gc.get_objects())
    assert any(found is new for found in gc.get_objects())
    assert gc.isenabled()
    assert gc.get_threshold()[0] == GC_THRESHOLD
