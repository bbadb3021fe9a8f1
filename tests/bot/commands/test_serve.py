"""`advisor serve`, before it serves."""

import gc
from collections.abc import Iterator

import pytest

from bot.commands import serve
from bot.commands.serve import GC_THRESHOLD, freeze_objects
from bot.config.settings import Settings
from tests.shipped import shipped


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


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({"DISPLAY": ":0"}, ["http://here/"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["http://here/"]),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, []),
        ({}, []),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sits_at_a_screen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], shown: list[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    monkeypatch.setattr(serve.sys, "platform", "linux")
    serve._open(environment, "http://here/")
    assert opened == shown


@pytest.mark.parametrize(("problem", "shown"), [(None, ["http://here/?token=t"]), ("its page is not built. Why.", [])])
def test_a_page_that_is_not_there_is_told_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: str | None, shown: list[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serve, "_page_problem", lambda: problem)
    settings = Settings.from_environment({"ADVISOR_LOCAL_TOKEN": "t"})
    serve._print_summary(settings, shipped(), "http://here", False, opened.append)
    assert opened == shown
    said = capsys.readouterr().out
    assert ("  Page            " in said) == (problem is not None)
    assert problem is None or problem in said
