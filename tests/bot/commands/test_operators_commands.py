"""What operators run, without a process of its own: `report`, `board check`, `eval`, `knowledge learn`, `serve`, `mcp`,
and what `advisor` itself returns."""

import asyncio
import json
import os
import re
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot import commands
from bot.commands import board, knowledge, mcp, output, report, serve
from bot.commands import eval as evaluation
from bot.commands.argument_parser import parser
from bot.config.extras import ExtraMissing
from bot.config.settings import Settings
from bot.config.settings_checks import SettingsError
from bot.server.app import BackgroundEnded, CannotListen
from bot.storage.boards import Boards
from bot.storage.embedded_server import EmbeddedError
from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Idea
from knowledge.matching.factory import TrainingError
from knowledge.problems import PackError, Problem
from tests.bot.in_process import logs_as_before
from tests.patience import UNHURRIED
from tests.shipped import shipped

AWAY = {"REDIS_URL": "redis://127.0.0.1:1"}


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """An input that is empty."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))


@pytest.mark.usefixtures("piped")
@pytest.mark.parametrize(
    ("raised", "status", "told"),
    [
        (SettingsError("ADVISOR_PACK", "is no folder"), 78, "ADVISOR_PACK is no folder"),
        (ExtraMissing("Slack", "slack"), 78, "[slack]"),
        (EmbeddedError("no server"), 78, "no server"),
        (PackError([Problem(Path("pack.yaml"), 3, "There is no id.", "Give one.")]), 78, "pack.yaml:3"),
        (KeyboardInterrupt(), 130, ""),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, BaseException) else "",
)
def test_what_keeps_a_command_from_running_is_told_by_its_exit_status(
    raised: BaseException, status: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*_: object) -> int:
        raise raised

    monkeypatch.setattr(board, "run", run)
    assert commands.main(["board", "check"]) == status
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
    assert bool(said.err) == bool(told)


@pytest.mark.usefixtures("piped")
def test_a_command_returns_what_it_found_and_gets_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[object] = []

    def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
        got.extend([arguments.command, environment is os.environ])
        return 1

    monkeypatch.setattr(board, "run", run)
    assert commands.main(["board", "check"]) == 1
    assert got == ["board", True]
    monkeypatch.setattr("bot.commands.slack_manifest.run", lambda *_: 2)
    assert commands.main(["slack-manifest"]) == 2


@pytest.mark.usefixtures("piped")
def test_where_the_reader_has_gone_nothing_more_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(*_: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(board, "run", run)
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert commands.main(["board", "check"]) == 1
        print("more")
    assert (tmp_path / "out").read_text() == ""


def test_streams_that_the_caller_closed_lead_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    commands._open_streams()
    opened = [getattr(sys, name) for name in ("stdin", "stdout", "stderr")]
    try:
        assert sys.stdin.read() == ""
        assert [stream.writable() for stream in opened] == [False, True, True]
        print("\ud800")
    finally:
        for stream in opened:
            stream.close()


def test_each_command_is_named_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["knowledge"], ["board"]):
        with pytest.raises(SystemExit) as left:
            parser().parse_args([*words, "--help"])
        assert left.value.code == 0
    said = capsys.readouterr().out
    top = "serve chat ask triage mcp knowledge board report eval teams-package slack-manifest doctor"
    below = "check facts learn new"
    assert {word for word in f"{top} {below}".split() if not re.search(f"\n    {word}\\s", said)} == set()
    assert "Exit status: 0 good" in said


@pytest.fixture
def stored(redis_url: str, key_prefix: str, tmp_path: Path) -> Mapping[str, str]:
    """Settings with a storage of their own."""
    return {"REDIS_URL": redis_url, "ADVISOR_KEY_PREFIX": key_prefix, "ADVISOR_STATE": str(tmp_path)}


def reported(environment: Mapping[str, str], *, as_json: bool = False) -> int:
    return report.run(Namespace(json=as_json), environment)


def test_a_report_is_said_in_words_or_as_one_object(
    stored: Mapping[str, str], key_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reported(stored) == 0
    assert capsys.readouterr().out.startswith("What people asked and said")
    assert reported(stored, as_json=True) == 0
    said = capsys.readouterr().out
    assert said.endswith("}\n")
    assert said.count("\n") == 1
    assert "talks" in json.loads(said)
    assert reported(AWAY) == 1
    assert "Redis does not answer" in capsys.readouterr().err
    with Redis.from_url(stored["REDIS_URL"]) as client:
        client.set(f"{key_prefix}:{{{key_prefix}:feedback}}:ratings", "text")
    assert reported(stored) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "feedback cannot be read: the key holds another type of value" in said.err
    assert "does not answer" not in said.err


def idea(row: str, **more: Any) -> Idea:
    return Idea(id=row, title=f"secret {row}", by="ana", at=int(time.time()), **more)


def checked(environment: Mapping[str, str]) -> int:
    return board.run(Namespace(job="check"), environment)


def test_a_check_of_the_boards_names_what_would_come_out_differently_and_nothing_else(
    stored: Mapping[str, str], key_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    no_data = {"data": Answer(option="no", how=AnswerMethod.BUTTON, by="ana", at=1)}

    async def put(*spaces: tuple[str, list[Idea]]) -> None:
        storage = Storage(stored["REDIS_URL"], timeouts=UNHURRIED)
        boards = Boards(storage, ttl=timedelta(days=365), prefix=key_prefix)
        for space, ideas in spaces:
            await boards.apply(Place(space), ideas)
        await storage.close()

    asyncio.run(put(("test:one", [idea("a", judged="prompt_engineering", pack="older", answers=no_data)])))
    assert checked(stored) == 0
    assert capsys.readouterr().out.startswith("1 boards, 1 ideas, 0 would come out differently by version ")
    changed = [
        idea("b", judged="hybrid", pack="older", answers=no_data),
        idea("c", judged="hybrid", pack="older"),
        idea("d", judged="", pack="older", answers=no_data),
        idea("e", facts=("no-such-fact", "another"), answers=no_data),
    ]
    asyncio.run(put(("test:two", changed)))
    assert checked(stored) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[:-1] == [
        "test:two: idea 1 was hybrid, now prompt_engineering",
        "test:two: idea 2 was hybrid, now not enough said",
        "test:two: idea 3 was not enough said, now prompt_engineering",
        "test:two: idea 4 called for facts that are out of date: no-such-fact, another",
    ]
    assert said[-1].startswith("2 boards, 5 ideas, 3 would come out differently by version ")
    assert said[-1].endswith(", 1 called for facts that are out of date.")
    assert checked(AWAY) == 1
    assert "Redis does not answer" in capsys.readouterr().err


def test_figures_are_measured_on_a_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(evaluation, "open_advisor", lambda *_: (shipped(), ()))
    row = {"text": "how much does fine-tuning cost?", "expected": "faq-cost", "acceptable": []}
    (tmp_path / "faq.jsonl").write_text(json.dumps(row) + "\n")

    def measured(folder: Path, *, as_json: bool) -> int:
        return evaluation.run(Namespace(folder=folder, json=as_json), {})

    assert measured(tmp_path, as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["asked"]["rows"] == 1
    assert measured(tmp_path, as_json=False) == 0
    said = capsys.readouterr().out
    assert "Questions" in said
    (tmp_path / "faq.jsonl").write_text("no json\n")
    assert measured(tmp_path, as_json=True) == 1
    said = capsys.readouterr()
    assert (said.out, "faq.jsonl" in said.err) == ("", True)


def test_the_input_is_what_was_typed_or_comes_through_the_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Keyboard:
        def isatty(self) -> bool:
            return True

        def read(self) -> str:
            raise AssertionError("nobody waits for somebody at a keyboard to end the input")

    monkeypatch.setattr("sys.stdin", Keyboard())
    assert output.input_text([], "advisor x") is None
    assert "Nothing was given. Usage: advisor x" in capsys.readouterr().err


def learn(folder: Path, **environment: str) -> int:
    return knowledge.run(Namespace(job="learn", folder=folder), {"HOME": "/tmp", **environment})


def test_what_cannot_be_learnt_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    knowledge.run(Namespace(job="new", name=str(tmp_path / "own")), {})
    capsys.readouterr()
    monkeypatch.setattr(knowledge, "learns", lambda pack: False)
    assert learn(tmp_path / "own") == 0
    assert "there is nothing to train" in capsys.readouterr().out
    monkeypatch.setattr(knowledge, "learns", lambda pack: True)
    monkeypatch.setattr(knowledge, "open_encoder", lambda settings: (None, "no encoder here"))
    assert learn(tmp_path / "own") == 1
    assert capsys.readouterr().err == "no encoder here\n"
    monkeypatch.setattr(knowledge, "open_encoder", lambda settings: (object(), ""))
    monkeypatch.setattr(knowledge, "fit_pack", lambda pack, encoder, folder: folder / "model")
    assert learn(tmp_path / "own") == 0
    assert capsys.readouterr().out.startswith(f"wrote {tmp_path / 'own' / 'model'}\n")

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(knowledge, "fit_pack", full)
    assert learn(tmp_path / "own") == 1
    assert "cannot be written to: No space left on device" in capsys.readouterr().err

    def untrained(*_: object) -> Path:
        raise TrainingError("no scikit-learn here")

    monkeypatch.setattr(knowledge, "fit_pack", untrained)
    assert learn(tmp_path / "own") == 1
    assert capsys.readouterr().err == "no scikit-learn here\n"


@pytest.fixture(name="logs_as_before")
def _logs_as_before() -> Iterator[None]:
    with logs_as_before():
        yield


@pytest.mark.usefixtures("logs_as_before")
@pytest.mark.parametrize(
    ("raised", "status"), [(None, 0), (CannotListen("the port is taken"), 78), (BackgroundEnded("it ended"), 1)]
)
@pytest.mark.parametrize("token", [None, "t" * 40])
def test_serving_ends_with_what_ended_it(
    raised: Exception | None,
    status: int,
    token: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    served: dict[str, Any] = {}

    async def serving(settings: Settings, advisor: object, printed: bool, show: Callable[[str], None] | None) -> None:
        served.update(settings=settings, advisor=advisor, printed=printed, shown=show is not None)
        if raised is not None:
            raise raised

    monkeypatch.setattr(serve, "open_advisor", lambda *_: (shipped(), ("the pack is old",)))
    monkeypatch.setattr(serve, "_serve", serving)
    environment = {"ADVISOR_STATE": str(tmp_path), **({"ADVISOR_LOCAL_TOKEN": token} if token else {})}
    assert serve.run(Namespace(open=token is None), environment) == status
    assert served["advisor"] is shipped()
    assert (served["printed"], served["shown"]) == (token is None, token is None)
    said = capsys.readouterr().err
    assert "Warning: the pack is old" in said
    assert raised is None or str(raised) in said
    made = served["settings"].local_token.get_secret_value()
    assert made == token if token else len(made) == serve.TOKEN_BYTES * 4 / 3


@pytest.mark.usefixtures("logs_as_before")
def test_for_nobody_nothing_is_served(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    environment = {"ADVISOR_STATE": str(tmp_path), "ADVISOR_HOST": "0.0.0.0"}
    assert serve.run(Namespace(open=False), environment) == 78
    assert capsys.readouterr().err


def test_an_assistant_is_served_until_it_closes_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[object] = []

    async def serving(server: object) -> None:
        served.append(server)

    monkeypatch.setattr(mcp, "open_advisor", lambda *_: (shipped(), ()))
    monkeypatch.setattr("bot.mcp.server.serve_stdio", serving)
    assert mcp.run(Namespace(), {}) == 0
    assert len(served) == 1
    assert capsys.readouterr().out == "", "standard output holds the protocol and nothing else"
