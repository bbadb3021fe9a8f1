"""MCP beside the channels: how fast `decide` is over /mcp, and what a start with it takes beside one without."""

import itertools
import time
from statistics import median

from aiohttp import ClientSession

from tests.bench.contestants import Platforms
from tests.bench.figures import Figure
from tests.bench.processes import Bot, Cores

_TOKEN = "for-the-benchmark-alone"
_WITH = {"ADVISOR_MCP_TOKEN": _TOKEN}
_HEADERS = {"Accept": "application/json, text/event-stream", "Authorization": f"Bearer {_TOKEN}"}
_CALLS, _WARM_UP = 200, 20
_OPTIONS = {
    "data": ("yes", "no", "unsure"),
    "volume": ("high", "low", "unsure"),
    "domain": ("specialised", "general", "unsure"),
    "budget": ("limited", "flexible", "unsure"),
    "consistency": ("predictable", "tolerant", "unsure"),
}


async def mcp_calls(tries: int) -> list[Figure]:
    """The median of 200 calls in a row, each with other answers; starts by turns, with and without a token."""
    ready: dict[bool, list[float]] = {False: [], True: []}
    memory: dict[bool, list[float]] = {False: [], True: []}
    calls: list[float] = []
    platforms = Platforms()
    async with platforms.served():
        for _ in range(tries):
            for on in ready:
                async with platforms.advisor(Cores.choose(), **(_WITH if on else {})) as bot:
                    ready[on].append(bot.ready)
                    memory[on].append(bot.memory)
                    if on:
                        calls.append(await _decide(bot))
    return [
        Figure("mcp-decide", "`decide` over /mcp, median of 200", "ms", tuple(calls)),
        Figure("mcp-off-time", "`serve` without MCP: until ready", "s", tuple(ready[False])),
        Figure("mcp-on-time", "`serve` with MCP: until ready", "s", tuple(ready[True])),
        Figure("mcp-off-memory", "`serve` without MCP: memory then", "MB", tuple(memory[False])),
        Figure("mcp-on-memory", "`serve` with MCP: memory then", "MB", tuple(memory[True])),
    ]


async def _decide(bot: Bot) -> float:
    """Milliseconds of a call, the first ones left out; RuntimeError where one is not answered."""
    answers = itertools.islice(itertools.product(*_OPTIONS.values()), _CALLS + _WARM_UP)
    took = []
    async with ClientSession(f"http://127.0.0.1:{bot.port}", headers=_HEADERS) as http:
        for number, options in enumerate(answers):
            call = {"name": "decide", "arguments": dict(zip(_OPTIONS, options, strict=True))}
            began = time.perf_counter()
            body = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": call}
            async with http.post("/mcp", json=body) as response:
                answer = await response.json()
            took.append((time.perf_counter() - began) * 1000)
            if "verdict" not in answer.get("result", {}).get("structuredContent", {}):
                raise RuntimeError(f"decide answered {answer}")
    return median(took[_WARM_UP:])
