"""How Microsoft's Agents Playground is started, and that it stays on this machine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config.environment import read_settings
from bot.config.settings import Settings
from bot.playground.agents import LOOPBACK, PACKAGE, bot_address, command, main, surroundings
from bot.server.local_token import token_on_file
from tests.bot.run import environment
from tests.patience import HUNG, STARTING


def settings(folder: Path, **more: str) -> Settings:
    return read_settings({"ADVISOR_STATE": str(folder), **more})


def test_it_reports_nothing() -> None:
    assert "--disable-telemetry" in command(("npm",))


def test_it_talks_to_the_bot_where_that_listens_with_its_token(tmp_path: Path) -> None:
    assert bot_address(settings(tmp_path)) is None
    with token_on_file(tmp_path, 3978, "one"), token_on_file(tmp_path, 4000, "two"):
        assert bot_address(settings(tmp_path)) == "http://127.0.0.1:3978/api/messages?token=one"
        assert bot_address(settings(tmp_path, ADVISOR_PORT="4000")) == "http://127.0.0.1:4000/api/messages?token=two"
        given = bot_address(settings(tmp_path, ADVISOR_LOCAL_TOKEN="a&b"))
        assert given == "http://127.0.0.1:3978/api/messages?token=a%26b"
    assert bot_address(settings(tmp_path)) is None


def test_its_log_holds_the_token_and_goes_to_the_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started_in = []

    def start(*_: object) -> None:
        started_in.append(Path.cwd())

    monkeypatch.chdir(Path.cwd())  # goes back there afterwards
    monkeypatch.setenv("ADVISOR_STATE", str(tmp_path))
    monkeypatch.setenv("ADVISOR_LOCAL_TOKEN", "a-token-for-this-test-alone")
    monkeypatch.setattr("bot.playground.agents.find_node", lambda: (Path("/opt/node/bin/node"), ("npm",)))
    monkeypatch.setattr("os.execvpe", start)
    main()
    assert started_in == [tmp_path]


def test_its_version_is_pinned() -> None:
    assert re.fullmatch(r"@microsoft/m365agentsplayground@\d+\.\d+\.\d+", PACKAGE)


def test_our_node_comes_first() -> None:
    found = surroundings(Path("/opt/node/bin/node"), "http://bot", {"PATH": "/usr/bin", "HOME": "/home/ana"})
    assert found["BOT_ENDPOINT"] == "http://bot"
    assert found["PATH"].split(":")[0] == "/opt/node/bin"
    assert found["HOME"] == "/home/ana"
    assert str(LOOPBACK) in found["NODE_OPTIONS"]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
@pytest.mark.parametrize("how", ["0", "0, '0.0.0.0'", "{port: 0, host: '::'}", "'0', () => 1"])
def test_what_would_listen_everywhere_listens_here(how: str) -> None:
    program = (
        f"const s = require('net').createServer().listen({how});"
        "s.on('listening', () => { console.log(s.address().address); s.close(); })"
    )
    done = subprocess.run(
        ["node", "--require", str(LOOPBACK), "-e", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=STARTING,
    )
    assert done.stdout.strip() == "127.0.0.1"


def started(folder: Path, setting: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command, where looking for Node.js comes out as set."""
    program = f"from bot.playground import agents, page_build\n{setting}\nagents.main()"
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=HUNG,
        env=environment(folder, **settings),
    )


NODE = "agents.find_node = lambda: (agents.Path('/bin/node'), ('echo', 'npm'))"


def test_it_says_where_it_is_and_becomes_what_npm_starts(tmp_path: Path) -> None:
    done = started(tmp_path, NODE, ADVISOR_LOCAL_TOKEN="hush")
    assert "hush" not in done.stdout
    where, words = done.stdout.splitlines()
    assert "http://127.0.0.1:56150/" in where
    assert words.startswith("npm exec --yes --package=@microsoft/m365agentsplayground")
    assert "-p 56150" in words
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_running_bot_it_says_how_to_start_one(tmp_path: Path) -> None:
    done = started(tmp_path, NODE)
    assert (done.returncode, done.stdout) == (1, "")
    assert "make run" in done.stderr


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    done = started(tmp_path, NODE, ADVISOR_PORT="http")
    assert (done.returncode, done.stdout) == (78, "")
    assert "ADVISOR_PORT" in done.stderr


def test_without_node_it_says_what_is_needed(tmp_path: Path) -> None:
    done = started(tmp_path, "def none(): raise page_build.NoNode('Node.js is needed.')\nagents.find_node = none")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "Node.js is needed.\n")
