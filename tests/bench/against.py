"""Two states of the advisor by turns, in one run: what a change saves where the machine's noise is larger."""

import asyncio
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.bench.contestants import CLICKS, CONVERSATIONS, SLACK, Contestant, Platforms
from tests.bench.figures import Figure
from tests.bench.processes import HOME, Cores, kept_to, running
from tests.bench.turns import measure

_IN_FLIGHT = 32


async def against(other: Path, rounds: int, seconds: float, *, clicks_only: bool) -> list[Figure]:
    """Processor time of a turn on Slack, in another checkout and in this one, and the ratio by rounds.

    Both run with this interpreter and its packages.
    """
    cores, platforms, first = Cores.choose(), Platforms(), 0
    used: dict[Path, list[float]] = {other: [], HOME: []}
    with kept_to(cores.rest):
        async with platforms.served():
            stack = ExitStack()
            try:
                states: dict[Path, Contestant] = {}
                for folder in used:
                    states[folder] = await asyncio.to_thread(_started, stack, folder, platforms, cores, clicks_only)
                for number in range(rounds):
                    for folder in [*states][:: -1 if number % 2 else 1]:
                        row = await measure(states[folder], _IN_FLIGHT, seconds, number, first)
                        used[folder].append(row.cpu)
                        first += CONVERSATIONS
            finally:
                await asyncio.to_thread(stack.close)
    ratios = tuple(here / there for here, there in zip(used[HOME], used[other], strict=True))
    return [
        Figure("against-there", "a turn there", "ms", tuple(used[other])),
        Figure("against-here", "a turn here", "ms", tuple(used[HOME])),
        Figure("against", "here beside there", "×", ratios),
    ]


def _started(stack: ExitStack, folder: Path, platforms: Platforms, cores: Cores, clicks_only: bool) -> Contestant:
    code = f"import sys; sys.path[0] = {str(folder)!r}; from bot.commands import main; sys.exit(main())"
    bot = stack.enter_context(
        running((sys.executable, "-c", code, "serve"), platforms.environment, cores, path="/readyz")
    )
    return Contestant(
        name=f"{SLACK}{CLICKS if clicks_only else ''}, {folder.name}",
        bots=(bot,),
        newcomer=platforms.asker("slack", bot.port, clicks_only=clicks_only),
        arrived=platforms.arrived,
        redis=bot.redis,
        conversations=CONVERSATIONS if clicks_only else None,
    )
