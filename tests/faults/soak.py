"""People talk for a long time, and the process that serves them must not grow: `make soak` (MINUTES=60).

Prints memory and open files of the advisor over time; exits with 1 where memory has grown by 5 % or more after it had
warmed up.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from bot.playground.slack.api import WebApi
from knowledge.pack_loader import builtin, load_pack
from tests.drivers.local_server import serving
from tests.faults.processes import Replica, redis, running
from tests.faults.scripted import Balancer, Chaos, Indexed, Story

TURNS_PER_SECOND = 50
TURNS_PER_STORY = 6
WARM_UP = 0.1
"""Share of the time after which the first figure counts."""

GROWTH = 0.05


def memory(pid: int) -> float:
    """Resident memory in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def files(pid: int) -> int:
    """Open file descriptors."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def soak(minutes: float) -> int:
    """Exit status: 0 when the process has not grown."""
    chaos = Chaos(random.Random(1))
    pack = load_pack(builtin())
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="advisor-soak-")))
        workspace = Indexed(time.time)
        api_url = await stack.enter_async_context(serving(WebApi(workspace).app()))
        store, redis_url = redis(folder)
        replica = Replica.of(0, folder, redis_url, api_url, workspace.token)
        http = await stack.enter_async_context(running([store], [replica], total=10))
        assert replica.process.process is not None
        pid = replica.process.process.pid
        balancer = Balancer([replica.url], chaos)
        tasks: set[asyncio.Task[None]] = set()
        problems: list[str] = []
        samples: list[tuple[float, float, int]] = []
        begun = time.monotonic()
        number = 0
        while (passed := time.monotonic() - begun) < minutes * 60:
            while number < passed * TURNS_PER_SECOND / TURNS_PER_STORY:
                story = Story.of(number, workspace, balancer, pack, http, api_url)
                task = asyncio.create_task(_play(story, problems))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                number += 1
            if len(samples) <= passed / 15:
                samples.append((passed, memory(pid), files(pid)))
                print(
                    f"{passed:6.0f} s  {samples[-1][1]:7.1f} MB  {samples[-1][2]:4d} files  {number:7d} conversations",
                    flush=True,
                )
            await asyncio.sleep(0.02)
        await asyncio.gather(*tasks)
    warm = [sample for sample in samples if sample[0] >= minutes * 60 * WARM_UP]
    third = max(1, len(warm) // 3)
    first, last = (sum(m for _, m, _ in part) / len(part) for part in (warm[:third], warm[-third:]))
    growth = last / first - 1
    rate = balancer.sent / minutes / 60
    print(f"{balancer.sent} turns, {rate:.0f} a second; memory {growth:+.1%} from the first third to the last")
    print(f"files {warm[0][2]} → {warm[-1][2]}; problems {len(problems)}{problems[:3]}")
    return int(growth >= GROWTH or bool(problems))


async def _play(story: Story, problems: list[str]) -> None:
    await story.play()
    if story.problem:
        problems.append(story.problem)
    # What is over takes no memory here, so that the machine's memory is the advisor's.
    for message in story.workspace.threads.pop((story.channel.id, story.root), []):
        story.workspace.by_ts.pop((story.channel.id, message.ts), None)
    story.workspace.channels.pop(story.channel.id, None)
    story.workspace.messages.clear()
    story.workspace.log.clear()


if __name__ == "__main__":
    sys.exit(asyncio.run(soak(float(os.environ.get("MINUTES", "60")))))
