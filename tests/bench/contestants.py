"""All bots that are compared: the advisor in several forms, and its peers."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from tests.bench import on_slack, on_teams
from tests.bench.people import PATIENCE, Newcomer, Person
from tests.bench.processes import Bot, Cores, in_thread, keep_to, running
from tests.bench.stores import pid_of, standalone
from tests.bench.wire import Link, serve
from tests.servers import free_port

ADVISOR = [sys.executable, "-c", "import sys; from bot.commands import main; sys.exit(main())"]
_DIALOGS = "BENCH_DIALOGS_PYTHON"
"""The interpreter of an environment that has botbuilder-dialogs; it is not among our dependencies."""

SLACK, TEAMS = "Slack: the advisor", "Teams: the advisor"
CLICKS, NO_DISK = ", clicks only", ", server without disk"
"""Added to the name where nothing is typed, and where the server confirms before it has written to a disk."""

CONVERSATIONS = 256
"""Where nothing is typed: so many that nobody presses more often than the advisor allows one person."""

BOLT, BOLT_TUNED = "Slack: Bolt echo, defaults", "Slack: Bolt echo, tuned"
SIGNATURE = "Slack: signature only, no reply"
ECHO, WATERFALL = "Teams: stock echo", "Teams: five choice prompts"


@dataclass(frozen=True, slots=True)
class Contestant:
    """Running processes that answer as one bot, who talks to it, how much has reached the platforms so far, and the
    process of its server. `conversations`: how many there are, each begun beforehand; None where everybody begins
    conversations as they go."""

    name: str
    bots: tuple[Bot, ...]
    newcomer: Newcomer
    arrived: Callable[[], int]
    redis: int | None = None
    conversations: int | None = None


def dialogs_python() -> str | None:
    """The interpreter to run the waterfall with; None where botbuilder-dialogs is not installed."""
    for python in (os.environ.get(_DIALOGS), sys.executable):
        if python and not subprocess.run([python, "-c", "import botbuilder.dialogs"], capture_output=True).returncode:
            return python
    return None


@dataclass(frozen=True, slots=True)
class Platforms:
    """The stand-ins for Slack and Teams, and the ports that they are served on. `patience`: how many seconds people
    wait on Slack."""

    slack: on_slack.WebApi = field(default_factory=on_slack.WebApi)
    teams: on_teams.Connector = field(default_factory=on_teams.Connector)
    slack_port: int = field(default_factory=free_port)
    teams_port: int = field(default_factory=free_port)
    patience: float = PATIENCE

    @property
    def environment(self) -> dict[str, str]:
        """What leads a bot to the stand-in for Slack, and turns on Teams without an app id."""
        url = f"http://127.0.0.1:{self.slack_port}/api/"
        slack = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": on_slack.SECRET, "SLACK_API_URL": url}
        return {**slack, "ADVISOR_LOCAL_TOKEN": on_teams.LOCAL_TOKEN}

    @property
    def service_url(self) -> str:
        """What leads a bot to the stand-in for Teams."""
        return f"http://127.0.0.1:{self.teams_port}"

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Serves both."""
        async with await serve(self.slack, self.slack_port), await serve(self.teams, self.teams_port):
            yield

    @asynccontextmanager
    async def advisor(self, cores: Cores, **more: str) -> AsyncIterator[Bot]:
        """The advisor, once it is ready, with these settings more."""
        command = (*ADVISOR, "serve")
        async with in_thread(running(command, self.environment | more, cores, path="/readyz")) as bot:
            yield bot

    def arrived(self) -> int:
        """How many messages and edits have come."""
        return self.slack.arrivals.total + self.teams.arrivals.total

    def asker(self, channel: str, port: int, *, clicks_only: bool = False) -> Newcomer:
        """Who talks to the advisor on "slack" or "teams"."""

        async def newcomer(number: int) -> Person:
            if channel == "slack":
                return on_slack.Asker(Link(port), self.slack, number, self.patience, clicks_only=clicks_only)
            return on_teams.Asker(Link(port), self.teams, self.service_url, number, clicks_only=clicks_only)

        return newcomer

    def presser(self, port: int, *, edits: bool = True) -> Newcomer:
        """Who presses a button of a peer on Slack, which edits the message or only answers."""

        async def newcomer(number: int) -> Person:
            return on_slack.Presser(Link(port), self.slack if edits else None, number, self.patience)

        return newcomer

    def talker(self, port: int, *words: str) -> Newcomer:
        """Who says these words to a peer in Teams."""

        async def newcomer(number: int) -> Person:
            return on_teams.Talker(Link(port), self.teams, self.service_url, number, words)

        return newcomer


@contextmanager
def contestants(platforms: Platforms, cores: Cores) -> Iterator[list[Contestant]]:
    """All bots, started."""
    with ExitStack() as stack:

        def start(*command: str, **more: str) -> Bot:
            return stack.enter_context(running(command, platforms.environment | more, cores))

        def peer(module: str, kind: str, python: str = sys.executable) -> Bot:
            return start(python, "-W", "ignore", "-m", f"tests.bench.peers.{module}", kind)

        own = start(*ADVISOR, "serve")
        server = stack.enter_context(standalone())
        keep_to(pid_of(server), cores.rest)
        shared = start(*ADVISOR, "serve", REDIS_URL=server.url)
        found = [
            Contestant(
                name=f"{name}{clicks}{disk}",
                bots=(bot,),
                newcomer=platforms.asker(channel, bot.port, clicks_only=bool(clicks)),
                arrived=platforms.arrived,
                redis=redis,
                conversations=CONVERSATIONS if clicks else None,
            )
            for bot, disk, redis in ((own, "", own.redis), (shared, NO_DISK, pid_of(server)))
            for channel, name in (("slack", SLACK), ("teams", TEAMS))
            for clicks in ("", CLICKS)
        ]
        for name, kind in ((BOLT, "defaults"), (BOLT_TUNED, "tuned"), (SIGNATURE, "signature")):
            bot = peer("slack", kind)
            found.append(
                Contestant(name, (bot,), platforms.presser(bot.port, edits=kind != "signature"), platforms.arrived)
            )
        echo = peer("teams", "echo")
        found.append(Contestant(ECHO, (echo,), platforms.talker(echo.port, "hi"), platforms.arrived))
        if (python := dialogs_python()) is not None:
            waterfall = peer("teams", "waterfall", python)
            words = ("hi", "Yes", "No", "Yes", "Unsure", "Yes")
            found.append(
                Contestant(WATERFALL, (waterfall,), platforms.talker(waterfall.port, *words), platforms.arrived)
            )
        yield found
