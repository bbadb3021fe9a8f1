"""Whole turns, the advisor's beside those of its peers: all bots run from the start, and each is measured in turn."""

import asyncio
import gc
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from tests.bench import on_slack, on_teams
from tests.bench.people import Newcomer, Person, work
from tests.bench.processes import Bot, Cores, cpu_of, machine, running
from tests.bench.wire import Link, serve
from tests.servers import free_port

ADVISOR = [sys.executable, "-c", "import sys; from bot.commands import main; sys.exit(main())"]
_DIALOGS = "BENCH_DIALOGS_PYTHON"
"""The interpreter of an environment that has botbuilder-dialogs; it is not among our dependencies."""

WARM_UP = 0.5

SLACK, TEAMS = "Slack: the advisor", "Teams: the advisor"
BOLT, BOLT_TUNED = "Slack: Bolt echo, defaults", "Slack: Bolt echo, tuned"
SIGNATURE = "Slack: signature only, no reply"
ECHO, WATERFALL = "Teams: stock echo", "Teams: five choice prompts"


@dataclass(frozen=True, slots=True)
class Row:
    """One bot, once. Times in ms; `cpu` and `redis_cpu` in ms of processor time for a turn; `others`: what other jobs
    used meanwhile, as a share of one core."""

    name: str
    in_flight: int
    round: int
    turns: int
    bad: int
    per_second: float
    answered_p50: float
    answered_p99: float
    delivered_p50: float
    delivered_p99: float
    cpu: float
    redis_cpu: float
    memory: float
    others: float


@dataclass(frozen=True, slots=True)
class Contestant:
    """A running bot and who talks to it."""

    name: str
    bot: Bot
    newcomer: Newcomer


def dialogs_python() -> str | None:
    """The interpreter to run the waterfall with; None where botbuilder-dialogs is not installed."""
    for python in (os.environ.get(_DIALOGS), sys.executable):
        if python and not subprocess.run([python, "-c", "import botbuilder.dialogs"], capture_output=True).returncode:
            return python
    return None


@dataclass(frozen=True, slots=True)
class Platforms:
    """The stand-ins for Slack and Teams, and the ports that they are served on."""

    slack: on_slack.WebApi = field(default_factory=on_slack.WebApi)
    teams: on_teams.Connector = field(default_factory=on_teams.Connector)
    slack_port: int = field(default_factory=free_port)
    teams_port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        """What leads a bot to the stand-in for Slack."""
        url = f"http://127.0.0.1:{self.slack_port}/api/"
        return {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": on_slack.SECRET, "SLACK_API_URL": url}

    @property
    def service_url(self) -> str:
        """What leads a bot to the stand-in for Teams."""
        return f"http://127.0.0.1:{self.teams_port}"

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Serves both."""
        async with await serve(self.slack, self.slack_port), await serve(self.teams, self.teams_port):
            yield

    def asker_on_slack(self, bot: Bot) -> Newcomer:
        """Who talks to the advisor on Slack."""

        async def newcomer(number: int) -> Person:
            return on_slack.Asker(await Link.open(bot.port), self.slack, number)

        return newcomer

    def asker_in_teams(self, bot: Bot) -> Newcomer:
        """Who talks to the advisor in Teams."""

        async def newcomer(number: int) -> Person:
            return on_teams.Asker(await Link.open(bot.port), self.teams, self.service_url, number)

        return newcomer

    def presser(self, bot: Bot, *, edits: bool = True) -> Newcomer:
        """Who presses a button of a peer on Slack, which edits the message or only answers."""

        async def newcomer(number: int) -> Person:
            return on_slack.Presser(await Link.open(bot.port), self.slack if edits else None, number)

        return newcomer

    def talker(self, bot: Bot, *words: str) -> Newcomer:
        """Who says these words to a peer in Teams."""

        async def newcomer(number: int) -> Person:
            return on_teams.Talker(await Link.open(bot.port), self.teams, self.service_url, number, words)

        return newcomer


@contextmanager
def contestants(platforms: Platforms, cores: Cores) -> Iterator[list[Contestant]]:
    """All bots, started."""
    with ExitStack() as stack:

        def start(*command: str) -> Bot:
            return stack.enter_context(running(command, platforms.environment, cores))

        def peer(module: str, kind: str, python: str = sys.executable) -> Bot:
            return start(python, "-W", "ignore", "-m", f"tests.bench.peers.{module}", kind)

        advisor = start(*ADVISOR, "serve")
        defaults, tuned, signature = (peer("slack", kind) for kind in ("defaults", "tuned", "signature"))
        echo = peer("teams", "echo")
        found = [
            Contestant(SLACK, advisor, platforms.asker_on_slack(advisor)),
            Contestant(BOLT, defaults, platforms.presser(defaults)),
            Contestant(BOLT_TUNED, tuned, platforms.presser(tuned)),
            Contestant(SIGNATURE, signature, platforms.presser(signature, edits=False)),
            Contestant(TEAMS, advisor, platforms.asker_in_teams(advisor)),
            Contestant(ECHO, echo, platforms.talker(echo, "hi")),
        ]
        if (python := dialogs_python()) is not None:
            waterfall = peer("teams", "waterfall", python)
            talker = platforms.talker(waterfall, "hi", "Yes", "No", "Yes", "Unsure", "Yes")
            found.append(Contestant(WATERFALL, waterfall, talker))
        yield found


async def measure(contestant: Contestant, in_flight: int, seconds: float, number: int, first: int) -> Row:
    """One bot, once, after a moment of warming up. `first`: the number of the first person, since none comes twice."""
    bot = contestant.bot
    people = [await contestant.newcomer(first + one) for one in range(in_flight)]
    await work(people, WARM_UP)
    gc.collect()
    redis = bot.redis
    cpu, redis_cpu, own, (busy, _) = bot.cpu, cpu_of(redis) if redis else 0.0, _own(), machine()
    seen, took = await work(people, seconds)
    cpu, redis_cpu, own = bot.cpu - cpu, (cpu_of(redis) if redis else 0.0) - redis_cpu, _own() - own
    others = max(0.0, machine()[0] - busy - cpu - redis_cpu - own) / took
    for person in people:
        person.close()
    turns = len(seen.answered)
    each = 1000 / max(1, turns)
    return Row(
        contestant.name,
        in_flight,
        number,
        turns,
        seen.bad,
        turns / took,
        _at(seen.answered, 0.5),
        _at(seen.answered, 0.99),
        _at(seen.delivered, 0.5),
        _at(seen.delivered, 0.99),
        cpu * each,
        redis_cpu * each,
        bot.memory,
        others,
    )


def _own() -> float:
    return cpu_of(os.getpid())


def _at(seconds: list[float], part: float) -> float:
    """The quantile in ms."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000 if ordered else float("nan")


async def rounds(
    platforms: Platforms, cores: Cores, count: int, seconds: float, in_flight: tuple[int, ...] = (1, 32)
) -> list[Row]:
    """Every bot in every round; rounds begin with another bot each, so that noise meets all alike."""
    rows: list[Row] = []
    first = 0
    async with platforms.served():
        stack = ExitStack()
        try:
            bots = await asyncio.to_thread(stack.enter_context, contestants(platforms, cores))
            for number in range(count):
                shift = number % len(bots)
                for many in in_flight:
                    for contestant in (*bots[shift:], *bots[:shift]):
                        row = await measure(contestant, many, seconds, number, first)
                        first += many
                        rows.append(row)
                        print(f"{row.name:32} {many:3} in flight {row.per_second:7.0f}/s", file=sys.stderr)
        finally:
            await asyncio.to_thread(stack.close)
    return rows
