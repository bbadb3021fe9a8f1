"""How Microsoft's Agents Playground is started, and that it stays on this machine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.playground.agents import LOOPBACK, PACKAGE, command, surroundings
from tests.patience import HUNG, STARTING


def test_it_talks_to_the_bot_where_that_listens_and_reports_nothing() -> None:
    words = command(("npm",), {"ADVISOR_PORT": "4000"})
    assert "http://127.0.0.1:4000/api/messages" in words
    assert "--disable-telemetry" in words
    assert "http://127.0.0.1:3978/api/messages" in command(("npm",), {})


def test_its_version_is_pinned() -> None:
    assert re.fullmatch(r"@microsoft/m365agentsplayground@\d+\.\d+\.\d+", PACKAGE)


def test_our_node_comes_first() -> None:
    found = surroundings(Path("/opt/node/bin/node"), {"PATH": "/usr/bin", "HOME": "/home/ana"})
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


def started(setting: str) -> subprocess.CompletedProcess[str]:
    """The command, where looking for Node.js comes out as set."""
    program = f"from bot.playground import agents, page_build\n{setting}\nagents.main()"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=HUNG)


def test_it_says_where_it_is_and_becomes_what_npm_starts() -> None:
    done = started("agents.find_node = lambda: (agents.Path('/bin/node'), ('echo', 'npm'))")
    where, words = done.stdout.splitlines()
    assert "http://127.0.0.1:56150/" in where
    assert words.startswith("npm exec --yes --package=@microsoft/m365agentsplayground")
    assert "-p 56150" in words
    assert (done.returncode, done.stderr) == (0, "")


def test_without_node_it_says_what_is_needed() -> None:
    done = started("def none(): raise page_build.NoNode('Node.js is needed.')\nagents.find_node = none")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "Node.js is needed.\n")
