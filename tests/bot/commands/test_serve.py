"""`advisor serve`, before it serves."""

import gc
import json
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import serve
from bot.commands.serve import GC_THRESHOLD, freeze_objects, new_event_loop
from bot.config.environment import read_settings
from dialogs.advisor import Advisor
from tests.bot.run import COMMAND, end_server, environment
from tests.knowledge.pack_copies import SMALL
from tests.patience import HUNG
from tests.shipped import shipped


@pytest.fixture
def collector() -> Iterator[None]:
    """Leaves the collector as it was."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.parametrize("there", [True, False])
def test_it_runs_on_uvloop_where_that_is_there_and_on_pythons_own_loop_elsewhere(
    monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if not there:
        monkeypatch.setitem(sys.modules, "uvloop", None)
    loop = new_event_loop()
    assert type(loop).__module__.partition(".")[0] == ("uvloop" if there else "asyncio")
    loop.close()


@pytest.mark.parametrize(("written", "as_json"), [("json", True), ("text", False), (None, False)])
def test_logs_are_written_in_the_form_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch, written: str | None, as_json: bool
) -> None:
    chosen: list[tuple[str, bool, bool]] = []
    monkeypatch.setattr(serve.logs, "configure", lambda level, text, as_json: chosen.append((level, text, as_json)))
    format_ = {"ADVISOR_LOG_FORMAT": written} if written else {}
    no_channel = {"ADVISOR_HOST": "0.0.0.0", "ADVISOR_LOG_LEVEL": "ERROR", "HOME": "/home/ana"}
    assert serve.run(Namespace(open=False), no_channel | format_) == 78
    assert chosen == [("ERROR", False, as_json)]


@pytest.mark.parametrize("wrong", [{}, {"ADVISOR_PORT": "x"}, {"ADVISOR_PACK": "/nowhere"}])
def test_every_line_is_json_where_that_is_chosen(tmp_path: Path, wrong: dict[str, str]) -> None:
    settings = {
        "ADVISOR_PACK": str(SMALL),
        "ADVISOR_LOG_FORMAT": "json",
        "ADVISOR_LOCALTOKEN": "x",
        "ADVISOR_PORT": "0",
    }
    process = subprocess.Popen(
        [*COMMAND, "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(tmp_path, **settings | wrong),
    )
    lines = []
    for line in iter(process.stdout.readline, ""):
        lines.append(json.loads(line)["message"])
        if "Talk to it" in line:
            process.send_signal(signal.SIGTERM)
    assert process.wait(HUNG) == (78 if wrong else 0)
    process.stdout.close()
    end_server(tmp_path)
    (name,) = wrong or ("ADVISOR_LOCALTOKEN",)
    assert any(name in line for line in lines)


@pytest.mark.usefixtures("collector")
def test_what_is_there_when_it_starts_to_serve_is_not_looked_through_again() -> None:
    there: list[list[object]] = [[]]
    freeze_objects()
    new: list[list[object]] = [[]]
    assert not any(found is there for found in gc.get_objects())
    assert any(found is new for found in gc.get_objects())
    assert gc.isenabled()
    assert gc.get_threshold()[0] == GC_THRESHOLD


@pytest.mark.parametrize(("problem", "shown"), [(None, ["http://here/?token=t"]), ("its page is not built. Why.", [])])
def test_a_page_that_is_not_there_is_told_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: str | None, shown: list[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("bot.playground.page_build.problem", lambda: problem)
    settings = read_settings({"ADVISOR_LOCAL_TOKEN": "t"})
    serve._print_summary(settings, shipped(), "http://here", False, opened.append)
    assert opened == shown
    said = capsys.readouterr().out
    assert ("  Page            " in said) == (problem is not None)
    assert problem is None or problem in said


def test_whether_a_model_listens_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, local = Advisor.build(shipped().knowledge, shipped().catalogue), read_settings({"ADVISOR_LOCAL_TOKEN": "t"})
    with socket.create_server(("127.0.0.1", 0)) as ollama:
        monkeypatch.setattr(serve, "OLLAMA", ollama.getsockname()[1])
        assert "Ollama runs here" in serve._listener(local, quiet)
        assert "Ollama" not in serve._listener(read_settings({"ADVISOR_HOST": "0.0.0.0"}), quiet)
    assert serve._listener(local, quiet).startswith("none; one of your own")
    assert serve._listener(local, replace(quiet, listener="House model")) == "House model listens along"


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
    serve.open_browser(environment, "http://here/")
    assert opened == shown
