"""Microsoft's Agents Playground against the running bot: `python -m bot.playground.agents`.

A second opinion beside our own Teams tab. Its telemetry is off, and it listens on this machine only. Exit status 3:
there is no Node.js.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from bot.playground.page_build import NO_NODE, NoNode, find_node

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
"""Pinned: newer ones may behave otherwise. It has no dependencies."""

PORT = 56150
LOOPBACK = Path(__file__).with_name("loopback.cjs")


def command(npm: tuple[str, ...], environment: Mapping[str, str]) -> list[str]:
    """What starts it, against the bot where ADVISOR_PORT says."""
    bot = f"http://127.0.0.1:{environment.get('ADVISOR_PORT') or 3978}/api/messages"
    start = ["start", "-e", bot, "-c", "msteams", "-p", str(PORT), "--disable-telemetry"]
    return [*npm, "exec", "--yes", f"--package={PACKAGE}", "--", "agentsplayground", *start]


def surroundings(node: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that it runs with: our Node.js first, and no listening beyond this machine."""
    path = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
    return {**environment, "PATH": path, "NODE_OPTIONS": f'--require "{LOOPBACK}"', "TEAMSAPPTESTER_BROWSER": "none"}


def main() -> NoReturn:
    """Becomes the Playground, or ends."""
    try:
        node, npm = find_node()
    except NoNode as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(NO_NODE)
    sys.stdout.write(f"Microsoft's Agents Playground: http://127.0.0.1:{PORT}/ (the bot has to run: make run)\n")
    sys.stdout.flush()
    words = command(npm, os.environ)
    os.execvpe(words[0], words, surroundings(node, os.environ))  # noqa: S606


if __name__ == "__main__":
    main()
