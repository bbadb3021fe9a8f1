"""How Microsoft's Agents Playground is started, and that it stays on this machine."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.playground.agents import LOOPBACK, PACKAGE, command, surroundings
from tests.patience import STARTING


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
