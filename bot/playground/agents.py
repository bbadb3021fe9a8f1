"""Microsoft's Agents Playground against the running bot: `python -m bot.playground.agents`.

A second opinion beside our own Teams tab. Its telemetry is off, and it listens on this machine only. The local token is
ADVISOR_LOCAL_TOKEN, or that of the running bot, from its state folder. Exit status 3: there is no Node.js; 1: no bot of
this user runs on the port; 78: a setting is wrong.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

from bot.config.environment import read_settings
from bot.config.settings import Settings
from bot.config.settings_checks import SettingsError
from bot.playground.page_build import NO_NODE, NoNode, find_node
from bot.server.local_token import QUERY, token_from_file
from bot.storage.file_lock import private_folder

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
"""Pinned: newer ones may behave otherwise. It has no dependencies."""

PORT = 56150
BAD_SETTINGS = 78
NO_BOT = (
    "No advisor with a local token runs on port {port}. Start it with: make run. Another port: ADVISOR_PORT; another "
    "user's: ADVISOR_LOCAL_TOKEN.\n"
)
LOOPBACK = Path(__file__).with_name("loopback.cjs")


def command(npm: tuple[str, ...]) -> list[str]:
    """What starts it."""
    start = ["start", "-c", "msteams", "-p", str(PORT), "--disable-telemetry"]
    return [*npm, "exec", "--yes", f"--package={PACKAGE}", "--", "agentsplayground", *start]


def bot_address(settings: Settings) -> str | None:
    """Where activities go, with the local token; None where there is none."""
    token = settings.local_token
    found = token.get_secret_value() if token is not None else token_from_file(settings.state, settings.port)
    return found and f"http://127.0.0.1:{settings.port}/api/messages?{urlencode({QUERY: found})}"


def surroundings(node: Path, bot: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that it runs with: our Node.js first, no listening beyond this machine, and the bot's address,
    which is no argument since everybody on a machine sees the arguments of its processes."""
    path = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
    more = {"NODE_OPTIONS": f'--require "{LOOPBACK}"', "TEAMSAPPTESTER_BROWSER": "none", "BOT_ENDPOINT": bot}
    return {**environment, "PATH": path, **more}


def main() -> NoReturn:
    """Becomes the Playground, or ends."""
    try:
        node, npm = find_node()
        settings = read_settings(os.environ)
    except (NoNode, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(NO_NODE if isinstance(error, NoNode) else BAD_SETTINGS)
    bot = bot_address(settings)
    if bot is None:
        sys.stderr.write(NO_BOT.format(port=settings.port))
        sys.exit(1)
    sys.stdout.write(f"Microsoft's Agents Playground: http://127.0.0.1:{PORT}/ (the bot has to run: make run)\n")
    sys.stdout.flush()
    words = command(npm)
    # It writes a log with the bot's address, token included, into the folder where it starts.
    os.chdir(private_folder(settings.state))
    os.execvpe(words[0], words, surroundings(node, bot, os.environ))  # noqa: S606


if __name__ == "__main__":
    main()
